"""A small schema for tests of the transports, with a feed of numbered facts in the place of a database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

import strawberry

from graphql_server import Caller
from graphql_server.errors import ExpectedError


class NotFound(Exception):
    """An expected error of a resolver."""


class Unavailable(Exception):
    """A store does not answer."""


def describe_error(error: BaseException) -> ExpectedError | None:
    if isinstance(error, NotFound):
        return ExpectedError("There is nothing here.", {"code": "NOT_FOUND"})
    if isinstance(error, Unavailable):
        return ExpectedError("Try again.", {"code": "UNAVAILABLE"}, is_outage=True)
    return None


class AccessChanged:
    """An event that is not sent."""

    is_access_change: ClassVar[bool] = True


@dataclass(frozen=True)
class Viewer:
    user_id: str


@dataclass
class Feed:
    """Facts in order. Subscribers wait for `changed`. `reads` counts the reads of the facts."""

    facts: list[str] = field(default_factory=list)
    banned: set[str] = field(default_factory=set)
    regroups: set[int] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    reads: int = 0

    def add(self, *texts: str) -> None:
        self.facts.extend(texts)
        self.wake()

    def after(self, position: int) -> list[tuple[int, str]]:
        self.reads += 1
        return list(enumerate(self.facts[position:], position + 1))

    def ban(self, user_id: str) -> None:
        """Takes the access from a user, with a fact that is not sent."""
        self.banned.add(user_id)
        self.facts.append("")
        self.regroups.add(len(self.facts))
        self.wake()

    def wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()


@dataclass
class World:
    """The state of the application that a test reads or changes."""

    feed: Feed = field(default_factory=Feed)
    sessions: dict[str, Viewer] = field(default_factory=lambda: {"good": Viewer("ann"), "other": Viewer("bob")})
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)
    is_away: bool = False
    missed: int = 0
    """How often the store was read while it was unavailable."""

    def gate(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())

    async def authenticate(self, token: str | None) -> Viewer | None:
        return self.sessions.get(token or "")

    def make_context(self, viewer: Viewer | None, caller: Caller) -> Context:
        self.contexts.append(Context(self, viewer, caller))
        return self.contexts[-1]


@dataclass(eq=False)
class Context:
    world: World
    viewer: Viewer | None
    caller: Caller
    new_session: tuple[str, datetime] | None = None
    ended_session: bool = False
    was_used: bool = False

    def asked(self) -> World:
        """Reads the store."""
        self._reach()
        self.was_used = True
        return self.world

    def _reach(self) -> None:
        if self.world.is_away:
            self.world.missed += 1
            raise Unavailable

    async def share_key(self, field_names: frozenset[str], values: Any) -> Any:
        self._reach()
        if "alone" in field_names:
            return None
        user = self.viewer.user_id if self.viewer else None
        return ("banned", user) if user in self.world.feed.banned else "everybody"


Info = strawberry.Info[Context, None]


@strawberry.type
class Node:
    name: str

    @strawberry.field
    def child(self) -> Node:
        return Node(name=f"{self.name}'s child")

    @strawberry.field
    def children(self, first: int | None = None, last: int | None = None) -> list[Node]:
        return [Node(name=f"{self.name}.{number}") for number in range(first or last or 0)]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"Hello, {name}"

    @strawberry.field
    def me(self, info: Info) -> str | None:
        return info.context.viewer.user_id if info.context.viewer else None

    @strawberry.field
    def transport(self, info: Info) -> str:
        return info.context.caller.transport

    @strawberry.field
    def node(self) -> Node:
        return Node(name="root")

    @strawberry.field
    def nodes(self, first: int | None = None, ids: list[strawberry.ID] | None = None) -> list[Node]:
        return [Node(name=str(number)) for number in range(first or len(ids or ()))]

    @strawberry.field
    async def wait(self, info: Info, gate: str) -> str:
        """Records its start, waits, and records its end."""
        seen = info.context.world.seen
        seen.append(f"{gate} began")
        try:
            await info.context.world.gate(gate).wait()
        except asyncio.CancelledError:
            seen.append(f"{gate} was cancelled")
            raise
        return gate

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("the password of the database is 1234")

    @strawberry.field
    def all_broken(self) -> list[Node]:
        raise RuntimeError("nothing is left")

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFound

    @strawberry.field
    def text(self, length: int) -> str:
        return "x" * length


@strawberry.type
class Mutation:
    @strawberry.mutation
    def say(self, info: Info, text: str) -> int:
        info.context.world.feed.add(text)
        return len(info.context.world.feed.facts)

    @strawberry.mutation
    async def say_later(self, info: Info, gate: str) -> bool:
        info.context.world.seen.append(f"{gate} began")
        await info.context.world.gate(gate).wait()
        info.context.world.feed.add(gate)
        return True

    @strawberry.mutation
    def sign_in(self, info: Info, name: str) -> bool:
        info.context.world.sessions[name] = Viewer(name)
        info.context.new_session = (name, datetime.now(UTC) + timedelta(minutes=30))
        return True

    @strawberry.mutation
    def sign_out(self, info: Info) -> bool:
        info.context.world.sessions.pop(info.context.caller.token or "", None)
        info.context.ended_session = True
        return True


@strawberry.type
class Said:
    cursor: str
    position: int
    text: str

    @strawberry.field
    def alone(self) -> bool:
        return True

    @strawberry.field
    def context(self, info: Info) -> str:
        return str(id(info.context))

    @strawberry.field
    def long(self, length: int) -> str:
        return "x" * length

    @strawberry.field
    def secret(self, info: Info) -> str | None:
        """The text where the viewer has access now."""
        user = info.context.viewer.user_id if info.context.viewer else ""
        return None if user in info.context.asked().feed.banned else self.text


@strawberry.type
class CaughtUp:
    is_caught_up: ClassVar[bool] = True
    cursor: str
    position: strawberry.Private[int]
    sent: int


@strawberry.type
class Gone:
    explanation: str


Event = Annotated[Said | CaughtUp | Gone, strawberry.union("Event")]


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int) -> AsyncIterator[int]:
        for number in range(1, to + 1):
            yield number

    @strawberry.subscription
    async def fails(self, after: int = 0) -> AsyncIterator[int]:
        if after:
            yield 1
        raise RuntimeError("the feed broke")

    @strawberry.subscription
    async def refuses(self) -> AsyncIterator[int]:
        raise NotFound
        yield 1

    @strawberry.subscription
    async def forever(self, info: Info, gate: str) -> AsyncIterator[int]:
        """Yields 1, then waits; records its end."""
        try:
            yield 1
            await info.context.world.gate(gate).wait()
        finally:
            info.context.world.seen.append(f"{gate} was stopped")

    @strawberry.subscription
    async def said(self, info: Info, after: str | None = None, like: str = "") -> AsyncIterator[Event]:
        world, user = info.context.world, info.context.viewer.user_id if info.context.viewer else ""
        head = len(world.feed.facts)
        position = int(after.split(":")[1]) if after else head
        sent, has_caught_up = 0, False
        if user in world.feed.banned:
            yield Gone(explanation="You may not see this any more.")
            return
        while True:
            changed, facts = world.feed.changed, world.feed.after(position)
            for position, text in facts:
                if position in world.feed.regroups and position > head:
                    yield AccessChanged()  # type: ignore[misc]
                elif user in world.feed.banned:
                    yield Gone(explanation="You may not see this any more.")
                    return
                elif text and like in text:
                    sent += 1
                    yield Said(cursor=f"e:{position}", position=position, text=text)
            if not has_caught_up:
                has_caught_up = True
                yield CaughtUp(cursor=f"e:{position}", position=position, sent=sent)
            if len(world.feed.facts) == position:
                await changed.wait()

    @strawberry.subscription
    async def looked_up(self, info: Info) -> AsyncIterator[str]:
        """The newest fact where the viewer has access now, read from the store."""
        world, user = info.context.world, info.context.viewer.user_id if info.context.viewer else ""
        while True:
            await world.feed.changed.wait()
            yield Found("" if user in info.context.asked().feed.banned else world.feed.facts[-1], f"e:{len(world.feed.facts)}")


class Found(str):
    """A text with a cursor."""

    def __new__(cls, text: str, cursor: str) -> Found:
        found = super().__new__(cls, text)
        found.cursor = cursor
        return found

    cursor: str


schema = strawberry.Schema(Query, Mutation, Subscription)
