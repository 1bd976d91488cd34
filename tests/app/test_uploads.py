"""POST /imports: a signed-in user uploads one file."""

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
    """The whole application with a client of a signed-in user. `bearer` has its headers."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient, token: str) -> None:
        self.app, self.client, self.bearer = app, client, {"authorization": f"Bearer {token}"}

    async def post(self, content: bytes | str = PLAY, name: str = "two.xml", **options: Any) -> httpx.Response:
        headers = self.bearer | options.pop("headers", {})
        return await self.client.post("/imports", files={"file": (name, content)}, headers=headers, **options)

    async def count_ecosystems(self) -> int:
        count: int = await self.app.state.stores.database.fetchval("SELECT count(*) FROM ecosystems")
        return count

    async def fetch_visibility(self) -> str:
        visibility: str = await self.app.state.stores.database.fetchval("SELECT visibility FROM ecosystems")
        return visibility


@pytest.fixture
async def site(database_url: str, redis_url: str) -> AsyncIterator[Site]:
    neo4j: Any = asyncio.get_running_loop().create_future()
    neo4j.set_result(None)
    app = create_app(Settings(), StoreUrls(database_url, redis_url, neo4j))
    async with (
        LifespanManager(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://observatory.test") as client,
    ):
        ann = User(id=uuid4(), name="Ann", name_key="ann", created_at=SystemClock().now())
        async with app.state.stores.database.transaction() as connection:
            await users.insert(connection, ann)
        token, _ = await app.state.stores.sessions.open(ann.id, ann.name, SystemClock().now())
        yield Site(app, client, token)


async def test_an_uploaded_file_becomes_a_private_ecosystem_of_the_user(site: Site) -> None:
    answer = await site.post()

    assert answer.status_code == 201
    result = answer.json()
    assert result | {"ecosystemId": ""} == {"ecosystemId": "", "title": "Two", "change": "imported", "facts": 8, "notes": []}
    query = "query($id: ID!) { ecosystem(id: $id) { viewerRole visibility } }"
    operation = {"query": query, "variables": {"id": result["ecosystemId"]}}
    response = await site.client.post("/graphql", json=operation, headers=site.bearer)
    assert response.json()["data"]["ecosystem"] == {"viewerRole": "OWNER", "visibility": "PRIVATE"}


async def test_the_second_upload_of_a_file_changes_nothing(site: Site) -> None:
    first, again = await site.post(), await site.post()

    assert (again.status_code, again.json()["change"]) == (200, "unchanged")
    assert again.json()["ecosystemId"] == first.json()["ecosystemId"]


async def test_an_upload_can_be_public_and_plain(site: Site) -> None:
    answer = await site.post(data={"public": "true", "plain": "true"})

    assert (answer.status_code, await site.fetch_visibility()) == (201, "public")


async def test_progress_is_sent_as_events_and_the_result_last(site: Site) -> None:
    answer = await site.post(expected.play("body"), headers=EVENTS)

    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n") for block in answer.text.strip().split("\n\n")]
    names = [event[0].removeprefix("event: ") for event in events]
    assert (names[-1], set(names[:-1])) == ("done", {"progress"})
    assert orjson.loads(events[-1][1].removeprefix("data: "))["title"] == "Θάλασσα"
    assert orjson.loads(events[0][1].removeprefix("data: "))["total"] == 5


@pytest.mark.parametrize("headers", [{}, EVENTS])
async def test_a_refusal_is_json_with_file_line_and_advice(site: Site, headers: dict[str, str]) -> None:
    answer = await site.post("<TEI>\n<oops></TEI>", "broken.xml", headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/json")
    refused = answer.json()
    assert (refused["file"], refused["line"]) == ("broken.xml", 2)
    assert "Correct it and import it again" in refused["refusal"]
    assert await site.count_ecosystems() == 0


async def test_a_request_without_a_valid_session_is_refused(site: Site) -> None:
    for headers in ({}, {"authorization": "Bearer unknown"}):
        answer = await site.client.post("/imports", files={"file": ("two.xml", PLAY)}, headers=headers)
        assert (answer.status_code, "Sign in first" in answer.json()["refusal"]) == (401, True)


async def test_a_cookie_from_another_origin_is_refused(site: Site) -> None:
    cookie = site.bearer["authorization"].removeprefix("Bearer ")
    for origin, status in (("http://elsewhere.test", 403), ("http://observatory.test", 201)):
        answer = await site.client.post(
            "/imports",
            files={"file": ("two.xml", PLAY)},
            headers={"origin": origin, "cookie": f"observatory_session={cookie}"},
        )
        assert answer.status_code == status


async def test_an_upload_above_20_megabytes_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert endpoint.BODY_BYTES_MAX == 20_000_000
    monkeypatch.setattr(endpoint, "BODY_BYTES_MAX", 1_000_000)

    answer = await site.post(b"<TEI>" + b" " * 1_100_000)

    assert (answer.status_code, "`observatory import` accepts larger files" in answer.json()["refusal"]) == (413, True)
    assert await site.count_ecosystems() == 0


async def test_a_body_that_is_not_a_form_with_one_file_is_refused(site: Site) -> None:
    form = site.bearer | {"content-type": "multipart/form-data; boundary=x"}
    responses = [
        (await site.client.post("/imports", content=PLAY, headers=site.bearer), 415),
        (await site.client.post("/imports", content=b"--y\r\n", headers=form), 400),
        (await site.client.post("/imports", files={"play": ("two.xml", PLAY)}, headers=site.bearer), 400),
        (await site.client.post("/imports", files=[("file", ("a", b"1")), ("file", ("b", b"2"))], headers=site.bearer), 400),
    ]

    assert [answer.status_code for answer, _ in responses] == [status for _, status in responses]


async def test_a_disconnect_during_an_upload_keeps_no_row(site: Site) -> None:
    request = site.client.build_request(
        "POST",
        "/imports",
        files={"file": ("long.xml", long_play())},
        headers=site.bearer | EVENTS,
    )
    body, disconnect = await request.aread(), asyncio.Event()
    sent = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if sent:
            return sent.pop()
        await disconnect.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message.get("body"):
            disconnect.set()

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

    assert await site.count_ecosystems() == 0
