"""createEcosystem: a new ecosystem, which the viewer owns."""

from tests.documents import CREATE_ECOSYSTEM
from tests.world import World


async def test_by_default_it_is_private_uses_the_rule_set_story_and_belongs_to_the_viewer(world: World) -> None:
    made = await world.as_stranger.ask(CREATE_ECOSYSTEM, input={"name": "  Montfermeil  "})

    shown = made["ecosystem"]
    assert (shown["name"], shown["description"], shown["visibility"]) == ("Montfermeil", "", "PRIVATE")
    assert (shown["ruleSet"]["name"], shown["version"], shown["viewerRole"]) == ("story", 1, "OWNER")
    assert shown["clock"] == {"worldSeconds": 0, "rate": 1}
    assert shown["members"]["edges"] == [{"node": {"name": "Louis"}, "role": "OWNER"}]
    assert len(shown["seed"]) >= 16
    assert shown["head"] == made["cursor"]


async def test_its_first_fact_is_its_creation(world: World) -> None:
    made = await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": "Montfermeil"})
    query = """query($id: ID!) { ecosystem(id: $id) { activity(first: 9) { edges { cursor node {
        __typename position worldSeconds actor { name } } } } } }"""
    page = await world.as_owner.ask(query, id=made["ecosystem"]["id"])
    expected = {"__typename": "EcosystemCreated", "position": 1, "worldSeconds": 0, "actor": {"name": "Victor"}}
    assert page["activity"]["edges"] == [{"cursor": made["cursor"], "node": expected}]


async def test_every_value_can_be_set(world: World) -> None:
    values = {
        "name": "🏰 قلعة",
        "description": "Of\nstone",
        "visibility": "PUBLIC",
        "ruleSet": "realistic",
        "seed": "7",
        "rate": 0,
    }
    shown = (await world.as_owner.ask(CREATE_ECOSYSTEM, input=values))["ecosystem"]
    assert (shown["name"], shown["description"], shown["visibility"], shown["seed"]) == ("🏰 قلعة", "Of\nstone", "PUBLIC", "7")
    assert (shown["ruleSet"]["name"], shown["clock"]["rate"]) == ("realistic", 0)


async def test_all_errors_are_reported_together(world: World) -> None:
    values = {"name": " ", "description": "x" * 10_001, "seed": "\n", "ruleSet": "tragedy", "rate": -1}
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(CREATE_ECOSYSTEM, input=values)
    assert refusal["__typename"] == "Invalid"
    assert [problem["path"] for problem in refusal["problems"]] == [["name"], ["description"], ["seed"], ["rate"], ["ruleSet"]]


async def test_a_clock_rate_above_a_million_is_invalid(world: World) -> None:
    for rate, is_fine in ((1_000_000, True), (1_000_000.5, False), (1e308, False)):
        done = await world.as_owner.ask(CREATE_ECOSYSTEM, input={"name": "Fast", "rate": rate})
        assert (done["__typename"] == "EcosystemPayload") is is_fine


async def test_a_signed_out_viewer_must_sign_in(world: World) -> None:
    async with world.unchanged():
        assert (await world.signed_out.expect_refusal(CREATE_ECOSYSTEM, input={"name": "Mine"}))["__typename"] == "NotSignedIn"
