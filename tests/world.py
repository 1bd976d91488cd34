"""The data of all tests: the sample ecosystem with named characters, a private ecosystem, and a client of every role.

`tests.genesis` creates it once. Each test that changes something has its own copy of the database.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from db.database import POOL_SIZE_MAX
from db.graph.routed import RoutedGraph
from db.stores import Database, Stores, open_redis
from domain import keys
from domain.keys import CharacterKey, EcosystemKey, UserKey
from graphql_server.subscriptions.registry import SubscriptionRegistry
from interchange import les_miserables, sample
from resolvers.context import Context, Viewer
from tests import documents
from tests.visitors import ERRORS, ApiClient

OWNER, EDITOR, OBSERVER, STRANGER = "Victor", "Adèle", "Juliette", "Louis"
FRIENDS = ("Enjolras", "Combeferre", "Courfeyrac", "Grantaire", "Joly", "Bahorel")
PASSWORD = "the night is long"
TABLES = (
    "ecosystems",
    "members",
    "users",
    "characters",
    "character_relationships",
    "conversations",
    "participants",
    "messages",
)
"""The tables of the current state. Interactions and activity only grow, together with the head of their ecosystem."""
CHANGE_COUNTERS = ("sum(head)", "users", "ecosystems", "answers", "places", "network_measures")
REST_PERIOD = timedelta(days=2)
"""From the last fact of the sample data to the start of a test. All characters are rested then."""
NUMBERS = {person.name: person.number for person in les_miserables.create_characters()}
TRAITS = {person.name: person.traits for person in les_miserables.create_characters()}


class ManualClock:
    """A wall clock that only a test advances."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by

    def set(self, now: datetime) -> None:
        self._now = now


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SampleData:
    """The database to copy, the time at which it was created, its users, and IDs in the private ecosystem."""

    database: str
    now: datetime
    users: dict[str, UUID]
    musain_id: str
    """The ID of a conversation in the sample ecosystem: a dozen messages of the friends of the ABC."""
    secret_id: str
    secrets: dict[str, str]
    """IDs in the private ecosystem, by type or name."""


class World:
    """The sample ecosystem, `id`: Victor is owner, Adèle editor, Juliette observer. It is public, so Louis can view it.

    The private ecosystem, `data.secret_id`, has the same members.
    """

    id = keys.encode_id(EcosystemKey(sample.SAMPLE_ID))

    def __init__(self, stores: Stores, data: SampleData) -> None:
        self.stores = stores
        self.data = data
        self.wall_clock = ManualClock(data.now)
        self.subscriptions = SubscriptionRegistry(ERRORS)
        self.signed_out = self.client(None)
        self.as_owner, self.as_editor, self.as_observer, self.as_stranger = (
            self.client(Viewer(data.users[name], name)) for name in (OWNER, EDITOR, OBSERVER, STRANGER)
        )
        self.all_clients = (self.as_owner, self.as_editor, self.as_observer, self.as_stranger, self.signed_out)
        self.members = self.all_clients[:3]
        self.non_members = self.all_clients[3:]

    def client(self, viewer: Viewer | None, *, address: str = "127.0.0.1", token: str | None = None) -> ApiClient:
        return ApiClient(lambda: Context(self.stores, self.wall_clock, viewer, address, token), self.subscriptions)

    def user_id(self, name: str) -> str:
        return keys.encode_id(UserKey(self.data.users[name]))

    def people(self, *names: str) -> list[Person]:
        return [Person(self.person_id(NUMBERS[name]), NUMBERS[name], name) for name in names]

    def pair(self, one: str, other: str) -> tuple[Person, Person]:
        first, second = self.people(one, other)
        return first, second

    def person_id(self, number: int) -> str:
        return keys.encode_id(CharacterKey(sample.SAMPLE_ID, number))

    async def head(self, id_: str | None = None) -> str:
        """Returns the cursor of the newest activity."""
        head: str = (await self.as_owner.ask(documents.HEAD, id=id_ or self.id))["head"]
        return head

    async def activity(self, *, after: str, id_: str | None = None) -> list[dict[str, Any]]:
        """Returns the activities after a cursor, at most a hundred, as the owner sees them."""
        world = await self.as_owner.ask(documents.ACTIVITY, id=id_ or self.id, first=100, after=after)
        return [edge["node"] for edge in world["activity"]["edges"]]

    async def interact(self, initiator: Person, responder: Person, kind: str = "GREETING", **more: Any) -> dict[str, Any]:
        """Interacts as the owner. Returns the payload. Fails on a refusal."""
        input_ = {"initiatorId": initiator.id, "responderId": responder.id, "kind": kind, **more}
        payload: dict[str, Any] = await self.as_owner.ask(documents.INTERACT, input=input_)
        assert payload["__typename"] == "InteractPayload", payload
        return payload

    async def exhaust(self, person: Person, companion: Person) -> None:
        """Greets until the initiator is too tired."""
        input_ = {"initiatorId": person.id, "responderId": companion.id, "kind": "GREETING"}
        while (await self.as_owner.ask(documents.INTERACT, input=input_))["__typename"] == "InteractPayload":
            pass

    def pass_time(self, **by: float) -> None:
        """Advances the wall clock. The clock of the sample ecosystem runs at the same rate."""
        self.wall_clock.advance(timedelta(**by))

    async def world_seconds(self) -> float:
        seconds: float = (await self.as_owner.ask(documents.CLOCK, id=self.id))["clock"]["worldSeconds"]
        return seconds

    @contextmanager
    def count_statements(self) -> Iterator[list[str]]:
        """Collects the texts of the statements inside the block, without the type queries of the driver."""
        statements: list[str] = []

        def add_statement(statement: str) -> None:
            if "current_setting('jit')" not in statement and "pg_type" not in statement:
                statements.append(statement)

        self.stores.database.query_listeners.append(add_statement)
        try:
            yield statements
        finally:
            self.stores.database.query_listeners.remove(add_statement)

    @asynccontextmanager
    async def unchanged(self) -> AsyncIterator[None]:
        """Fails if any activity or state of any ecosystem changes inside the block."""
        before = await self._checksums()
        yield
        assert await self._checksums() == before

    async def _checksums(self) -> list[tuple[str, int, str]]:
        return [
            (
                table,
                *(
                    await self.rows(
                        f"SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t"
                    )
                )[0],
            )
            for table in TABLES
        ]

    async def rows(self, query: str, *args: Any) -> Sequence[Any]:
        """Fetches rows that no document returns."""
        rows: Sequence[Any] = await self.stores.pool.fetch(query, *args)
        return rows

    async def reset(self) -> None:
        """Restores the start of a test: an empty Redis, no subscriptions, all characters rested."""
        self.wall_clock.set(self.data.now + REST_PERIOD)
        for shared in [*self.subscriptions.live.values(), *self.subscriptions.catching_up.values()]:
            for subscriber in list(shared.subscribers):
                self.subscriptions.unsubscribe(subscriber)
        await self.stores.redis.flushdb()

    def open_in_other_process(self, redis_url: str | None = None) -> AbstractAsyncContextManager[Stores]:
        """Opens the same stores again, as another process does. `redis_url` names another Redis."""
        options = self.stores.redis.connection_pool.connection_kwargs
        same_url = f"redis://:{options['password']}@{options['host']}:{options['port']}/{options['db']}"
        return open_stores(self.stores.pool._connect_args[0], redis_url or same_url)

    async def count_changes(self) -> list[int]:
        """Returns counters that change with every change through the API."""
        facts, *others = CHANGE_COUNTERS
        counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in others)
        return list((await self.rows(f"SELECT {facts}, {counts} FROM ecosystems"))[0])


@asynccontextmanager
async def open_world(
    database_url: str, redis_url: str, data: SampleData, *, connections: int = POOL_SIZE_MAX
) -> AsyncIterator[World]:
    """Opens the stores of one database copy, with an empty Redis."""
    async with open_stores(database_url, redis_url, connections) as stores:
        world = World(stores, data)
        await world.reset()
        yield world
        await world.reset()


@asynccontextmanager
async def open_stores(database_url: str, redis_url: str, connections: int = POOL_SIZE_MAX) -> AsyncIterator[Stores]:
    database = await Database.open(database_url, size=connections)
    stores = Stores(database, open_redis(redis_url), RoutedGraph.on_postgres(database))
    try:
        yield stores
    finally:
        await stores.close()
