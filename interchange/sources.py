"""Sources: what the names given to an import stand for: files, folders, zips, addresses, and graphs that networkx carries."""

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
"""Of a folder or a zip."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED_FLAG = 0x1
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, ValueError, EOFError, OSError)
"""What reading a zip may raise, by whatever byte of it is wrong."""


async def find_files(name: str, *, is_allowed: AddressPredicate = is_public) -> AsyncIterator[SourceFile | Unreadable]:
    """Each file that `name` stands for, or why it is none. Raises Unreadable where nothing can be found at all."""
    for found in await _resolve(name, is_allowed):
        for file in expand(found):
            yield file


def expand(file: SourceFile) -> Iterator[SourceFile | Unreadable]:
    """One that cannot be opened says so by itself: others follow."""
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
        raise Unreadable(f"It cannot be looked at ({error.strerror}); check its name, and who may read it.", name) from None


def _resolve_local(name: str) -> list[SourceFile]:
    path = Path(name)
    # No name is not the folder that we are in.
    if name and path.is_dir():
        return _list_folder(path)
    if path.is_file():
        return [SourceFile.from_any_name(path.name, path)]
    if name in social_graphs.GRAPHS:
        return [SourceFile(name, b"")]
    if "://" in name:
        raise Unreadable("Only http and https addresses are fetched; fetch it yourself, and import the file.", name)
    raise Unreadable(f"There is no such file; networks known by name are {', '.join(social_graphs.GRAPHS)}.", name)


def _list_folder(folder: Path) -> list[SourceFile]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    if not files:
        raise Unreadable("There is no file in this folder; name another.", str(folder))
    if len(files) > FILES_MAX:
        raise Unreadable(f"There are {len(files):,} files in it; at most {FILES_MAX:,} are read at once.", str(folder))
    return [SourceFile.from_any_name(path.relative_to(folder).as_posix(), path) for path in files]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def unzip(source_file: SourceFile) -> Iterator[SourceFile | Unreadable]:
    """One file in memory at a time; never more of one than is read of any file. Raises Unreadable."""
    with source_file.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except ZIP_ERRORS:
            raise Unreadable(
                "It is a broken zip, or of a kind that is not known here; make it anew.", source_file.name
            ) from None
        members = [member for member in archive.infolist() if not _is_skipped(member.filename)]
        if not members or len(members) > FILES_MAX:
            raise Unreadable(f"It has {len(members):,} files; a zip of 1 to {FILES_MAX:,} is read.", source_file.name)
        for member in members:
            yield _unzip_member(archive, member)


def _is_skipped(name: str) -> bool:
    """A folder, or hidden; `is_dir` of a member would fail where it has no name."""
    return name.endswith("/") or _is_hidden(Path(name))


def _unzip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> SourceFile | Unreadable:
    name = member.filename
    if member.flag_bits & _ENCRYPTED_FLAG:
        return Unreadable("It is locked with a password; make the zip anew, without one.", name)
    try:
        with archive.open(member) as file:
            # What the zip says of a size is not believed.
            content = file.read(FILE_BYTES_MAX + 1)
    except ZIP_ERRORS as error:
        return Unreadable(f"It cannot be taken out of the zip ({error}); make the zip anew.", name)
    if len(content) > FILE_BYTES_MAX:
        return Unreadable(f"It has more than {FILE_BYTES_MAX / 1e6:,.0f} MB, which is the most that is read.", name)
    return SourceFile.from_any_name(name, content)
