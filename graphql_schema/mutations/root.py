"""The root type of mutations. Each returns its result, or a refusal; then nothing was changed."""

import strawberry

from graphql_schema.mutations.characters import CharacterMutations
from graphql_schema.mutations.conversations import ConversationMutations
from graphql_schema.mutations.ecosystems import EcosystemMutations
from graphql_schema.mutations.interactions import InteractionMutations
from graphql_schema.mutations.sessions import SessionMutations


@strawberry.type(description="All changes. An object that the viewer may not see is treated as if it did not exist.")
class Mutation(SessionMutations, EcosystemMutations, CharacterMutations, InteractionMutations, ConversationMutations):
    pass
