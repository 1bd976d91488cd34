"""Enumerations of the domain under their names in the API, with a description of each value."""

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
    """Decorator that makes a GraphQL enum of an enumeration. `values` has a description for each member, by its name."""

    def decorate(enum: EnumT) -> EnumT:
        decorated = strawberry.enum(enum, name=name, description=description)
        definition: Any = decorated.__strawberry_definition__  # type: ignore[attr-defined]
        for value in definition.values:
            value.description = values[value.name]
        return decorated

    return decorate


describe_enum(
    "InteractionKind",
    "The kind of an interaction. The rule set gives each kind its cost and its rates.",
    GREETING="A few words in passing. Lowest cost and smallest effect.",
    CHAT="Small talk. A message that follows another character's message in a conversation is a CHAT.",
    DISCUSSION="A talk about a subject that matters to both.",
    DEBATE="A dispute about a subject; it strains a relationship more than it improves it.",
    COLLABORATION="Work on a common task.",
    EMOTIONAL_SUPPORT="Comfort for a character in need.",
    CONFLICT="A quarrel or worse. Characters that dislike each other are more likely to accept it.",
)(InteractionKind)
describe_enum(
    "Stage",
    "The stage of a relationship. It can change with each interaction; a stage is lost only when its thresholds are missed by a margin.",
    STRANGER="They hardly know each other.",
    ACQUAINTANCE="They know each other: a familiarity of at least 0.10.",
    FRIEND="A bond of at least 0.30, trust of at least 0.40 and familiarity of at least 0.35.",
    CLOSE_FRIEND="Bond, trust and familiarity of at least 0.60 each.",
    RIVAL="A bond of -0.25 or less.",
    ENEMY="A bond of -0.60 or less.",
)(Stage)
describe_enum(
    "Visibility",
    "Which users can read an ecosystem.",
    PRIVATE="Members only. For all other users the ecosystem does not exist.",
    PUBLIC="All users, signed in or not, as observers.",
)(Visibility)
describe_enum(
    "Role",
    "The permissions of a user in an ecosystem. Each role includes the permissions of the roles after it.",
    OWNER="May also change and delete the ecosystem, set its clock, and grant and revoke roles.",
    EDITOR="May also create characters and conversations, and act as and edit characters without an owner.",
    OBSERVER="May read the ecosystem, subscribe to it, and act as and edit the characters that the user owns.",
)(Role)
describe_enum(
    "ActivityType",
    "The type of a fact.",
    ECOSYSTEM_CREATED="The ecosystem was created.",
    ECOSYSTEM_CHANGED="The name, description or visibility of the ecosystem was changed.",
    CLOCK_SET="The rate of the ecosystem's clock was changed.",
    MEMBER_GRANTED="A user was given a role. Visible to owners and editors only.",
    MEMBER_REVOKED="A user's role was revoked. Visible to owners and editors only.",
    CHARACTER_CREATED="A character was created.",
    CHARACTER_CHANGED="A character was edited.",
    CHARACTER_DELETED="A character was deleted, and its relationships with it.",
    INTERACTED="A character interacted with another character.",
    STAGE_CHANGED="A relationship entered another stage.",
    CONVERSATION_OPENED="A conversation was opened.",
    MESSAGE_SAID="A message was added to a conversation.",
    CONVERSATION_CLOSED="A conversation was closed.",
)(FactType)
describe_enum(
    "NetworkKind",
    "What the edges of a network mean.",
    RELATIONSHIPS="Undirected: a relationship exists in at least one direction. Every weight is 1.",
    CO_PRESENCE="Undirected: both spoke in the same conversation. The weight is the number of such conversations.",
    EXCHANGES="Directed: one spoke directly after the other in a conversation. The weight is how often.",
)(NetworkKind)
