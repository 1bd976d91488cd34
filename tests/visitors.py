"""A client that executes documents on the real schema with its limits, and receives responses as they are sent."""

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
"""The longest wait for an event. A test that waits longer fails."""

ResponseMap = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """The only error of a response."""

    code: str
    message: str
    path: list[Any] | None = None


class ApiClient:
    """`context` is that of the last operation."""

    def __init__(self, make_context: Callable[[], Context], subscriptions: SubscriptionRegistry) -> None:
        self._make_context = make_context
        self._subscriptions = subscriptions
        self.context = make_context()

    async def execute(self, document: str, **variables: Any) -> ResponseMap:
        """Returns the response map, with `data` and `errors`."""
        self.context = self._make_context()
        try:
            operation = DOCUMENTS.get(document).get_operation(None)
            return ERRORS.to_response_map(await operation.execute(self.context, variables))
        except RequestError as error:
            return {"errors": ERRORS.format(error.errors)}

    async def ask(self, document: str, **variables: Any) -> Any:
        """Returns the value of the root field, or the values by name if there are several. Fails if there is an error."""
        response = await self.execute(document, **variables)
        assert "errors" not in response, response["errors"]
        data = response["data"]
        return next(iter(data.values())) if len(data) == 1 else data

    async def expect_error(self, document: str, **variables: Any) -> Failure:
        """Returns the error. Fails if there is not exactly one."""
        response = await self.execute(document, **variables)
        assert len(response.get("errors", ())) == 1, response
        error = response["errors"][0]
        return Failure(error["extensions"]["code"], error["message"], error.get("path"))

    async def expect_refusal(self, document: str, **variables: Any) -> ResponseMap:
        """Returns the refusal in the root field. The document selects `...refusal`, see REFUSAL. Fails on another type."""
        refusal: ResponseMap = await self.ask(document, **variables)
        assert refusal.get("explanation"), refusal
        return refusal

    @asynccontextmanager
    async def subscribe(self, document: str, **variables: Any) -> AsyncIterator["EventReceiver"]:
        """Subscribes for the duration of the block."""
        receiver = EventReceiver()
        subscriber = Subscriber(DOCUMENTS.get(document).get_operation(None), variables, self._make_context, receiver)
        await self._subscriptions.attach(subscriber)
        try:
            yield receiver
        finally:
            self._subscriptions.unsubscribe(subscriber)


class EventReceiver:
    """Receives the events of a subscription. While `is_slow` is set, each send stays pending until `resume`."""

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
        """Finishes the pending send."""
        self.is_slow = False
        if self._sending is not None:
            self._sending.set_result(None)

    async def receive(self) -> ResponseMap:
        """Returns the next event, which is the value of the root field."""
        response = await self._next()
        assert response is not None, f"the subscription is complete: {self.errors}"
        assert "errors" not in response, response["errors"]
        event: ResponseMap = next(iter(response["data"].values()))
        return event

    async def receive_until_caught_up(self) -> tuple[list[ResponseMap], ResponseMap]:
        """Returns the events before CaughtUp, and CaughtUp."""
        events: list[ResponseMap] = []
        while True:
            event = await self.receive()
            if event["__typename"] == "CaughtUp":
                return events, event
            events.append(event)

    async def receive_many(self, count: int) -> list[ResponseMap]:
        """Returns `count` events, without CaughtUp."""
        events: list[ResponseMap] = []
        while len(events) < count:
            event = await self.receive()
            if event["__typename"] != "CaughtUp":
                events.append(event)
        return events

    async def expect_complete(self) -> None:
        """Fails if an event is received before the subscription is complete."""
        event = await self._next()
        assert event is None, event

    async def _next(self) -> ResponseMap | None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await self._events.get()
