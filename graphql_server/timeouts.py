"""Timings: how long the long-lived connections wait for whom."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds."""

    connection_init: float = 10
    """From the handshake of a socket to its connection_init."""
    ping_interval: float = 25
    """Of silence, after which a client is asked whether it is there; streams get a comment as often."""
    pong: float = 20
    """After a ping; whoever has said nothing by then is gone."""
    session_check_interval: float = 30
    """Between two looks whether a session still lives."""
    reservation: float = 60
    """That a reserved event stream is kept for its client to come."""
    drain: float = 10
    """From the order to stop until the last socket is closed."""
    check_interval: float = 1
    """Between two looks at all of these."""
