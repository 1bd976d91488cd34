"""Facts are numbered; a cursor is a place in their order."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity import Cursor, Fact, FactType, epoch_of, facts_of_act, matches_filter
from domain.interactions import EcosystemRules, PairHistory, decide
from domain.refusals import Invalid, Problem
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import STORY, InteractionKind
from tests.domain.cast import COSETTE, MARIUS

WORLD = UUID("12345678-1234-5678-1234-567812345678")
BECAUSE = "This is not a cursor of an activity feed; use `head`, or the `cursor` of a fact."


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1))
def test_a_cursor_can_be_parsed_again(epoch: int, position: int) -> None:
    assert Cursor.parse(str(Cursor(epoch, position))) == Cursor(epoch, position)


def test_a_cursor_is_opaque_and_url_safe() -> None:
    assert str(Cursor(1, 2)) == "AAAAAQAAAAAAAAAC"
    assert str(Cursor(2**32 - 1, 2**64 - 1)) == "_" * 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "AAAA",
        "AAAAAQAAAAAAAAACAAAA",
        "not a cursor!",
        "é" * 16,
        "+" * 16,
        "AAAAAQAAAA!AAAAAC",
        "AAAAAQAAAAAAAAA\0",
        "🎭",
    ],
)
def test_text_that_is_not_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Cursor.parse(text)
    assert refused.value == Invalid(BECAUSE, (Problem(("after",), BECAUSE),))


@given(st.text(max_size=30) | st.binary(max_size=20).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_text_is_a_cursor_or_invalid(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except Invalid:
        return
    assert (0 <= cursor.epoch < 2**32, 0 <= cursor.position < 2**64) == (True, True)


def test_each_history_of_each_ecosystem_has_its_own_epoch() -> None:
    epochs = [epoch_of(world, version) for world in (WORLD, UUID(int=7)) for version in (0, 1, 2, 255, 256, 2**31)]
    assert len(set(epochs)) == len(epochs)
    assert all(0 <= epoch < 2**32 for epoch in epochs)
    # Cursors outlive a release, so the numbers are part of the contract.
    assert epoch_of(WORLD, 1) == 801_039_911


@pytest.mark.parametrize(
    ("types", "numbers", "wanted"),
    [
        (None, None, True),
        (["interacted"], None, True),
        (["stage_changed", "interacted"], [2, 9], True),
        (["stage_changed"], None, False),
        ([], None, False),
        (None, [], False),
        (None, [3], False),
        (None, [1], True),
        (["interacted"], [3], False),
        (["stage_changed"], [1], False),
    ],
)
def test_a_filter_matches_types_and_characters_that_it_lists(
    types: list[str] | None, numbers: list[int] | None, wanted: bool
) -> None:
    assert matches_filter(types, numbers, "interacted", (1, 2)) is wanted


def test_a_fact_about_no_character_passes_only_without_a_filter_by_character() -> None:
    assert matches_filter(None, None, "clock_set", ())
    assert not matches_filter(None, [1], "clock_set", ())


def test_an_interaction_is_a_fact_and_so_is_each_change_of_stage() -> None:
    there = RelationshipState(3, 4, 290_000, 310_000, 500_000, 700_000, 3_000_000, Stage.STRANGER, 0.0, 7)
    act = decide(EcosystemRules(STORY, "295"), MARIUS, COSETTE, (there, None), PairHistory(), InteractionKind.CHAT, at=60.0)
    crossed = {
        "from": 3,
        "to": 4,
        "from_name": "Marius",
        "to_name": "Cosette",
        "before": Stage.STRANGER,
        "after": Stage.FRIEND,
    }
    assert facts_of_act(act) == [
        Fact(FactType.INTERACTED, 60.0, (3, 4)),
        Fact(FactType.STAGE_CHANGED, 60.0, (3, 4), crossed),
    ]


def test_an_interaction_without_a_change_of_stage_is_one_fact() -> None:
    act = decide(EcosystemRules(STORY, "295"), COSETTE, MARIUS, (None, None), PairHistory(), InteractionKind.GREETING, at=60.0)
    assert facts_of_act(act) == [Fact(FactType.INTERACTED, 60.0, (4, 3))]
