"""Each role includes the rights of those after it."""

import pytest

from domain.ecosystems import Role, Visibility, role_in, role_suffices


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.OWNER, {Role.OWNER, Role.EDITOR, Role.OBSERVER}),
        (Role.EDITOR, {Role.EDITOR, Role.OBSERVER}),
        (Role.OBSERVER, {Role.OBSERVER}),
        ("editor", {Role.EDITOR, Role.OBSERVER}),
        (None, set()),
    ],
)
def test_a_role_includes_the_rights_of_those_after_it(role: str | None, allowed: set[Role]) -> None:
    assert {needed for needed in Role if role_suffices(role, needed)} == allowed


@pytest.mark.parametrize(
    ("visibility", "membership", "role"),
    [
        (Visibility.PUBLIC, None, Role.OBSERVER),
        (Visibility.PRIVATE, None, None),
        (Visibility.PUBLIC, "owner", Role.OWNER),
        (Visibility.PRIVATE, "editor", Role.EDITOR),
        (Visibility.PRIVATE, "observer", Role.OBSERVER),
    ],
)
def test_somebody_is_what_they_were_made_else_an_observer_of_a_public_world(
    visibility: str, membership: str | None, role: Role | None
) -> None:
    assert role_in(visibility, membership) is role
