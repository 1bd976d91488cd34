"""signUp, signIn, signOut and me."""

import asyncio
from datetime import timedelta

import pytest

from db.sessions import ATTEMPTS_MAX
from resolvers import sessions, users
from resolvers.context import Context, Viewer
from tests.documents import SIGN_IN, SIGN_UP
from tests.visitors import ApiClient
from tests.world import OWNER, PASSWORD, World

ME = "{ me { id name createdAt } }"
SIGN_OUT = "mutation { signOut }"


def account(name: str, password: str = PASSWORD, session: str = "BEARER") -> dict[str, str]:
    return {"name": name, "password": password, "session": session}


async def test_sign_up_returns_a_token_that_is_valid_for_30_minutes(world: World) -> None:
    visitor = world.client(None)
    done = await visitor.ask(SIGN_UP, input=account("  Fantine "))

    assert done["me"]["name"] == "Fantine"
    found = await sessions.find_viewer(world.stores, done["token"], world.wall_clock.now())
    assert found is not None
    viewer, session = found
    assert (viewer.name, session.expires_at) == ("Fantine", world.wall_clock.now() + timedelta(minutes=30))
    assert await world.client(viewer).ask(ME) == done["me"]
    assert visitor.context.new_session is None


async def test_the_token_of_a_cookie_is_given_to_the_transport_only(world: World) -> None:
    visitor = world.client(None)
    done = await visitor.ask(SIGN_UP, input=account("Fantine", session="COOKIE"))
    assert done["token"] is None
    assert visitor.context.new_session is not None
    token, _ = visitor.context.new_session
    assert await sessions.find_viewer(world.stores, token, world.wall_clock.now()) is not None


async def test_a_cookie_is_refused_where_the_transport_cannot_set_one(world: World) -> None:
    """A WebSocket has no response that could set it."""
    context = Context(world.stores, world.wall_clock, can_set_cookies=False)
    visitor = ApiClient(lambda: context, world.subscriptions)
    refusal = await visitor.ask(SIGN_UP, input=account("Fantine", session="COOKIE"))
    assert refusal["problems"][0]["path"] == ["session"]
    assert (await visitor.ask(SIGN_UP, input=account("Fantine")))["token"]


async def test_later_fields_of_the_document_run_as_the_signed_in_user(world: World) -> None:
    mutation = """mutation($input: SignInInput!) {
        signIn(input: $input) { ... on SignedIn { me { ecosystems(first: 9) { edges { node { name } } } } } } }"""
    done = await world.client(None).ask(mutation, input=account(OWNER))
    assert {edge["node"]["name"] for edge in done["me"]["ecosystems"]["edges"]} == {"Les Misérables", "Waterloo"}


async def test_a_name_is_unique_ignoring_case_and_accents(world: World) -> None:
    async with world.unchanged():
        for name in ("Adèle", "ADELE", " adèle "):
            refusal = await world.client(None).expect_refusal(SIGN_UP, input=account(name))
            assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["name"])


async def test_one_of_many_concurrent_sign_ups_with_a_name_succeeds(world: World) -> None:
    answers = await asyncio.gather(*(world.client(None).ask(SIGN_UP, input=account("Toussaint")) for _ in range(4)))
    assert sorted(answer["__typename"] for answer in answers) == ["Invalid"] * 3 + ["SignedIn"]


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\0b", "a\nb", "\ud800", "\u0301"])
async def test_a_name_that_cannot_be_stored_is_invalid(world: World, name: str) -> None:
    async with world.unchanged():
        refusal = await world.client(None).expect_refusal(SIGN_UP, input=account(name))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["name"])


@pytest.mark.parametrize("password", ["", "1234567", "x" * 201, "\ud800 half a pair"])
async def test_a_password_that_is_too_short_too_long_or_malformed_is_invalid(world: World, password: str) -> None:
    async with world.unchanged():
        refusal = await world.client(None).expect_refusal(SIGN_UP, input=account("Fantine", password))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["password"])


async def test_sign_in_ignores_case_in_the_name_and_not_in_the_password(world: World) -> None:
    done = await world.client(None).ask(SIGN_IN, input=account("VICTOR"))
    assert done["me"] == {**done["me"], "id": world.user_id(OWNER), "name": OWNER}
    wrong = [account(OWNER, PASSWORD.upper()), account(OWNER, ""), account("Nobody"), account("a\0b"), account("\ud800")]
    wrong += [account(OWNER, PASSWORD + "x" * 300), account(OWNER, "\ud800"), account("x" * 10_000), account("")]
    texts: set[str] = set()
    for each in wrong:
        refusal = await world.client(None, address=f"10.0.0.{len(texts)}").expect_refusal(SIGN_IN, input=each)
        assert refusal["__typename"] == "BadCredentials", each
        texts.add(refusal["explanation"])
    assert len(texts) == 1


async def test_after_too_many_failed_attempts_the_right_password_is_refused_too(world: World) -> None:
    visitor = world.client(None, address="192.0.2.1")
    for _ in range(ATTEMPTS_MAX):
        assert (await visitor.expect_refusal(SIGN_IN, input=account(OWNER, "wrong")))["__typename"] == "BadCredentials"
    refusal = await visitor.expect_refusal(SIGN_IN, input=account(OWNER))
    assert refusal["__typename"] == "TooManyTries"
    assert 0 < refusal["retryAfterSeconds"] <= 300
    elsewhere = await world.client(None, address="192.0.2.2").expect_refusal(SIGN_IN, input=account(OWNER))
    assert elsewhere["__typename"] == "TooManyTries"
    others = await world.client(None, address="192.0.2.2").ask(SIGN_IN, input=account("Louis"))
    assert others["__typename"] == "SignedIn"


async def test_sign_out_ends_the_session_and_is_false_the_second_time(world: World) -> None:
    done = await world.client(None).ask(SIGN_IN, input=account(OWNER))
    viewer = Viewer(world.data.users[OWNER], OWNER)
    visitor = world.client(viewer, token=done["token"])
    assert await visitor.ask(SIGN_OUT) is True
    assert visitor.context.ended_session
    assert await sessions.find_viewer(world.stores, done["token"], world.wall_clock.now()) is None
    assert await visitor.ask(SIGN_OUT) is False
    assert await world.signed_out.ask(SIGN_OUT) is False


async def test_me_is_null_when_signed_out(sample: World) -> None:
    assert await sample.signed_out.ask(ME) is None
    assert (await sample.as_owner.ask(ME))["name"] == OWNER
    assert (await sample.as_owner.ask(ME))["id"] == sample.user_id(OWNER)


async def test_a_one_time_link_signs_the_host_in_once(world: World) -> None:
    token = await sessions.create_link(world.stores, world.wall_clock)
    followed = await sessions.sign_in_by_link(world.stores, world.wall_clock, token)
    assert followed is not None
    assert followed[1].name == users.HOST_NAME
    assert await sessions.sign_in_by_link(world.stores, world.wall_clock, token) is None
    assert await sessions.sign_in_by_link(world.stores, world.wall_clock, "made up") is None
    assert (await world.client(None).expect_refusal(SIGN_IN, input=account(users.HOST_NAME, "")))[
        "__typename"
    ] == "BadCredentials"
