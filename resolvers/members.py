"""Members: which users have a role in an ecosystem."""

from uuid import UUID

from db import ecosystems, users
from db.ecosystems import MEMBERS_BY_AGE, EcosystemRow
from db.unit_of_work import UnitOfWork, world_clock
from domain.activity import Fact, FactType
from domain.ecosystems import Role
from domain.keys import EcosystemKey, UserKey
from domain.refusals import Invalid, NotFound
from domain.validation import casefold_for_search
from resolvers import nodes, permissions
from resolvers.commit import Commit
from resolvers.context import Context
from resolvers.ecosystems import to_commit
from resolvers.pages import Page, PageArguments, PageEdge


async def list_members(context: Context, ecosystem: EcosystemRow, page: PageArguments) -> Page | None:
    """The users, longest membership first; each edge's `row` is the membership. None where the viewer is not a member."""
    page.to_window(MEMBERS_BY_AGE)
    if not ecosystem.is_member:
        return None
    members = await context.loaders.page(ecosystems.members, ecosystem.id, page, MEMBERS_BY_AGE)
    found = await nodes.find_many(context, [UserKey(edge.node.user_id) for edge in members.edges])
    edges = [PageEdge(edge.cursor, user, edge.node) for edge, user in zip(members.edges, found, strict=True)]
    return Page(edges, members.page_info)


async def grant_role(context: Context, ecosystem_id: UUID, user_name: str, role: Role) -> Commit[EcosystemKey]:
    """Replaces the role that the user has. `user_name` is compared without case and accents.

    Raises NotSignedIn, NotFound, NotAllowed, and Invalid where no account has the name or the last owner would lose the role.
    """
    async with context.unit_of_work(ecosystem_id) as work:
        row = await permissions.require_owner(work)
        user = await users.account(work.connection, casefold_for_search(user_name))
        if user is None:
            raise Invalid.at("userName", because="No account has this name; check the spelling.")
        if role is not Role.OWNER:
            await _require_another_owner(work, user.id, "role")
        await ecosystems.grant(work.connection, ecosystem_id, user.id, role, work.now)
        data = {"user_id": str(user.id), "user_name": user.name, "role": str(role)}
        await work.record_facts(Fact(FactType.MEMBER_GRANTED, world_clock(row).at(work.now), data=data))
    return to_commit(work, row)


async def revoke_role(context: Context, ecosystem_id: UUID, user_id: UUID) -> Commit[EcosystemKey]:
    """For owners, and for every member their own role.

    Raises NotSignedIn, NotFound, NotAllowed, and Invalid for the last owner.
    """
    viewer_id = context.require_viewer_id()
    async with context.unit_of_work(ecosystem_id) as work:
        row = await (work.load_ecosystem(lock=True) if user_id == viewer_id else permissions.require_owner(work))
        if await ecosystems.member_role(work.connection, ecosystem_id, user_id) is None:
            raise NotFound("This user has no role in this ecosystem that could be revoked.", UserKey(user_id))
        await _require_another_owner(work, user_id, "userId")
        user = (await users.by_ids(work.connection, [user_id]))[0]
        await ecosystems.revoke(work.connection, ecosystem_id, user_id)
        data = {"user_id": str(user_id), "user_name": user.name if user else ""}
        await work.record_facts(Fact(FactType.MEMBER_REVOKED, world_clock(row).at(work.now), data=data))
    return to_commit(work, row)


async def _require_another_owner(work: UnitOfWork, user_id: UUID, argument: str) -> None:
    """Raises Invalid where the user is the only owner."""
    if await ecosystems.lock_owners(work.connection, work.ecosystem_id) == [user_id]:
        raise Invalid.at(argument, because="This user is the last owner; make another user an owner first.")
