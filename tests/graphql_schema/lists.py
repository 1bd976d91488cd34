"""Every list of the API, and how it is asked: one place for what must hold of all of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from domain.keys import RelationshipKey, encode_id
from interchange import sample
from tests.world import World

ORDERS = {
    "EcosystemOrder": ("NAME", "NEWEST", "RECENTLY_ACTIVE"),
    "CharacterOrder": ("NAME", "NEWEST", "MOST_ACTIVE"),
    "RelationshipOrder": ("STRONGEST", "WARMEST", "COLDEST", "NEWEST"),
}
PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@dataclass(frozen=True, slots=True)
class Listed:
    """`of` is the parent type, a key of `parent`; `arguments` are those besides the page's."""

    of: str
    field: str
    arguments: str = ""
    is_counted: bool = False
    only_forward: bool = False

    def __str__(self) -> str:
        return f"{self.of}.{self.field}" + (f"({self.arguments})" if self.arguments else "")

    def document(self, more: str = "") -> str:
        page = "first: $first, after: $after"
        declared = "$first: Int, $after: String"
        if not self.only_forward:
            page, declared = f"{page}, last: $last, before: $before", f"{declared}, $last: Int, $before: String"
        asked = f"{self.field}({page}{', ' if self.arguments else ''}{self.arguments})"
        shown = f"{asked} {{ {'totalCount' if self.is_counted else ''} edges {{ cursor node {{ id {more} }} }} {PAGE_INFO} }}"
        if self.of == "Query":
            return f"query({declared}) {{ {shown} }}"
        return f"query($id: ID!, {declared}) {{ node(id: $id) {{ ... on {self.of} {{ {shown} }} }} }}"

    async def page(self, world: World, more: str = "", **page: Any) -> dict[str, Any]:
        variables = page if self.of == "Query" else {"id": parent(world, self.of), **page}
        found: dict[str, Any] = await world.as_owner.ask(self.document(more), **variables)
        return found if self.of == "Query" else found[self.field]

    async def pages(self, world: World, size: int, *, backward: bool = False) -> AsyncIterator[dict[str, Any]]:
        """All pages in order."""
        cursor = None
        while True:
            asked: dict[str, Any] = {"last": size, "before": cursor} if backward else {"first": size, "after": cursor}
            page = await self.page(world, **asked)
            yield page
            if not page["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"]:
                return
            cursor = page["pageInfo"]["startCursor" if backward else "endCursor"]


def parent(world: World, of: str) -> str:
    """The ID of an object whose lists are not empty."""
    courfeyrac, combeferre = world.people("Courfeyrac", "Combeferre")
    return {
        "Ecosystem": world.id,
        "Character": courfeyrac.id,
        "Relationship": encode_id(RelationshipKey(sample.SAMPLE_ID, courfeyrac.number, combeferre.number)),
        "Conversation": world.data.musain_id,
        "User": world.user_id("Adèle"),
    }[of]


def _ordered(of: str, field: str, orders: str, arguments: str = "", *, is_counted: bool = True) -> list[Listed]:
    separator = ", " if arguments else ""
    return [Listed(of, field, f"{arguments}{separator}orderBy: {order}", is_counted) for order in ORDERS[orders]]


LISTS = [
    *_ordered("Query", "ecosystems", "EcosystemOrder", is_counted=False),
    Listed("Ecosystem", "members"),
    *_ordered("Ecosystem", "characters", "CharacterOrder"),
    *_ordered("Ecosystem", "relationships", "RelationshipOrder"),
    Listed("Ecosystem", "interactions"),
    Listed("Ecosystem", "conversations"),
    Listed("Ecosystem", "activity"),
    *_ordered("Character", "relationships", "RelationshipOrder", "direction: OUTGOING"),
    *_ordered("Character", "relationships", "RelationshipOrder", "direction: INCOMING"),
    Listed("Character", "interactions"),
    Listed("Character", "conversations"),
    Listed("Character", "activity"),
    Listed("Character", "neighbours", "depth: 2", only_forward=True),
    Listed("Relationship", "interactions"),
    Listed("Conversation", "participants", is_counted=True),
    Listed("Conversation", "messages", is_counted=True),
    Listed("User", "ecosystems"),
]
