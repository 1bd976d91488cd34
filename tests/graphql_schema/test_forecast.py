"""forecast: the cost and the possible effects of an interaction, without carrying it out."""

import pytest

from tests.documents import EFFECT, INTERACT, UPDATE_CHARACTER
from tests.world import Person, World

FORECAST = (
    """
query($input: ForecastInput!) {
  forecast(input: $input) {
    ... on Forecast {
      __typename kind cost restedWorldSeconds chance initiator { name } responder { name } reasons { rule weight }
      ifAccepted { ...effect } ifDeclined { ...effect }
    }
    ... on Refusal { __typename explanation }
    ... on Inactive { character { name } }
  }
}
"""
    + EFFECT
)


def asked(initiator: Person, responder: Person, kind: str = "DEBATE") -> dict[str, str]:
    return {"initiatorId": initiator.id, "responderId": responder.id, "kind": kind}


async def test_the_interaction_has_the_forecast_effects_and_the_forecast_changes_nothing(world: World) -> None:
    marius, javert = world.people("Marius", "Javert")
    async with world.unchanged():
        foretold = await world.as_owner.ask(FORECAST, input=asked(marius, javert))
    done = (await world.as_owner.ask(INTERACT, input=asked(marius, javert)))["interaction"]

    assert foretold["chance"] == done["chance"]
    assert foretold["cost"] == pytest.approx(0.14)
    assert foretold["restedWorldSeconds"] is None
    assert foretold["reasons"] == [{key: reason[key] for key in ("rule", "weight")} for reason in done["reasons"]]
    came = foretold["ifAccepted"] if done["accepted"] else foretold["ifDeclined"]
    assert [effect["after"] for effect in came] == [effect["after"] for effect in done["effects"]]
    assert [effect["before"] for effect in came] == [effect["before"] for effect in done["effects"]]
    assert foretold["ifAccepted"] != foretold["ifDeclined"]


async def test_a_tired_pair_has_the_time_at_which_both_have_the_energy(world: World) -> None:
    valjean, javert, cosette = world.people("Valjean", "Javert", "Cosette")
    await world.exhaust(valjean, cosette)
    foretold = await world.as_owner.ask(FORECAST, input=asked(valjean, javert))
    refusal = await world.as_owner.expect_refusal(INTERACT, input=asked(valjean, javert))
    assert foretold["restedWorldSeconds"] == pytest.approx(refusal["restedWorldSeconds"])


async def test_a_pair_that_never_met_has_no_relationship_in_the_effects(sample: World) -> None:
    foretold = await sample.as_owner.ask(FORECAST, input=asked(*sample.pair("Anzelma", "Zephine")))
    assert [effect["relationship"] for effect in foretold["ifAccepted"]] == [None, None]
    assert foretold["ifAccepted"][0]["before"]["stage"] == "STRANGER"


async def test_it_refuses_the_same_inputs_as_interact(sample: World) -> None:
    valjean, javert = sample.people("Valjean", "Javert")

    async def refused(visitor: str, **more: str) -> str:
        refusal = await getattr(sample, visitor).expect_refusal(FORECAST, input={**asked(valjean, javert), **more})
        return str(refusal["__typename"])

    assert await refused("signed_out") == "NotSignedIn"
    assert await refused("as_stranger") == "NotAllowed"
    assert await refused("as_owner", responderId=valjean.id) == "Invalid"
    assert await refused("as_owner", responderId=sample.person_id(999)) == "NotFound"
    assert await refused("as_owner", responderId=sample.data.secrets["Ney"]) == "Invalid"
    assert await refused("as_stranger", initiatorId=sample.data.secrets["Ney"]) == "NotFound"
    assert await refused("as_owner", initiatorId=sample.id) == "NotFound"


async def test_an_inactive_character_is_named_in_the_refusal(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    await world.as_owner.ask(UPDATE_CHARACTER, input={"id": javert.id, "version": 1, "isActive": False})
    refusal = await world.as_owner.expect_refusal(FORECAST, input=asked(valjean, javert))
    assert (refusal["__typename"], refusal["character"]) == ("Inactive", {"name": "Javert"})
