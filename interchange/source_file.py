"""A file to import: its name and its content, on disk or in memory."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from domain.validation import NAME_LENGTH_MAX
from interchange.errors import Unreadable
from interchange.texts import clean_line

FILE_BYTES_MAX = 50_000_000
"""Plays and networks are smaller; archives are read line by line and may be larger."""
START_BYTES = 256
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`name` is the name without folder, a URL, or the name of a graph. An import of this name replaces the ecosystem."""

    name: str
    content: bytes | Path

    @classmethod
    def from_any_name(cls, name: str, content: bytes | Path) -> "SourceFile":
        """Returns the file with a cleaned name, since other programs allow any characters."""
        return cls(clean_line(name, NAME_LENGTH_MAX) or "file", content)

    def open(self) -> BinaryIO:
        """Opens the file. Raises Unreadable if it cannot be opened."""
        if isinstance(self.content, bytes):
            return BytesIO(self.content)
        try:
            return self.content.open("rb")
        except OSError as error:
            raise Unreadable(f"The file cannot be opened ({error.strerror}). Check its permissions.", self.name) from None

    @property
    def size(self) -> int:
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    def read_start(self) -> bytes:
        """Reads the first START_BYTES, which show the kind of file. Raises Unreadable if it cannot be opened."""
        with self.open() as file:
            return file.read(START_BYTES)

    def read(self) -> bytes:
        """Reads the file. Raises Unreadable if it is too large."""
        if self.size > FILE_BYTES_MAX:
            raise Unreadable(
                f"The file has {self.size / 1e6:,.0f} MB; at most {FILE_BYTES_MAX / 1e6:,.0f} MB are read. "
                "Split it and import its parts.",
                self.name,
            )
        with self.open() as file:
            return file.read()

    def digest(self, *, salt: str) -> str:
        """Returns the SHA-256 of the salt and the content, in hexadecimal digits."""
        hash_ = sha256(salt.encode())
        with self.open() as file:
            while block := file.read(_BLOCK_BYTES):
                hash_.update(block)
        return hash_.hexdigest()
