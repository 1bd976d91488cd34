"""Timeouts and intervals of WebSocket connections and event streams."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds."""

    connection_init: float = 10
    """From the handshake of a WebSocket to ConnectionInit."""
    ping_interval: float = 25
    """Without a message of the client until a ping is sent. Event streams get a comment at this interval."""
    pong: float = 20
    """From a ping until the connection is closed, unless the client sends any message."""
    session_check_interval: float = 30
    """Between two checks whether the session of a connection is valid."""
    reservation: float = 60
    """From the reservation of an event stream until it expires, unless the client opens the stream."""
    drain: float = 10
    """From the signal to stop until the last connection is closed."""
    check_interval: float = 1
    """Between two checks of the timeouts of all WebSocket connections."""
