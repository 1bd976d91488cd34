"""Creates the data of the tests through the public documents, once, in a database that is copied for each test."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from db.stores import Stores
from domain import keys
from domain.keys import UserKey
from graphql_server.subscriptions.registry import SubscriptionRegistry
from interchange import sample
from resolvers.context import Context
from tests import documents
from tests.visitors import ERRORS, ApiClient
from tests.world import (
    EDITOR,
    FRIENDS,
    OBSERVER,
    OWNER,
    PASSWORD,
    REST_PERIOD,
    STRANGER,
    ManualClock,
    SampleData,
    World,
    open_stores,
)


async def create_sample_data(database_url: str, redis_url: str, database: str) -> SampleData:
    """Fills a migrated, empty database. Returns its users and IDs."""
    async with open_stores(database_url, redis_url) as stores:
        now = datetime.now(UTC)
        data = SampleData(database, now, {}, "", "", {})
        for name in (OWNER, EDITOR, OBSERVER, STRANGER):
            data.users[name] = await _sign_up(stores, now, name)
        await sample.build_sample_world(stores, ManualClock(now), data.users[OWNER])
        world = World(stores, data)
        await _grant(world, world.id)
        world.wall_clock.set(now + REST_PERIOD / 2)
        musain_id = await _open_conversations(world)
        secret_id, secrets = await _create_private_world(world)
        return replace(data, musain_id=musain_id, secret_id=secret_id, secrets=secrets)


async def _sign_up(stores: Stores, now: datetime, name: str) -> UUID:
    client = ApiClient(lambda: Context(stores, ManualClock(now)), SubscriptionRegistry(ERRORS))
    signed_in = await client.ask(documents.SIGN_UP, input={"name": name, "password": PASSWORD, "session": "BEARER"})
    key = keys.decode_id(signed_in["me"]["id"])
    assert isinstance(key, UserKey)
    return key.user_id


async def _grant(world: World, id_: str) -> None:
    for name, role in ((EDITOR, "EDITOR"), (OBSERVER, "OBSERVER")):
        world.pass_time(minutes=1)
        await world.as_owner.ask(documents.GRANT_ROLE, input={"ecosystemId": id_, "userName": name, "role": role})


async def _open_conversations(world: World) -> str:
    """Opens five conversations in the sample ecosystem: one is closed, one is long. Returns the ID of the long one."""
    ids = [person.id for person in world.people(*FRIENDS)]
    payloads = [
        await world.as_owner.ask(
            documents.OPEN_CONVERSATION, input={"ecosystemId": world.id, "title": title, "participantIds": ids[nth:]}
        )
        for nth, title in enumerate(("Café Musain", "Corinthe", "The barricade", "The last night", "The morning"))
    ]
    musain_id, closed_id, *_ = (each["conversation"]["id"] for each in payloads)
    for nth in range(12):
        message = {"conversationId": musain_id, "speakerId": ids[nth % 5], "text": f"The {nth + 1}th word."}
        await world.as_owner.ask(documents.SAY, input=message)
    await world.as_owner.ask(documents.CLOSE_CONVERSATION, input={"id": closed_id})
    return str(musain_id)


async def _create_private_world(world: World) -> tuple[str, dict[str, str]]:
    """Creates a private ecosystem with activity of every type. Returns its ID and the IDs in it."""
    ask, secrets = world.as_owner.ask, {}
    created = await ask(documents.CREATE_ECOSYSTEM, input={"name": "Waterloo", "seed": "1815"})
    secret_id = created["ecosystem"]["id"]
    await _grant(world, secret_id)
    for name in ("Wellington", "Blücher", "Ney"):
        payload = await ask(documents.CREATE_CHARACTER, input={"ecosystemId": secret_id, "name": name})
        secrets[name] = payload["character"]["id"]
    wellington, blücher, _ = secrets.values()
    interacted = await ask(
        documents.INTERACT, input={"initiatorId": wellington, "responderId": blücher, "kind": "COLLABORATION"}
    )
    secrets["interaction"] = interacted["interaction"]["id"]
    secrets["relationship"] = interacted["interaction"]["effects"][0]["relationship"]["id"]
    conversation = {"ecosystemId": secret_id, "title": "La Belle Alliance", "participantIds": [wellington, blücher]}
    secrets["conversation"] = (await ask(documents.OPEN_CONVERSATION, input=conversation))["conversation"]["id"]
    for speaker, text in ((wellington, "Give me night"), (blücher, "or give me Blücher")):
        message = {"conversationId": secrets["conversation"], "speakerId": speaker, "text": text}
        secrets["message"] = (await ask(documents.SAY, input=message))["message"]["id"]
    page = await ask(documents.ACTIVITY, id=secret_id, first=1, after=None)
    secrets["activity"] = page["activity"]["edges"][0]["node"]["id"]
    secrets["ecosystem"] = secret_id
    return secret_id, secrets
