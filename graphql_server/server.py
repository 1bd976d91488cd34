"""A uvicorn server that uses the protocols of this package and drains its endpoint before it stops."""

import asyncio
import math
import socket

import uvicorn

from graphql_server.endpoint import GraphQLEndpoint
from graphql_server.uvicorn_protocols import HttpProtocol, WebSocketProtocol

SHUTDOWN_SECONDS_MIN = 1
"""The least time that uvicorn gets, after the drain, to see that all connections are closed."""


class DrainingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, endpoint: GraphQLEndpoint) -> None:
        config.http, config.ws = HttpProtocol, WebSocketProtocol
        config.ws_max_size = endpoint.runner.limits.body_bytes
        # The endpoint sends pings itself, and closes connections that do not answer.
        config.ws_ping_interval = None
        super().__init__(config)
        self.endpoint = endpoint

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accepts no more connections, drains the endpoint, then waits for running requests.

        All of this takes `timeout_graceful_shutdown` seconds at most.
        """
        clock = asyncio.get_running_loop().time
        started_at = clock()
        for server in self.servers:
            server.close()
        await self.endpoint.drain()
        if self.config.timeout_graceful_shutdown is not None:
            left = math.ceil(self.config.timeout_graceful_shutdown - (clock() - started_at))
            self.config.timeout_graceful_shutdown = max(SHUTDOWN_SECONDS_MIN, left)
        await super().shutdown(sockets)
