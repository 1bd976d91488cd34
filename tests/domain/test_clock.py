"""World time is a linear function of the wall clock."""

from datetime import UTC, datetime, timedelta

from domain.clock import SystemClock, WorldClock

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CLOCK = WorldClock(1_000.0, NOON, 60.0)


def test_it_runs_at_its_rate() -> None:
    assert CLOCK.at(NOON) == 1_000
    assert CLOCK.at(NOON + timedelta(seconds=2.5)) == 1_150


def test_it_stops_at_rate_0() -> None:
    assert WorldClock(1_000.0, NOON, 0.0).at(NOON + timedelta(days=9)) == 1_000


def test_a_wall_clock_that_steps_back_does_not_take_world_time_back() -> None:
    assert CLOCK.at(NOON - timedelta(hours=1)) == 1_000


def test_a_new_rate_applies_from_now_and_keeps_the_current_instant() -> None:
    later = NOON + timedelta(seconds=10)
    assert CLOCK.with_rate(2.0, later) == WorldClock(1_600.0, later, 2.0)


def test_the_system_clock_returns_an_aware_datetime() -> None:
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
