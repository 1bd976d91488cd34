"""Mutations that create an account, sign in and sign out."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graphql_schema.nodes import Info
from graphql_schema.refusals import (
    BadCredentials,
    Invalid,
    TooManyTries,
    catch_refusal,
)
from graphql_schema.sessions import SessionKind, SignedIn
from resolvers import sessions


@strawberry.input(description="A new account.")
class SignUpInput:
    name: str = strawberry.field(description="The account's name, 1 to 200 characters; unique, ignoring case and accents.")
    password: str = strawberry.field(description="The password, 8 to 200 characters.")
    session: SessionKind = strawberry.field(
        default=SessionKind.COOKIE, description="How the client sends the session with later requests."
    )


@strawberry.input(description="The credentials of an account.")
class SignInInput:
    name: str = strawberry.field(description="The account's name, ignoring case and accents.")
    password: str = strawberry.field(description="The account's password.")
    session: SessionKind = strawberry.field(
        default=SessionKind.COOKIE, description="How the client sends the session with later requests."
    )


SignInResult = Annotated[
    SignedIn | BadCredentials | Invalid | TooManyTries,
    strawberry.union("SignInResult", description="The new session, or the reason why there is none."),
]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(description="Creates an account and signs the viewer in.")
    async def sign_up(
        self, info: Info, input: Annotated[SignUpInput, strawberry.argument(description="The new account.")]
    ) -> SignInResult:
        async def resolve() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.from_outcome(await sessions.sign_up(info.context, input.name, input.password, by_cookie=by_cookie))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(
        description="Signs in. After 10 wrong passwords within 5 minutes for one name or from one address, it returns TooManyTries until the 5 minutes are over."
    )
    async def sign_in(
        self, info: Info, input: Annotated[SignInInput, strawberry.argument(description="The credentials.")]
    ) -> SignInResult:
        async def resolve() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.from_outcome(await sessions.sign_in(info.context, input.name, input.password, by_cookie=by_cookie))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Ends the viewer's session. Returns false when the viewer was not signed in.")
    async def sign_out(self, info: Info) -> bool:
        return await sessions.sign_out(info.context)
