"""Sources: the files that a name of an import yields."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from interchange import source_file, sources
from interchange.errors import Unreadable
from interchange.source_file import SourceFile


async def find(name: str) -> list[SourceFile | Unreadable]:
    return [item async for item in sources.find_files(name)]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


async def test_the_name_of_a_file_has_no_folder(tmp_path: Path) -> None:
    (tmp_path / "play.xml").write_text("<TEI/>")

    assert await find(str(tmp_path / "play.xml")) == [SourceFile("play.xml", tmp_path / "play.xml")]


async def test_a_folder_yields_all_files_that_are_not_hidden(tmp_path: Path) -> None:
    for name in ("b.xml", "sub/a.csv", ".git/config", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")

    assert [item.name for item in await find(str(tmp_path)) if isinstance(item, SourceFile)] == ["b.xml", "sub/a.csv"]


async def test_a_zip_of_any_name_yields_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "plays").write_bytes(zipped({"a.xml": b"<TEI/>", "sub/b.csv": b"source,target", "__MACOSX/c": b"x"}))

    assert await find(str(tmp_path / "plays")) == [SourceFile("a.xml", b"<TEI/>"), SourceFile("sub/b.csv", b"source,target")]


async def test_a_zip_bomb_is_refused_and_the_other_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "FILE_BYTES_MAX", 1_000_000)
    (tmp_path / "bomb.zip").write_bytes(zipped({"bomb.xml": b"\0" * 2_000_000, "play.xml": b"<TEI/>"}))

    bomb, play = await find(str(tmp_path / "bomb.zip"))

    assert isinstance(bomb, Unreadable)
    assert "more than 1 MB" in bomb.explanation
    assert play == SourceFile("play.xml", b"<TEI/>")


async def test_a_damaged_file_in_a_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.xml": random.Random(1).randbytes(5_000)}))
    content[40:50] = b"\xff" * 10
    (tmp_path / "broken.zip").write_bytes(content)

    (refused,) = await find(str(tmp_path / "broken.zip"))

    assert isinstance(refused, Unreadable)
    assert "cannot be extracted" in refused.explanation


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip at all", zipped({})])
async def test_a_damaged_or_empty_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    (refused,) = await find(str(tmp_path / "x.zip"))

    assert isinstance(refused, Unreadable)
    assert "zip" in refused.explanation


def change_byte(zip_: bytes, *, offset: int, value: int) -> bytes:
    """Returns the zip with another byte at this offset of each entry of its central directory."""
    content, at = bytearray(zip_), -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + offset] = value
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"é.xml": b"<TEI/>"}).replace("é".encode(), b"\xff\xff"),
        change_byte(zipped({"a.xml": b"<TEI/>"}), offset=6, value=200),
    ],
    ids=["a name in no encoding", "a future version"],
)
async def test_a_zip_with_an_unknown_encoding_or_version_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    (refused,) = await find(str(tmp_path / "x.zip"))

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


async def test_an_encrypted_file_in_a_zip_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(change_byte(zipped({"a.xml": b"<TEI/>"}), offset=8, value=1))

    assert await find(str(tmp_path / "x.zip")) == [
        Unreadable("The file is encrypted with a password. Create the zip again without a password.", "a.xml")
    ]


async def test_an_empty_name_is_not_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "play.xml").write_text("<TEI/>")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Unreadable, match="There is no such file"):
        await find("")


async def test_a_damaged_zip_in_a_folder_does_not_stop_the_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip at all")
    (tmp_path / "b.xml").write_text("<TEI/>")

    refused, play = await find(str(tmp_path))

    assert isinstance(refused, Unreadable)
    assert play == SourceFile("b.xml", tmp_path / "b.xml")


async def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"cannot be read \(File name too long\)"):
        await find("a" * 300)
    with pytest.raises(Unreadable, match=r"cannot be opened \(No such file or directory\)"):
        SourceFile("gone.xml", tmp_path / "gone.xml").open()


async def test_an_empty_folder_and_one_with_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="The folder has no files"):
        await find(str(tmp_path))
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    monkeypatch.setattr(sources, "FILES_MAX", 1)
    with pytest.raises(Unreadable, match="The folder has 2 files; at most 1"):
        await find(str(tmp_path))


async def test_a_graph_of_networkx_needs_no_file() -> None:
    assert await find("karate-club") == [SourceFile("karate-club", b"")]


async def test_a_missing_file_is_refused_with_the_names_of_graphs() -> None:
    with pytest.raises(
        Unreadable, match=r"There is no such file\. Check its name\. Networks without a file are les-miserables"
    ):
        await find("no/such/file.xml")


async def test_only_http_and_https_urls_are_fetched() -> None:
    with pytest.raises(Unreadable, match="Only http and https"):
        await find("ftp://example.org/play.xml")


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(source_file.FILE_BYTES_MAX + 1)

    with pytest.raises(Unreadable, match="at most 50 MB"):
        SourceFile("large", large).read()


def test_the_same_content_has_the_same_digest_in_memory_and_on_disk(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")

    assert SourceFile("a", b"abc").digest(salt="x") == SourceFile("a", tmp_path / "a").digest(salt="x")
    assert SourceFile("a", b"abc").digest(salt="x") != SourceFile("a", b"abc").digest(salt="y")
