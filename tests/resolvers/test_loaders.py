"""Loaders: one statement for all keys of a level, and a maximum of keys for each statement."""

from typing import Any

from resolvers.context import Context
from resolvers.loaders import BATCH_MAX
from tests.world import World


async def test_equal_keys_of_one_operation_are_loaded_once(sample: World) -> None:
    document = "query($id: ID!) { a: character(id: $id) { name } b: character(id: $id) { energy } node(id: $id) { id } }"
    with sample.count_statements() as statements:
        await sample.signed_out.ask(document, id=sample.person_id(3))
    characters = [statement for statement in statements if "FROM characters" in statement or "JOIN characters" in statement]
    assert len(characters) <= 1


async def test_a_batch_has_a_limit(sample: World) -> None:
    context = Context(sample.stores, sample.wall_clock)
    asked: list[int] = []

    async def batch(_: Context, keys: list[int]) -> list[int]:
        asked.append(len(keys))
        return keys

    found: Any = await context.loaders.loader_for(batch).load_many(list(range(2 * BATCH_MAX + 1)))
    assert found == list(range(2 * BATCH_MAX + 1))
    assert asked == [BATCH_MAX, BATCH_MAX, 1]


async def test_fields_after_a_mutation_in_one_document_are_loaded_again(world: World) -> None:
    document = """mutation($a: InteractInput!, $b: InteractInput!) {
        first: interact(input: $a) { ... on InteractPayload { initiator { energy } } }
        second: interact(input: $b) { ... on InteractPayload { initiator { energy } } } }"""
    valjean, javert = world.people("Valjean", "Javert")
    asked = {"initiatorId": valjean.id, "responderId": javert.id, "kind": "GREETING"}
    done = await world.as_owner.ask(document, a=asked, b=asked)
    assert done["second"]["initiator"]["energy"] < done["first"]["initiator"]["energy"]
