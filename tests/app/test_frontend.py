"""The page and GraphiQL: how they are built, cached and served."""

import base64
import hashlib
import os
import shutil
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from app.embedded import frontend_build
from app.embedded.frontend_build import FrontendBuildError, build
from app.embedded.frontend_builder import FrontendBuilder
from app.http.frontend import Frontend

SCRIPT = b'document.documentElement.dataset.theme = "dark"'
STYLE = b"body { margin: 0 }"
MAKE = "const f = require('fs'); f.mkdirSync('dist'); f.copyFileSync('page.html', 'dist/index.html');"
PAGE = b"<!doctype html><script>" + SCRIPT + b"</script><style>" + STYLE + b"</style><div id=app></div>"


@pytest.fixture
def build_folder(tmp_path: Path) -> Path:
    """The output of a build: a page, a hashed script with its compressed copies, GraphiQL."""
    for name, content in {
        "app/index.html": PAGE,
        "app/assets/index-a1B2c3D4.js": b"let plain",
        "app/assets/index-a1B2c3D4.js.br": b"brotli",
        "app/assets/index-a1B2c3D4.js.gz": b"gzip",
        "app/robots.txt": b"User-agent: *\n",
        "graphiql/index.html": b"<!doctype html>GraphiQL",
        "graphiql/assets/editor-12345678.js": b"let editor",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


@pytest.fixture
async def client(build_folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with _client(Frontend(build_folder)) as client:
        yield client


def _client(app: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://observatory")  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/", "/worlds/abc", "/worlds/abc/numbers", "/anything"])
async def test_the_path_of_every_view_serves_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.content == PAGE
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/llms.txt", "/assets/gone-12345678.js", "/.well-known/x", "/.well-known/a/b", "/.env", "/a/b.json"]
)
async def test_the_path_of_a_missing_file_does_not_serve_the_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("br, gzip", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip"),
        ("identity", None, b"let plain"),
        ("", None, b"let plain"),
    ],
)
async def test_a_client_receives_the_smallest_encoding_that_it_accepts(
    client: httpx.AsyncClient, accepted: str, encoding: str | None, content: bytes
) -> None:
    async with client.stream("GET", "/assets/index-a1B2c3D4.js", headers={"accept-encoding": accepted}) as answer:
        sent = b"".join([block async for block in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sent == content


async def test_a_page_with_a_matching_etag_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/")
    again = await client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert (await client.get("/", headers={"if-none-match": '"something else"'})).status_code == 200


async def test_the_content_security_policy_allows_only_inline_code_with_a_known_hash(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/")).headers["content-security-policy"]
    for text in (SCRIPT, STYLE):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


async def test_head_has_no_body_and_post_is_refused(client: httpx.AsyncClient) -> None:
    head = await client.head("/")
    assert head.status_code == 200
    assert head.content == b""
    post = await client.post("/")
    assert post.status_code == 405
    assert post.headers["allow"] == "GET, HEAD"


async def test_graphiql_has_its_own_page_and_its_own_files(build_folder: Path) -> None:
    web = Frontend(build_folder)
    async with _client(web.graphiql) as client:
        answer = await client.get("/graphql", headers={"accept": "text/html"})
        assert answer.text.endswith("GraphiQL")
        assert "unsafe-eval" not in answer.headers["content-security-policy"]
    async with _client(web) as client:
        answer = await client.get("/graphiql-static/assets/editor-12345678.js")
        assert answer.text == "let editor"
        assert "immutable" in answer.headers["cache-control"]


async def test_without_a_build_the_page_names_the_build_command() -> None:
    async with _client(Frontend(None)) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "python -m app.embedded.frontend_build" in answer.text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which a script builds the bundles by copying files."""
    for folder in ("web", "web/graphiql"):
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        (path / "package.json").write_text('{"name":"x","version":"1.0.0","scripts":{"build":"node make.cjs"}}')
        (path / "make.cjs").write_text(MAKE)
        (path / "package-lock.json").write_text('{"name":"x","version":"1.0.0","lockfileVersion":3,"packages":{}}')
        (path / "page.html").write_text(folder)
    (tmp_path / "web/build").mkdir()
    return tmp_path


def test_a_second_build_of_the_same_sources_builds_nothing(checkout: Path, tmp_path: Path) -> None:
    said: list[str] = []
    first = build(checkout, tmp_path / "kept", said.append)
    assert [(first / name / "index.html").read_text() for name in ("app", "graphiql")] == ["web", "web/graphiql"]
    assert len(said) == 2
    assert build(checkout, tmp_path / "kept", said.append) == first
    assert len(said) == 2


def test_only_bundles_with_changed_sources_are_built_again(checkout: Path, tmp_path: Path) -> None:
    said: list[str] = []
    first = build(checkout, tmp_path / "kept", said.append)
    (checkout / "web/page.html").write_text("changed")
    second = build(checkout, tmp_path / "kept", said.append)
    assert second != first
    assert (second / "app/index.html").read_text() == "changed"
    assert (second / "graphiql").resolve() == (first / "graphiql").resolve()
    assert len(said) == 3


def test_one_of_several_processes_builds_and_the_others_wait_for_it(checkout: Path, tmp_path: Path) -> None:
    reports: list[str] = []
    with ThreadPoolExecutor(3) as threads:
        builds = [threads.submit(build, checkout, tmp_path / "kept", reports.append, [frontend_build.APP]) for _ in range(3)]
    assert len({future.result() for future in builds}) == 1
    assert len(reports) == 1


def test_a_build_writes_nothing_into_the_clone(checkout: Path, tmp_path: Path) -> None:
    before = sorted(checkout.glob("web/**/*"))
    build(checkout, tmp_path / "kept", lambda _line: None)
    assert sorted(checkout.glob("web/**/*")) == before


def test_only_the_latest_builds_are_kept(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend_build, "OLD_BUILDS_MAX", 2)  # A build takes a second.
    page, say = checkout / "web/page.html", [].append
    served = build(checkout, tmp_path / "kept", say)
    first = page.read_text()
    for number in range(frontend_build.OLD_BUILDS_MAX + 3):
        page.write_text(str(number))
        build(checkout, tmp_path / "kept", say)
        page.write_text(first)
        assert build(checkout, tmp_path / "kept", say) == served
    assert (served / "app/index.html").read_text() == first
    assert len(list((tmp_path / "kept/web/app-builds").iterdir())) == frontend_build.OLD_BUILDS_MAX + 1
    assert len(list((tmp_path / "kept/web").glob("*-*/app/index.html"))) == frontend_build.OLD_BUILDS_MAX + 1


def test_drafts_of_killed_builds_are_removed_by_a_later_build(checkout: Path, tmp_path: Path) -> None:
    drafts = [tmp_path / "kept/web/app-builds" / name for name in (".old", ".new")]
    for draft in drafts:
        draft.mkdir(parents=True)
    os.utime(drafts[0], (0, 0))
    build(checkout, tmp_path / "kept", print, [frontend_build.APP])
    assert [draft.exists() for draft in drafts] == [False, True]
    assert not [link for link in (tmp_path / "kept/web").glob("*/*") if not link.exists()]


def test_the_error_of_a_failed_build_has_the_output_of_npm(checkout: Path, tmp_path: Path) -> None:
    (checkout / "web/page.html").unlink()
    with pytest.raises(FrontendBuildError, match=r"(?s)`npm run .*page\.html"):
        build(checkout, tmp_path / "kept", lambda _line: None)
    assert list((tmp_path / "kept/web/app-builds").iterdir()) == []


def test_a_build_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FrontendBuildError, match="built from a clone"):
        build(tmp_path, tmp_path / "kept", lambda _line: None)


def test_a_missing_or_old_node_is_replaced_by_that_of_the_wheel(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Path(shutil.which("node", path=frontend_build.with_node()["PATH"]) or "").parent
    old = tmp_path / "old"
    old.mkdir()
    for name in ("node", "npm"):
        (old / name).write_text("#!/bin/sh\necho v18.0.0\n")
        (old / name).chmod(0o755)
    monkeypatch.setattr(frontend_build, "_node_of_wheel", lambda: str(new))
    monkeypatch.setenv("PATH", f"{old}:/usr/bin:/bin")
    assert frontend_build.with_node()["PATH"].startswith(f"{new}:")
    assert (build(checkout, tmp_path / "kept", lambda _line: None) / "app/index.html").exists()


async def test_a_builder_reports_nothing_after_the_stop_began(tmp_path: Path) -> None:
    lines: list[str] = []
    builder = FrontendBuilder(tmp_path, lines.append)
    builder.report("before")
    builder.stop_reports()
    builder.start()
    await builder.first_build_ended.wait()
    assert builder.folder is None
    assert lines == ["before"]
