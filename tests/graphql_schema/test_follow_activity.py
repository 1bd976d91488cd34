"""Subscription.activity: every fact after a cursor, once and in order, then CaughtUp, then new facts."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from db import activity, notifications
from domain.activity import Cursor, Fact, FactType
from interchange import sample as les_miserables
from resolvers.activity_stream import PROGRESS_FACTS
from resolvers.context import Context
from tests import documents
from tests.documents import FACT, REFUSAL
from tests.visitors import ApiClient
from tests.world import EDITOR, OBSERVER, STRANGER, World

FOLLOW = (
    """
subscription($id: ID!, $after: String, $filter: ActivityFilter) {
  activity(ecosystemId: $id, after: $after, filter: $filter) {
    ... on ActivityAppended { __typename cursor activity { ...fact } }
    ... on CaughtUp { __typename cursor sent }
    ... on CursorLost { __typename head }
    ...refusal
  }
}
"""
    + FACT
    + REFUSAL
)


def facts_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts in the events; asserts that each event has the cursor of its fact."""
    assert all(event["cursor"] == event["activity"]["cursor"] for event in events)
    return [event["activity"] for event in events]


async def append_facts(world: World, count: int) -> None:
    """Adds `count` facts in one transaction, each a ClockSet with the present rate."""
    facts = [Fact(FactType.CLOCK_SET, 0.0, data={"rate": float(n)}) for n in range(count)]
    async with world.stores.database.transaction() as connection:
        await activity.append(connection, les_miserables.SAMPLE_ID, facts, actor_id=None, now=world.wall_clock.now())
    await notifications.publish(world.stores.redis, les_miserables.SAMPLE_ID, 0)


async def test_without_a_cursor_caught_up_comes_first_and_new_facts_follow(world: World) -> None:
    head = await world.head()
    async with world.signed_out.subscribe(FOLLOW, id=world.id) as listener:
        assert await listener.receive() == {"__typename": "CaughtUp", "cursor": head, "sent": 0}
        done = await world.interact(*world.pair("Valjean", "Javert"), "CONFLICT")
        facts = await world.activity(after=head)
        assert facts_of(await listener.receive_many(len(facts))) == facts
    assert facts[0]["interaction"]["id"] == done["interaction"]["id"]


async def test_subscriptions_use_no_connection_of_the_redis_pool_for_commands(world: World) -> None:
    world.stores.redis.connection_pool.max_connections = 1
    await world.stores.redis.connection_pool.disconnect()
    async with world.signed_out.subscribe(FOLLOW, id=world.id) as listener:
        await listener.receive()
        await until_listening(world)
        assert await world.stores.redis.ping()
        await append_facts(world, 1)
        assert (await listener.receive())["activity"]["type"] == "CLOCK_SET"


async def test_notifications_are_published_without_the_redis_pool_for_commands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world.signed_out.subscribe(FOLLOW, id=world.id) as listener:
        await listener.receive()
        await until_listening(world)
        name = notifications.ecosystem_channel(les_miserables.SAMPLE_ID)
        async with world.stores.subscriber_redis.pubsub() as heard:
            await heard.subscribe(name)
            await heard.get_message(timeout=10)
            pool = world.stores.redis.connection_pool
            await pool.disconnect()
            pool.reset()
            monkeypatch.setattr(pool, "max_connections", 0)
            await world.interact(*world.pair("Valjean", "Javert"), "CONFLICT")
            message = await heard.get_message(timeout=1)
        assert message is not None
        assert message["type"] == "message"


async def until_listening(world: World) -> None:
    name = notifications.ecosystem_channel(les_miserables.SAMPLE_ID)
    async with asyncio.timeout(10):
        while await world.stores.subscriber_redis.pubsub_numsub(name) != [(name.encode(), 1)]:
            await asyncio.sleep(0.01)


async def test_all_facts_after_any_cursor_are_sent_once_in_order(sample: World) -> None:
    facts = [
        edge["node"] for edge in (await sample.as_owner.ask(documents.ACTIVITY, id=sample.id, last=25))["activity"]["edges"]
    ]
    for nth, fact in enumerate(facts):
        async with sample.as_owner.subscribe(FOLLOW, id=sample.id, after=fact["cursor"]) as listener:
            events, caught_up = await listener.receive_until_caught_up()
            assert facts_of(events) == facts[nth + 1 :]
            assert caught_up == {"__typename": "CaughtUp", "cursor": facts[-1]["cursor"], "sent": len(events)}


async def test_from_the_first_cursor_the_whole_history_is_sent(sample: World) -> None:
    [first] = (await sample.as_owner.ask(documents.ACTIVITY, id=sample.id, first=1))["activity"]["edges"]
    light = """subscription($id: ID!, $after: String) { activity(ecosystemId: $id, after: $after) {
        __typename ... on ActivityAppended { activity { position } } ... on CaughtUp { cursor sent } } }"""
    async with sample.as_owner.subscribe(light, id=sample.id, after=first["cursor"]) as listener:
        events, caught_up = await listener.receive_until_caught_up()
    assert caught_up["cursor"] == await sample.head()
    assert [event["activity"]["position"] for event in events] == list(range(2, 2 + caught_up["sent"]))
    assert caught_up["sent"] > 3_000


async def test_a_filter_selects_facts_and_sent_counts_only_those(world: World) -> None:
    valjean, javert, cosette = world.people("Valjean", "Javert", "Cosette")
    head = await world.head()
    wanted = {"types": ["INTERACTED"], "characterIds": [javert.id]}
    async with world.signed_out.subscribe(FOLLOW, id=world.id, filter=wanted) as listener:
        await listener.receive()
        await world.interact(valjean, cosette)
        second = await world.interact(valjean, javert)
        [event] = await listener.receive_many(1)
        assert event["activity"]["interaction"]["id"] == second["interaction"]["id"]
    async with world.signed_out.subscribe(FOLLOW, id=world.id, filter=wanted, after=head) as listener:
        events, caught_up = await listener.receive_until_caught_up()
        assert (len(events), caught_up["sent"], caught_up["cursor"]) == (1, 1, await world.head())


@pytest.mark.parametrize("nothing", [{"types": []}, {"characterIds": []}, {"characterIds": ["?"]}], ids=str)
async def test_a_filter_without_matches_still_receives_the_progress(world: World, nothing: dict[str, Any]) -> None:
    async with world.signed_out.subscribe(FOLLOW, id=world.id, filter=nothing) as listener:
        await listener.receive()
        await append_facts(world, PROGRESS_FACTS)
        assert (await listener.receive()) == {"__typename": "CaughtUp", "cursor": await world.head(), "sent": 0}


async def test_observers_receive_no_facts_about_members(world: World) -> None:
    head = await world.head()
    grant = {"ecosystemId": world.id, "userName": EDITOR, "role": "EDITOR"}
    await world.as_owner.ask(documents.GRANT_ROLE, input=grant)
    await world.interact(*world.pair("Valjean", "Javert"))
    for visitor, types in ((world.as_editor, ["MEMBER_GRANTED", "INTERACTED"]), (world.as_observer, ["INTERACTED"])):
        async with visitor.subscribe(FOLLOW, id=world.id, after=head) as listener:
            events, _ = await listener.receive_until_caught_up()
            assert [event["activity"]["type"] for event in events][: len(types)] == types


async def test_a_cursor_of_another_history_or_beyond_the_head_is_lost(world: World) -> None:
    head = await world.head()
    here = Cursor.parse(head)
    elsewhere = await world.head(world.data.secret_id)
    for cursor in (elsewhere, str(Cursor(here.epoch, here.position + 1)), str(Cursor(here.epoch, 2**63))):
        async with world.signed_out.subscribe(FOLLOW, id=world.id, after=cursor) as listener:
            event = await listener.receive()
            assert (event["__typename"], event["head"]) == ("CursorLost", head)
            await listener.expect_complete()


@pytest.mark.parametrize("cursor", ["", "?", "AAAA", "x" * 1_000, "\0"], ids=repr)
async def test_a_text_that_is_not_a_cursor_is_an_error(world: World, cursor: str) -> None:
    async with world.signed_out.subscribe(FOLLOW, id=world.id, after=cursor) as listener:
        await listener.expect_complete()
    assert [error["extensions"]["code"] for error in listener.errors] == ["INVALID"]


async def test_a_replaced_history_ends_the_subscription_with_cursor_lost(world: World) -> None:
    async with world.signed_out.subscribe(FOLLOW, id=world.id) as listener:
        await listener.receive()
        await world.rows("UPDATE ecosystems SET epoch = epoch + 1, epoch_version = 1 WHERE id = $1", les_miserables.SAMPLE_ID)
        await notifications.publish(world.stores.redis, les_miserables.SAMPLE_ID, 0)
        event = await listener.receive()
        assert (event["__typename"], event["head"]) == ("CursorLost", await world.head())
        await listener.expect_complete()


async def test_losing_the_role_in_a_private_ecosystem_ends_the_subscription(world: World) -> None:
    secret = world.data.secret_id
    async with (
        world.as_observer.subscribe(FOLLOW, id=secret) as lost,
        world.as_editor.subscribe(FOLLOW, id=secret) as kept,
    ):
        await lost.receive()
        await kept.receive()
        await world.as_owner.ask(documents.REVOKE_ROLE, input={"ecosystemId": secret, "userId": world.user_id(OBSERVER)})
        assert (await lost.receive())["__typename"] == "NotFound"
        await lost.expect_complete()
        [event] = await kept.receive_many(1)
        assert event["activity"]["userName"] == OBSERVER


async def test_losing_the_role_during_the_start_does_not_join_the_execution_of_members(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, revoked_id = world.data.secret_id, world.user_id(OBSERVER)
    grant = {"ecosystemId": secret, "userName": STRANGER, "role": "OBSERVER"}
    await world.as_owner.ask(documents.GRANT_ROLE, input=grant)
    after = await world.head(secret)
    is_asked, share_key = asyncio.Event(), Context.share_key

    async def asked_early(context: Context, *given: Any) -> Any:
        """Joins the execution of the others while it starts."""
        key = await share_key(context, *given)
        is_asked.set()
        while not world.subscriptions.catching_up:
            await asyncio.sleep(0)
        return key

    async def first_heard(visitor: ApiClient) -> str:
        async with visitor.subscribe(FOLLOW, id=secret, after=after) as listener:
            return str((await listener.receive())["__typename"])

    monkeypatch.setattr(Context, "share_key", asked_early)
    revoked = asyncio.create_task(first_heard(world.as_observer))
    await is_asked.wait()
    monkeypatch.setattr(Context, "share_key", share_key)
    await world.as_owner.ask(documents.REVOKE_ROLE, input={"ecosystemId": secret, "userId": revoked_id})
    assert await asyncio.gather(first_heard(world.as_stranger), revoked) == ["CaughtUp", "NotFound"]


async def test_a_role_that_is_granted_during_a_subscription_shows_private_facts(world: World) -> None:
    async with world.as_observer.subscribe(FOLLOW, id=world.id) as listener:
        await listener.receive()
        grant = {"ecosystemId": world.id, "userName": OBSERVER, "role": "EDITOR"}
        await world.as_owner.ask(documents.GRANT_ROLE, input=grant)
        [event] = await listener.receive_many(1)
        assert (event["activity"]["type"], event["activity"]["role"]) == ("MEMBER_GRANTED", "EDITOR")
        await world.as_owner.ask(documents.GRANT_ROLE, input={**grant, "role": "OBSERVER"})
        await world.interact(*world.pair("Valjean", "Javert"))
        [event] = await listener.receive_many(1)
        assert event["activity"]["type"] == "INTERACTED"


async def test_an_ecosystem_that_becomes_private_ends_the_subscriptions_of_strangers(world: World) -> None:
    async with (
        world.as_stranger.subscribe(FOLLOW, id=world.id) as stranger,
        world.as_observer.subscribe(FOLLOW, id=world.id) as observer,
    ):
        await stranger.receive()
        await observer.receive()
        hidden = {"id": world.id, "version": 1, "visibility": "PRIVATE"}
        await world.as_owner.ask(documents.UPDATE_ECOSYSTEM, input=hidden)
        assert (await stranger.receive())["__typename"] == "NotFound"
        await stranger.expect_complete()
        [event] = await observer.receive_many(1)
        assert event["activity"]["changed"] == ["visibility"]


async def test_the_deletion_of_an_ecosystem_ends_all_its_subscriptions(world: World) -> None:
    async with (
        world.as_owner.subscribe(FOLLOW, id=world.id) as owner,
        world.signed_out.subscribe(FOLLOW, id=world.id) as nobody,
    ):
        await owner.receive()
        await nobody.receive()
        await world.as_owner.ask(documents.DELETE_ECOSYSTEM, input={"id": world.id})
        for listener in (owner, nobody):
            assert (await listener.receive())["__typename"] == "NotFound"
            await listener.expect_complete()


async def test_a_reader_that_falls_behind_the_buffer_receives_every_fact(world: World) -> None:
    """It reads nothing while more facts are added than the buffer holds; a fast reader is not delayed."""
    async with (
        world.signed_out.subscribe(FOLLOW, id=world.id, filter={"types": ["CLOCK_SET"]}) as slow,
        world.signed_out.subscribe(FOLLOW, id=world.id, filter={"types": ["CLOCK_SET"]}) as fast,
    ):
        await slow.receive()
        await fast.receive()
        slow.is_slow = True
        for _ in range(3):
            await append_facts(world, 500)
        assert [fact["rate"] for fact in facts_of(await fast.receive_many(1_500))] == [float(n) for n in range(500)] * 3
        slow.resume()
        assert [fact["rate"] for fact in facts_of(await slow.receive_many(1_500))] == [float(n) for n in range(500)] * 3


async def test_equal_subscriptions_share_one_execution_of_each_event(world: World) -> None:
    async with (
        world.signed_out.subscribe(FOLLOW, id=world.id) as one,
        world.as_stranger.subscribe(FOLLOW, id=world.id) as other,
    ):
        await one.receive()
        await other.receive()
        before = world.subscriptions.executed_events
        await append_facts(world, 10)
        assert await one.receive_many(10) == await other.receive_many(10)
        assert world.subscriptions.executed_events - before == 10


async def test_equal_subscriptions_share_with_the_id_in_the_document(world: World) -> None:
    follow = FOLLOW.replace("$id: ID!, ", "").replace("$id", f'"{world.id}"')
    async with world.signed_out.subscribe(follow) as one, world.as_stranger.subscribe(follow) as other:
        await one.receive()
        await other.receive()
        before = world.subscriptions.executed_events
        await append_facts(world, 10)
        assert await one.receive_many(10) == await other.receive_many(10)
        assert world.subscriptions.executed_events - before == 10


async def test_a_public_id_in_the_document_gives_no_access_to_a_private_ecosystem(world: World) -> None:
    secret = world.data.secret_id
    grant = {"ecosystemId": secret, "userName": STRANGER, "role": "OBSERVER"}
    await world.as_owner.ask(documents.GRANT_ROLE, input=grant)
    follow = f"""subscription($other: ID!) {{ activity(ecosystemId: "{secret}") {{
        __typename ... on ActivityAppended {{ activity {{ ... on CharacterCreated {{
            character {{ relationshipWith(characterId: $other) {{ stage }} }} }} }} }} }} }}"""
    valjean = world.people("Valjean")[0].id
    async with (
        world.as_stranger.subscribe(follow, other=valjean) as member,
        world.signed_out.subscribe(follow, other=valjean) as nobody,
    ):
        assert await member.receive() == {"__typename": "CaughtUp"}
        assert await nobody.receive() == {"__typename": "NotFound"}


async def test_subscribers_that_join_and_leave_receive_each_fact_exactly_once(world: World) -> None:
    head = Cursor.parse(await world.head())

    async def come_and_go() -> list[int]:
        after = str(head)
        heard: list[int] = []
        while len(heard) < 300:
            async with world.signed_out.subscribe(FOLLOW, id=world.id, after=after) as listener:
                events = await listener.receive_many(min(37, 300 - len(heard)))
                heard += [event["activity"]["position"] for event in events]
                after = events[-1]["cursor"]
        return heard

    async def write() -> None:
        for _ in range(30):
            await append_facts(world, 10)

    *heard, _ = await asyncio.gather(*(come_and_go() for _ in range(5)), write())
    assert heard == [list(range(head.position + 1, head.position + 301))] * 5


async def test_an_event_costs_the_same_for_any_number_of_subscribers(world: World) -> None:
    """The feed reads the head and the new facts once for all subscribers."""

    async def statements_for(followers: int) -> list[str]:
        async with AsyncExitStack() as stack:
            following = [world.signed_out.subscribe(FOLLOW, id=world.id) for _ in range(followers)]
            listeners = [await stack.enter_async_context(each) for each in following]
            for listener in listeners:
                await listener.receive()
            with world.count_statements() as statements:
                await append_facts(world, 5)
                for listener in listeners:
                    await listener.receive_many(5)
            return [statement for statement in statements if "INSERT INTO activity" not in statement]

    one, many = await statements_for(1), await statements_for(20)
    assert len(one) == len(many) <= 3
