"""The books of a world: whether what its facts say adds up, in integers, to what is."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from domain.relationships import RelationshipState
from tests.world import World

FEELINGS = ("affinity", "bond", "trust", "familiarity", "contact")


async def assert_consistent(world: World, ecosystem_id: UUID) -> None:
    """Positions have no gaps, each effect starts at the end of the previous one, the last effects equal the stored state."""
    positions = [
        row[0] for row in await world.rows("SELECT position FROM activity WHERE ecosystem_id = $1 ORDER BY 1", ecosystem_id)
    ]
    assert positions == list(range(1, len(positions) + 1))
    [head] = await world.rows("SELECT head FROM ecosystems WHERE id = $1", ecosystem_id)
    assert head[0] == len(positions)
    await _assert_effects_match_state(world, ecosystem_id)
    await _assert_facts_match_rows(world, ecosystem_id)


async def _assert_effects_match_state(world: World, ecosystem_id: UUID) -> None:
    first = RelationshipState.initial(1, 2, 0.0)
    begun = [getattr(first, feeling) for feeling in FEELINGS]
    expected: dict[tuple[int, int], list[int]] = defaultdict(lambda: list(begun))
    versions: dict[tuple[int, int], int] = defaultdict(int)
    for row in await world.rows("SELECT effects FROM interactions WHERE ecosystem_id = $1 ORDER BY position", ecosystem_id):
        for effect in row["effects"]:
            ends = effect["from"], effect["to"]
            assert effect["held"] == expected[ends]
            expected[ends] = [
                was + after - held for was, held, after in zip(expected[ends], effect["held"], effect["after"], strict=True)
            ]
            versions[ends] += 1
            assert effect["version"] == versions[ends]
    for tie in await _ties(world, ecosystem_id):
        ends = tie["from_number"], tie["to_number"]
        assert [tie[feeling] for feeling in FEELINGS] == expected[ends]
        assert tie["version"] == versions[ends]


async def _assert_facts_match_rows(world: World, ecosystem_id: UUID) -> None:
    """Each interaction, message and conversation has a fact at its position, and each such fact has its row."""
    for type_, table in (
        ("interacted", "interactions"),
        ("message_said", "messages"),
        ("conversation_opened", "conversations"),
    ):
        of_facts = await world.rows(
            "SELECT position FROM activity WHERE ecosystem_id = $1 AND type = $2 ORDER BY 1", ecosystem_id, type_
        )
        of_rows = await world.rows(f"SELECT position FROM {table} WHERE ecosystem_id = $1 ORDER BY 1", ecosystem_id)
        assert [row[0] for row in of_facts] == [row[0] for row in of_rows]


async def _ties(world: World, ecosystem_id: UUID) -> Any:
    return await world.rows("SELECT * FROM character_relationships WHERE ecosystem_id = $1", ecosystem_id)
