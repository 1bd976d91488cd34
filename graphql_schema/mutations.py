"""Mutations: what can be changed. Each answers with what has come of it, or with a refusal and nothing changed."""

import strawberry

from graphql_schema.changes.characters import CharacterChanges
from graphql_schema.changes.conversations import ConversationChanges
from graphql_schema.changes.ecosystems import EcosystemChanges
from graphql_schema.changes.interactions import InteractionChanges
from graphql_schema.changes.sessions import SessionChanges


@strawberry.type(description="What can be changed. Whatever may not be seen is as if it did not exist.")
class Mutation(SessionChanges, EcosystemChanges, CharacterChanges, InteractionChanges, ConversationChanges):
    pass
