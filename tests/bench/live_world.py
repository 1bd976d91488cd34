"""A public ecosystem of 12 characters with ties. Its clock runs so fast that no character is ever too tired."""

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
        """A mutation that adds one activity."""
        return {"query": INTERACT, "variables": {"from": self.characters[0], "to": self.characters[1]}}


async def create_live_world(url: str) -> LiveWorld:
    """Creates the ecosystem. Each character greets each other character once."""
    async with httpx.AsyncClient(timeout=60) as client:

        async def execute(query: str, token: str | None = None, **variables: Any) -> Any:
            headers = {"authorization": f"Bearer {token}"} if token else {}
            answer = (await client.post(url, json={"query": query, "variables": variables}, headers=headers)).json()
            assert "errors" not in answer, answer
            return next(iter(answer["data"].values()))

        unique = uuid4().hex[:12]
        token = (await execute(SIGN_UP, name=f"bench{unique}"))["token"]
        world = (await execute(CREATE, token, name=f"Bench {unique}", rate=WORLD_SECONDS_A_SECOND))["ecosystem"]["id"]
        ids = [(await execute(CREATE_CHARACTER, token, world=world, name=name))["character"]["id"] for name in NAMES]
        for one in ids:
            for other in ids:
                if one != other:
                    await execute(INTERACT, token, **{"from": one, "to": other})
        return LiveWorld(world, token, tuple(ids))
