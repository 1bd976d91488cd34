"""Mutations: what can be changed. Each answers with what has come of it, or with a refusal and nothing changed."""

import strawberry

from graphql_schema.mutations.characters import CharacterChanges
from graphql_schema.mutations.conversations import ConversationChanges
from graphql_schema.mutations.ecosystems import EcosystemChanges
from graphql_schema.mutations.interactions import InteractionChanges
from graphql_schema.mutations.sessions import SessionChanges


@strawberry.type(description="What can be changed. Whatever may not be seen is as if it did not exist.")
class Mutation(SessionChanges, EcosystemChanges, CharacterChanges, InteractionChanges, ConversationChanges):
    pass
