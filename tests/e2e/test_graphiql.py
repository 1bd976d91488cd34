"""GraphiQL at the address of the API, for browsers; it loads nothing from other servers."""

from urllib.parse import urlsplit

from playwright.async_api import Request, expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit


async def test_a_query_runs_and_nothing_is_loaded_from_other_servers(visit: Visit, api: Api) -> None:
    page = await visit()
    hosts: set[str] = set()

    def note(request: Request) -> None:
        hosts.add(urlsplit(request.url).netloc)

    page.on("request", note)
    await page.goto("/graphql")
    await expect(page.locator(".graphiql-container")).to_be_visible(timeout=60_000)
    await expect(page.locator(".graphiql-query-editor")).to_contain_text("Worlds", timeout=60_000)
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.locator(".result-window")).to_contain_text("Misérables", timeout=60_000)
    assert hosts - {""} == {urlsplit(str(api.http.base_url)).netloc}


async def test_other_clients_get_json_from_the_same_address(api: Api) -> None:
    page = await api.http.get("/graphql", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    answer = await api.http.get("/graphql", params={"query": "{ __typename }"}, headers={"accept": "application/json"})
    assert answer.json() == {"data": {"__typename": "Query"}}
