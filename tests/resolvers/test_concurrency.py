"""Concurrency: energy never below 0, positions without gaps, effects that add up, and no deadlock."""

import asyncio
from collections import Counter
from itertools import pairwise
from typing import Any

from interchange import sample as les_miserables
from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER, DELETE_ECOSYSTEM, INTERACT, OPEN_CONVERSATION, SAY
from tests.resolvers.books import assert_consistent
from tests.world import FRIENDS, TABLES, Person, World

DONE = "InteractPayload"


async def interact(world: World, one: Person, other: Person, kind: str = "GREETING") -> dict[str, Any]:
    asked = {"initiatorId": one.id, "responderId": other.id, "kind": kind}
    answer: dict[str, Any] = await world.as_owner.ask(INTERACT, input=asked)
    return answer


async def test_a_hundred_writers_on_one_pair_never_take_energy_below_zero(world: World) -> None:
    valjean, javert = world.people("Valjean", "Javert")
    head = await world.head()
    pairs = [(valjean, javert) if n % 2 else (javert, valjean) for n in range(100)]
    kinds = ("GREETING", "CHAT", "CONFLICT", "DEBATE")

    answers = await asyncio.gather(*(interact(world, *pair, kinds[n % 4]) for n, pair in enumerate(pairs)))

    outcome = Counter(answer["__typename"] for answer in answers)
    assert set(outcome) == {DONE, "TooTired"}
    energies = await world.rows("SELECT energy FROM characters WHERE name = ANY($1)", [valjean.name, javert.name])
    assert 0 <= min(row["energy"] for row in energies) < 200_000
    facts = [fact for fact in await world.activity(after=head) if fact["type"] == "INTERACTED"]
    assert len(facts) == outcome[DONE]
    interaction_ids = {answer["interaction"]["id"] for answer in answers if answer["__typename"] == DONE}
    assert interaction_ids == {fact["interaction"]["id"] for fact in facts}
    await assert_consistent(world, les_miserables.SAMPLE_ID)


async def test_writers_on_overlapping_pairs_do_not_deadlock(world: World) -> None:
    people = world.people(*FRIENDS)
    pairs = [(one, other) for one in people for other in people if one != other]

    answers = await asyncio.gather(*(interact(world, *pair) for pair in pairs * 3))

    assert {answer["__typename"] for answer in answers} == {DONE}
    await assert_consistent(world, les_miserables.SAMPLE_ID)


async def test_each_writer_receives_the_cursor_of_its_own_facts(world: World) -> None:
    people = world.people(*FRIENDS)
    pairs = [(one, other) for one in people for other in people if one != other]
    answers = await asyncio.gather(*(interact(world, *pair) for pair in pairs))
    query = "query($id: ID!) { ecosystem(id: $id) { activity(last: 100, filter: {types: [INTERACTED, STAGE_CHANGED]}) "
    query += "{ edges { cursor node { type ... on Interacted { interaction { id } } } } } } }"
    edges = (await world.as_owner.ask(query, id=world.id))["activity"]["edges"]
    last_of: dict[str, str] = {}
    for edge in edges:
        if edge["node"]["type"] == "INTERACTED":
            of = edge["node"]["interaction"]["id"]
        last_of[of] = edge["cursor"]
    assert all(last_of[answer["interaction"]["id"]] == answer["cursor"] for answer in answers)


async def test_a_character_deleted_during_interactions_leaves_no_relationship(world: World) -> None:
    valjean, *friends = world.people("Valjean", *FRIENDS)
    meetings = [interact(world, friend, valjean) for friend in friends * 5]
    others = [interact(world, friends[0], friends[1]) for _ in range(5)]
    deletion = world.as_owner.ask(DELETE_CHARACTER, input={"id": valjean.id})

    *answers, gone = await asyncio.gather(*meetings[:15], *others, *meetings[15:], deletion)

    assert gone["__typename"] == "DeletePayload"
    assert {answer["__typename"] for answer in answers} <= {DONE, "NotFound", "TooTired"}
    left = "SELECT FROM character_relationships WHERE ecosystem_id = $1 AND $2 IN (from_number, to_number)"
    assert await world.rows(left, les_miserables.SAMPLE_ID, valjean.number) == []
    await assert_consistent(world, les_miserables.SAMPLE_ID)


async def outcome(world: World, document: str, asked: dict[str, Any]) -> str:
    """The type of the result, or NotFound where an object was deleted during the response; any other error fails the test."""
    answer = await world.as_owner.execute(document, input=asked)
    if "errors" in answer:
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"NOT_FOUND"}
        return "NotFound"
    [done] = answer["data"].values()
    return str(done["__typename"])


async def test_an_ecosystem_deleted_during_writes_leaves_no_row(world: World) -> None:
    ids = [person.id for person in world.people(*FRIENDS)]
    meet = [{"initiatorId": ids[n % 6], "responderId": ids[(n + 1) % 6], "kind": "GREETING"} for n in range(30)]
    born = [{"ecosystemId": world.id, "name": f"N{n}"} for n in range(10)]
    said = [{"conversationId": world.data.musain_id, "speakerId": ids[n % 6], "text": "!"} for n in range(20)]
    changes = [(INTERACT, meet), (CREATE_CHARACTER, born), (SAY, said)]

    *done, gone = await asyncio.gather(
        *(outcome(world, document, asked) for document, inputs in changes for asked in inputs),
        outcome(world, DELETE_ECOSYSTEM, {"id": world.id}),
    )

    assert gone == "DeletePayload"
    assert set(done) <= {DONE, "CharacterPayload", "SayPayload", "NotFound", "TooTired"}
    for table in (*TABLES, "activity", "activity_characters", "interactions"):
        if table not in ("ecosystems", "users"):
            assert await world.rows(f"SELECT FROM {table} WHERE ecosystem_id = $1 LIMIT 1", les_miserables.SAMPLE_ID) == []


async def test_concurrent_messages_of_one_conversation_are_serialised(world: World) -> None:
    people = world.people(*FRIENDS)
    talk = {"ecosystemId": world.id, "title": "All at once", "participantIds": []}
    place = (await world.as_owner.ask(OPEN_CONVERSATION, input=talk))["conversation"]["id"]
    says = [{"conversationId": place, "speakerId": people[n % 6].id, "text": f"word {n}"} for n in range(60)]

    answers = await asyncio.gather(*(world.as_owner.ask(SAY, input=asked) for asked in says))

    said = sorted((a["message"] for a in answers if a["__typename"] == "SayPayload"), key=lambda message: message["number"])
    assert [message["number"] for message in said] == list(range(1, len(said) + 1))
    assert len(said) > 20
    for before, message in pairwise(said):
        acts = [edge["node"] for edge in message["interactions"]["edges"]]
        hearers = [] if before["speakerNames"] == message["speakerNames"] else before["speakerNames"]
        assert [act["responderName"] for act in acts] == hearers
    counted = await world.rows(
        "SELECT v.message_count, v.participant_count, sum(p.message_count) AS said, count(*) AS people, max(p.joined) AS last "
        "FROM conversations v JOIN participants p ON p.ecosystem_id = v.ecosystem_id AND p.conversation_position = v.position "
        "WHERE v.title = 'All at once' GROUP BY v.message_count, v.participant_count"
    )
    assert [tuple(row) for row in counted] == [(len(said), 6, len(said), 6, 6)]
    await assert_consistent(world, les_miserables.SAMPLE_ID)


async def test_messages_and_interactions_do_not_deadlock(world: World) -> None:
    people = world.people(*FRIENDS)
    says = [
        world.as_owner.ask(SAY, input={"conversationId": world.data.musain_id, "speakerId": people[n % 6].id, "text": "!"})
        for n in range(30)
    ]
    meetings = [interact(world, people[n % 6], people[(n + 2) % 6]) for n in range(30)]
    answers = await asyncio.gather(*(each for pair in zip(says, meetings, strict=True) for each in pair))
    assert {answer["__typename"] for answer in answers} <= {DONE, "SayPayload", "TooTired"}
    await assert_consistent(world, les_miserables.SAMPLE_ID)
