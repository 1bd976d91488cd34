"""Sessions over HTTP: bearer tokens, the cookie, and which pages may use it."""

import pytest

from graphql_server.auth.credentials import is_allowed_origin
from tests.graphql_server.serving import Served, serving
from tests.graphql_server.toy import World

COOKIE = {"cookie": "theme=dark; session=good; other=1"}


async def test_a_bearer_token_signs_in(served: Served) -> None:
    assert (await served.post("{ me }", {"authorization": "Bearer good"})).json() == {"data": {"me": "ann"}}


async def test_the_cookie_signs_in(served: Served) -> None:
    assert (await served.post("{ me }", COOKIE)).json() == {"data": {"me": "ann"}}


async def test_a_bearer_token_has_priority_over_the_cookie(served: Served) -> None:
    assert (await served.post("{ me }", COOKIE | {"authorization": "bearer other"})).json() == {"data": {"me": "bob"}}


async def test_a_bad_bearer_token_is_401(served: Served) -> None:
    response = await served.post("{ me }", {"authorization": "Bearer bad"})
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "good"])
async def test_another_authorization_scheme_is_ignored(served: Served, header: str) -> None:
    assert (await served.post("{ me }", {"authorization": header})).json() == {"data": {"me": None}}


@pytest.mark.parametrize("cookie", ["session=bad", "session=", "session"])
async def test_an_invalid_cookie_is_ignored(served: Served, cookie: str) -> None:
    response = await served.post("{ me }", {"cookie": cookie})
    assert response.json() == {"data": {"me": None}}
    assert "set-cookie" not in response.headers


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(served: Served) -> None:
    cookie = (await served.post('mutation { signIn(name: "eve") }')).headers["set-cookie"]
    parts = {part.strip() for part in cookie.split(";")}
    assert {"session=eve", "Path=/", "HttpOnly", "SameSite=Lax"} < parts
    assert {"Max-Age=1800", "Max-Age=1799"} & parts
    assert "Secure" not in parts
    assert (await served.post("{ me }", {"cookie": "session=eve"})).json() == {"data": {"me": "eve"}}


async def test_over_https_the_cookie_is_secure(served: Served) -> None:
    # As a proxy that ends TLS on the same machine forwards it.
    response = await served.post('mutation { signIn(name: "eve") }', {"x-forwarded-proto": "https"})
    assert response.headers["set-cookie"].endswith("; Secure")


async def test_signing_out_ends_the_cookie(served: Served) -> None:
    response = await served.post("mutation { signOut }", COOKIE)
    assert "session=;" in response.headers["set-cookie"]
    assert "Max-Age=0" in response.headers["set-cookie"]
    assert (await served.post("{ me }", COOKIE)).json() == {"data": {"me": None}}


async def test_every_use_of_the_cookie_prolongs_it(served: Served) -> None:
    assert "Max-Age=1800" in (await served.post("{ me }", COOKIE)).headers["set-cookie"]
    assert "set-cookie" not in (await served.post("{ me }", {"authorization": "Bearer good"})).headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
@pytest.mark.parametrize("query", ["{ me }", 'mutation { say(text: "x") }'])
async def test_a_foreign_page_may_not_use_the_cookie(served: Served, origin: str, query: str) -> None:
    response = await served.post(query, COOKIE | {"origin": origin})
    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN_ORIGIN"
    assert served.world.feed.facts == []


async def test_our_own_page_and_those_named_may(world: World) -> None:
    async with serving(world, origins=["https://app.example"]) as served:
        for origin in (f"http://127.0.0.1:{served.port}", "https://app.example"):
            assert (await served.post("{ me }", COOKIE | {"origin": origin})).json() == {"data": {"me": "ann"}}


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "is_ours"),
    [
        ("http", "a.example", "http://a.example", True),
        ("http", "a.example:80", "http://a.example", True),
        ("https", "a.example:443", "https://A.example", True),
        ("http", "a.example", "https://a.example", True),  # A proxy ends TLS.
        ("https", "a.example", "http://a.example", False),
        ("wss", "a.example", "http://a.example", False),
        ("http", "a.example", "http://a.example:8080", False),
        ("http", "a.example:8080", "http://a.example", False),
        ("http", "a.example", "http://b.a.example", False),
        ("http", "a.example", "ftp://a.example", False),
        ("http", "a.example", "null", False),
        ("http", "", "http://", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(scheme: str, host: str, origin: str, is_ours: bool) -> None:
    headers = {b"host": host.encode(), b"origin": origin.encode()}
    assert is_allowed_origin({"scheme": scheme}, headers, ()) is is_ours


async def test_a_foreign_page_may_use_a_token_of_its_own(served: Served) -> None:
    headers = {"authorization": "Bearer good", "origin": "https://elsewhere.example"}
    assert (await served.post("{ me }", headers)).json() == {"data": {"me": "ann"}}


async def test_a_page_of_a_named_origin_may_ask_and_read(world: World) -> None:
    origin = {"origin": "https://app.example"}
    async with serving(world, origins=["https://app.example"]) as served:
        asked = await served.http.options(served.url, headers=origin | {"access-control-request-method": "POST"})
        assert "POST" in asked.headers["access-control-allow-methods"]
        assert "content-type" in asked.headers["access-control-allow-headers"]
        stream = {"accept": "text/event-stream"}
        for response in (asked, await served.post("{ me }", origin), await served.post("{ me }", origin | stream)):
            assert response.headers["access-control-allow-origin"] == "https://app.example"
            assert response.headers["access-control-allow-credentials"] == "true"
            assert response.headers["access-control-expose-headers"] == "x-request-id"


async def test_other_pages_may_not_read(served: Served) -> None:
    for response in (await served.post("{ me }", {"origin": "https://evil.example"}), await served.http.options(served.url)):
        assert not any(name.startswith("access-control") for name in response.headers)


async def test_a_batch_that_signs_in_sets_the_cookie(served: Served) -> None:
    batch = [{"query": 'mutation { signIn(name: "eve") }'}, {"query": "{ me }"}]
    response = await served.http.post(served.url, json=batch, headers=COOKIE)
    assert "session=eve;" in response.headers["set-cookie"]


async def test_a_batch_that_signs_out_ends_the_cookie(served: Served) -> None:
    response = await served.http.post(served.url, json=[{"query": "mutation { signOut }"}, {"query": "{ me }"}], headers=COOKIE)
    assert "Max-Age=0" in response.headers["set-cookie"]
