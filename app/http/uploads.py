"""POST /imports: one file from whoever is signed in, with its progress as server-sent events, and refusals as JSON."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from domain import keys
from domain.keys import EcosystemKey
from domain.refusals import NotSignedIn
from graphql_server.auth.credentials import is_allowed_origin, read_credentials
from interchange.errors import Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from resolvers import users

PATH = "/imports"
BODY_BYTES_MAX = 20_000_000
FORM_OVERHEAD_BYTES_MAX = 10_000
"""What may stand around the file in the form."""
FIELDS_MAX = 10
CONCURRENT_IMPORTS_MAX = 2
"""Imports at a time in one process; others wait for their turn."""
PROGRESS_SECONDS = 0.25

router = APIRouter()
_import_slots = asyncio.Semaphore(CONCURRENT_IMPORTS_MAX)


@router.post(PATH)
async def import_(request: Request) -> Response:
    """A form with `file`, and `public` or `plain` set to true. Answers JSON, or events where they are asked for."""
    try:
        incoming, wish = await _read_upload(request)
    except _UploadRejected as refused:
        return _json_response({"refusal": refused.explanation}, refused.status)
    arrival = _UploadJob(request.app.state, incoming, wish)
    if "text/event-stream" not in request.headers.get("accept", ""):
        return await arrival.respond_json()
    return await arrival.respond_events()


class _UploadRejected(Exception):
    def __init__(self, status: int, explanation: str) -> None:
        self.status, self.explanation = status, explanation


async def _read_upload(request: Request) -> tuple[SourceFile, ImportOptions]:
    state, headers = request.app.state, dict(request.scope["headers"])
    asked = read_credentials(headers)
    if asked.is_from_cookie and not is_allowed_origin(request.scope, headers, state.origins):
        raise _UploadRejected(403, "This page may not import for you; open the Observatory itself.")
    viewer = None if asked.token is None else await users.find_viewer(state.stores, asked.token, state.wall.now())
    if viewer is None:
        raise _UploadRejected(401, NotSignedIn().explanation)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _UploadRejected(415, "Send a form (multipart/form-data) with the file as `file`.")
    try:
        form = await MultiPartParser(request.headers, _limit_body(request), max_files=1, max_fields=FIELDS_MAX).parse()
    except MultiPartException as error:
        raise _UploadRejected(400, f"The form is broken: {error.message}.") from None
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise _UploadRejected(400, "The form has no file; send one as `file`.")
    content = await file.read()
    await form.close()
    wish = ImportOptions(viewer[0].user_id, is_public=_is_true(form.get("public")), skips_sentiment=_is_true(form.get("plain")))
    return SourceFile.from_any_name(file.filename or "", content), wish


async def _limit_body(request: Request) -> AsyncGenerator[bytes, None]:
    """The body, as far as it may go, whatever its headers say."""
    received = 0
    async for block in request.stream():
        received += len(block)
        if received > BODY_BYTES_MAX + FORM_OVERHEAD_BYTES_MAX:
            raise _UploadRejected(
                413, f"At most {BODY_BYTES_MAX // 1_000_000} MB are taken here; `observatory import` takes more."
            )
        yield block


def _is_true(value: Any) -> bool:
    return str(value).casefold() in ("true", "on", "1", "yes")


class _UploadJob:
    """An import that goes on as long as somebody waits for it; when they leave, nothing of it is kept."""

    def __init__(self, state: Any, source: SourceFile, options: ImportOptions) -> None:
        self._state, self._source, self._options = state, source, options
        self._has_progress = asyncio.Event()
        self._done, self._total = 0, 0

    async def respond_json(self) -> Response:
        return self._result_response(await self._import())

    async def respond_events(self) -> Response:
        """What is refused before anything has happened is answered as JSON, with its status."""
        work = asyncio.ensure_future(self._import())
        moved = asyncio.ensure_future(self._has_progress.wait())
        try:
            await asyncio.wait((work, moved), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            moved.cancel()
        if work.done() and isinstance(work.result(), Unreadable):
            return self._result_response(work.result())
        return StreamingResponse(self._events(work), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _events(self, work: "asyncio.Future[ImportOutcome | Unreadable]") -> AsyncIterator[bytes]:
        try:
            while not work.done():
                yield _encode_event("progress", {"done": self._done, "total": self._total})
                await asyncio.wait((work,), timeout=PROGRESS_SECONDS)
            answer = work.result()
            yield _encode_event("refused" if isinstance(answer, Unreadable) else "done", _to_json(answer))
        finally:
            work.cancel()

    async def _import(self) -> ImportOutcome | Unreadable:
        try:
            async with _import_slots:
                return await import_file(self._state.stores, self._state.wall, self._source, self._options, self._progress)
        except Unreadable as refusal:
            return refusal

    def _progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._has_progress.set()

    @staticmethod
    def _result_response(result: ImportOutcome | Unreadable) -> Response:
        status = 422 if isinstance(result, Unreadable) else 201 if result.status is ImportStatus.IMPORTED else 200
        return _json_response(_to_json(result), status)


def _to_json(result: ImportOutcome | Unreadable) -> dict[str, Any]:
    if isinstance(result, Unreadable):
        return {"file": result.file, "line": result.line, "refusal": result.explanation}
    return {
        "ecosystemId": keys.encode_id(EcosystemKey(result.ecosystem_id)), "title": result.title, "change": result.status,
        "facts": result.head, "notes": result.notes,
    }  # fmt: skip


def _encode_event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"


def _json_response(data: dict[str, Any], status: int) -> Response:
    return Response(
        orjson.dumps(data), status_code=status, media_type="application/json", headers={"cache-control": "no-store"}
    )
