"""Ecosystems: who may do what in a world."""

from enum import StrEnum


class Visibility(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"


class Role(StrEnum):
    """Each may do what those after it may."""

    OWNER = "owner"
    EDITOR = "editor"
    OBSERVER = "observer"


_RANK = {Role.OWNER: 3, Role.EDITOR: 2, Role.OBSERVER: 1}


def role_suffices(role: str | None, needed: Role) -> bool:
    """Whether `role` (None: not even an observer) suffices where `needed` is asked for."""
    return role is not None and _RANK[Role(role)] >= _RANK[needed]


def role_in(visibility: str, membership: str | None) -> Role | None:
    """What somebody is: their membership, else an observer of a public world, else nothing."""
    if membership is not None:
        return Role(membership)
    return Role.OBSERVER if visibility == Visibility.PUBLIC else None
