"""Millionths: numbers that are kept are integers, 1_000_000 for 1.0, so that a replay is equal to the byte on every machine."""

SCALE = 1_000_000


def quantize(value: float) -> int:
    """Rounded half to even, to be done once per fact."""
    return round(value * SCALE)
