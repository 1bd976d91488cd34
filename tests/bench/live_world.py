"""A public world to watch: a dozen characters who know each other, and time that runs so fast that nobody is ever tired."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

NAMES = ("Alma", "Bruno", "Clara", "David", "Edith", "Felix", "Greta", "Hugo", "Irma", "Jonas", "Karla", "Lukas")
WORLD_SECONDS_A_SECOND = 100_000

SIGN_UP = """mutation($name: String!) {
  signUp(input: {name: $name, password: "correct horse battery", session: BEARER}) { ... on SignedIn { token } }
}"""
CREATE = """mutation($name: String!, $rate: Float!) {
  createEcosystem(input: {name: $name, visibility: PUBLIC, rate: $rate}) { ... on EcosystemPayload { ecosystem { id } } }
}"""
CREATE_CHARACTER = """mutation($world: ID!, $name: String!) {
  createCharacter(input: {ecosystemId: $world, name: $name}) { ... on CharacterPayload { character { id } } }
}"""
INTERACT = """mutation($from: ID!, $to: ID!) {
  interact(input: {initiatorId: $from, responderId: $to, kind: GREETING}) { __typename ... on Refusal { explanation } }
}"""


@dataclass(frozen=True)
class LiveWorld:
    id: str
    token: str
    characters: tuple[str, ...]

    @property
    def change(self) -> dict[str, Any]:
        """A mutation that says one fact."""
        return {"query": INTERACT, "variables": {"from": self.characters[0], "to": self.characters[1]}}


async def make(url: str) -> LiveWorld:
    """Everybody has greeted everybody once."""
    async with httpx.AsyncClient(timeout=60) as client:

        async def ask(query: str, token: str | None = None, **variables: Any) -> Any:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            answer = (await client.post(url, json={"query": query, "variables": variables}, headers=headers)).json()
            assert "errors" not in answer, answer
            return next(iter(answer["data"].values()))

        unique = uuid4().hex[:12]
        token = (await ask(SIGN_UP, name=f"bench{unique}"))["token"]
        world = (await ask(CREATE, token, name=f"Bench {unique}", rate=WORLD_SECONDS_A_SECOND))["ecosystem"]["id"]
        ids = [(await ask(CREATE_CHARACTER, token, world=world, name=name))["character"]["id"] for name in NAMES]
        for one in ids:
            for other in ids:
                if one != other:
                    await ask(INTERACT, token, **{"from": one, "to": other})
        return LiveWorld(world, token, tuple(ids))
