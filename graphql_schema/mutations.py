"""Mutations: what can be changed. Each answers with what has come of it, or with a refusal and nothing changed."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.keys import CharacterKey, ConversationKey, EcosystemKey, UserKey
from graphql_schema.characters import Character, TraitsChangeInput, TraitsInput
from graphql_schema.conversations import Conversation, Message
from graphql_schema.ecosystems import Ecosystem
from graphql_schema.enums import Kind, Role, Visibility
from graphql_schema.interactions import Interaction
from graphql_schema.nodes import Info, key_of
from graphql_schema.pages import given
from graphql_schema.refusals import (
    BadCredentials,
    Conflict,
    ConversationIsClosed,
    Inactive,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooManyTries,
    TooTired,
    or_refused,
)
from graphql_schema.sessions import SessionKind, SignedIn
from resolvers import characters, conversations, ecosystems, interactions, users
from resolvers.context import Context

CURSOR = "Of the last fact of this change: give it to `after` to see all that comes behind it."
KEY = (
    "At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; "
    "with other input it is Invalid."
)
VERSION = "The version that was read; when it is not the current one any more, the answer is a Conflict."
LEFT = "Null or left out: it stays as it is."


@strawberry.input(description="A new account.")
class SignUpInput:
    name: str = strawberry.field(description="1 to 200 characters; nobody else may have it, whatever its case and accents.")
    password: str = strawberry.field(description="8 to 200 characters.")
    session: SessionKind = strawberry.field(default=SessionKind.COOKIE, description="How the session is carried from now on.")


@strawberry.input(description="Who signs in.")
class SignInInput:
    name: str = strawberry.field(description="As it was signed up, whatever its case and accents.")
    password: str = strawberry.field(description="Of that account.")
    session: SessionKind = strawberry.field(default=SessionKind.COOKIE, description="How the session is carried from now on.")


@strawberry.input(description="A new world. The viewer will own it.")
class CreateEcosystemInput:
    name: str = strawberry.field(description="1 to 200 characters, on one line.")
    description: str = strawberry.field(default="", description="At most 10,000 characters.")
    visibility: Visibility = strawberry.field(default=Visibility.PRIVATE, description="Who may see it.")
    rule_set: str = strawberry.field(
        default="story", description="Name of one of `Query.ruleSets`. It cannot be changed later."
    )
    seed: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="1 to 200 characters; decides every chance. Left out: a random one. It cannot be changed later.",
    )
    rate: float = strawberry.field(default=1.0, description="World seconds per second of the wall, 0 to 1,000,000.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.input(description="Changes of a world itself.")
class UpdateEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(default=strawberry.UNSET, description=f"1 to 200 characters, on one line. {LEFT}")
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"At most 10,000 characters. {LEFT}")
    visibility: Visibility | None = strawberry.field(default=strawberry.UNSET, description=f"Who may see it. {LEFT}")


@strawberry.input(description="The world that shall go.")
class DeleteEcosystemInput:
    id: strawberry.ID = strawberry.field(description="The ecosystem's.")


@strawberry.input(description="How fast a world's clock shall run.")
class SetClockInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    rate: float = strawberry.field(description="World seconds per second of the wall, 0 (stopped) to 1,000,000.")


@strawberry.input(description="Who shall have which role.")
class GrantRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    user_name: str = strawberry.field(description="The name of their account, whatever its case and accents.")
    role: Role = strawberry.field(description="It replaces the one that they had. The last owner stays an owner.")


@strawberry.input(description="Whose role shall be taken. Everybody may take their own.")
class RevokeRoleInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="The ecosystem's.")
    user_id: strawberry.ID = strawberry.field(description="The user's. The last owner cannot be taken.")


@strawberry.input(description="A new character. The viewer will own it.")
class CreateCharacterInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="Where it shall live.")
    name: str = strawberry.field(description="1 to 200 characters, on one line. Not unique.")
    description: str = strawberry.field(default="", description="At most 10,000 characters.")
    traits: TraitsInput = strawberry.field(default_factory=dict, description="Its personality; what is left out is .5.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.input(description="Changes of a character.")
class UpdateCharacterInput:
    id: strawberry.ID = strawberry.field(description="The character's.")
    version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(default=strawberry.UNSET, description=f"1 to 200 characters, on one line. {LEFT}")
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"At most 10,000 characters. {LEFT}")
    traits: TraitsChangeInput | None = strawberry.field(
        default=strawberry.UNSET, description=f"Its energy and mood go on from where they are. {LEFT}"
    )
    is_active: bool | None = strawberry.field(default=strawberry.UNSET, description=f"Whether it takes part. {LEFT}")


@strawberry.input(description="The character that shall go.")
class DeleteCharacterInput:
    id: strawberry.ID = strawberry.field(description="The character's.")


@strawberry.input(description="Who does what to whom.")
class InteractInput:
    initiator_id: strawberry.ID = strawberry.field(
        description="Who begins; the viewer must be allowed to act as this character."
    )
    responder_id: strawberry.ID = strawberry.field(description="With whom; of the same ecosystem, and not the same one.")
    kind: Kind = strawberry.field(description="What is done.")
    content: str = strawberry.field(
        default="", description="What is said or done, for people to read: at most 10,000 characters."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.input(description="A new conversation.")
class OpenConversationInput:
    ecosystem_id: strawberry.ID = strawberry.field(description="Where it takes place.")
    title: str = strawberry.field(description="1 to 500 characters, on one line.")
    participant_ids: list[strawberry.ID] = strawberry.field(
        description="Who is asked in, at most 100 active characters of the ecosystem; whoever speaks joins by that."
    )
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.input(description="Which conversation shall end.")
class CloseConversationInput:
    id: strawberry.ID = strawberry.field(description="The conversation's.")


@strawberry.input(description="What shall be said.")
class SayInput:
    conversation_id: strawberry.ID = strawberry.field(description="Where.")
    speaker_id: strawberry.ID = strawberry.field(description="By whom; the viewer must be allowed to act as this character.")
    text: str = strawberry.field(description="1 to 50,000 characters.")
    idempotency_key: str | None = strawberry.field(default=strawberry.UNSET, description=KEY)


@strawberry.type(description="The world as it is after the change.")
class EcosystemPayload:
    ecosystem: Ecosystem = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="It is gone.")
class DeletePayload:
    deleted_id: strawberry.ID = strawberry.field(description="The ID that it had.")
    cursor: str | None = strawberry.field(description=f"{CURSOR} Null where the ecosystem itself went.")


@strawberry.type(description="The character as it is after the change.")
class CharacterPayload:
    character: Character = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="What has happened.")
class InteractPayload:
    interaction: Interaction = strawberry.field(description="The act, with its reasons and effects.")
    initiator: Character = strawberry.field(description="As it is now.")
    responder: Character = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="The conversation as it is after the change.")
class ConversationPayload:
    conversation: Conversation = strawberry.field(description="As it is now.")
    cursor: str = strawberry.field(description=CURSOR)


@strawberry.type(description="What was said.")
class SayPayload:
    message: Message = strawberry.field(description="With what it did to those who hear.")
    cursor: str = strawberry.field(description=CURSOR)


SignInResult = Annotated[
    SignedIn | BadCredentials | Invalid | TooManyTries,
    strawberry.union("SignInResult", description="Signed in, or why not."),
]
EcosystemResult = Annotated[
    EcosystemPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("EcosystemResult", description="The changed world, or why nothing has changed."),
]
DeleteResult = Annotated[
    DeletePayload | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("DeleteResult", description="That it is gone, or why it is not."),
]
CharacterResult = Annotated[
    CharacterPayload | Conflict | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("CharacterResult", description="The changed character, or why nothing has changed."),
]
InteractResult = Annotated[
    InteractPayload | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("InteractResult", description="What has happened, or why nothing has."),
]
ConversationResult = Annotated[
    ConversationPayload | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("ConversationResult", description="The changed conversation, or why nothing has changed."),
]
SayResult = Annotated[
    SayPayload | ConversationIsClosed | TooTired | Inactive | Invalid | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("SayResult", description="What was said, or why nothing was."),
]


@strawberry.type(description="What can be changed. Whatever may not be seen is as if it did not exist.")
class Mutation:
    @strawberry.mutation(description="Makes an account and signs it in.")
    async def sign_up(
        self, info: Info, input: Annotated[SignUpInput, strawberry.argument(description="The account.")]
    ) -> SignInResult:
        async def done() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.of(await users.sign_up(info.context, input.name, input.password, by_cookie=by_cookie))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Signs in. After 10 wrong passwords in 5 minutes it has to be waited.")
    async def sign_in(
        self, info: Info, input: Annotated[SignInInput, strawberry.argument(description="The account.")]
    ) -> SignInResult:
        async def done() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.of(await users.sign_in(info.context, input.name, input.password, by_cookie=by_cookie))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Ends the viewer's session. False when nobody was signed in.")
    async def sign_out(self, info: Info) -> bool:
        return await users.sign_out(info.context)

    @strawberry.mutation(description="Makes a world, which the viewer owns.")
    async def create_ecosystem(
        self, info: Info, input: Annotated[CreateEcosystemInput, strawberry.argument(description="The world.")]
    ) -> EcosystemResult:
        async def done() -> Any:
            ask = ecosystems.CreateAsk(
                input.name,
                input.description,
                input.visibility,
                input.rule_set,
                given(input.seed),
                input.rate,
                given(input.idempotency_key),
            )
            return await _ecosystem(info.context, await ecosystems.create(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Changes a world's name, description or visibility. For its owners.")
    async def update_ecosystem(
        self, info: Info, input: Annotated[UpdateEcosystemInput, strawberry.argument(description="The changes.")]
    ) -> EcosystemResult:
        async def done() -> Any:
            id_ = key_of(input.id, EcosystemKey).ecosystem_id
            name, description, visibility = given(input.name), given(input.description), given(input.visibility)
            ask = ecosystems.UpdateAsk(id_, input.version, name, description, visibility)
            return await _ecosystem(info.context, await ecosystems.update(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Deletes the world and all that belongs to it, in every store. For its owners.")
    async def delete_ecosystem(
        self, info: Info, input: Annotated[DeleteEcosystemInput, strawberry.argument(description="Which one.")]
    ) -> DeleteResult:
        async def done() -> Any:
            await ecosystems.delete(info.context, key_of(input.id, EcosystemKey).ecosystem_id)
            return DeletePayload(deleted_id=input.id, cursor=None)

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Sets how fast the world's clock runs; 0 stops it. For its owners.")
    async def set_clock(
        self, info: Info, input: Annotated[SetClockInput, strawberry.argument(description="Which clock, how fast.")]
    ) -> EcosystemResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _ecosystem(info.context, await ecosystems.set_clock(info.context, id_, input.rate))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Gives somebody a role in the world, in place of the one that they had. For its owners.")
    async def grant_role(
        self, info: Info, input: Annotated[GrantRoleInput, strawberry.argument(description="Who, which role.")]
    ) -> EcosystemResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            return await _ecosystem(info.context, await ecosystems.grant(info.context, id_, input.user_name, input.role))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Takes somebody's role in the world. For its owners, and for everybody their own.")
    async def revoke_role(
        self, info: Info, input: Annotated[RevokeRoleInput, strawberry.argument(description="Whose role, where.")]
    ) -> EcosystemResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            user_id = key_of(input.user_id, UserKey).user_id
            return await _ecosystem(info.context, await ecosystems.revoke(info.context, id_, user_id))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Lets a character come to live in a world; the viewer owns it. For editors and owners.")
    async def create_character(
        self, info: Info, input: Annotated[CreateCharacterInput, strawberry.argument(description="The character.")]
    ) -> CharacterResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            traits = input.traits
            values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
            ask = characters.CreateAsk(id_, input.name, input.description, values, given(input.idempotency_key))
            return await _character(info.context, await characters.create(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(
        description="Edits a character. For whoever owns it, editors where nobody does, and owners of the world."
    )
    async def update_character(
        self, info: Info, input: Annotated[UpdateCharacterInput, strawberry.argument(description="The changes.")]
    ) -> CharacterResult:
        async def done() -> Any:
            ask = characters.UpdateAsk(
                key_of(input.id, CharacterKey),
                input.version,
                given(input.name),
                given(input.description),
                _changed_traits(given(input.traits)),
                given(input.is_active),
            )
            return await _character(info.context, await characters.update(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(
        description="Deletes a character. Its relationships go with it, in every store; what it did and said stays. For those who may edit it."
    )
    async def delete_character(
        self, info: Info, input: Annotated[DeleteCharacterInput, strawberry.argument(description="Which one.")]
    ) -> DeleteResult:
        async def done() -> Any:
            changed = await characters.delete(info.context, key_of(input.id, CharacterKey))
            return DeletePayload(deleted_id=input.id, cursor=changed.cursor)

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Lets one character do something to another. For whoever may act as the initiator.")
    async def interact(
        self, info: Info, input: Annotated[InteractInput, strawberry.argument(description="Who does what to whom.")]
    ) -> InteractResult:
        async def done() -> Any:
            initiator, responder = key_of(input.initiator_id, CharacterKey), key_of(input.responder_id, CharacterKey)
            key = given(input.idempotency_key)
            ask = interactions.InteractAsk(initiator, responder, input.kind, input.content, key)
            return await _interacted(info.context, await interactions.interact(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Opens a conversation. For editors and owners.")
    async def open_conversation(
        self, info: Info, input: Annotated[OpenConversationInput, strawberry.argument(description="The conversation.")]
    ) -> ConversationResult:
        async def done() -> Any:
            id_ = key_of(input.ecosystem_id, EcosystemKey).ecosystem_id
            keys = tuple(key_of(each, CharacterKey) for each in input.participant_ids)
            ask = conversations.OpenAsk(id_, input.title, keys, given(input.idempotency_key))
            return await _conversation(info.context, await conversations.open_(info.context, ask))

        return await or_refused(done, info.context)

    @strawberry.mutation(
        description="Says something in a conversation: a chat with whoever spoke just before. For whoever may act as the speaker."
    )
    async def say(
        self, info: Info, input: Annotated[SayInput, strawberry.argument(description="Who says what, where.")]
    ) -> SayResult:
        async def done() -> Any:
            conversation, speaker = key_of(input.conversation_id, ConversationKey), key_of(input.speaker_id, CharacterKey)
            ask = conversations.SayAsk(conversation, speaker, input.text, given(input.idempotency_key))
            said = await conversations.say(info.context, ask)
            message: Any = await info.context.loaders.of(conversations.messages_by_keys).load(said.key)
            return SayPayload(message=message, cursor=said.cursor)

        return await or_refused(done, info.context)

    @strawberry.mutation(description="Ends a conversation; one that has ended stays as it is. For editors and owners.")
    async def close_conversation(
        self, info: Info, input: Annotated[CloseConversationInput, strawberry.argument(description="Which one.")]
    ) -> ConversationResult:
        async def done() -> Any:
            changed = await conversations.close(info.context, key_of(input.id, ConversationKey))
            return await _conversation(info.context, changed)

        return await or_refused(done, info.context)


def _changed_traits(traits: TraitsChangeInput | None) -> tuple[float | None, ...]:
    if traits is None:
        return (None,) * 5
    values = (traits.openness, traits.conscientiousness, traits.extraversion, traits.agreeableness, traits.neuroticism)
    return tuple(given(value) for value in values)


async def _ecosystem(context: Context, changed: ecosystems.Changed) -> EcosystemPayload:
    """Whoever just left a private world sees it no more: that is NotFound, though the change was made."""
    context.begin()
    row: Any = await ecosystems.one(context, changed.ecosystem_id)
    return EcosystemPayload(ecosystem=row, cursor=changed.cursor)


async def _character(context: Context, changed: characters.Changed) -> CharacterPayload:
    row: Any = await characters.one(context, changed.key)
    return CharacterPayload(character=row, cursor=changed.cursor)


async def _conversation(context: Context, changed: conversations.Changed) -> ConversationPayload:
    row: Any = await conversations.one(context, changed.key)
    return ConversationPayload(conversation=row, cursor=changed.cursor)


async def _interacted(context: Context, done: interactions.Interacted) -> InteractPayload:
    row: Any = await context.loaders.of(interactions.by_keys).load(done.key)
    initiator: Any = await characters.one(context, done.initiator)
    responder: Any = await characters.one(context, done.responder)
    return InteractPayload(interaction=row, initiator=initiator, responder=responder, cursor=done.cursor)
