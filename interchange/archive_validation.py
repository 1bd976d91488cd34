"""Checks the JSON inside the rows of an archive from another database, since the code that shows it relies on its shape."""

from collections.abc import Mapping
from typing import Any

from domain.activity import FactType
from domain.ecosystems import Role
from domain.relationships import Stage

Shape = Mapping[str, Any]

_FEELINGS = 5
ANONYMOUS_MEMBER = {"user_name": "somebody", "user_id": "00000000-0000-0000-0000-000000000000"}
"""Replaces each member in an archive. It never changes, since archives that exist contain it."""
_CHARACTER: Shape = {"number": int, "name": str}
_DATA: Mapping[str, Shape] = {
    FactType.ECOSYSTEM_CREATED: {},
    FactType.ECOSYSTEM_CHANGED: {"changed": list},
    FactType.CLOCK_SET: {"rate": (int, float)},
    FactType.MEMBER_GRANTED: {"user_name": str, "user_id": str, "role": str},
    FactType.MEMBER_REVOKED: {"user_name": str, "user_id": str},
    FactType.CHARACTER_CREATED: _CHARACTER,
    FactType.CHARACTER_CHANGED: {**_CHARACTER, "changed": list},
    FactType.CHARACTER_DELETED: _CHARACTER,
    FactType.INTERACTED: {},
    FactType.STAGE_CHANGED: {"from": int, "to": int, "from_name": str, "to_name": str, "before": str, "after": str},
    FactType.CONVERSATION_OPENED: {},
    FactType.MESSAGE_SAID: {"conversation": int},
    FactType.CONVERSATION_CLOSED: {"conversation": int},
}
_EFFECT: Shape = {"from": int, "to": int, "held": list, "before": list, "after": list, "stages": list, "version": int}


def anonymize_members(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    """Returns the data of a fact without names and ids of members, since accounts are not part of an archive."""
    return data | ANONYMOUS_MEMBER if type_ in (FactType.MEMBER_GRANTED, FactType.MEMBER_REVOKED) else data


def is_fact(type_: Any, data: Any) -> bool:
    """Returns whether the data has the shape of this type of fact."""
    shape = _DATA.get(type_) if isinstance(type_, str) else None
    if shape is None or not _matches_shape(data, shape) or data != anonymize_members(type_, data):
        return False
    if type_ == FactType.STAGE_CHANGED:
        return data["before"] in list(Stage) and data["after"] in list(Stage)
    return type_ != FactType.MEMBER_GRANTED or data["role"] in list(Role)


def are_effects(effects: Any) -> bool:
    """Returns whether the value is a list of effects of an interaction."""
    return isinstance(effects, list) and all(_is_effect(effect) for effect in effects)


def _is_effect(effect: Any) -> bool:
    if not _matches_shape(effect, _EFFECT) or set(effect) != set(_EFFECT):
        return False
    feelings = [effect[moment] for moment in ("held", "before", "after")]
    numbers = all(len(five) == _FEELINGS and all(type(number) is int for number in five) for five in feelings)
    return numbers and len(effect["stages"]) == 2 and all(stage in list(Stage) for stage in effect["stages"])


def are_reasons(reasons: Any) -> bool:
    """Returns whether the value is a list of reasons: rule, description and weight."""
    return isinstance(reasons, list) and all(
        isinstance(reason, list) and [type(part) for part in reason] == [str, str, int] for reason in reasons
    )


def _matches_shape(data: Any, shape: Shape) -> bool:
    return isinstance(data, dict) and all(isinstance(data.get(key), kind) for key, kind in shape.items())
