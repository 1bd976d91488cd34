"""Prepares and checks the data of the tests over the public API, as a client that signs in with a token."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

PASSWORD = "the night is long"
SIGN_UP = """mutation ($input: SignUpInput!) { signUp(input: $input) { ... on SignedIn { token me { id name } }
    ... on Invalid { explanation } } }"""
CREATE_WORLD = """mutation ($input: CreateEcosystemInput!) { createEcosystem(input: $input) {
    ... on EcosystemPayload { ecosystem { id name version head } } ... on Invalid { explanation } } }"""
CREATE_PERSON = """mutation ($input: CreateCharacterInput!) { createCharacter(input: $input) {
    ... on CharacterPayload { character { id name } } ... on Invalid { explanation } } }"""
UPDATE_PERSON = """mutation ($input: UpdateCharacterInput!) { updateCharacter(input: $input) {
    ... on CharacterPayload { character { id version } } ... on Invalid { explanation } } }"""
INTERACT = """mutation ($input: InteractInput!) { interact(input: $input) { __typename
    ... on InteractPayload { cursor interaction { id accepted } } ... on Refusal { explanation } } }"""
OPEN = """mutation ($input: OpenConversationInput!) { openConversation(input: $input) {
    ... on ConversationPayload { conversation { id } } ... on Invalid { explanation } } }"""
CLOSE = """mutation ($input: CloseConversationInput!) { closeConversation(input: $input) {
    ... on ConversationPayload { conversation { id } } ... on NotFound { explanation } } }"""
SAY = """mutation ($input: SayInput!) { say(input: $input) { __typename ... on SayPayload { message { id } }
    ... on Refusal { explanation } } }"""
GRANT = """mutation ($input: GrantRoleInput!) { grantRole(input: $input) { __typename ... on Refusal { explanation } } }"""
CLOCK = """mutation ($input: SetClockInput!) { setClock(input: $input) { __typename ... on Refusal { explanation } } }"""


class Api:
    """One client of the server, signed in or not."""

    def __init__(self, url: str, token: str | None = None, name: str = "") -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.AsyncClient(base_url=url, headers=headers, timeout=60)
        self.name = name

    async def ask(self, document: str, **variables: Any) -> Any:
        answer = await self.http.post("/graphql", json={"query": document, "variables": variables})
        body = answer.json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    async def signed_up(self, name: str | None = None) -> "Api":
        """A client of a new user, with the password that all tests share."""
        name = name or f"visitor-{uuid4().hex[:8]}"
        data = await self.ask(SIGN_UP, input={"name": name, "password": PASSWORD, "session": "BEARER"})
        return Api(str(self.http.base_url), data["signUp"]["token"], name)

    async def world(self, *names: str, title: str = "", visibility: str = "PUBLIC", rate: float = 1) -> "World":
        """A new world of this user, with a character for each name."""
        title = title or f"World {uuid4().hex[:6]}"
        wish = {"name": title, "visibility": visibility, "rate": rate, "seed": "1862"}
        made = (await self.ask(CREATE_WORLD, input=wish))["createEcosystem"]["ecosystem"]
        world = World(self, made["id"], title, {})
        for name in names:
            await world.person(name)
        return world


@dataclass
class World:
    api: Api
    id: str
    name: str
    people: dict[str, str]

    @property
    def path(self) -> str:
        return f"/worlds/{self.id}"

    async def person(self, name: str) -> str:
        made = await self.api.ask(CREATE_PERSON, input={"ecosystemId": self.id, "name": name})
        self.people[name] = made["createCharacter"]["character"]["id"]
        return self.people[name]

    async def change_person(self, name: str, **changes: Any) -> None:
        await self.api.ask(UPDATE_PERSON, input={"id": self.people[name], **changes})

    async def meet(self, initiator: str, responder: str, kind: str = "CHAT") -> Any:
        wish = {"initiatorId": self.people[initiator], "responderId": self.people[responder], "kind": kind}
        return (await self.api.ask(INTERACT, input=wish))["interact"]

    async def conversation(self, title: str, *names: str) -> str:
        wish = {"ecosystemId": self.id, "title": title, "participantIds": [self.people[name] for name in names]}
        return str((await self.api.ask(OPEN, input=wish))["openConversation"]["conversation"]["id"])

    async def close(self, conversation: str) -> None:
        await self.api.ask(CLOSE, input={"id": conversation})

    async def say(self, conversation: str, name: str, text: str) -> Any:
        wish = {"conversationId": conversation, "speakerId": self.people[name], "text": text}
        return (await self.api.ask(SAY, input=wish))["say"]

    async def grant(self, user_name: str, role: str) -> None:
        await self.api.ask(GRANT, input={"ecosystemId": self.id, "userName": user_name, "role": role})

    async def set_clock(self, rate: float) -> None:
        await self.api.ask(CLOCK, input={"ecosystemId": self.id, "rate": rate})
