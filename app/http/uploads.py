"""POST /imports: imports one file for a signed-in user; sends progress as server-sent events, or a result as JSON."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.http.session_cookie import SESSION_COOKIE
from domain import keys
from domain.keys import EcosystemKey
from domain.refusals import NotSignedIn
from graphql_server.auth.credentials import is_allowed_origin, read_credentials
from interchange.errors import Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from resolvers import sessions

PATH = "/imports"
BODY_BYTES_MAX = 20_000_000
FORM_OVERHEAD_BYTES_MAX = 10_000
"""Bytes of the form beside the file."""
FIELDS_MAX = 10
CONCURRENT_IMPORTS_MAX = 2
"""Imports at a time in one process; further ones wait."""
PROGRESS_SECONDS = 0.25

router = APIRouter()
_import_slots = asyncio.Semaphore(CONCURRENT_IMPORTS_MAX)


@router.post(PATH)
async def import_(request: Request) -> Response:
    """Takes a form with `file` and optionally `public` or `plain` set to true. Answers JSON, or events if `Accept` asks so."""
    try:
        source, options = await _read_upload(request)
    except _UploadRejected as rejection:
        return _json_response({"refusal": rejection.explanation}, rejection.status)
    job = _UploadJob(request.app.state, source, options)
    if "text/event-stream" not in request.headers.get("accept", ""):
        return await job.respond_json()
    return await job.respond_events()


class _UploadRejected(Exception):
    def __init__(self, status: int, explanation: str) -> None:
        self.status, self.explanation = status, explanation


async def _read_upload(request: Request) -> tuple[SourceFile, ImportOptions]:
    state, headers = request.app.state, dict(request.scope["headers"])
    credentials = read_credentials(headers, SESSION_COOKIE)
    if credentials.is_from_cookie and not is_allowed_origin(request.scope, headers, state.origins):
        raise _UploadRejected(403, "Pages of this site may not import for you. Open the Observatory itself.")
    token = credentials.token
    viewer = None if token is None else await sessions.find_viewer(state.stores, token, state.wall.now())
    if viewer is None:
        raise _UploadRejected(401, NotSignedIn().explanation)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _UploadRejected(415, "Send a form (multipart/form-data) with the file as `file`.")
    try:
        form = await MultiPartParser(request.headers, _limit_body(request), max_files=1, max_fields=FIELDS_MAX).parse()
    except MultiPartException as error:
        raise _UploadRejected(400, f"The form is malformed: {error.message}.") from None
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise _UploadRejected(400, "The form has no file; send one as `file`.")
    content = await file.read()
    await form.close()
    options = ImportOptions(
        viewer[0].user_id, is_public=_is_true(form.get("public")), skips_sentiment=_is_true(form.get("plain"))
    )
    return SourceFile.from_any_name(file.filename or "", content), options


async def _limit_body(request: Request) -> AsyncGenerator[bytes, None]:
    """Yields the body up to the limit; the content-length header is not trusted."""
    received = 0
    async for block in request.stream():
        received += len(block)
        if received > BODY_BYTES_MAX + FORM_OVERHEAD_BYTES_MAX:
            raise _UploadRejected(
                413, f"An upload has at most {BODY_BYTES_MAX // 1_000_000} MB; `observatory import` accepts larger files."
            )
        yield block


def _is_true(value: Any) -> bool:
    return str(value).casefold() in ("true", "on", "1", "yes")


class _UploadJob:
    """An import that runs while its client is connected. If the client disconnects, it is rolled back."""

    def __init__(self, state: Any, source: SourceFile, options: ImportOptions) -> None:
        self._state, self._source, self._options = state, source, options
        self._has_progress = asyncio.Event()
        self._done, self._total = 0, 0

    async def respond_json(self) -> Response:
        return self._result_response(await self._import())

    async def respond_events(self) -> Response:
        """Answers a refusal that comes before any progress as JSON with its status, else a stream of events."""
        work = asyncio.ensure_future(self._import())
        progressing = asyncio.ensure_future(self._has_progress.wait())
        try:
            await asyncio.wait((work, progressing), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            progressing.cancel()
        if work.done() and isinstance(work.result(), Unreadable):
            return self._result_response(work.result())
        return StreamingResponse(self._events(work), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _events(self, work: "asyncio.Future[ImportOutcome | Unreadable]") -> AsyncIterator[bytes]:
        try:
            while not work.done():
                yield _encode_event("progress", {"done": self._done, "total": self._total})
                await asyncio.wait((work,), timeout=PROGRESS_SECONDS)
            result = work.result()
            yield _encode_event("refused" if isinstance(result, Unreadable) else "done", _to_json(result))
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
