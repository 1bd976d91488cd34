"""The server: uvicorn on our own wire, which sends the sockets of the endpoint away in order before it stops."""

import asyncio
import math
import socket

import uvicorn

from graphql_server.endpoint import GraphQLEndpoint
from graphql_server.uvicorn_protocols import HttpProtocol, WebSocketProtocol

SHUTDOWN_SECONDS_MIN = 1
"""What uvicorn gets at least, to see that everybody has gone."""


class DrainingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, endpoint: GraphQLEndpoint) -> None:
        config.http, config.ws = HttpProtocol, WebSocketProtocol
        config.ws_max_size = endpoint.runner.limits.body_bytes
        # The endpoint pings by itself, and cuts off whoever does not answer.
        config.ws_ping_interval = None
        super().__init__(config)
        self.endpoint = endpoint

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nobody new comes in; then the sockets drain, then uvicorn waits for the requests in flight: all in one time."""
        clock = asyncio.get_running_loop().time
        began_at = clock()
        for server in self.servers:
            server.close()
        await self.endpoint.drain()
        if self.config.timeout_graceful_shutdown is not None:
            left = math.ceil(self.config.timeout_graceful_shutdown - (clock() - began_at))
            self.config.timeout_graceful_shutdown = max(SHUTDOWN_SECONDS_MIN, left)
        await super().shutdown(sockets)
