"""Visitors: whoever asks. Documents go in and answers come out as over the wire, through the real schema and its limits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from app.http.graphql_errors import describe_error
from graphql_schema.field_costs import FIELD_COSTS
from graphql_schema.schema import schema
from graphql_server.documents import DocumentCache
from graphql_server.errors import ErrorFormatter, RequestError
from graphql_server.limits import Limits
from graphql_server.subscriptions.events import EncodedEvent
from graphql_server.subscriptions.registry import SubscriptionRegistry
from graphql_server.subscriptions.subscriber import Subscriber
from resolvers.context import Context

DOCUMENTS = DocumentCache(schema, Limits(field_costs=FIELD_COSTS))
ERRORS = ErrorFormatter(describe_error)
TIMEOUT_SECONDS = 20
"""A test that waits longer than this for what must come fails."""

ResponseMap = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """The one error of an answer."""

    code: str
    message: str
    path: list[Any] | None = None


class ApiClient:
    """`context` is as the last operation left it."""

    def __init__(self, make_context: Callable[[], Context], subscriptions: SubscriptionRegistry) -> None:
        self._make_context = make_context
        self._subscriptions = subscriptions
        self.context = make_context()

    async def execute(self, document: str, **variables: Any) -> ResponseMap:
        """The whole response map."""
        self.context = self._make_context()
        try:
            operation = DOCUMENTS.get(document).get_operation(None)
            return ERRORS.to_response_map(await operation.execute(self.context, variables))
        except RequestError as error:
            return {"errors": ERRORS.format(error.errors)}

    async def ask(self, document: str, **variables: Any) -> Any:
        """The value of the root field, or of all of them by name where there are several. There must be no error."""
        answered = await self.execute(document, **variables)
        assert "errors" not in answered, answered["errors"]
        data = answered["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    async def expect_error(self, document: str, **variables: Any) -> Failure:
        """The one error that there must be."""
        answered = await self.execute(document, **variables)
        assert len(answered.get("errors", ())) == 1, answered
        error = answered["errors"][0]
        return Failure(error["extensions"]["code"], error["message"], error.get("path"))

    async def expect_refusal(self, document: str, **variables: Any) -> ResponseMap:
        """The refusal that the root field must be: its document asks for `...refusal`, see REFUSAL."""
        refusal: ResponseMap = await self.ask(document, **variables)
        assert refusal.get("explanation"), refusal
        return refusal

    @asynccontextmanager
    async def subscribe(self, document: str, **variables: Any) -> AsyncIterator["EventReceiver"]:
        """Ended with the block."""
        listener = EventReceiver()
        follower = Subscriber(DOCUMENTS.get(document).get_operation(None), variables, self._make_context, listener)
        await self._subscriptions.attach(follower)
        try:
            yield listener
        finally:
            self._subscriptions.unsubscribe(follower)


class EventReceiver:
    """What a subscription says, as it comes. A listener that is `slow` takes nothing more until it is `ready`."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[ResponseMap | None] = asyncio.Queue()
        self.errors: list[dict[str, Any]] = []
        self.is_slow = False
        self._sending: asyncio.Future[None] | None = None

    def next(self, entry: EncodedEvent) -> "asyncio.Future[None] | None":
        self._events.put_nowait(orjson.loads(entry.payload))
        self._sending = asyncio.get_running_loop().create_future() if self.is_slow else None
        return self._sending

    def complete(self, errors: tuple[GraphQLError, ...]) -> None:
        self.errors = ERRORS.format(errors)
        self._events.put_nowait(None)

    def resume(self) -> None:
        """Takes what comes from now on."""
        self.is_slow = False
        if self._sending is not None:
            self._sending.set_result(None)

    async def receive(self) -> ResponseMap:
        """The next event: the value of the root field."""
        heard = await self._next()
        assert heard is not None, f"it ended: {self.errors}"
        assert "errors" not in heard, heard["errors"]
        event: ResponseMap = next(iter(heard["data"].values()))
        return event

    async def receive_until_caught_up(self) -> tuple[list[ResponseMap], ResponseMap]:
        """What came before CaughtUp, and that."""
        events: list[ResponseMap] = []
        while True:
            event = await self.receive()
            if event["__typename"] == "CaughtUp":
                return events, event
            events.append(event)

    async def receive_many(self, count: int) -> list[ResponseMap]:
        """So many events that are not CaughtUp."""
        events: list[ResponseMap] = []
        while len(events) < count:
            event = await self.receive()
            if event["__typename"] != "CaughtUp":
                events.append(event)
        return events

    async def expect_complete(self) -> None:
        """Nothing more may come."""
        heard = await self._next()
        assert heard is None, heard

    async def _next(self) -> ResponseMap | None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await self._events.get()
