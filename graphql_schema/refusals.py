"""Refusals: each expected failure is a type of its own in the union of a result, with the data that helps to correct it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from domain import refusals
from domain.keys import CharacterKey, ConversationKey, Key, encode_id
from graphql_schema.enums import Role
from graphql_schema.links import CharacterLink, ConversationLink
from resolvers import nodes
from resolvers.context import Context


@strawberry.interface(description="An expected failure of a request: nothing was changed.")
class Refusal:
    explanation: str = strawberry.field(description="One sentence for people: what is wrong, and what can be done.")


@strawberry.type(description="The viewer must sign in first.")
class NotSignedIn(Refusal):
    pass


@strawberry.type(description="The name or the password is wrong; the response does not reveal which.")
class BadCredentials(Refusal):
    pass


@strawberry.type(description="Too many wrong passwords were given for this name or from this address.")
class TooManyTries(Refusal):
    retry_after_seconds: float = strawberry.field(description="Real seconds until the next attempt is possible.")


@strawberry.type(description="The viewer can see the object, but may not do this.")
class NotAllowed(Refusal):
    needed_role: Role | None = strawberry.field(
        description="The lowest role that would be sufficient; null when no role would be."
    )


@strawberry.type(description="The object does not exist, or the viewer may not see it.")
class NotFound(Refusal):
    missing_id: strawberry.ID | None = strawberry.field(
        description="The ID that was not found; null when the ID would reveal too much."
    )


@strawberry.type(description="One error in an input.")
class Problem:
    path: list[str] = strawberry.field(
        description='The path from the top of the input to the value, for example ["traits", "openness"].'
    )
    explanation: str = strawberry.field(description="What is wrong with the value, and what would be valid.")


@strawberry.type(description="The input contains invalid values.")
class Invalid(Refusal):
    problems: list[Problem] = strawberry.field(description="All errors of the input, at least one.")


@strawberry.type(description="The object was changed since it was read. Read it again, then repeat the change.")
class Conflict(Refusal):
    current_version: int = strawberry.field(description="The current version of the object.")


@strawberry.type(description="One of the two characters has too little energy. The initiator is checked first.")
class TooTired(Refusal):
    character: CharacterLink = strawberry.field(description="The character with too little energy.")
    rested_world_seconds: float = strawberry.field(description="World time, in seconds, from which its energy is sufficient.")


@strawberry.type(description="A character that is not active would have to take part.")
class Inactive(Refusal):
    character: CharacterLink = strawberry.field(description="The character that is not active.")


@strawberry.type(description="The conversation is closed, so no message can be added.")
class ConversationIsClosed(Refusal):
    conversation: ConversationLink = strawberry.field(description="The closed conversation.")


@strawberry.type(
    description="The history was replaced, or is not kept as far back as the given cursor. Query again, then subscribe from `head`. The subscription ends."
)
class CursorLost(Refusal):
    head: str = strawberry.field(description="Cursor of the newest fact of the ecosystem.")


async def to_graphql(refusal: refusals.Refusal, context: Context) -> Any:
    """The GraphQL object for a refusal of the domain. Raises the refusal itself where no type exists for it."""
    explanation = refusal.explanation
    match refusal:
        case refusals.NotSignedIn():
            return NotSignedIn(explanation=explanation)
        case refusals.BadCredentials():
            return BadCredentials(explanation=explanation)
        case refusals.TooManyTries():
            return TooManyTries(explanation=explanation, retry_after_seconds=refusal.retry_after_seconds)
        case refusals.NotAllowed():
            return NotAllowed(explanation=explanation, needed_role=Role(refusal.needed_role) if refusal.needed_role else None)
        case refusals.NotFound():
            return NotFound(explanation=explanation, missing_id=_missing_id(refusal.missing))
        case refusals.Invalid():
            problems = [Problem(path=list(problem.path), explanation=problem.explanation) for problem in refusal.problems]
            return Invalid(explanation=explanation, problems=problems)
        case refusals.Conflict():
            return Conflict(explanation=explanation, current_version=refusal.current_version)
        case _:
            return await _with_subject(refusal, context)


async def _with_subject(refusal: refusals.Refusal, context: Context) -> Any:
    """Refusals with a character or a conversation, in its present state."""
    context.refresh()
    match refusal:
        case refusals.TooTired(ecosystem_id=ecosystem_id, number=number) if ecosystem_id:
            row = await nodes.get(context, CharacterKey(ecosystem_id, number))
            rested_at = refusal.rested_world_seconds
            return TooTired(explanation=refusal.explanation, character=row, rested_world_seconds=rested_at)
        case refusals.Inactive(ecosystem_id=ecosystem_id, number=number) if ecosystem_id:
            row = await nodes.get(context, CharacterKey(ecosystem_id, number))
            return Inactive(explanation=refusal.explanation, character=row)
        case refusals.ConversationIsClosed(ecosystem_id=ecosystem_id, position=position) if ecosystem_id:
            row = await nodes.get(context, ConversationKey(ecosystem_id, position))
            return ConversationIsClosed(explanation=refusal.explanation, conversation=row)
    raise refusal


def _missing_id(missing: object) -> strawberry.ID | None:
    """`missing` is an ID as the client sent it, or a key; anything else has no ID."""
    if isinstance(missing, str):
        return strawberry.ID(missing)
    return strawberry.ID(encode_id(missing)) if isinstance(missing, Key) else None


async def catch_refusal(resolve: Callable[[], Awaitable[Any]], context: Context) -> Any:
    """The result of `resolve`, or the GraphQL object for the refusal that it raises."""
    try:
        return await resolve()
    except refusals.Refusal as refusal:
        return await to_graphql(refusal, context)
