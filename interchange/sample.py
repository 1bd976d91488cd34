"""The sample world: one in a database, so that a first visit finds somebody at home."""

from uuid import NAMESPACE_URL, UUID, uuid5

from db import ecosystems, imports, notifications
from db.bulk_writer import Chronicle
from db.ecosystems import Ecosystem
from db.stores import Stores
from domain.activity import Fact, FactType, epoch_of, facts_of
from domain.clock import WallClock, WorldClock
from domain.ecosystems import Role, Visibility
from domain.validation import search_form
from interchange import les_miserables

ID = uuid5(NAMESPACE_URL, "observatory:les-miserables")
NAME = "Les Misérables"
DESCRIPTION = (
    "The sample world: the 77 characters of Victor Hugo's novel, by who meets whom in it (Donald Knuth, The Stanford "
    "GraphBase, 1993, as networkx carries it). Their natures and days are drawn from a seed that was picked so that the "
    "novel is recognised; what they did to each other in six weeks followed from the rules. It runs on from there."
)


async def build(stores: Stores, wall: WallClock, owner_id: UUID | None = None) -> UUID:
    """Its id. Public; once it is there, nothing happens, whoever asks. `owner_id` owns it, if anybody does."""
    now = wall.now()
    world = Ecosystem(
        id=ID, name=NAME, name_key=search_form(NAME), description=DESCRIPTION, visibility=Visibility.PUBLIC,
        rule_set=les_miserables.WORLD.rules.name, seed=les_miserables.WORLD.seed, clock_world_seconds=0.0, clock_since=now,
        clock_rate=0.0, epoch=epoch_of(ID, 0), created_at=now, updated_at=now, active_at=now,
    )  # fmt: skip
    async with stores.database.transaction() as connection:
        if not await imports.begun(connection, world):
            return ID
        if owner_id is not None:
            await ecosystems.grant(connection, ID, owner_id, Role.OWNER, now)
        async with Chronicle(connection, ID, actor_id=owner_id, now=now) as chronicle:
            await _live(chronicle)
            await chronicle.end(WorldClock(les_miserables.ENDS_AT, now, rate=1.0))
    await imports.survey(stores.database, chronicle.head)
    await notifications.publish(stores.waking, ID, chronicle.head)
    return ID


async def _live(chronicle: Chronicle) -> None:
    life = les_miserables.live()
    chronicle.happened(Fact(FactType.ECOSYSTEM_CREATED, 0.0))
    for person in life.born:
        chronicle.born(person)
    for act in life.acts:
        chronicle.acted(act, facts_of(act))
        await chronicle.settle()
