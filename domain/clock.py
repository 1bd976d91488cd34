"""World time: a straight line over the wall's clock, so that it needs no ticker and can be asked for any instant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

RATE_MAX = 1_000_000.0
"""World seconds per second of the wall; a million makes twelve days a second."""


class WallClock(Protocol):
    """Where "now" comes from; only a test brings another one."""

    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WorldClock:
    """`world_seconds` was the world's time at the wall's `since`; from there it runs at `rate`."""

    world_seconds: float
    since: datetime
    rate: float

    def at(self, now: datetime) -> float:
        """World seconds at `now`; a wall clock that steps back never takes the world back before `since`."""
        return self.world_seconds + self.rate * max(0.0, (now - self.since).total_seconds())

    def with_rate(self, rate: float, now: datetime) -> "WorldClock":
        return WorldClock(self.at(now), now, rate)
