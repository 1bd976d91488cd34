"""Refusals: every expected "no" as a member of a result's union, with the data that tells what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import refusals
from domain.keys import CharacterKey, ConversationKey, encode_id
from graphql_schema.enums import Role
from resolvers import characters, conversations
from resolvers.context import Context

if TYPE_CHECKING:
    from graphql_schema.characters import Character
    from graphql_schema.conversations import Conversation


@strawberry.interface(description="An expected no: nothing has changed. `explanation` says in one sentence what can be done.")
class Refusal:
    explanation: str = strawberry.field(description="One sentence for a person: what is the matter, and what can be done.")


@strawberry.type(description="The viewer has to sign in first.")
class NotSignedIn(Refusal):
    pass


@strawberry.type(description="That name and password do not belong together. It is not told which of them is wrong.")
class BadCredentials(Refusal):
    pass


@strawberry.type(description="There were too many wrong passwords for this name, or from this address.")
class TooManyTries(Refusal):
    retry_after_seconds: float = strawberry.field(description="Seconds by the wall's clock until it may be tried again.")


@strawberry.type(description="The viewer sees it, but may not do that.")
class NotAllowed(Refusal):
    needed_role: Role | None = strawberry.field(description="The least role that would suffice; null where no role would.")


@strawberry.type(description="It is not there, or the viewer may not see that it is.")
class NotFound(Refusal):
    missing_id: strawberry.ID | None = strawberry.field(
        description="The ID that led nowhere; null where that would tell too much."
    )


@strawberry.type(description="One thing that is wrong with an input.")
class Problem:
    path: list[str] = strawberry.field(description='Leads to it from the input\'s top, as in ["traits", "openness"].')
    explanation: str = strawberry.field(description="What is wrong with it, and what would be right.")


@strawberry.type(description="Something in the input cannot be used.")
class Invalid(Refusal):
    problems: list[Problem] = strawberry.field(description="All that is wrong, at least one.")


@strawberry.type(description="Somebody changed it since it was read. Read it again, then repeat the change.")
class Conflict(Refusal):
    current_version: int = strawberry.field(description="The version that it has now.")


@strawberry.type(description="One of the two has too little energy for this. The initiator is looked at first.")
class TooTired(Refusal):
    character: Annotated[Character, strawberry.lazy("graphql_schema.characters")] = strawberry.field(
        description="Who is too tired."
    )
    rested_world_seconds: float = strawberry.field(description="The exact world time from which its energy suffices.")


@strawberry.type(description="One of them does not take part.")
class Inactive(Refusal):
    character: Annotated[Character, strawberry.lazy("graphql_schema.characters")] = strawberry.field(
        description="Who is not active."
    )


@strawberry.type(description="Nothing can be said in this conversation any more.")
class ConversationIsClosed(Refusal):
    conversation: Annotated[Conversation, strawberry.lazy("graphql_schema.conversations")] = strawberry.field(
        description="Which one."
    )


@strawberry.type(
    description="History was replaced, or is not kept that far back: ask anew, then follow from `head`. The subscription ends."
)
class CursorLost(Refusal):
    head: str = strawberry.field(description="Where the ecosystem's activity stands now.")


async def to_graphql(refusal: refusals.Refusal, context: Context) -> Any:
    """The type that shows a refusal."""
    no = refusal.explanation
    match refusal:
        case refusals.NotSignedIn():
            return NotSignedIn(explanation=no)
        case refusals.BadCredentials():
            return BadCredentials(explanation=no)
        case refusals.TooManyTries():
            return TooManyTries(explanation=no, retry_after_seconds=refusal.retry_after_seconds)
        case refusals.NotAllowed():
            return NotAllowed(explanation=no, needed_role=Role(refusal.needed_role) if refusal.needed_role else None)
        case refusals.NotFound():
            return NotFound(explanation=no, missing_id=_missing_id(refusal.missing))
        case refusals.Invalid():
            problems = [Problem(path=list(problem.path), explanation=problem.explanation) for problem in refusal.problems]
            return Invalid(explanation=no, problems=problems)
        case refusals.Conflict():
            return Conflict(explanation=no, current_version=refusal.current_version)
        case _:
            return await _with_subject(refusal, context)


async def _with_subject(refusal: refusals.Refusal, context: Context) -> Any:
    """Refusals that show a character or a conversation, as it is now."""
    context.refresh()
    match refusal:
        case refusals.TooTired(ecosystem_id=world, number=number) if world:
            row: Any = await characters.get(context, CharacterKey(world, number))
            rested = refusal.rested_world_seconds
            return TooTired(explanation=refusal.explanation, character=row, rested_world_seconds=rested)
        case refusals.Inactive(ecosystem_id=world, number=number) if world:
            row = await characters.get(context, CharacterKey(world, number))
            return Inactive(explanation=refusal.explanation, character=row)
        case refusals.ConversationIsClosed(ecosystem_id=world, position=position) if world:
            row = await conversations.get(context, ConversationKey(world, position))
            return ConversationIsClosed(explanation=refusal.explanation, conversation=row)
    raise refusal


def _missing_id(what: object) -> strawberry.ID | None:
    if isinstance(what, str):
        return strawberry.ID(what)
    return strawberry.ID(encode_id(what)) if isinstance(what, tuple) else None  # type: ignore[arg-type]


async def catch_refusal(resolve: Callable[[], Awaitable[Any]], context: Context) -> Any:
    """What was done, or the refusal as a member of the result's union."""
    try:
        return await resolve()
    except refusals.Refusal as refusal:
        return await to_graphql(refusal, context)
