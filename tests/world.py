"""The world of all tests: the sample world with its named characters, a private one beside it, and people of every role.

It is made once, through the public documents, and each test that changes something gets a copy of the database of its own.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.graphql.follows import Follows
from db.database import POOL_SIZE_MAX
from db.graph_routed import RoutedGraph
from db.stores import Database, Stores, open_redis
from domain import keys
from domain.keys import CharacterKey, EcosystemKey, UserKey
from importers import les_miserables, sample
from resolvers.context import Context, Viewer
from tests import documents
from tests.visitors import Visitor

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
"""Whose rows tell all that is; interactions and activity only add to them, together with the head of their ecosystem."""
TRACES = ("sum(head)", "users", "ecosystems", "answers", "places", "network_measures")
REST = timedelta(days=2)
"""From the last fact of the sample to the instant at which its tests begin; everybody is rested then."""
NUMBERS = {person.name: person.number for person in les_miserables.people()}
TRAITS = {person.name: person.traits for person in les_miserables.people()}


class Wall:
    """The wall's clock, which stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by

    def set(self, now: datetime) -> None:
        self._now = now


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made once: the database to copy, the instant at which it stands, whom it knows, and the private world."""

    database: str
    now: datetime
    users: dict[str, UUID]
    musain_id: str
    """The conversation of the sample world: a dozen messages of the friends of the ABC."""
    secret_id: str
    secrets: dict[str, str]
    """IDs of what there is in the private world, by what it is."""


class World:
    """The sample world, `id`, in which Victor is owner, Adèle editor, Juliette observer; it is public, so Louis sees it too.

    The private world, `made.secret_id`, has the same members.
    """

    id = keys.written(EcosystemKey(sample.ID))

    def __init__(self, stores: Stores, made: Made) -> None:
        self.stores = stores
        self.made = made
        self.wall = Wall(made.now)
        self.follows = Follows()
        self.signed_out = self.visitor(None)
        self.as_owner, self.as_editor, self.as_observer, self.as_stranger = (
            self.visitor(Viewer(made.users[name], name)) for name in (OWNER, EDITOR, OBSERVER, STRANGER)
        )
        self.everybody = (self.as_owner, self.as_editor, self.as_observer, self.as_stranger, self.signed_out)
        self.members = self.everybody[:3]
        self.outsiders = self.everybody[3:]

    def visitor(self, viewer: Viewer | None, *, address: str = "127.0.0.1", token: str | None = None) -> Visitor:
        return Visitor(lambda: Context(self.stores, self.wall, viewer, address, token), self.follows)

    def user_id(self, name: str) -> str:
        return keys.written(UserKey(self.made.users[name]))

    def people(self, *names: str) -> list[Person]:
        return [Person(self.person_id(NUMBERS[name]), NUMBERS[name], name) for name in names]

    def pair(self, one: str, other: str) -> tuple[Person, Person]:
        first, second = self.people(one, other)
        return first, second

    def person_id(self, number: int) -> str:
        return keys.written(CharacterKey(sample.ID, number))

    async def head(self, id_: str | None = None) -> str:
        """The cursor of the newest fact."""
        head: str = (await self.as_owner.ask(documents.HEAD, id=id_ or self.id))["head"]
        return head

    async def activity(self, *, after: str, id_: str | None = None) -> list[dict[str, Any]]:
        """The facts behind a cursor, at most a hundred, as an owner sees them."""
        world = await self.as_owner.ask(documents.ACTIVITY, id=id_ or self.id, first=100, after=after)
        return [edge["node"] for edge in world["activity"]["edges"]]

    async def interact(self, initiator: Person, responder: Person, kind: str = "GREETING", **more: Any) -> dict[str, Any]:
        """As the owner; it must be done."""
        asked = {"initiatorId": initiator.id, "responderId": responder.id, "kind": kind, **more}
        done: dict[str, Any] = await self.as_owner.ask(documents.INTERACT, input=asked)
        assert done["__typename"] == "InteractPayload", done
        return done

    async def exhaust(self, person: Person, companion: Person) -> None:
        """Greets until it cannot any more; nothing but its energy is of interest then."""
        asked = {"initiatorId": person.id, "responderId": companion.id, "kind": "GREETING"}
        while (await self.as_owner.ask(documents.INTERACT, input=asked))["__typename"] == "InteractPayload":
            pass

    def pass_time(self, **by: float) -> None:
        """On the wall; the sample world's clock runs at the same rate."""
        self.wall.move(timedelta(**by))

    async def world_seconds(self) -> float:
        seconds: float = (await self.as_owner.ask(documents.CLOCK, id=self.id))["clock"]["worldSeconds"]
        return seconds

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The texts of the statements that are run inside the block, without what the driver asks about types."""
        statements: list[str] = []

        def watch(statement: str) -> None:
            if "current_setting('jit')" not in statement and "pg_type" not in statement:
                statements.append(statement)

        self.stores.database.watchers.append(watch)
        try:
            yield statements
        finally:
            self.stores.database.watchers.remove(watch)

    @asynccontextmanager
    async def unchanged(self) -> AsyncIterator[None]:
        """Nothing may change inside the block, in any world: neither a fact nor any state."""
        before = await self._kept()
        yield
        assert await self._kept() == before

    async def _kept(self) -> list[tuple[str, int, str]]:
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
        """What is kept, where no document shows it."""
        found: Sequence[Any] = await self.stores.pool.fetch(query, *args)
        return found

    async def begin(self) -> None:
        """As it is when a test begins: nothing in Redis, nobody who follows, everybody rested."""
        self.wall.set(self.made.now + REST)
        for run in [*self.follows.live.values(), *self.follows.behind.values()]:
            run.stop()
        await self.stores.redis.flushdb()

    async def traces(self) -> list[int]:
        """Equal as long as nothing was changed through the API: each change is a fact, or counted here."""
        facts, *others = TRACES
        counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in others)
        return list((await self.rows(f"SELECT {facts}, {counts} FROM ecosystems"))[0])


@asynccontextmanager
async def opened(database_url: str, redis_url: str, made: Made, *, connections: int = POOL_SIZE_MAX) -> AsyncIterator[World]:
    """The stores of one copy, and of a Redis with nothing in it."""
    async with _stores(database_url, redis_url, connections) as stores:
        world = World(stores, made)
        await world.begin()
        yield world
        await world.begin()


async def make(database_url: str, redis_url: str, database: str) -> Made:
    """Fills a migrated, empty database."""
    async with _stores(database_url, redis_url) as stores:
        now = datetime.now(UTC)
        made = Made(database, now, {}, "", "", {})
        for name in (OWNER, EDITOR, OBSERVER, STRANGER):
            made.users[name] = await _sign_up(stores, now, name)
        await sample.build(stores, Wall(now), made.users[OWNER])
        world = World(stores, made)
        await _grant(world, world.id)
        world.wall.set(now + REST / 2)
        musain_id = await _talk(world)
        secret_id, secrets = await _keep_secrets(world)
        return replace(made, musain_id=musain_id, secret_id=secret_id, secrets=secrets)


@asynccontextmanager
async def _stores(database_url: str, redis_url: str, connections: int = POOL_SIZE_MAX) -> AsyncIterator[Stores]:
    database = await Database.open(database_url, size=connections)
    stores = Stores(database, open_redis(redis_url), RoutedGraph.over(database))
    try:
        yield stores
    finally:
        await stores.close()


async def _sign_up(stores: Stores, now: datetime, name: str) -> UUID:
    visitor = Visitor(lambda: Context(stores, Wall(now)), Follows())
    signed_in = await visitor.ask(documents.SIGN_UP, input={"name": name, "password": PASSWORD, "session": "BEARER"})
    key = keys.read(signed_in["me"]["id"])
    assert isinstance(key, UserKey)
    return key.user_id


async def _grant(world: World, id_: str) -> None:
    for name, role in ((EDITOR, "EDITOR"), (OBSERVER, "OBSERVER")):
        world.pass_time(minutes=1)
        await world.as_owner.ask(documents.GRANT_ROLE, input={"ecosystemId": id_, "userName": name, "role": role})


async def _talk(world: World) -> str:
    """Five conversations of the sample world, of which one is closed and one is long. The ID of the long one."""
    ids = [person.id for person in world.people(*FRIENDS)]
    opened = [
        await world.as_owner.ask(
            documents.OPEN_CONVERSATION, input={"ecosystemId": world.id, "title": title, "participantIds": ids[nth:]}
        )
        for nth, title in enumerate(("Café Musain", "Corinthe", "The barricade", "The last night", "The morning"))
    ]
    musain_id, closed_id, *_ = (each["conversation"]["id"] for each in opened)
    for nth in range(12):
        said = {"conversationId": musain_id, "speakerId": ids[nth % 5], "text": f"The {nth + 1}th word."}
        await world.as_owner.ask(documents.SAY, input=said)
    await world.as_owner.ask(documents.CLOSE_CONVERSATION, input={"id": closed_id})
    return str(musain_id)


async def _keep_secrets(world: World) -> tuple[str, dict[str, str]]:
    """A private world in which something of every kind has happened."""
    ask, secrets = world.as_owner.ask, {}
    created = await ask(documents.CREATE_ECOSYSTEM, input={"name": "Waterloo", "seed": "1815"})
    secret_id = created["ecosystem"]["id"]
    await _grant(world, secret_id)
    for name in ("Wellington", "Blücher", "Ney"):
        made = await ask(documents.CREATE_CHARACTER, input={"ecosystemId": secret_id, "name": name})
        secrets[name] = made["character"]["id"]
    wellington, blücher, _ = secrets.values()
    met = await ask(documents.INTERACT, input={"initiatorId": wellington, "responderId": blücher, "kind": "COLLABORATION"})
    secrets["interaction"] = met["interaction"]["id"]
    secrets["relationship"] = met["interaction"]["effects"][0]["relationship"]["id"]
    talk = {"ecosystemId": secret_id, "title": "La Belle Alliance", "participantIds": [wellington, blücher]}
    secrets["conversation"] = (await ask(documents.OPEN_CONVERSATION, input=talk))["conversation"]["id"]
    for speaker, text in ((wellington, "Give me night"), (blücher, "or give me Blücher")):
        said = {"conversationId": secrets["conversation"], "speakerId": speaker, "text": text}
        secrets["message"] = (await ask(documents.SAY, input=said))["message"]["id"]
    page = await ask(documents.ACTIVITY, id=secret_id, first=1, after=None)
    secrets["activity"] = page["activity"]["edges"][0]["node"]["id"]
    secrets["ecosystem"] = secret_id
    return secret_id, secrets
