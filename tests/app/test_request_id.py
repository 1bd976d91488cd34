"""Every route of the application sends `x-request-id`."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from app.embedded.store_urls import StoreUrls
from app.main import create_app
from app.settings import Settings


@pytest.fixture
async def app() -> FastAPI:
    """Without its lifespan, and so without stores."""
    return create_app(Settings(), StoreUrls("", "", asyncio.get_running_loop().create_future()))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/graphql?query={__typename}", 500),
        ("GET", "/graphql?query={", 400),
        ("OPTIONS", "/graphql", 204),
        ("GET", "/metrics", 500),
        ("GET", "/worlds", 503),
        ("PUT", "/healthz", 405),
    ],
)
async def test_a_response_has_the_id_of_its_request(app: FastAPI, method: str, path: str, status: int) -> None:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        headers = {"x-request-id": "from-the-client", "accept": "application/graphql-response+json"}
        response = await client.request(method, path, headers=headers)
    assert (response.status_code, response.headers.get_list("x-request-id")) == (status, ["from-the-client"])
