"""A draw is a function of its keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chance import Chance, uniform, unit_fraction


@pytest.mark.parametrize(("count", "drawn"), [(0, 0.884384), (1, 0.226912), (2, 0.434906)])
def test_draws_have_these_reference_values(count: int, drawn: float) -> None:
    assert uniform(42, "eco1", 7, "accept", "a", "b", count) == pytest.approx(drawn, abs=5e-7)


def test_keys_are_encoded_as_utf_8() -> None:
    assert uniform("Œil", "été") == 0.10480907714711982  # `printf %s Œil/été | b2sum -l 64`, over 2^64


def test_the_seed_and_the_rule_set_precede_every_key() -> None:
    assert Chance("295", "story")("trait", 0, 1, "O") == uniform("295", "story", "trait", 0, 1, "O")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | st.integers()))
def test_a_draw_is_at_least_0_and_below_1(keys: list[str | int]) -> None:
    assert 0 <= uniform(*keys) < 1


@pytest.mark.parametrize(
    ("digest", "share"),
    [(b"\x00" * 8, 0.0), (b"\x80" + b"\x00" * 7, 0.5), (b"\xff" * 8, 1 - 2**-53), (b"\x00" * 7 + b"\x01", 2**-64)],
)
def test_a_digest_is_a_fraction_below_1(digest: bytes, share: float) -> None:
    assert unit_fraction(digest) == share


@given(st.lists(st.integers(1, 50), min_size=2, unique=True))
def test_draws_do_not_depend_on_their_order(numbers: list[int]) -> None:
    draw = Chance("seed", "story")
    forwards = {number: draw("spark", 0, number) for number in numbers}
    assert {number: draw("spark", 0, number) for number in reversed(numbers)} == forwards
