"""Messages and close codes of graphql-transport-ws. Messages of clients are parsed; messages of the server are encoded."""

from dataclasses import dataclass
from typing import Any

import orjson

from graphql_server.requests import GraphQLRequest, MalformedRequest, parse_request

SUBPROTOCOL = "graphql-transport-ws"

MESSAGE_TOO_BIG = 1009
INTERNAL_ERROR = 1011
SERVICE_RESTART = 1012
TRY_AGAIN_LATER = 1013
BAD_REQUEST = 4400
UNAUTHORIZED = 4401
FORBIDDEN = 4403
SUBPROTOCOL_NOT_ACCEPTABLE = 4406
CONNECTION_INITIALISATION_TIMEOUT = 4408
SUBSCRIBER_ALREADY_EXISTS = 4409
TOO_MANY_INITIALISATION_REQUESTS = 4429
TOO_MANY_CONNECTIONS = 4429
PONG_TIMEOUT = 4504


class CloseConnection(Exception):
    """Closes the connection with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        # The reason of a close frame has at most 123 bytes.
        self.reason = reason.encode()[:123].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """`payload` is a GraphQLRequest in a subscribe message, else an object or None. `id` is "" where the type has none."""

    type: str
    id: str = ""
    payload: Any = None


def parse_message(text: str | None) -> ClientMessage:
    """Raises CloseConnection where the protocol does not allow the message. `text` is None for a binary frame."""
    try:
        decoded = orjson.loads(text) if text is not None else None
    except orjson.JSONDecodeError:
        raise CloseConnection(BAD_REQUEST, "Invalid message: not JSON") from None
    if not isinstance(decoded, dict):
        raise CloseConnection(BAD_REQUEST, "Invalid message: not a JSON object in a text frame")
    match decoded.get("type"):
        case "connection_init" | "ping" | "pong" as kind:
            return ClientMessage(kind, payload=_object_payload(decoded, kind))
        case "subscribe":
            return ClientMessage("subscribe", _operation_id(decoded), _request_payload(decoded))
        case "complete":
            return ClientMessage("complete", _operation_id(decoded))
        case str(unknown):
            raise CloseConnection(BAD_REQUEST, f"Invalid message: unknown type '{unknown}'")
        case _:
            raise CloseConnection(BAD_REQUEST, "Invalid message: 'type' is no string")


def _object_payload(decoded: dict[str, Any], type_: str) -> dict[str, Any] | None:
    payload = decoded.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise CloseConnection(BAD_REQUEST, f"Invalid message: the payload of '{type_}' is no object")
    return payload


def _operation_id(decoded: dict[str, Any]) -> str:
    operation_id = decoded.get("id")
    if not isinstance(operation_id, str) or not operation_id:
        raise CloseConnection(BAD_REQUEST, "Invalid message: 'id' is no string, or empty")
    return operation_id


def _request_payload(decoded: dict[str, Any]) -> GraphQLRequest:
    try:
        return parse_request(decoded.get("payload"))
    except MalformedRequest as malformed:
        raise CloseConnection(BAD_REQUEST, f"Invalid message: {malformed}") from None


CONNECTION_ACK = b'{"type":"connection_ack"}'
PING = b'{"type":"ping"}'


def encode_pong(payload: dict[str, Any] | None) -> bytes:
    """Raises CloseConnection where the payload is nested too deep to be encoded."""
    try:
        return orjson.dumps({"type": "pong", "payload": payload} if payload is not None else {"type": "pong"})
    except orjson.JSONEncodeError:
        raise CloseConnection(BAD_REQUEST, "Invalid message: the payload of 'ping' is nested too deep") from None


def encode_next_prefix(operation_id: str) -> bytes:
    """The start of each `next` message of an operation. The payload follows, then `}`."""
    return b'{"id":' + orjson.dumps(operation_id) + b',"type":"next","payload":'


def encode_error(operation_id: str, errors: list[dict[str, Any]]) -> bytes:
    """`errors` are formatted."""
    return orjson.dumps({"id": operation_id, "type": "error", "payload": errors})


def encode_complete(operation_id: str) -> bytes:
    return orjson.dumps({"id": operation_id, "type": "complete"})
