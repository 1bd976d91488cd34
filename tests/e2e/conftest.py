"""The real server on the real stores, and pages in Chromium, each with separate cookies."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from app.embedded.neo4j import Neo4jConnectionInfo
from tests.databases import database_copy, with_redis_database
from tests.e2e import chromium
from tests.e2e.api import PASSWORD, Api
from tests.e2e.server import Server

REDIS_DATABASE = 5
"""Other tests empty their own databases, not this one."""
PATIENCE_MS = 30_000
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
async def server(
    postgres_url: str, redis_server_url: str, neo4j_server: Neo4jConnectionInfo, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """A server with the sample world in a separate database. It stops before other packages use its Neo4j."""
    folder = tmp_path_factory.mktemp("observatory")
    async with database_copy(postgres_url, "template1") as database_url:
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": with_redis_database(redis_server_url, REDIS_DATABASE),
            "NEO4J_URI": neo4j_server.uri,
            "NEO4J_USER": neo4j_server.user,
            "NEO4J_PASSWORD": neo4j_server.password,
            "OBSERVATORY_DATA": str(folder / "data"),
        }
        server = Server(environment, _free_port(), Path(folder, "server.log"))
        await server.start()
        yield server
        await server.stop()


@pytest.fixture(scope="package")
async def api(server: Server) -> Api:
    """A client that is not signed in."""
    return Api(server.url)


@pytest.fixture(scope="package")
async def author(api: Api) -> Api:
    """A signed-in client, which creates the worlds of the tests."""
    return await api.signed_up()


@pytest.fixture(scope="package")
async def sample_path(api: Api) -> str:
    found = await api.ask('{ ecosystems(first: 1, filter: { query: "Les Mis" }) { edges { node { id } } } }')
    return f"/worlds/{found['ecosystems']['edges'][0]['node']['id']}"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.path(), args=["--no-sandbox"])
        yield browser
        await browser.close()


Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def visit(browser: Browser, server: Server) -> AsyncIterator[Visit]:
    """`await visit(path, by=author)`: a page in a separate browser context. Uncaught errors of the page fail the test."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    async def visit(path: str = "/", *, by: Api | None = None, viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        context = await browser.new_context(base_url=server.url, viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if by is not None:
            await _sign_in(context, by)
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.goto(path)
        if not path.startswith("/graphql"):
            await page.locator("#content").wait_for()  # The script starts after the first paint.
        return page

    yield visit
    for context in contexts:
        await context.close()
    assert broken == []


async def _sign_in(context: BrowserContext, by: Api) -> None:
    document = "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }"
    wish = {"name": by.name, "password": PASSWORD, "session": "COOKIE"}
    answer = await context.request.post("/graphql", data={"query": document, "variables": {"input": wish}})
    assert (await answer.json())["data"]["signIn"]["__typename"] == "SignedIn", await answer.text()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
