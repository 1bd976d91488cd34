"""Rows stand for the objects of GraphQL types: each field without a resolver of its own is an attribute of the row."""

from typing import Any, get_type_hints

import pytest
from strawberry.types import get_object_definition

from graphql_schema.activity import FACTS
from graphql_schema.characters import Character
from graphql_schema.conversations import Conversation, Message
from graphql_schema.ecosystems import Ecosystem
from graphql_schema.interactions import Interaction
from graphql_schema.relationships import Relationship
from graphql_schema.users import User
from resolvers import nodes

TYPES: dict[str, tuple[type, ...]] = {
    "UserRow": (User,),
    "EcosystemRow": (Ecosystem,),
    "CharacterRow": (Character,),
    "RelationshipRow": (Relationship,),
    "InteractionRow": (Interaction,),
    "ConversationRow": (Conversation,),
    "MessageRow": (Message,),
    "FactRow": FACTS,
}


def plain_fields(type_: type) -> set[str]:
    definition: Any = get_object_definition(type_, strict=True)
    return {field.python_name for field in definition.fields if field.base_resolver is None}


def test_each_type_of_row_is_compared() -> None:
    assert {row.__name__ for row in nodes._KEYS} == TYPES.keys()


@pytest.mark.parametrize("row", nodes._KEYS, ids=lambda row: row.__name__)
def test_a_row_has_the_fields_of_its_types(row: type) -> None:
    attributes = get_type_hints(row).keys() | set(dir(row))
    for type_ in TYPES[row.__name__]:
        assert plain_fields(type_) - attributes == set()
        assert plain_fields(type_)
