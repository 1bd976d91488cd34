"""Permissions: which users may act as a character, edit it, or change an ecosystem."""

from uuid import UUID

from db.characters import CharacterRow
from db.ecosystems import EcosystemRow
from db.unit_of_work import UnitOfWork
from domain.ecosystems import Role, role_suffices
from domain.keys import EcosystemKey
from domain.refusals import NotAllowed
from resolvers import nodes
from resolvers.context import Context


async def viewer_can_act(context: Context, character: CharacterRow) -> bool:
    """Whether the viewer may act as the character, and edit it: both need the same permission."""
    return can_act(await nodes.get(context, EcosystemKey(character.ecosystem_id)), character, context.viewer_id)


def can_act(ecosystem: EcosystemRow, character: CharacterRow, user_id: UUID | None) -> bool:
    """True for owners of the ecosystem, for the owner of the character, and for editors where the character has no owner."""
    if user_id is None:
        return False
    return (
        role_suffices(ecosystem.role, Role.OWNER)
        or character.owner_id == user_id
        or (character.owner_id is None and role_suffices(ecosystem.role, Role.EDITOR))
    )


def require_can_act(ecosystem: EcosystemRow, character: CharacterRow, user_id: UUID, *, action: str = "act as") -> None:
    """Raises NotAllowed, with the least role that would suffice."""
    if not can_act(ecosystem, character, user_id):
        needed = Role.OWNER if character.owner_id else Role.EDITOR
        raise NotAllowed(
            f"You may not {action} {character.name}; its owner and users with the role {needed} in this ecosystem may.", needed
        )


def require_editor(ecosystem: EcosystemRow, action: str) -> None:
    """Raises NotAllowed where the viewer is an observer."""
    if not role_suffices(ecosystem.role, Role.EDITOR):
        raise NotAllowed(f"Only editors and owners of this ecosystem may {action}; ask an owner for that role.", Role.EDITOR)


async def require_owner(work: UnitOfWork, *, lock: bool = True) -> EcosystemRow:
    """The ecosystem of the unit of work. Raises NotFound, NotAllowed."""
    row = await work.load_ecosystem(lock=lock)
    if not role_suffices(row.role, Role.OWNER):
        raise NotAllowed("Only an owner of this ecosystem may do this; ask one of them.", Role.OWNER)
    return row
