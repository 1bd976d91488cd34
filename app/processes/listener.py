"""The listening socket of a run, and the reason if the address cannot be used."""

import errno
import socket

from app.command_error import CommandError

BACKLOG = 2048


def bind_socket(host: str, port: int) -> socket.socket:
    """Binds the socket before anything else starts, so that a port in use is reported at once. Raises CommandError."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise CommandError(explain_bind_error(host, port, error)) from None
    return listener


def start_listening(listener: socket.socket, host: str, port: int) -> None:
    """Accepts connections from now on; they wait in the backlog. Raises CommandError if another process listened first."""
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        raise CommandError(explain_bind_error(host, port, error)) from None


def explain_bind_error(host: str, port: int, error: OSError) -> str:
    where = f"{host}:{port}"
    match error.errno:
        case errno.EADDRINUSE:
            return f"Another program listens on {where}. Stop it, or choose another port with OBSERVATORY_PORT."
        case errno.EACCES:
            return f"Only root may listen on {where}. Choose a port from 1024 with OBSERVATORY_PORT."
        case _:
            return f"{where} is no address of this machine ({error.strerror}). Choose another with OBSERVATORY_HOST."
