"""Sources: what a name given to an import stands for."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from interchange import source_file, sources
from interchange.errors import Unreadable
from interchange.source_file import SourceFile


async def found(name: str) -> list[SourceFile | Unreadable]:
    return [item async for item in sources.find_files(name)]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


async def test_a_file_goes_by_its_name_without_the_folder(tmp_path: Path) -> None:
    (tmp_path / "play.xml").write_text("<TEI/>")

    assert await found(str(tmp_path / "play.xml")) == [SourceFile("play.xml", tmp_path / "play.xml")]


async def test_a_folder_is_all_its_files_but_the_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.xml", "sub/a.csv", ".git/config", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")

    assert [item.name for item in await found(str(tmp_path)) if isinstance(item, SourceFile)] == ["b.xml", "sub/a.csv"]


async def test_a_zip_is_all_its_files_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "plays").write_bytes(zipped({"a.xml": b"<TEI/>", "sub/b.csv": b"source,target", "__MACOSX/c": b"x"}))

    assert await found(str(tmp_path / "plays")) == [SourceFile("a.xml", b"<TEI/>"), SourceFile("sub/b.csv", b"source,target")]


async def test_a_bomb_in_a_zip_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "FILE_BYTES_MAX", 1_000_000)
    (tmp_path / "bomb.zip").write_bytes(zipped({"bomb.xml": b"\0" * 2_000_000, "play.xml": b"<TEI/>"}))

    bomb, play = await found(str(tmp_path / "bomb.zip"))

    assert isinstance(bomb, Unreadable)
    assert "more than 1 MB" in bomb.explanation
    assert play == SourceFile("play.xml", b"<TEI/>")


async def test_a_member_that_is_broken_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.xml": random.Random(1).randbytes(5_000)}))
    content[40:50] = b"\xff" * 10
    (tmp_path / "broken.zip").write_bytes(content)

    (refused,) = await found(str(tmp_path / "broken.zip"))

    assert isinstance(refused, Unreadable)
    assert "cannot be extracted" in refused.explanation


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip at all", zipped({})])
async def test_a_zip_that_is_broken_or_empty_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    (refused,) = await found(str(tmp_path / "x.zip"))

    assert isinstance(refused, Unreadable)
    assert "zip" in refused.explanation


def changed(zip_: bytes, *, place: int, value: int) -> bytes:
    """With another byte at this place of what the zip says of each file."""
    content, at = bytearray(zip_), -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + place] = value
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"é.xml": b"<TEI/>"}).replace("é".encode(), b"\xff\xff"),
        changed(zipped({"a.xml": b"<TEI/>"}), place=6, value=200),
    ],
    ids=["a name in no encoding", "a version that is to come"],
)
async def test_a_zip_that_is_unlike_others_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    (refused,) = await found(str(tmp_path / "x.zip"))

    assert isinstance(refused, Unreadable)
    assert "its kind is not supported" in refused.explanation


def test_a_zip_with_any_byte_wrong_is_read_or_refused() -> None:
    buffer, chance = BytesIO(), random.Random(1)
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, how in (("é.xml", zipfile.ZIP_DEFLATED), ("b.xml", zipfile.ZIP_LZMA)):
            archive.writestr(zipfile.ZipInfo(name), b"<TEI/>" * 20, compress_type=how)

    for place in range(buffer.tell()):
        for value in (0, 1, 255, chance.randrange(256)):
            content = bytearray(buffer.getvalue())
            content[place] = value
            assert all(
                isinstance(file, SourceFile | Unreadable) for file in sources.expand(SourceFile("x.zip", bytes(content)))
            )


async def test_a_member_that_is_locked_is_refused_as_that(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(changed(zipped({"a.xml": b"<TEI/>"}), place=8, value=1))

    assert await found(str(tmp_path / "x.zip")) == [
        Unreadable("The file is encrypted with a password. Create the zip again without a password.", "a.xml")
    ]


async def test_no_name_is_not_the_folder_that_we_are_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "play.xml").write_text("<TEI/>")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Unreadable, match="There is no such file"):
        await found("")


async def test_a_broken_zip_in_a_folder_keeps_nothing_else_out(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip at all")
    (tmp_path / "b.xml").write_text("<TEI/>")

    refused, play = await found(str(tmp_path))

    assert isinstance(refused, Unreadable)
    assert play == SourceFile("b.xml", tmp_path / "b.xml")


async def test_a_file_that_cannot_be_opened_or_looked_at_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"cannot be read \(File name too long\)"):
        await found("a" * 300)
    with pytest.raises(Unreadable, match=r"cannot be opened \(No such file or directory\)"):
        SourceFile("gone.xml", tmp_path / "gone.xml").open()


async def test_an_empty_folder_and_one_with_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="The folder has no files"):
        await found(str(tmp_path))
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    monkeypatch.setattr(sources, "FILES_MAX", 1)
    with pytest.raises(Unreadable, match="The folder has 2 files; at most 1"):
        await found(str(tmp_path))


async def test_a_graph_that_networkx_carries_needs_no_file() -> None:
    assert await found("karate-club") == [SourceFile("karate-club", b"")]


async def test_what_is_nowhere_is_refused_with_what_is_known_by_name() -> None:
    with pytest.raises(
        Unreadable, match=r"There is no such file\. Check its name\. Networks without a file are les-miserables"
    ):
        await found("no/such/file.xml")


async def test_only_http_and_https_are_addresses() -> None:
    with pytest.raises(Unreadable, match="Only http and https"):
        await found("ftp://example.org/play.xml")


def test_a_file_that_is_too_great_is_not_read(tmp_path: Path) -> None:
    great = tmp_path / "great"
    with great.open("wb") as file:
        file.truncate(source_file.FILE_BYTES_MAX + 1)

    with pytest.raises(Unreadable, match="at most 50 MB"):
        SourceFile("great", great).read()


def test_the_same_content_has_the_same_digest_in_memory_and_on_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")

    assert SourceFile("a", b"abc").digest(salt="x") == SourceFile("a", tmp_path / "a").digest(salt="x")
    assert SourceFile("a", b"abc").digest(salt="x") != SourceFile("a", b"abc").digest(salt="y")
