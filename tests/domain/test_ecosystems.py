"""Each role includes the rights of those after it."""

import pytest

from domain.ecosystems import Role, role_suffices


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
