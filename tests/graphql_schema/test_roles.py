"""grantRole and revokeRole: the roles of users in an ecosystem."""

import asyncio

import pytest

from tests.documents import CREATE_CHARACTER, GRANT_ROLE, REVOKE_ROLE, SET_CLOCK
from tests.world import EDITOR, OBSERVER, OWNER, STRANGER, World

ROLE = "query($id: ID!) { ecosystem(id: $id) { viewerRole members(first: 9) { edges { node { name } role } } seed } }"


def granted(world: World, name: str, role: str, id_: str | None = None) -> dict[str, str]:
    return {"ecosystemId": id_ or world.id, "userName": name, "role": role}


def revoked(world: World, name: str, id_: str | None = None) -> dict[str, str]:
    return {"ecosystemId": id_ or world.id, "userId": world.user_id(name)}


async def test_a_granted_role_is_effective_with_a_fact_for_owners_and_editors(world: World) -> None:
    before = await world.head()
    done = await world.as_owner.ask(GRANT_ROLE, input=granted(world, "louis", "EDITOR"))

    assert {"node": {"name": STRANGER}, "role": "EDITOR"} in done["ecosystem"]["members"]["edges"]
    assert (await world.as_stranger.ask(ROLE, id=world.id))["viewerRole"] == "EDITOR"
    assert (await world.as_stranger.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": "Azelma"}))["cursor"]
    fact = (await world.activity(after=before))[0]
    assert (fact["__typename"], fact["userName"], fact["role"]) == ("MemberGranted", STRANGER, "EDITOR")
    assert fact["user"] == {"id": world.user_id(STRANGER)}
    assert fact["cursor"] == done["cursor"]


async def test_a_role_replaces_the_previous_one(world: World) -> None:
    await world.as_owner.ask(GRANT_ROLE, input=granted(world, OBSERVER, "OWNER"))
    members = (await world.as_observer.ask(ROLE, id=world.id))["members"]["edges"]
    assert [edge["role"] for edge in members if edge["node"]["name"] == OBSERVER] == ["OWNER"]
    await world.as_observer.ask(SET_CLOCK, input={"ecosystemId": world.id, "rate": 2})


async def test_a_revoked_role_is_lost_with_a_fact(world: World) -> None:
    before = await world.head()
    done = await world.as_owner.ask(REVOKE_ROLE, input=revoked(world, EDITOR))

    assert EDITOR not in [edge["node"]["name"] for edge in done["ecosystem"]["members"]["edges"]]
    left = await world.as_editor.ask(ROLE, id=world.id)
    assert left == {"viewerRole": "OBSERVER", "members": None, "seed": None}
    [fact] = await world.activity(after=before)
    assert (fact["__typename"], fact["userName"], fact["user"]["id"]) == ("MemberRevoked", EDITOR, world.user_id(EDITOR))


async def test_a_former_member_cannot_see_the_private_ecosystem(world: World) -> None:
    secret = world.data.secret_id
    assert (await world.as_observer.ask(ROLE, id=secret))["viewerRole"] == "OBSERVER"
    await world.as_owner.ask(REVOKE_ROLE, input=revoked(world, OBSERVER, secret))
    assert await world.as_observer.ask(ROLE, id=secret) is None


async def test_every_member_may_revoke_its_own_role(world: World) -> None:
    done = await world.as_observer.ask(REVOKE_ROLE, input=revoked(world, OBSERVER))
    assert done["ecosystem"]["viewerRole"] == "OBSERVER"
    assert done["ecosystem"]["members"] is None
    left = await world.as_editor.expect_refusal(REVOKE_ROLE, input=revoked(world, EDITOR, world.data.secret_id))
    assert left["__typename"] == "NotFound"
    assert await world.as_editor.ask(ROLE, id=world.data.secret_id) is None


@pytest.mark.parametrize("role", ["EDITOR", "OBSERVER"])
async def test_the_last_owner_cannot_lose_the_role(world: World, role: str) -> None:
    async with world.unchanged():
        lesser = await world.as_owner.expect_refusal(GRANT_ROLE, input=granted(world, OWNER, role))
        gone = await world.as_owner.expect_refusal(REVOKE_ROLE, input=revoked(world, OWNER))
    assert (lesser["__typename"], lesser["problems"][0]["path"]) == ("Invalid", ["role"])
    assert (gone["__typename"], gone["problems"][0]["path"]) == ("Invalid", ["userId"])


async def test_an_owner_may_grant_itself_the_role_owner(world: World) -> None:
    done = await world.as_owner.ask(GRANT_ROLE, input=granted(world, OWNER, "OWNER"))
    assert done["ecosystem"]["viewerRole"] == "OWNER"


async def test_one_of_two_owners_that_leave_concurrently_remains(world: World) -> None:
    await world.as_owner.ask(GRANT_ROLE, input=granted(world, EDITOR, "OWNER"))
    answers = await asyncio.gather(
        world.as_owner.ask(REVOKE_ROLE, input=revoked(world, OWNER)),
        world.as_editor.ask(REVOKE_ROLE, input=revoked(world, EDITOR)),
    )
    assert sorted(answer["__typename"] for answer in answers) == ["EcosystemPayload", "Invalid"]
    owners = await world.rows("SELECT FROM members m JOIN ecosystems e ON e.id = m.ecosystem_id WHERE m.role = 'owner'")
    assert len(owners) == 2  # one of each world


@pytest.mark.parametrize("name", ["Nobody", "", "x" * 10_000, "Vic\0tor", "\ud800", "😶"])
async def test_a_name_without_an_account_is_invalid(world: World, name: str) -> None:
    async with world.unchanged():
        refusal = await world.as_owner.expect_refusal(GRANT_ROLE, input=granted(world, name, "EDITOR"))
    assert (refusal["__typename"], refusal["problems"][0]["path"]) == ("Invalid", ["userName"])


async def test_a_user_without_a_role_is_not_found(world: World) -> None:
    async with world.unchanged():
        for user_id in (world.user_id(STRANGER), world.id, "nobody"):
            asked = {"ecosystemId": world.id, "userId": user_id}
            assert (await world.as_owner.expect_refusal(REVOKE_ROLE, input=asked))["__typename"] == "NotFound"
        assert (await world.as_stranger.expect_refusal(REVOKE_ROLE, input=revoked(world, STRANGER)))["__typename"] == "NotFound"


async def test_only_owners_may_grant_and_revoke(world: World) -> None:
    async with world.unchanged():
        for visitor in (world.as_editor, world.as_observer, world.as_stranger):
            for document, asked in ((GRANT_ROLE, granted(world, STRANGER, "OWNER")), (REVOKE_ROLE, revoked(world, OWNER))):
                refusal = await visitor.expect_refusal(document, input=asked)
                assert (refusal["__typename"], refusal["neededRole"]) == ("NotAllowed", "OWNER")
        hidden = await world.as_stranger.expect_refusal(
            GRANT_ROLE, input=granted(world, STRANGER, "OWNER", world.data.secret_id)
        )
        assert hidden["__typename"] == "NotFound"
        assert (await world.signed_out.expect_refusal(GRANT_ROLE, input=granted(world, STRANGER, "OWNER")))[
            "__typename"
        ] == "NotSignedIn"
        assert (await world.signed_out.expect_refusal(REVOKE_ROLE, input=revoked(world, OWNER)))["__typename"] == "NotSignedIn"
