"""Fixed point: stored numbers are integers in millionths (1_000_000 is 1.0), so that replays give the same bytes everywhere."""

SCALE = 1_000_000


def quantize(value: float) -> int:
    """Millionths, rounded half to even. Each fact rounds once."""
    return round(value * SCALE)
