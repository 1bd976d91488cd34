"""Serves the built web page: files with their compressed copies, one HTML page for all views, and GraphiQL."""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response

from app.embedded.frontend_build import APP, GRAPHIQL
from graphql_server.http.negotiation import parse_accept_encoding

Send = Callable[[Any], Awaitable[None]]

GRAPHIQL_PREFIX = "/graphiql-static/"
CACHE_FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
COPY_SUFFIXES = (("br", ".br"), ("gzip", ".gz"))
HASHED_NAME = re.compile(r"^assets/.+-[\w-]{8}\.\w+$")
INLINE_ELEMENT = re.compile(rb"<(script|style)>(.*?)</\1>", re.DOTALL)
NOT_BUILT_MESSAGE = (
    "The web page is not built. Build it with:  .venv/bin/python -m app.embedded.frontend_build\nThe API is at /graphql.\n"
)
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# Monaco, GraphiQL's editor, writes style elements and starts its workers from blobs.
GRAPHIQL_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file with its compressed copies, by the name of their encoding."""

    path: Path
    etag: str
    headers: Mapping[str, str]
    compressed_copies: Mapping[str, Path]

    def respond(self, request_headers: Headers) -> Response:
        encoding = next(
            (name for name in self.compressed_copies if name in parse_accept_encoding(request_headers.get("accept-encoding"))),
            None,
        )
        etag = f'"{self.etag}-{encoding or "plain"}"'
        headers = {**SECURITY_HEADERS, **self.headers, "etag": etag, "vary": "accept-encoding"}
        if etag in request_headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["content-encoding"] = encoding
        media_type = mimetypes.guess_type(self.path)[0] or "application/octet-stream"
        return FileResponse(self.compressed_copies.get(encoding or "", self.path), headers=headers, media_type=media_type)


class Frontend:
    """ASGI application for all paths that no other route serves; `graphiql` is another one for GraphiQL's page."""

    def __init__(self, build_folder: Path | None) -> None:
        """`build_folder` is the result of `frontend_build.build`. None means that nothing is built; each page then says so."""
        self.assets: dict[str, Asset] = {}
        if build_folder is not None:
            self.assets |= {f"/{name}": asset for name, asset in _load_assets(build_folder / APP, content_security_policy)}
            graphiql = _load_assets(build_folder / GRAPHIQL, lambda _page: GRAPHIQL_POLICY)
            self.assets |= {f"{GRAPHIQL_PREFIX}{name}": asset for name, asset in graphiql}
        self.index_page = self.assets.pop("/index.html", None)
        self.graphiql_page = self.assets.pop(f"{GRAPHIQL_PREFIX}index.html", None)

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":  # A WebSocket at a path that serves none.
            await send({"type": "websocket.close", "code": 1000})
            return
        await self._respond(scope)(scope, receive, send)

    async def graphiql(self, scope: Any, receive: Any, send: Send) -> None:
        await _page_response(self.graphiql_page, scope)(scope, receive, send)

    def _respond(self, scope: Any) -> Response:
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Only GET and HEAD.\n", 405, headers={**SECURITY_HEADERS, "allow": "GET, HEAD"})
        if asset := self.assets.get(path):
            return asset.respond(Headers(scope=scope))
        if _is_file_path(path):
            return PlainTextResponse("There is nothing at this address.\n", 404, headers=SECURITY_HEADERS)
        return _page_response(self.index_page, scope)


def content_security_policy(page: bytes) -> str:
    """Allows files of this server only, and the page's inline scripts and styles by their hashes."""
    hashes: dict[bytes, list[str]] = {b"script": [], b"style": []}
    for tag, text in INLINE_ELEMENT.findall(page):
        hashes[tag].append(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'")
    scripts, styles = (" ".join(["'self'", *hashes[tag]]) for tag in (b"script", b"style"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; connect-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _load_assets(folder: Path, policy: Callable[[bytes], str]) -> Iterator[tuple[str, Asset]]:
    """Yields the files below `folder` with their relative names."""
    if not folder.exists():
        return
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in (".br", ".gz"):
            continue
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        headers = {"cache-control": CACHE_FOREVER if HASHED_NAME.match(name) else REVALIDATE}
        if path.suffix == ".html":
            headers["content-security-policy"] = policy(content)
        copies = {encoding: copy for encoding, suffix in COPY_SUFFIXES if (copy := Path(f"{path}{suffix}")).exists()}
        yield name, Asset(path, hashlib.blake2b(content, digest_size=12).hexdigest(), headers, copies)


def _page_response(page: Asset | None, scope: Any) -> Response:
    if page is None:
        return PlainTextResponse(NOT_BUILT_MESSAGE, 503, headers={**SECURITY_HEADERS, "cache-control": "no-store"})
    return page.respond(Headers(scope=scope))


def _is_file_path(path: str) -> bool:
    """Returns whether the path names a file, for which a missing one is 404: paths of views have no dot in the last part."""
    *_, last = path.split("/")
    return "." in last or "/.well-known/" in f"{path}/"
