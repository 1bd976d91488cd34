"""Ecosystems: visibility, and the roles of members."""

from enum import StrEnum


class Visibility(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"


class Role(StrEnum):
    """In descending order: each role includes the rights of those after it."""

    OWNER = "owner"
    EDITOR = "editor"
    OBSERVER = "observer"


_RANK = {Role.OWNER: 3, Role.EDITOR: 2, Role.OBSERVER: 1}


def role_suffices(role: str | None, needed: Role) -> bool:
    """Whether `role` includes the rights of `needed`. None is a viewer without any role."""
    return role is not None and _RANK[Role(role)] >= _RANK[needed]
