"""Finds the files of an import: files, folders, zip files, URLs, and social networks that networkx contains."""

import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from lzma import LZMAError
from pathlib import Path

from interchange import fetching, social_graphs
from interchange.errors import Unreadable
from interchange.fetching import AddressPredicate, is_public
from interchange.source_file import FILE_BYTES_MAX, SourceFile

FILES_MAX = 2_000
"""Files of a folder or a zip."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED_FLAG = 0x1
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, ValueError, EOFError, OSError)
"""Errors that a damaged zip may raise."""


async def find_files(name: str, *, is_allowed: AddressPredicate = is_public) -> AsyncIterator[SourceFile | Unreadable]:
    """Yields each file of `name`, or the refusal of a file. Raises Unreadable if nothing is found."""
    for source_file in await _resolve(name, is_allowed):
        for file in expand(source_file):
            yield file


def expand(file: SourceFile) -> Iterator[SourceFile | Unreadable]:
    """Yields the files of a zip, or the file itself. A file that cannot be opened yields a refusal, and others follow."""
    try:
        if file.read_start().startswith((_ZIP, _EMPTY_ZIP)):
            yield from unzip(file)
        else:
            yield file
    except Unreadable as refusal:
        yield refusal


async def _resolve(name: str, is_allowed: AddressPredicate) -> list[SourceFile]:
    if fetching.is_url(name):
        return [SourceFile(name, await fetching.fetch(name, is_allowed=is_allowed))]
    try:
        return _resolve_local(name)
    except OSError as error:
        raise Unreadable(f"The file cannot be read ({error.strerror}). Check its name and its permissions.", name) from None


def _resolve_local(name: str) -> list[SourceFile]:
    path = Path(name)
    # An empty name would be the current folder.
    if name and path.is_dir():
        return _list_folder(path)
    if path.is_file():
        return [SourceFile.from_any_name(path.name, path)]
    if name in social_graphs.GRAPHS:
        return [SourceFile(name, b"")]
    if "://" in name:
        raise Unreadable("Only http and https URLs are fetched. Download the file and import it.", name)
    raise Unreadable(
        f"There is no such file. Check its name. Networks without a file are {', '.join(social_graphs.GRAPHS)}.", name
    )


def _list_folder(folder: Path) -> list[SourceFile]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    if not files:
        raise Unreadable("The folder has no files. Choose another folder.", str(folder))
    if len(files) > FILES_MAX:
        raise Unreadable(
            f"The folder has {len(files):,} files; at most {FILES_MAX:,} are read at once. Import its parts.", str(folder)
        )
    return [SourceFile.from_any_name(path.relative_to(folder).as_posix(), path) for path in files]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def unzip(source_file: SourceFile) -> Iterator[SourceFile | Unreadable]:
    """Yields the files of a zip, with one file in memory at a time, up to FILE_BYTES_MAX. Raises Unreadable."""
    with source_file.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except ZIP_ERRORS:
            raise Unreadable("The zip is damaged, or its kind is not supported. Create it again.", source_file.name) from None
        members = [member for member in archive.infolist() if not _is_skipped(member.filename)]
        if not members or len(members) > FILES_MAX:
            raise Unreadable(
                f"The zip has {len(members):,} files. Create a zip with 1 to {FILES_MAX:,} files.", source_file.name
            )
        for member in members:
            yield _unzip_member(archive, member)


def _is_skipped(name: str) -> bool:
    """Returns whether a member is a folder or hidden. Its `is_dir` fails if the name is empty."""
    return name.endswith("/") or _is_hidden(Path(name))


def _unzip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> SourceFile | Unreadable:
    name = member.filename
    if member.flag_bits & _ENCRYPTED_FLAG:
        return Unreadable("The file is encrypted with a password. Create the zip again without a password.", name)
    try:
        with archive.open(member) as file:
            # The size that the zip declares is not trusted.
            content = file.read(FILE_BYTES_MAX + 1)
    except ZIP_ERRORS as error:
        return Unreadable(f"The file cannot be extracted ({error}). Create the zip again.", name)
    if len(content) > FILE_BYTES_MAX:
        return Unreadable(
            f"The file has more than {FILE_BYTES_MAX / 1e6:,.0f} MB, the most that is read. Import its parts.", name
        )
    return SourceFile.from_any_name(name, content)
