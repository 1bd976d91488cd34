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
from graphql_server.auth.credentials import credentials, origin_is_ours
from interchange.errors import Unreadable
from interchange.imports import Change, Outcome, Wish, bring_in
from interchange.source_file import Incoming
from resolvers import users

PATH = "/imports"
BODY_BYTES_MAX = 20_000_000
FORM_BYTES = 10_000
"""What may stand around the file in the form."""
FIELDS_MAX = 10
AT_ONCE_MAX = 2
"""Imports at a time in one process; others wait for their turn."""
PROGRESS_SECONDS = 0.25

router = APIRouter()
_turns = asyncio.Semaphore(AT_ONCE_MAX)


@router.post(PATH)
async def import_(request: Request) -> Response:
    """A form with `file`, and `public` or `plain` set to true. Answers JSON, or events where they are asked for."""
    try:
        incoming, wish = await _asked(request)
    except _Refused as refused:
        return _json({"refusal": refused.explanation}, refused.status)
    arrival = _Arrival(request.app.state, incoming, wish)
    if "text/event-stream" not in request.headers.get("accept", ""):
        return await arrival.as_json()
    return await arrival.as_events()


class _Refused(Exception):
    def __init__(self, status: int, explanation: str) -> None:
        self.status, self.explanation = status, explanation


async def _asked(request: Request) -> tuple[Incoming, Wish]:
    state, headers = request.app.state, dict(request.scope["headers"])
    asked = credentials(headers)
    if asked.by_cookie and not origin_is_ours(request.scope, headers, state.origins):
        raise _Refused(403, "This page may not import for you; open the Observatory itself.")
    viewer = None if asked.token is None else await users.viewer_of(state.stores, asked.token, state.wall.now())
    if viewer is None:
        raise _Refused(401, NotSignedIn().explanation)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise _Refused(415, "Send a form (multipart/form-data) with the file as `file`.")
    try:
        form = await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=FIELDS_MAX).parse()
    except MultiPartException as error:
        raise _Refused(400, f"The form is broken: {error.message}.") from None
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise _Refused(400, "The form has no file; send one as `file`.")
    content = await file.read()
    await form.close()
    wish = Wish(viewer[0].user_id, is_public=_is_set(form.get("public")), is_plain=_is_set(form.get("plain")))
    return Incoming.named(file.filename or "", content), wish


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body, as far as it may go, whatever its headers say."""
    received = 0
    async for block in request.stream():
        received += len(block)
        if received > BODY_BYTES_MAX + FORM_BYTES:
            raise _Refused(413, f"At most {BODY_BYTES_MAX // 1_000_000} MB are taken here; `observatory import` takes more.")
        yield block


def _is_set(value: Any) -> bool:
    return str(value).casefold() in ("true", "on", "1", "yes")


class _Arrival:
    """An import that goes on as long as somebody waits for it; when they leave, nothing of it is kept."""

    def __init__(self, state: Any, incoming: Incoming, wish: Wish) -> None:
        self._state, self._incoming, self._wish = state, incoming, wish
        self._moved = asyncio.Event()
        self._done, self._total = 0, 0

    async def as_json(self) -> Response:
        return self._answer(await self._bring_in())

    async def as_events(self) -> Response:
        """What is refused before anything has happened is answered as JSON, with its status."""
        work = asyncio.ensure_future(self._bring_in())
        moved = asyncio.ensure_future(self._moved.wait())
        try:
            await asyncio.wait((work, moved), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            moved.cancel()
        if work.done() and isinstance(work.result(), Unreadable):
            return self._answer(work.result())
        return StreamingResponse(self._events(work), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _events(self, work: "asyncio.Future[Outcome | Unreadable]") -> AsyncIterator[bytes]:
        try:
            while not work.done():
                yield _event("progress", {"done": self._done, "total": self._total})
                await asyncio.wait((work,), timeout=PROGRESS_SECONDS)
            answer = work.result()
            yield _event("refused" if isinstance(answer, Unreadable) else "done", _told(answer))
        finally:
            work.cancel()

    async def _bring_in(self) -> Outcome | Unreadable:
        try:
            async with _turns:
                return await bring_in(self._state.stores, self._state.wall, self._incoming, self._wish, self._progress)
        except Unreadable as refusal:
            return refusal

    def _progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._moved.set()

    @staticmethod
    def _answer(answer: Outcome | Unreadable) -> Response:
        status = 422 if isinstance(answer, Unreadable) else 201 if answer.change is Change.IMPORTED else 200
        return _json(_told(answer), status)


def _told(answer: Outcome | Unreadable) -> dict[str, Any]:
    if isinstance(answer, Unreadable):
        return {"file": answer.file, "line": answer.line, "refusal": answer.explanation}
    return {
        "ecosystemId": keys.written(EcosystemKey(answer.ecosystem_id)), "title": answer.title, "change": answer.change,
        "facts": answer.head, "notes": answer.notes,
    }  # fmt: skip


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"


def _json(data: dict[str, Any], status: int) -> Response:
    return Response(
        orjson.dumps(data), status_code=status, media_type="application/json", headers={"cache-control": "no-store"}
    )
