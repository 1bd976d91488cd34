"""Lists: what holds for every list in every order."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.documents import CREATE_CHARACTER, DELETE_CHARACTER
from tests.graphql_schema.lists import LISTS, Listed, parent
from tests.world import NUMBERS, World

every_list = pytest.mark.parametrize("listed", LISTS, ids=str)
BOTH_WAYS = [listed for listed in LISTS if not listed.only_forward]


PAGES = 4


async def taken(pages: AsyncIterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first pages only."""
    found: list[dict[str, Any]] = []
    async for page in pages:
        found.append(page)
        if len(found) == PAGES:
            break
    return found


def ids(*pages: dict[str, Any]) -> list[str]:
    return [edge["node"]["id"] for page in pages for edge in page["edges"]]


@every_list
async def test_consecutive_pages_give_the_whole_list(sample: World, listed: Listed) -> None:
    most = await listed.page(sample, first=100)
    pages = await taken(listed.pages(sample, max(1, len(most["edges"]) // PAGES)))

    together = ids(*pages)
    assert together == ids(most)[: len(together)]
    assert len(set(ids(most))) == len(ids(most)) >= 2
    assert [page["pageInfo"]["hasPreviousPage"] for page in pages] == [False] + [True] * (len(pages) - 1)
    for page in pages:
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
    if listed.is_counted and not most["pageInfo"]["hasNextPage"]:
        assert most["totalCount"] == len(most["edges"])


@pytest.mark.parametrize("listed", BOTH_WAYS, ids=str)
async def test_pages_from_the_end_give_the_same_list_in_the_same_order(sample: World, listed: Listed) -> None:
    most = await listed.page(sample, last=100)
    pages = await taken(listed.pages(sample, max(1, len(most["edges"]) // PAGES), backward=True))

    together = ids(*reversed(pages))
    assert together == ids(most)[len(most["edges"]) - len(together) :]
    assert [page["pageInfo"]["hasNextPage"] for page in pages] == [False] + [True] * (len(pages) - 1)
    first = await listed.page(sample, first=100)
    if not first["pageInfo"]["hasNextPage"]:
        assert ids(first) == ids(most)


@pytest.mark.parametrize("listed", BOTH_WAYS, ids=str)
async def test_a_page_between_two_cursors_has_the_edges_between_them(sample: World, listed: Listed) -> None:
    edges = (await listed.page(sample, first=100))["edges"]
    low, high = edges[0]["cursor"], edges[-1]["cursor"]
    wanted = [edge["node"]["id"] for edge in edges[1:-1]]
    assert ids(await listed.page(sample, first=100, after=low, before=high)) == wanted
    assert ids(await listed.page(sample, last=100, after=low, before=high)) == wanted
    empty = await listed.page(sample, first=5, after=high, before=low)
    assert (empty["edges"], empty["pageInfo"]["startCursor"], empty["pageInfo"]["endCursor"]) == ([], None, None)


@every_list
@pytest.mark.parametrize("page", [{}, {"first": 0}, {"first": -1}, {"first": 101}, {"first": 10**9}], ids=str)
async def test_invalid_page_arguments_are_refused(sample: World, listed: Listed, page: dict[str, int]) -> None:
    variables = page if listed.of == "Query" else {"id": parent(sample, listed.of), **page}
    failure = await sample.as_owner.expect_error(listed.document(), **variables)
    # Huge pages of many rows are stopped before they are looked at.
    assert failure.code == ("LIMIT_EXCEEDED" if page.get("first") == 10**9 else "INVALID")


async def test_first_together_with_last_and_other_types_are_refused(sample: World) -> None:
    document = LISTS[0].document()
    for page, code in (
        ({"first": 1, "last": 1}, "INVALID"),
        ({"last": 0}, "INVALID"),
        ({"last": -5}, "INVALID"),
        ({"last": 101}, "INVALID"),
        ({"first": 2**31}, "LIMIT_EXCEEDED"),
        ({"first": "many"}, "BAD_USER_INPUT"),
        ({"first": 1.5}, "BAD_USER_INPUT"),
    ):
        assert (await sample.signed_out.expect_error(document, **page)).code == code, page


@every_list
@pytest.mark.parametrize("cursor", ["", "?", "AAAA", "x" * 10_000, "bnVsbA", "W10", "é", "\0", "\ud800"], ids=repr)
async def test_a_text_that_is_not_a_cursor_is_refused(sample: World, listed: Listed, cursor: str) -> None:
    await refuses(sample, listed, cursor)


@every_list
async def test_a_cursor_of_another_list_or_order_is_refused(sample: World, listed: Listed) -> None:
    others = [other for other in LISTS if _kind(other) != _kind(listed)]
    for other in {_kind(other): other for other in others}.values():
        await refuses(sample, listed, (await other.page(sample, first=1))["edges"][0]["cursor"])


FORGED = {
    "Ecosystem.characters(orderBy: NAME)": [
        ["c.name", None, "a\0b", 1],
        ["c.name", None, 5, 1],
        ["c.name", None, "a", 2**31],
        ["c.name", None, "a", True],
        ["c.name", None, "a"],
        ["c.name"],
        {"c.name": None},
    ],
    "Ecosystem.relationships(orderBy: WARMEST)": [
        ["r.warmest", None, "0.5", 1, 2],
        ["r.warmest", "now", 0.5, 1, 2],
        ["r.warmest", None, True, 1, 2],
        ["r.warmest", None, 0.5, 1.5, 2],
    ],
    "Ecosystem.interactions": [["i.oldest", None, 2**63], ["i.oldest", None, "1"]],
    "Ecosystem.members": [["m.since", None, "yesterday", "nobody"], ["m.since", None, 5, None]],
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_cursor_is_refused(sample: World, name: str) -> None:
    [listed] = [listed for listed in LISTS if str(listed) == name]
    for forged in FORGED[name]:
        await refuses(sample, listed, b64encode(json.dumps(forged).encode(), altchars=b"-_").decode().rstrip("="))


async def refuses(world: World, listed: Listed, cursor: str) -> None:
    variables = {"first": 1, "after": cursor}
    if listed.of != "Query":
        variables["id"] = parent(world, listed.of)
    failure = await world.as_owner.expect_error(listed.document(), **variables)
    assert failure.code == "INVALID"
    assert "cursor" in failure.message


def _kind(listed: Listed) -> tuple[str, str]:
    """Lists of the same type of row in the same order accept each other's cursors."""
    order = listed.arguments.rpartition("orderBy: ")[2] if "orderBy" in listed.arguments else "NAME"
    return listed.field, order


async def test_the_cursor_of_a_fact_of_another_ecosystem_is_refused(sample: World) -> None:
    elsewhere = await sample.head(sample.data.secret_id)
    for listed in LISTS:
        if listed.field == "activity":
            await refuses(sample, listed, elsewhere)


async def test_pages_neither_skip_nor_repeat_when_rows_are_added_and_deleted(world: World) -> None:
    [characters] = [listed for listed in LISTS if str(listed) == "Ecosystem.characters(orderBy: NAME)"]
    first = await characters.page(world, "name", first=10)
    last = first["edges"][-1]
    await world.as_owner.ask(DELETE_CHARACTER, input={"id": last["node"]["id"]})
    for name in ("Aaron", "Zzz"):
        await world.as_owner.ask(CREATE_CHARACTER, input={"ecosystemId": world.id, "name": name})

    rest = [edge["node"]["name"] async for page in _after(characters, world, last["cursor"]) for edge in page["edges"]]

    everybody = sorted(name for name in NUMBERS if name not in {edge["node"]["name"] for edge in first["edges"]})
    assert rest == [*everybody, "Zzz"]


async def _after(listed: Listed, world: World, cursor: str) -> AsyncIterator[dict[str, Any]]:
    while cursor is not None:
        page = await listed.page(world, "name", first=30, after=cursor)
        yield page
        cursor = page["pageInfo"]["endCursor"]
