"""The listener: the socket that a run listens on, and why it could not have it."""

import errno
import socket

from app.embedded.subprocesses import Failed

BACKLOG = 2048


def bind_socket(host: str, port: int) -> socket.socket:
    """Taken before anything is started, so that whoever has the port is told at once. Raises Failed."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise Failed(explain_bind_error(host, port, error)) from None
    return listener


def start_listening(listener: socket.socket, host: str, port: int) -> None:
    """From now on whoever comes is heard, if only later. Raises Failed where somebody else listened first."""
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        raise Failed(explain_bind_error(host, port, error)) from None


def explain_bind_error(host: str, port: int, error: OSError) -> str:
    where = f"{host}:{port}"
    match error.errno:
        case errno.EADDRINUSE:
            return f"Somebody listens on {where} already. Stop them, or choose another port with OBSERVATORY_PORT."
        case errno.EACCES:
            return f"Only root may listen on {where}. Choose a port from 1024 with OBSERVATORY_PORT."
        case _:
            return f"{where} is no address of this machine ({error.strerror}). Choose another with OBSERVATORY_HOST."
