"""Writes the sample world into the database, so that a first visit finds a world."""

from uuid import NAMESPACE_URL, UUID, uuid5

from db import ecosystems, imports, notifications
from db.bulk_writer import EcosystemWriter
from db.ecosystems import Ecosystem
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of, facts_of_act
from domain.clock import WallClock, WorldClock
from domain.ecosystems import Role, Visibility
from domain.validation import casefold_for_search
from interchange import les_miserables

SAMPLE_ID = uuid5(NAMESPACE_URL, "observatory:les-miserables")
SAMPLE_NAME = "Les Misérables"
SAMPLE_DESCRIPTION = (
    "The sample world: the 77 characters of Victor Hugo's novel and their meetings in it (Donald Knuth, The Stanford "
    "GraphBase, 1993, from networkx). Traits and plans are drawn from a seed that was chosen so that the novel is "
    "recognised; the rules decide what happens in six weeks."
)


async def build_sample_world(stores: Stores, wall: WallClock, owner_id: UUID | None = None) -> UUID:
    """Builds the public sample world, unless it exists, and returns its id. `owner_id` is its owner, or None."""
    now = wall.now()
    world = Ecosystem(
        id=SAMPLE_ID, name=SAMPLE_NAME, name_key=casefold_for_search(SAMPLE_NAME), description=SAMPLE_DESCRIPTION,
        visibility=Visibility.PUBLIC,
        rule_set=les_miserables.RULES.rules.name, seed=les_miserables.RULES.seed, clock_world_seconds=0.0, clock_since=now,
        clock_rate=0.0, epoch=epoch_of(SAMPLE_ID, 0), created_at=now, updated_at=now, active_at=now,
    )  # fmt: skip
    async with stores.database.transaction() as connection:
        if not await imports.insert_if_new(connection, world):
            return SAMPLE_ID
        if owner_id is not None:
            await ecosystems.grant(connection, SAMPLE_ID, owner_id, Role.OWNER, now)
        async with EcosystemWriter(connection, SAMPLE_ID, actor_id=owner_id, now=now) as writer:
            await _write_simulation(writer)
            await writer.finish(WorldClock(les_miserables.ENDS_AT, now, rate=1.0))
    await imports.analyze_tables(stores.database, writer.head)
    await notifications.publish(stores.publisher_redis, SAMPLE_ID, writer.head)
    return SAMPLE_ID


async def _write_simulation(writer: EcosystemWriter) -> None:
    result = les_miserables.simulate()
    writer.add_fact(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
    for character in result.initial_characters:
        writer.add_character(character)
    for act in result.acts:
        writer.add_act(act, facts_of_act(act))
        await writer.flush_if_full()
