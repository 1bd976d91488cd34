"""interact: one interaction between two characters, and all its effects."""

import pytest

from tests import documents
from tests.documents import INTERACT
from tests.world import Person, World

ENERGY = "query($id: ID!) { character(id: $id) { energy mood version restedWorldSeconds(kind: CONFLICT) } }"
BOTH_WAYS = """
query($id: ID!, $other: ID!) { character(id: $id) { relationshipWith(characterId: $other) {
  affinity bond trust familiarity contact stage version reverse { affinity trust stage version } } } }
"""


def asked(initiator: Person, responder: Person, kind: str = "GREETING", **more: object) -> dict[str, object]:
    return {"initiatorId": initiator.id, "responderId": responder.id, "kind": kind, **more}


async def test_the_initiator_pays_the_cost_and_the_responder_four_fifths_of_it(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    before = [(await world.as_owner.ask(ENERGY, id=one.id))["energy"] for one in (valjean, javert)]

    done = await world.interact(valjean, javert, "CONFLICT")

    assert done["initiator"]["energy"] == pytest.approx(before[0] - 0.2, abs=1e-6)
    assert done["responder"]["energy"] == pytest.approx(before[1] - 0.16, abs=1e-6)
    assert (await world.as_owner.ask(ENERGY, id=valjean.id))["energy"] == done["initiator"]["energy"]


async def test_it_is_recorded_as_a_fact_and_the_cursor_is_of_its_last_fact(world: World) -> None:
    valjean, cosette = world.people("Valjean", "Cosette")
    before = await world.head()

    done = await world.interact(valjean, cosette, "DISCUSSION", content="Of the convent 🕯")

    facts = await world.activity(after=before)
    assert facts[0]["__typename"] == "Interacted"
    assert facts[0]["interaction"] == {key: done["interaction"][key] for key in ("id", "kind", "accepted")}
    assert facts[0]["actor"] == {"name": "Victor"}
    assert done["interaction"]["content"] == "Of the convent 🕯"
    assert (done["interaction"]["initiatorName"], done["interaction"]["responderName"]) == ("Valjean", "Cosette")
    assert await world.head() == done["cursor"]
    assert await world.activity(after=done["cursor"]) == []


async def test_acceptance_is_drawn_against_a_chance_with_its_reasons(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    interaction = (await world.interact(valjean, javert, "COLLABORATION"))["interaction"]
    assert interaction["accepted"] == (interaction["drawn"] < interaction["chance"])
    assert {"compatibility", "affinity", "trust"} <= {reason["rule"] for reason in interaction["reasons"]}
    assert all(reason["description"] and reason["weight"] for reason in interaction["reasons"])
    assert -1 <= interaction["initiatorValence"] <= 1


async def test_its_effects_equal_the_relationships_afterwards(world: World) -> None:
    marius, cosette = world.people("Marius", "Cosette")
    there, back = (await world.interact(marius, cosette, "EMOTIONAL_SUPPORT"))["interaction"]["effects"]

    now = await world.as_owner.ask(BOTH_WAYS, id=marius.id, other=cosette.id)

    shown = now["relationshipWith"]
    assert (there["fromName"], there["toName"], back["fromName"]) == ("Marius", "Cosette", "Cosette")
    for feeling in ("affinity", "bond", "trust", "familiarity", "contact", "stage"):
        assert shown[feeling] == (pytest.approx(there["after"][feeling]) if feeling != "stage" else there["after"]["stage"])
    assert shown["version"] == there["relationship"]["version"]
    assert shown["reverse"]["affinity"] == pytest.approx(back["after"]["affinity"])
    assert there["after"]["contact"] == pytest.approx(there["before"]["contact"] + 1)


async def test_the_second_chat_makes_strangers_acquaintances_with_a_fact_for_each_direction(world: World) -> None:
    one, other = world.people("Anzelma", "Zephine")
    first = await world.interact(one, other, "CHAT")
    assert [effect["after"]["stage"] for effect in first["interaction"]["effects"]] == ["STRANGER", "STRANGER"]
    assert [effect["relationship"]["version"] for effect in first["interaction"]["effects"]] == [1, 1]
    world.pass_time(days=2)

    second = await world.interact(one, other, "CHAT")

    facts = await world.activity(after=first["cursor"])
    assert [fact["__typename"] for fact in facts] == ["Interacted", "StageChanged", "StageChanged"]
    crossed = [(fact["fromName"], fact["toName"], fact["before"], fact["after"]) for fact in facts[1:]]
    assert crossed == [
        ("Anzelma", "Zephine", "STRANGER", "ACQUAINTANCE"),
        ("Zephine", "Anzelma", "STRANGER", "ACQUAINTANCE"),
    ]
    assert facts[1]["relationship"]["id"] == second["interaction"]["effects"][0]["relationship"]["id"]
    assert facts[-1]["cursor"] == second["cursor"]


async def test_a_tired_initiator_is_refused_with_the_time_of_recovery(world: World) -> None:
    valjean, javert, cosette = world.people("Valjean", "Javert", "Cosette")
    await world.exhaust(valjean, cosette)
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(INTERACT, input=asked(valjean, javert, "CONFLICT"))

    rested = (await world.as_owner.ask(ENERGY, id=valjean.id))["restedWorldSeconds"]
    assert (refusal["__typename"], refusal["character"]["name"]) == ("TooTired", "Valjean")
    assert refusal["restedWorldSeconds"] == pytest.approx(rested)
    world.pass_time(seconds=refusal["restedWorldSeconds"] - await world.world_seconds() - 60)
    assert (await world.as_owner.expect_refusal(INTERACT, input=asked(valjean, javert, "CONFLICT")))["__typename"] == "TooTired"
    world.pass_time(seconds=61)
    assert await world.interact(valjean, javert, "CONFLICT")


async def test_a_tired_responder_is_named_in_the_refusal(world: World) -> None:
    valjean, javert, cosette = world.people("Valjean", "Javert", "Cosette")
    await world.exhaust(valjean, cosette)
    refusal = await world.as_owner.expect_refusal(INTERACT, input=asked(javert, valjean, "CONFLICT"))
    assert (refusal["__typename"], refusal["character"]["name"]) == ("TooTired", "Valjean")


@pytest.mark.parametrize("who", [0, 1], ids=["initiator", "responder"])
async def test_an_inactive_character_can_be_neither_initiator_nor_responder(world: World, who: int) -> None:
    people = world.pair("Valjean", "Javert")
    change = {"id": people[who].id, "version": 1, "isActive": False}
    await world.as_owner.ask(documents.UPDATE_CHARACTER, input=change)
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(INTERACT, input=asked(*people))
    assert refusal["__typename"] == "Inactive"
    assert refusal["character"]["name"] == people[who].name


async def test_a_character_cannot_interact_with_itself(world: World) -> None:
    [valjean] = world.people("Valjean")
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(INTERACT, input=asked(valjean, valjean))
    assert refusal["__typename"] == "Invalid"
    assert refusal["problems"][0]["path"] == ["responderId"]


async def test_characters_of_two_ecosystems_cannot_interact(world: World) -> None:
    [valjean] = world.people("Valjean")
    wellington = world.data.secrets["Wellington"]
    across = {"initiatorId": valjean.id, "responderId": wellington, "kind": "CHAT"}
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(INTERACT, input=across)
    assert refusal["__typename"] == "Invalid"
    assert refusal["problems"][0]["path"] == ["responderId"]


async def test_a_kind_that_the_rule_set_lacks_is_invalid(world: World) -> None:
    play = await world.as_owner.ask(documents.CREATE_ECOSYSTEM, input={"name": "Hernani", "ruleSet": "script"})
    here = play["ecosystem"]["id"]
    made = [
        (await world.as_owner.ask(documents.CREATE_CHARACTER, input={"ecosystemId": here, "name": name}))["character"]["id"]
        for name in ("Hernani", "Doña Sol")
    ]
    fight = {"initiatorId": made[0], "responderId": made[1], "kind": "CONFLICT"}
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(INTERACT, input=fight)
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["kind"])

    done = await world.as_owner.ask(INTERACT, input={**fight, "kind": "CHAT"})
    assert done["interaction"]["chance"] == 1
    assert done["interaction"]["drawn"] is None
    assert done["initiator"]["energy"] == 1


async def test_a_signed_out_viewer_must_sign_in(world: World) -> None:
    async with world.unchanged():
        refusal = await world.signed_out.expect_refusal(INTERACT, input=asked(*world.pair("Valjean", "Javert")))
    assert refusal["__typename"] == "NotSignedIn"


async def test_observers_and_strangers_may_not_act(world: World) -> None:
    async with world.unchanged():
        for visitor in (world.as_observer, world.as_stranger):
            refusal = await visitor.expect_refusal(INTERACT, input=asked(*world.pair("Valjean", "Javert")))
            assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "EDITOR")


async def test_editors_act_as_characters_without_an_owner_only(world: World) -> None:
    done = await world.as_editor.ask(INTERACT, input=asked(*world.pair("Valjean", "Javert")))
    assert done["__typename"] == "InteractPayload"
    secrets = world.data.secrets
    victors = {"initiatorId": secrets["Wellington"], "responderId": secrets["Ney"], "kind": "DEBATE"}
    async with world.unchanged():
        refusal = await world.as_editor.expect_refusal(INTERACT, input=victors)
    assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "OWNER")


async def test_an_observer_acts_as_the_characters_it_owns(world: World) -> None:
    given = {"ecosystemId": world.id, "userName": "Juliette", "role": "EDITOR"}
    await world.as_owner.ask(documents.GRANT_ROLE, input=given)
    made = await world.as_observer.ask(documents.CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"})
    await world.as_owner.ask(documents.GRANT_ROLE, input={**given, "role": "OBSERVER"})
    [cosette] = world.people("Cosette")
    greeting = {"initiatorId": made["character"]["id"], "responderId": cosette.id, "kind": "GREETING"}
    assert (await world.as_observer.ask(INTERACT, input=greeting))["__typename"] == "InteractPayload"
    assert (await world.as_editor.expect_refusal(INTERACT, input=greeting))["neededRole"] == "OWNER"


async def test_interactions_of_deleted_characters_keep_their_names(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    done = await world.interact(valjean, javert, "CONFLICT")
    await world.as_owner.ask(documents.DELETE_CHARACTER, input={"id": javert.id})
    query = """
        query($id: ID!) { node(id: $id) { ... on Interaction {
          initiator { name } responder { name } responderName
          effects { toName to { name } relationship { id } after { affinity } }
        } } }
    """
    interaction = await world.as_owner.ask(query, id=done["interaction"]["id"])
    assert interaction["initiator"] == {"name": "Valjean"}
    assert (interaction["responder"], interaction["responderName"]) == (None, "Javert")
    assert interaction["effects"][0]["to"] is None
    assert interaction["effects"][0]["relationship"] is None
    assert interaction["effects"][0]["toName"] == "Javert"
    assert interaction["effects"][0]["after"] == {"affinity": done["interaction"]["effects"][0]["after"]["affinity"]}
