"""The format of server-sent events, with LF as line end."""


def encode_event(name: str, data: bytes, cursor: str | None = None) -> bytes:
    """`cursor` becomes the event's id. `data` is sent when empty too: EventSource drops events that have no `data` line."""
    id_line = b"id: " + cursor.encode() + b"\n" if cursor else b""
    return b"event: " + name.encode() + b"\n" + id_line + b"data: " + data + b"\n\n"
