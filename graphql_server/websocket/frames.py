"""Frames of WebSockets, encoded once for all connections that send the same message."""

import zlib

DEFLATE_BYTES_MIN = 1_024
"""Shorter messages are not compressed: the gain is too small."""
STORED_BLOCK_BYTES_MAX = 65_535
"""The longest stored block of DEFLATE (RFC 1951)."""
WINDOW_BITS = 12
"""The size of the compression window, 4 kB, in bits."""


def encode_text_frame(text: bytes) -> bytes:
    """An uncompressed text frame (RFC 6455)."""
    return _frame_header(0x81, len(text)) + text


def deflate(text: bytes) -> bytes:
    """Compressed without context (RFC 7692), so that it can follow a stored block in any frame."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, -WINDOW_BITS, 5)
    return (compressor.compress(text) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


def encode_deflated_frame(prefix: bytes, deflated_text: bytes) -> bytes:
    """A compressed text frame: `prefix` as a stored block, which is not compressed, then a text that `deflate` has compressed.

    `prefix` has at most STORED_BLOCK_BYTES_MAX bytes.
    """
    length = len(prefix)
    stored = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + prefix
    return _frame_header(0xC1, len(stored) + len(deflated_text)) + stored + deflated_text


def _frame_header(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, length))
    if length < 65_536:
        return bytes((first, 126)) + length.to_bytes(2, "big")
    return bytes((first, 127)) + length.to_bytes(8, "big")
