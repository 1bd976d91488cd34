"""How enumerations are shown: under the API's names, each value with its meaning."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

import strawberry

from domain.activity import FactType
from domain.ecosystems import Role, Visibility
from domain.relationships import Stage
from domain.rule_sets import InteractionKind
from resolvers.networks import NetworkKind

__all__ = ["FactType", "InteractionKind", "NetworkKind", "Role", "Stage", "Visibility", "describe_enum"]

EnumT = TypeVar("EnumT", bound=type[Enum])


def describe_enum(name: str, description: str, **values: str) -> Callable[[EnumT], EnumT]:
    """Decorates an enumeration, or is called with one of the domain's. `values` describe its members; each must be."""

    def show(enum: EnumT) -> EnumT:
        decorated = strawberry.enum(enum, name=name, description=description)
        definition: Any = decorated.__strawberry_definition__  # type: ignore[attr-defined]
        for value in definition.values:
            value.description = values[value.name]
        return decorated

    return show


describe_enum(
    "InteractionKind",
    "What one character can do to another. Each kind has its cost and its rates in the world's rule set.",
    GREETING="A few words in passing. Costs least, changes least.",
    CHAT="Talk of this and that. A message after another's in a conversation is one.",
    DISCUSSION="Talk about something that matters to them.",
    DEBATE="A dispute about something; it strains more than it warms.",
    COLLABORATION="Doing something together.",
    EMOTIONAL_SUPPORT="Standing by somebody in need.",
    CONFLICT="A quarrel or worse. Taken up by those who dislike.",
)(InteractionKind)
describe_enum(
    "Stage",
    "What a relationship has come to. A step is taken at a fact, and lost only when it no longer holds by a margin.",
    STRANGER="They hardly know each other.",
    ACQUAINTANCE="They know each other: a familiarity of .10 or more.",
    FRIEND="A bond of .30, trust of .40 and familiarity of .35 or more.",
    CLOSE_FRIEND="Bond, trust and familiarity of .60 or more.",
    RIVAL="A bond of -.25 or less.",
    ENEMY="A bond of -.60 or less.",
)(Stage)
describe_enum(
    "Visibility",
    "Who may see an ecosystem.",
    PRIVATE="Its members only; to all others it does not exist.",
    PUBLIC="Everybody, signed in or not, as observers.",
)(Visibility)
describe_enum(
    "Role",
    "What somebody may do in an ecosystem. Each may do what those after it may.",
    OWNER="Everything: also change and delete the world, set its clock, grant and revoke roles.",
    EDITOR="Also create characters and conversations, and act as and edit those characters that have no owner.",
    OBSERVER="See it, follow it, and act as and edit the characters that they own.",
)(Role)
describe_enum(
    "ActivityType",
    "What a fact tells of.",
    ECOSYSTEM_CREATED="The world came to be.",
    ECOSYSTEM_CHANGED="Its name, description or visibility was changed.",
    CLOCK_SET="Its clock was set to run at another rate.",
    MEMBER_GRANTED="Somebody was given a role. Seen by owners and editors only.",
    MEMBER_REVOKED="Somebody's role was taken. Seen by owners and editors only.",
    CHARACTER_CREATED="A character came to live in it.",
    CHARACTER_CHANGED="A character was edited.",
    CHARACTER_DELETED="A character is gone, and its relationships with it.",
    INTERACTED="One character did something to another.",
    STAGE_CHANGED="A relationship has come to another stage.",
    CONVERSATION_OPENED="A conversation began.",
    MESSAGE_SAID="Something was said in a conversation.",
    CONVERSATION_CLOSED="A conversation ended.",
)(FactType)
describe_enum(
    "NetworkKind",
    "Which ties make the network.",
    RELATIONSHIPS="Undirected: a relationship exists in either direction; weight 1.",
    CO_PRESENCE="Undirected: both spoke in the same conversation; weight is the number of conversations.",
    EXCHANGES="Directed: spoke right after the other in a conversation; weight is how often.",
)(NetworkKind)
