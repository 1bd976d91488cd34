"""References to types of other modules, resolved when the schema is built, because these modules refer to each other."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.characters import Character, CharacterConnection
    from graphql_schema.conversations import Conversation, Message
    from graphql_schema.ecosystems import Ecosystem, EcosystemConnection
    from graphql_schema.interactions import Interaction, InteractionConnection
    from graphql_schema.relationships import Relationship

CharacterLink = Annotated["Character", strawberry.lazy("graphql_schema.characters")]
CharacterConnectionLink = Annotated["CharacterConnection", strawberry.lazy("graphql_schema.characters")]
ConversationLink = Annotated["Conversation", strawberry.lazy("graphql_schema.conversations")]
EcosystemLink = Annotated["Ecosystem", strawberry.lazy("graphql_schema.ecosystems")]
EcosystemConnectionLink = Annotated["EcosystemConnection", strawberry.lazy("graphql_schema.ecosystems")]
InteractionLink = Annotated["Interaction", strawberry.lazy("graphql_schema.interactions")]
InteractionConnectionLink = Annotated["InteractionConnection", strawberry.lazy("graphql_schema.interactions")]
MessageLink = Annotated["Message", strawberry.lazy("graphql_schema.conversations")]
RelationshipLink = Annotated["Relationship", strawberry.lazy("graphql_schema.relationships")]
