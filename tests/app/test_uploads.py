"""POST /imports: one file from whoever is signed in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from app.embedded.store_urls import StoreUrls
from app.http import uploads as endpoint
from app.main import create_app
from app.settings import Settings
from db import users
from db.users import User
from domain.clock import SystemClock
from tests.interchange import expected
from tests.interchange.long_play import long_play

PLAY = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Two</title></titleStmt></fileDesc></teiHeader>'
    '<text><body><sp who="#a"><p>Good day.</p></sp><sp who="#b"><p>Is it?</p></sp></body></text></TEI>'
)
EVENTS = {"accept": "text/event-stream"}


class Site:
    """The whole application, and somebody who is signed in."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient, token: str) -> None:
        self.app, self.client, self.bearer = app, client, {"authorization": f"Bearer {token}"}

    async def post(self, content: bytes | str = PLAY, name: str = "two.xml", **options: Any) -> httpx.Response:
        headers = self.bearer | options.pop("headers", {})
        return await self.client.post("/imports", files={"file": (name, content)}, headers=headers, **options)

    async def kept(self) -> int:
        counted: int = await self.app.state.stores.database.fetchval("SELECT count(*) FROM ecosystems")
        return counted

    async def visibility(self) -> str:
        found: str = await self.app.state.stores.database.fetchval("SELECT visibility FROM ecosystems")
        return found


@pytest.fixture
async def site(database_url: str, redis_url: str) -> AsyncIterator[Site]:
    nowhere: Any = asyncio.get_running_loop().create_future()
    nowhere.set_result(None)
    app = create_app(Settings(), StoreUrls(database_url, redis_url, nowhere))
    async with (
        LifespanManager(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://observatory.test") as client,
    ):
        ann = User(id=uuid4(), name="Ann", name_key="ann", created_at=SystemClock().now())
        async with app.state.stores.database.transaction() as connection:
            await users.insert(connection, ann)
        token, _ = await app.state.stores.sessions.open(ann.id, ann.name, SystemClock().now())
        yield Site(app, client, token)


async def test_a_file_becomes_a_private_world_of_whoever_sent_it(site: Site) -> None:
    answer = await site.post()

    assert answer.status_code == 201
    told = answer.json()
    assert told | {"ecosystemId": ""} == {"ecosystemId": "", "title": "Two", "change": "imported", "facts": 8, "notes": []}
    query = "query($id: ID!) { ecosystem(id: $id) { viewerRole visibility } }"
    asked = {"query": query, "variables": {"id": told["ecosystemId"]}}
    seen = await site.client.post("/graphql", json=asked, headers=site.bearer)
    assert seen.json()["data"]["ecosystem"] == {"viewerRole": "OWNER", "visibility": "PRIVATE"}


async def test_the_same_file_again_changes_nothing(site: Site) -> None:
    first, again = await site.post(), await site.post()

    assert (again.status_code, again.json()["change"]) == (200, "unchanged")
    assert again.json()["ecosystemId"] == first.json()["ecosystemId"]


async def test_it_may_be_public_and_plain(site: Site) -> None:
    answer = await site.post(data={"public": "true", "plain": "true"})

    assert (answer.status_code, await site.visibility()) == (201, "public")


async def test_progress_comes_as_events_and_the_world_last(site: Site) -> None:
    answer = await site.post(expected.play("body"), headers=EVENTS)

    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n") for block in answer.text.strip().split("\n\n")]
    names = [event[0].removeprefix("event: ") for event in events]
    assert (names[-1], set(names[:-1])) == ("done", {"progress"})
    assert orjson.loads(events[-1][1].removeprefix("data: "))["title"] == "Θάλασσα"
    assert orjson.loads(events[0][1].removeprefix("data: "))["total"] == 5


@pytest.mark.parametrize("headers", [{}, EVENTS])
async def test_a_refusal_is_json_with_file_line_and_what_to_do(site: Site, headers: dict[str, str]) -> None:
    answer = await site.post("<TEI>\n<oops></TEI>", "broken.xml", headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/json")
    refused = answer.json()
    assert (refused["file"], refused["line"]) == ("broken.xml", 2)
    assert "Correct it and import it again" in refused["refusal"]
    assert await site.kept() == 0


async def test_whoever_is_signed_out_is_refused(site: Site) -> None:
    for headers in ({}, {"authorization": "Bearer nobody"}):
        answer = await site.client.post("/imports", files={"file": ("two.xml", PLAY)}, headers=headers)
        assert (answer.status_code, "Sign in first" in answer.json()["refusal"]) == (401, True)


async def test_a_page_of_another_site_may_not_import_with_a_cookie(site: Site) -> None:
    cookie = site.bearer["authorization"].removeprefix("Bearer ")
    for origin, status in (("http://elsewhere.test", 403), ("http://observatory.test", 201)):
        answer = await site.client.post(
            "/imports",
            files={"file": ("two.xml", PLAY)},
            headers={"origin": origin, "cookie": f"observatory_session={cookie}"},
        )
        assert answer.status_code == status


async def test_more_than_20_megabytes_are_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert endpoint.BODY_BYTES_MAX == 20_000_000
    monkeypatch.setattr(endpoint, "BODY_BYTES_MAX", 1_000_000)

    answer = await site.post(b"<TEI>" + b" " * 1_100_000)

    assert (answer.status_code, "`observatory import` accepts larger files" in answer.json()["refusal"]) == (413, True)
    assert await site.kept() == 0


async def test_what_is_no_form_with_a_file_is_refused(site: Site) -> None:
    form = site.bearer | {"content-type": "multipart/form-data; boundary=x"}
    asked = [
        (await site.client.post("/imports", content=PLAY, headers=site.bearer), 415),
        (await site.client.post("/imports", content=b"--y\r\n", headers=form), 400),
        (await site.client.post("/imports", files={"play": ("two.xml", PLAY)}, headers=site.bearer), 400),
        (await site.client.post("/imports", files=[("file", ("a", b"1")), ("file", ("b", b"2"))], headers=site.bearer), 400),
    ]

    assert [answer.status_code for answer, _ in asked] == [status for _, status in asked]


async def test_whoever_leaves_in_the_middle_leaves_nothing_behind(site: Site) -> None:
    request = site.client.build_request(
        "POST",
        "/imports",
        files={"file": ("long.xml", long_play())},
        headers=site.bearer | EVENTS,
    )
    body, left = await request.aread(), asyncio.Event()
    sent = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if sent:
            return sent.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message.get("body"):
            left.set()

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/imports",
        "raw_path": b"/imports",
        "query_string": b"",
        "headers": headers,
    }
    await site.app(scope | {"http_version": "1.1", "scheme": "http", "server": ("observatory.test", 80)}, receive, send)

    assert await site.kept() == 0
