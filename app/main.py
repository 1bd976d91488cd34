"""The application: what answers at which address, and the stores that are open as long as it lives."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route, WebSocketRoute

from app.embedded.frontend_builder import Pages
from app.embedded.store_urls import Addresses
from app.http import health, metrics, sign_in, uploads
from app.http.frontend import Web
from app.processes import session_revocation
from app.processes.cancellation import end
from app.processes.leader import lead
from app.settings import Settings
from app.stores import connect_neo4j, stores_at
from domain.clock import SystemClock, WallClock
from graphql_schema.schema import schema
from graphql_server import Caller, GraphQLEndpoint, Timings
from resolvers import users
from resolvers.context import Context, Viewer


def create_app(
    settings: Settings, addresses: Addresses, *, web: Web | Pages | None = None, wall: WallClock | None = None
) -> FastAPI:
    """Its state: `stores`, `metrics`, `neo4j` (a driver to be) while it lives; `wall`, `graphql` (the endpoint), `draining`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with stores_at(addresses, settings) as stores:
            app.state.stores = stores
            app.state.metrics = metrics.Metrics(stores, app.state.graphql)
            app.state.neo4j = asyncio.create_task(connect_neo4j(addresses, stores))
            leading = asyncio.create_task(lead(addresses.database_url, stores, app.state.neo4j))
            hearing = asyncio.create_task(session_revocation.hear(stores, app.state.graphql))
            try:
                yield
            finally:
                await end(leading, hearing, app.state.neo4j)

    app = FastAPI(title="The Character Observatory", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.wall = wall or SystemClock()
    app.state.draining = asyncio.Event()
    app.state.origins = settings.origins
    web = web or Web(None)
    app.state.graphql = _graphql(app, settings, web)
    app.include_router(health.router)
    app.include_router(sign_in.router)
    app.include_router(uploads.router)
    app.include_router(metrics.router)
    # Not `mount`, which would answer /graphql itself with a redirect, and refuse its sockets.
    app.router.routes += [Route("/graphql", app.state.graphql), WebSocketRoute("/graphql", app.state.graphql)]
    app.mount("/", web)
    return app


def _graphql(app: FastAPI, settings: Settings, web: Web | Pages) -> GraphQLEndpoint:
    def make_context(viewer: Viewer | None, caller: Caller) -> Context:
        return Context(
            app.state.stores, app.state.wall, viewer, caller.address, caller.token, takes_cookies=caller.transport == "http"
        )

    async def authenticate(token: str | None) -> Viewer | None:
        if token is None:
            return None
        found = await users.viewer_of(app.state.stores, token, app.state.wall.now())
        return found[0] if found else None

    return GraphQLEndpoint(
        schema,
        make_context=make_context,
        authenticate=authenticate,
        origins=settings.origins,
        page=web.graphiql,
        timings=Timings(drain=settings.drain_seconds),
    )
