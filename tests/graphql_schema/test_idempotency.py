"""idempotencyKey: within 24 hours the same key from the same user returns the first result and changes nothing."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests import documents
from tests.world import World

Ask = tuple[str, dict[str, Any], dict[str, Any]]
"""A document, its input, and another input."""


def _create_ecosystem(world: World) -> Ask:
    return documents.CREATE_ECOSYSTEM, {"name": "Digne"}, {"name": "Montreuil"}


def _create_character(world: World) -> Ask:
    return documents.CREATE_CHARACTER, {"ecosystemId": world.id, "name": "Azelma"}, {"ecosystemId": world.id, "name": "Zelma"}


def _interact(world: World) -> Ask:
    valjean, javert = world.people("Valjean", "Javert")
    asked = {"initiatorId": valjean.id, "responderId": javert.id, "kind": "GREETING"}
    return documents.INTERACT, asked, {**asked, "kind": "CHAT"}


def _open_conversation(world: World) -> Ask:
    asked = {"ecosystemId": world.id, "title": "At the barricade", "participantIds": [world.people("Enjolras")[0].id]}
    return documents.OPEN_CONVERSATION, asked, {**asked, "title": "In the sewers"}


def _say(world: World) -> Ask:
    secrets = world.data.secrets
    asked = {"conversationId": secrets["conversation"], "speakerId": secrets["Wellington"], "text": "Up, Guards!"}
    return documents.SAY, asked, {**asked, "text": "And at them!"}


ALL = [_create_ecosystem, _create_character, _interact, _open_conversation, _say]
asks = pytest.mark.parametrize("ask", ALL, ids=[ask.__name__.strip("_") for ask in ALL])
Asking = Callable[[World], Ask]


@asks
async def test_a_repeated_key_returns_the_first_result_and_changes_nothing(world: World, ask: Asking) -> None:
    document, asked, _ = ask(world)
    first = await world.as_owner.ask(document, input={**asked, "idempotencyKey": "k 🔑"})
    world.pass_time(hours=23)
    async with world.unchanged():
        again = await world.as_owner.ask(document, input={**asked, "idempotencyKey": "k 🔑"})
    assert again["__typename"] == first["__typename"]
    assert again["cursor"] == first["cursor"]
    assert _named(again) == _named(first)


@asks
async def test_the_same_key_with_another_input_is_invalid(world: World, ask: Asking) -> None:
    document, asked, other = ask(world)
    await world.as_owner.ask(document, input={**asked, "idempotencyKey": "k"})
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(document, input={**other, "idempotencyKey": "k"})
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["idempotencyKey"])


@asks
async def test_concurrent_requests_with_one_key_are_executed_once(world: World, ask: Asking) -> None:
    document, asked, _ = ask(world)
    answers = await asyncio.gather(
        *(world.as_owner.ask(document, input={**asked, "idempotencyKey": "at once"}) for _ in range(8))
    )
    assert len({_named(answer) for answer in answers}) == 1
    assert len({answer["cursor"] for answer in answers}) == 1


@asks
async def test_without_a_key_a_repetition_is_executed_again(world: World, ask: Asking) -> None:
    document, asked, _ = ask(world)
    assert _named(await world.as_owner.ask(document, input=asked)) != _named(await world.as_owner.ask(document, input=asked))


@asks
async def test_a_key_expires_after_24_hours(world: World, ask: Asking) -> None:
    document, asked, _ = ask(world)
    first = await world.as_owner.ask(document, input={**asked, "idempotencyKey": "daily"})
    world.pass_time(hours=25)
    assert _named(await world.as_owner.ask(document, input={**asked, "idempotencyKey": "daily"})) != _named(first)


@asks
@pytest.mark.parametrize("key", ["", "x" * 201, "nul\0", "\ud800"], ids=["empty", "too long", "NUL", "surrogate"])
async def test_a_key_that_cannot_be_stored_is_invalid(world: World, ask: Asking, key: str) -> None:
    document, asked, _ = ask(world)
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(document, input={**asked, "idempotencyKey": key})
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["idempotencyKey"])


async def test_the_same_key_of_another_user_is_independent(world: World) -> None:
    document, asked, _ = _interact(world)
    victors = await world.as_owner.ask(document, input={**asked, "idempotencyKey": "k"})
    adèles = await world.as_editor.ask(document, input={**asked, "idempotencyKey": "k"})
    assert _named(victors) != _named(adèles)


async def test_a_refusal_does_not_use_up_the_key(world: World) -> None:
    document, asked, _ = _interact(world)
    valjean, cosette = world.people("Valjean", "Cosette")
    await world.exhaust(valjean, cosette)
    refusal = await world.as_owner.expect_refusal(document, input={**asked, "idempotencyKey": "k"})
    assert refusal["__typename"] == "TooTired"
    world.pass_time(hours=12)
    assert (await world.as_owner.ask(document, input={**asked, "idempotencyKey": "k"}))["__typename"] == "InteractPayload"


def _named(answer: dict[str, Any]) -> str:
    """The ID of the new object."""
    what = next(answer[key] for key in ("interaction", "ecosystem", "character", "conversation", "message") if key in answer)
    return str(what["id"])
