"""Sessions: accounts made, signed in and out."""

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
from resolvers import users


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


SignInResult = Annotated[
    SignedIn | BadCredentials | Invalid | TooManyTries,
    strawberry.union("SignInResult", description="Signed in, or why not."),
]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(description="Makes an account and signs it in.")
    async def sign_up(
        self, info: Info, input: Annotated[SignUpInput, strawberry.argument(description="The account.")]
    ) -> SignInResult:
        async def resolve() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.from_outcome(await users.sign_up(info.context, input.name, input.password, by_cookie=by_cookie))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Signs in. After 10 wrong passwords in 5 minutes it has to be waited.")
    async def sign_in(
        self, info: Info, input: Annotated[SignInInput, strawberry.argument(description="The account.")]
    ) -> SignInResult:
        async def resolve() -> Any:
            by_cookie = input.session is SessionKind.COOKIE
            return SignedIn.from_outcome(await users.sign_in(info.context, input.name, input.password, by_cookie=by_cookie))

        return await catch_refusal(resolve, info.context)

    @strawberry.mutation(description="Ends the viewer's session. False when nobody was signed in.")
    async def sign_out(self, info: Info) -> bool:
        return await users.sign_out(info.context)
