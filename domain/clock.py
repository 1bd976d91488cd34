"""World time: a linear function of the wall clock, so that it needs no ticker and is known for every instant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

RATE_MAX = 1_000_000.0
"""World seconds per second of the wall clock; a million is about twelve days per second."""


class WallClock(Protocol):
    """The source of the current time; tests replace it."""

    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WorldClock:
    """World time was `world_seconds` when the wall clock was at `since`; from there it runs at `rate`."""

    world_seconds: float
    since: datetime
    rate: float

    def at(self, now: datetime) -> float:
        """World seconds at `now`. If the wall clock steps back before `since`, the result is that of `since`."""
        return self.world_seconds + self.rate * max(0.0, (now - self.since).total_seconds())

    def with_rate(self, rate: float, now: datetime) -> "WorldClock":
        return WorldClock(self.at(now), now, rate)
