"""Messages of graphql-transport-ws: what a client may send, member by member, and the bytes that go back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from graphql_server.errors import shown
from graphql_server.requests import Malformed, Request, request

SUBPROTOCOL = "graphql-transport-ws"

TOO_BIG = 1009
FAILED = 1011
RESTARTING = 1012
TRY_AGAIN_LATER = 1013
BAD_REQUEST = 4400
UNAUTHORIZED = 4401
FORBIDDEN = 4403
SUBPROTOCOL_NOT_ACCEPTABLE = 4406
INIT_TIMEOUT = 4408
SUBSCRIBER_EXISTS = 4409
TOO_MANY_INITS = 4429
TOO_MANY_SOCKETS = 4429
PONG_TIMEOUT = 4504


class Closing(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        # A close frame holds 123 bytes of reason.
        self.reason = reason.encode()[:123].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class Message:
    """`payload` is an object or None, except in a subscribe, where it is a request."""

    type: str
    id: str = ""
    payload: Any = None


def message(text: str | None) -> Message:
    """Raises Closing on whatever the protocol does not know."""
    try:
        decoded = orjson.loads(text) if text is not None else None
    except orjson.JSONDecodeError:
        raise Closing(BAD_REQUEST, "Invalid message: not JSON") from None
    if not isinstance(decoded, dict):
        raise Closing(BAD_REQUEST, "Invalid message: not a JSON object in a text frame")
    match decoded.get("type"):
        case "connection_init" | "ping" | "pong" as kind:
            return Message(kind, payload=_object(decoded, kind))
        case "subscribe":
            return Message("subscribe", _id(decoded), _request(decoded))
        case "complete":
            return Message("complete", _id(decoded))
        case str(unknown):
            raise Closing(BAD_REQUEST, f"Invalid message: unknown type '{unknown}'")
        case _:
            raise Closing(BAD_REQUEST, "Invalid message: 'type' is no string")


def _object(decoded: dict[str, Any], kind: str) -> dict[str, Any] | None:
    payload = decoded.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(BAD_REQUEST, f"Invalid message: the payload of '{kind}' is no object")
    return payload


def _id(decoded: dict[str, Any]) -> str:
    identity = decoded.get("id")
    if not isinstance(identity, str) or not identity:
        raise Closing(BAD_REQUEST, "Invalid message: 'id' is no string, or empty")
    return identity


def _request(decoded: dict[str, Any]) -> Request:
    try:
        return request(decoded.get("payload"))
    except Malformed as malformed:
        raise Closing(BAD_REQUEST, f"Invalid message: {malformed}") from None


ACK = b'{"type":"connection_ack"}'
PING = b'{"type":"ping"}'


def pong(payload: dict[str, Any] | None) -> bytes:
    """Raises Closing where the payload is nested deeper than we can say."""
    try:
        return orjson.dumps({"type": "pong", "payload": payload} if payload is not None else {"type": "pong"})
    except orjson.JSONEncodeError:
        raise Closing(BAD_REQUEST, "Invalid message: the payload of 'ping' is nested too deep") from None


def next_prefix(identity: str) -> bytes:
    """What stands before the payload of each `next` of an operation; behind it stands one brace."""
    return b'{"id":' + orjson.dumps(identity) + b',"type":"next","payload":'


def error_of(identity: str, errors: Iterable[GraphQLError]) -> bytes:
    return orjson.dumps({"id": identity, "type": "error", "payload": shown(errors)})


def complete_of(identity: str) -> bytes:
    return orjson.dumps({"id": identity, "type": "complete"})
