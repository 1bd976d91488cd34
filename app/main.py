"""The ASGI application: its routes, and the stores that are open while it runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from app.embedded.frontend_builder import LatestFrontend
from app.embedded.store_urls import StoreUrls
from app.http import health, metrics, sign_in, uploads
from app.http.frontend import Frontend
from app.http.graphql_errors import describe_error
from app.http.session_cookie import SESSION_COOKIE
from app.processes import session_revocation
from app.processes.cancellation import cancel_and_wait
from app.processes.leader import run_leader
from app.settings import Settings
from app.stores import connect_neo4j, open_stores
from domain.clock import SystemClock, WallClock
from graphql_schema.field_costs import FIELD_COSTS
from graphql_schema.schema import schema
from graphql_server import Caller, GraphQLEndpoint, Timeouts
from graphql_server.limits import Limits
from graphql_server.request_id import with_request_id
from resolvers import sessions
from resolvers.context import Context, Viewer


class Application(FastAPI):
    """Every response has an `x-request-id`, also that to an unexpected error."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, with_request_id(scope, send))


def create_app(
    settings: Settings,
    store_urls: StoreUrls,
    *,
    frontend: Frontend | LatestFrontend | None = None,
    clock: WallClock | None = None,
) -> FastAPI:
    """Returns the application.

    Its state holds `wall`, `graphql` (the endpoint) and `draining`, and, while it runs, `stores`, `metrics` and `neo4j` (a task
    that returns the driver).
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_stores(store_urls, settings) as stores:
            app.state.stores = stores
            app.state.metrics = metrics.Metrics(stores, app.state.graphql)
            app.state.neo4j = asyncio.create_task(connect_neo4j(store_urls, stores))
            leading = asyncio.create_task(run_leader(store_urls.database_url, stores, app.state.neo4j))
            revoking = asyncio.create_task(session_revocation.end_revoked_sessions(stores, app.state.graphql))
            try:
                yield
            finally:
                await cancel_and_wait(leading, revoking, app.state.neo4j)

    app = Application(title="The Character Observatory", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.wall = clock or SystemClock()
    app.state.draining = asyncio.Event()
    app.state.origins = settings.origins
    frontend = frontend or Frontend(None)
    app.state.graphql = _create_endpoint(app, settings, frontend)
    app.include_router(health.router)
    app.include_router(sign_in.router)
    app.include_router(uploads.router)
    app.include_router(metrics.router)
    # Not `mount`, which would answer /graphql itself with a redirect, and refuse its sockets.
    app.router.routes += [Route("/graphql", app.state.graphql), WebSocketRoute("/graphql", app.state.graphql)]
    app.mount("/", frontend)
    return app


def _create_endpoint(app: FastAPI, settings: Settings, frontend: Frontend | LatestFrontend) -> GraphQLEndpoint:
    def make_context(viewer: Viewer | None, caller: Caller) -> Context:
        return Context(
            app.state.stores, app.state.wall, viewer, caller.address, caller.token, can_set_cookies=caller.transport == "http"
        )

    async def authenticate(token: str | None) -> Viewer | None:
        if token is None:
            return None
        found = await sessions.find_viewer(app.state.stores, token, app.state.wall.now())
        return found[0] if found else None

    return GraphQLEndpoint(
        schema,
        make_context=make_context,
        authenticate=authenticate,
        describe_error=describe_error,
        limits=Limits(field_costs=FIELD_COSTS),
        origins=settings.origins,
        cookie=SESSION_COOKIE,
        graphiql=frontend.graphiql,
        timeouts=Timeouts(drain=settings.drain_seconds),
    )
