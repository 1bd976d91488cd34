"""Relationships drift in closed form, change within bounds, and have stages with hysteresis (R2, R3, R5)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.relationships import Feelings, RelationshipState, Stage, mutual_stage, next_stage
from domain.rule_sets import REALISTIC, SCRIPT, STORY, InteractionKind, KindRule, RuleSet
from tests.domain.cast import DAY, elapsed, kinds, rule_sets, shares, signed, ties, valences

TIE = RelationshipState(1, 2, 800_000, -200_000, 400_000, 600_000, 5_000_000, Stage.RIVAL, 100.0, 3)
RULE = KindRule(InteractionKind.CHAT, affinity_rate=0.1, trust_rate=0.2, familiarity_rate=0.5, cost=0.0, base_valence=0.4)
FEELINGS = Feelings(affinity=0.2, bond=-0.1, trust=0.4, familiarity=0.6, contact=2.0, stage=Stage.FRIEND)


def test_a_relationship_starts_with_a_little_trust_and_nothing_else() -> None:
    assert RelationshipState.initial(1, 2, 5.0) == RelationshipState(1, 2, 0, 0, 300_000, 0, 0, Stage.STRANGER, 5.0, 0)


def test_affinity_and_bond_follow_the_differential_equations() -> None:
    # Euler's steps of one second through two days of story's half-lives gave these two.
    felt = TIE.feelings_at(STORY, 100.0 + 2 * DAY)
    assert (felt.affinity, felt.bond) == (pytest.approx(0.469756, abs=1e-5), pytest.approx(-0.004002, abs=1e-5))


@pytest.mark.parametrize("rules", [STORY, REALISTIC, SCRIPT])
def test_each_feeling_fades_at_its_own_half_life_and_trust_stays(rules: RuleSet) -> None:
    equal = replace(TIE, bond=TIE.affinity)
    assert equal.feelings_at(rules, 100.0 + 180 * DAY).affinity == pytest.approx(0.4)
    assert equal.feelings_at(rules, 100.0 + 180 * DAY).bond == pytest.approx(0.4)
    assert TIE.feelings_at(rules, 100.0 + 120 * DAY).familiarity == pytest.approx(0.3)
    assert TIE.feelings_at(rules, 100.0 + 14 * DAY).contact == pytest.approx(2.5)
    assert TIE.feelings_at(rules, 100.0 + 999 * DAY).trust == 0.4
    assert TIE.feelings_at(rules, 100.0 + 999 * DAY).stage is Stage.RIVAL


@given(ties(), rule_sets)
def test_an_earlier_instant_counts_as_that_of_the_stored_state(tie: RelationshipState, rules: RuleSet) -> None:
    assert tie.feelings_at(rules, -1_000.0) == tie.feelings_at(rules, tie.felt_at)
    assert tie.with_drift(tie.feelings_at(rules, -1_000.0), -1_000.0) == tie


@given(ties(), rule_sets, elapsed, elapsed)
def test_two_drifts_equal_one_of_the_same_length(tie: RelationshipState, rules: RuleSet, first: float, second: float) -> None:
    once, between = tie.feelings_at(rules, first + second), tie.feelings_at(rules, first)
    # What is kept is rounded; the law itself is tested on a tie in units so small that rounding cannot be seen.
    fine = replace(
        tie,
        affinity=round(between.affinity * 10**15),
        bond=round(between.bond * 10**15),
        familiarity=round(between.familiarity * 10**15),
        contact=round(between.contact * 10**15),
        felt_at=first,
    ).feelings_at(rules, first + second)

    assert fine.affinity / 10**9 == pytest.approx(once.affinity, abs=1e-9)
    assert fine.bond / 10**9 == pytest.approx(once.bond, abs=1e-9)
    assert fine.familiarity / 10**9 == pytest.approx(once.familiarity, abs=1e-9)
    assert fine.contact / 10**9 == pytest.approx(once.contact, rel=1e-9, abs=1e-9)


def test_a_positive_valence_raises_affinity_and_trust_and_familiarity_helps_trust() -> None:
    felt = FEELINGS.after_act(RULE, 0.5, share=0.25, neuroticism=1_000_000)
    assert felt.affinity == pytest.approx(0.2 + 0.25 * 0.1 * 0.5 * 0.8)
    assert felt.trust == pytest.approx(0.4 + 0.25 * 0.2 * 0.5 * 0.6 * (0.25 + 0.75 * 0.6))
    assert felt.familiarity == pytest.approx(0.6 + 0.25 * 0.5 * 0.4)
    assert (felt.bond, felt.contact, felt.stage) == (-0.1, 3.0, Stage.FRIEND)


@pytest.mark.parametrize(("neuroticism", "weight"), [(0, 1.125), (500_000, 1.5), (1_000_000, 1.875)])
def test_a_negative_valence_weighs_more_and_most_for_the_neurotic(neuroticism: int, weight: float) -> None:
    felt = FEELINGS.after_act(RULE, -0.5, share=0.25, neuroticism=neuroticism)
    assert felt.affinity == pytest.approx(0.2 - weight * 0.25 * 0.1 * 0.5 * 1.2)
    assert felt.trust == pytest.approx(0.4 - 3 * 0.25 * 0.2 * 0.5 * 0.4)
    assert felt.familiarity == pytest.approx(0.6 + 0.25 * 0.5 * 0.4)
    assert (felt.bond, felt.contact, felt.stage) == (-0.1, 3.0, Stage.FRIEND)


def test_a_valence_of_0_only_raises_familiarity() -> None:
    felt = FEELINGS.after_act(RULE, 0.0, share=1.0, neuroticism=500_000)
    assert felt == Feelings(0.2, -0.1, 0.4, pytest.approx(0.8), 3.0, Stage.FRIEND)


@given(ties(), rule_sets, kinds, valences, st.floats(0, 1), shares, elapsed)
def test_feelings_never_leave_their_bounds(
    tie: RelationshipState, rules: RuleSet, kind: InteractionKind, valence: float, share: float, neuroticism: int, at: float
) -> None:
    kept = tie.next_version(
        tie.feelings_at(rules, at).after_act(rules.rule(kind), valence, share=share, neuroticism=neuroticism), at
    )
    assert -1_000_000 <= kept.affinity <= 1_000_000
    assert -1_000_000 <= kept.bond <= 1_000_000
    assert 0 <= kept.trust <= 1_000_000
    assert 0 <= kept.familiarity <= 1_000_000
    assert kept.contact >= 1_000_000


@given(ties(), st.floats(0, 2), valences, shares)
def test_the_longest_and_harshest_speech_of_a_script_keeps_the_bounds(
    tie: RelationshipState, share: float, valence: float, neuroticism: int
) -> None:
    felt = tie.feelings_at(SCRIPT, 0.0).after_act(
        SCRIPT.rule(InteractionKind.CHAT), valence, share=share, neuroticism=neuroticism
    )
    assert -1 <= felt.affinity <= 1
    assert 0 <= felt.trust <= 1
    assert 0 <= felt.familiarity <= 1


@given(ties(), rule_sets, kinds, valences, valences, st.floats(0, 1), shares)
def test_a_higher_valence_never_gives_less_affinity_or_trust(
    tie: RelationshipState, rules: RuleSet, kind: InteractionKind, one: float, other: float, share: float, neuroticism: int
) -> None:
    worse, better = (
        tie.feelings_at(rules, 0.0).after_act(rules.rule(kind), valence, share=share, neuroticism=neuroticism)
        for valence in sorted((one, other))
    )
    assert worse.affinity <= better.affinity
    assert worse.trust <= better.trust


@given(ties(), rule_sets, kinds, st.floats(-1, 0), st.floats(0, 1), shares)
def test_a_negative_valence_never_raises_affinity_or_trust(
    tie: RelationshipState, rules: RuleSet, kind: InteractionKind, valence: float, share: float, neuroticism: int
) -> None:
    before = tie.feelings_at(rules, 0.0)
    after = before.after_act(rules.rule(kind), valence, share=share, neuroticism=neuroticism)
    assert after.affinity <= before.affinity
    assert after.trust <= before.trust


def test_drift_is_rounded_and_changes_neither_stage_nor_version() -> None:
    felt = Feelings(0.1234564, 0.7, 0.8, 0.9, 1.5000005, Stage.STRANGER)
    assert TIE.with_drift(felt, 200.0) == RelationshipState(
        1, 2, 123_456, 700_000, 800_000, 900_000, 1_500_000, Stage.RIVAL, 200.0, 3
    )


def test_an_interaction_gives_the_next_version_rounded_with_its_new_stage() -> None:
    felt = Feelings(0.1234566, 0.5999996, 0.6, 0.6, 1.5, Stage.STRANGER)
    assert TIE.next_version(felt, 200.0) == RelationshipState(
        1, 2, 123_457, 600_000, 600_000, 600_000, 1_500_000, Stage.CLOSE_FRIEND, 200.0, 4
    )


def test_a_state_never_becomes_valid_for_an_earlier_instant() -> None:
    assert TIE.next_version(FEELINGS, 0.0).felt_at == 100.0
    assert TIE.with_drift(FEELINGS, 0.0).felt_at == 100.0


CLOSE, FRIEND, ENEMY, RIVAL, KNOWN, STRANGER = (
    Stage.CLOSE_FRIEND, Stage.FRIEND, Stage.ENEMY, Stage.RIVAL, Stage.ACQUAINTANCE, Stage.STRANGER,
)  # fmt: skip


@pytest.mark.parametrize(
    ("bond", "trust", "familiarity", "stage"),
    [
        (600_000, 600_000, 600_000, CLOSE),
        (599_999, 600_000, 600_000, FRIEND),
        (600_000, 599_999, 600_000, FRIEND),
        (600_000, 600_000, 599_999, FRIEND),
        (300_000, 400_000, 350_000, FRIEND),
        (299_999, 400_000, 350_000, KNOWN),
        (300_000, 399_999, 350_000, KNOWN),
        (300_000, 400_000, 349_999, KNOWN),
        (1_000_000, 1_000_000, 1_000_000, CLOSE),
        (-600_000, 1_000_000, 1_000_000, ENEMY),
        (-1_000_000, 0, 0, ENEMY),
        (-599_999, 0, 0, RIVAL),
        (-250_000, 0, 0, RIVAL),
        (-249_999, 0, 100_000, KNOWN),
        (0, 0, 100_000, KNOWN),
        (0, 0, 99_999, STRANGER),
        (1_000_000, 0, 0, STRANGER),
    ],
)
def test_a_stage_is_entered_at_its_thresholds(bond: int, trust: int, familiarity: int, stage: Stage) -> None:
    assert next_stage(STRANGER, bond, trust, familiarity) is stage


@pytest.mark.parametrize(
    ("present", "bond", "trust", "familiarity", "stage"),
    [
        (CLOSE, 550_000, 550_000, 550_000, CLOSE),
        (CLOSE, 549_999, 550_000, 550_000, FRIEND),
        (CLOSE, 550_000, 549_999, 550_000, FRIEND),
        (CLOSE, 550_000, 550_000, 549_999, FRIEND),
        (FRIEND, 250_000, 350_000, 300_000, FRIEND),
        (FRIEND, 249_999, 350_000, 300_000, KNOWN),
        (FRIEND, 250_000, 349_999, 300_000, KNOWN),
        (FRIEND, 250_000, 350_000, 299_999, KNOWN),
        (ENEMY, -300_000, 0, 100_000, ENEMY),
        (ENEMY, -299_999, 0, 100_000, RIVAL),
        (ENEMY, -200_000, 0, 100_000, KNOWN),
        (RIVAL, -200_000, 0, 100_000, RIVAL),
        (RIVAL, -199_999, 0, 100_000, KNOWN),
        (KNOWN, 0, 0, 50_000, KNOWN),
        (KNOWN, 0, 0, 49_999, STRANGER),
        (STRANGER, 0, 0, 0, STRANGER),
    ],
)
def test_a_stage_is_left_for_a_lower_one_only_at_the_exit_thresholds(
    present: Stage, bond: int, trust: int, familiarity: int, stage: Stage
) -> None:
    assert next_stage(present, bond, trust, familiarity) is stage


@pytest.mark.parametrize(
    ("present", "feelings", "stage"),
    [
        (FRIEND, (-250_000, 400_000, 350_000), RIVAL),
        (RIVAL, (300_000, 400_000, 350_000), FRIEND),
        (CLOSE, (-600_000, 600_000, 600_000), ENEMY),
        (ENEMY, (600_000, 600_000, 600_000), CLOSE),
        (FRIEND, (600_000, 600_000, 600_000), CLOSE),
        (RIVAL, (-600_000, 0, 0), ENEMY),
    ],
)
def test_a_stage_of_the_same_or_a_higher_rank_is_taken_at_once(
    present: Stage, feelings: tuple[int, int, int], stage: Stage
) -> None:
    assert next_stage(present, *feelings) is stage


@given(st.sampled_from(Stage), signed, shares, shares)
def test_the_next_stage_of_the_next_stage_is_the_same(present: Stage, bond: int, trust: int, familiarity: int) -> None:
    named = next_stage(present, bond, trust, familiarity)
    assert next_stage(named, bond, trust, familiarity) is named


@pytest.mark.parametrize(
    ("rules", "kind", "valence", "days"),
    [
        (STORY, InteractionKind.CHAT, 0.6, {KNOWN: 2, FRIEND: 19, CLOSE: 46}),
        (STORY, InteractionKind.CONFLICT, -0.8, {RIVAL: 6, ENEMY: 14}),
        (REALISTIC, InteractionKind.CHAT, 0.6, {KNOWN: 2, FRIEND: 52, CLOSE: 182}),
        (REALISTIC, InteractionKind.CONFLICT, -0.8, {RIVAL: 14, ENEMY: 40}),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_one_interaction_a_day_reaches_stages_at_the_pace_of_the_rule_set(
    rules: RuleSet, kind: InteractionKind, valence: float, days: dict[Stage, int]
) -> None:
    tie, reached = RelationshipState.initial(1, 2, 0.0), dict[Stage, int]()
    for day in range(1, 183):
        felt = tie.feelings_at(rules, day * DAY).after_act(rules.rule(kind), valence, share=1.0, neuroticism=500_000)
        tie = tie.next_version(felt, day * DAY)
        reached.setdefault(tie.stage, day)
    assert {stage: reached[stage] for stage in days} == days


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (CLOSE, CLOSE, CLOSE),
        (CLOSE, FRIEND, FRIEND),
        (FRIEND, KNOWN, KNOWN),
        (KNOWN, STRANGER, STRANGER),
        (CLOSE, RIVAL, RIVAL),
        (RIVAL, STRANGER, RIVAL),
        (RIVAL, RIVAL, RIVAL),
        (ENEMY, RIVAL, ENEMY),
        (ENEMY, CLOSE, ENEMY),
        (ENEMY, STRANGER, ENEMY),
    ],
)
def test_the_mutual_stage_is_the_lower_one_or_the_hostile_one(one: Stage, other: Stage, both: Stage) -> None:
    assert mutual_stage(one, other) is both
    assert mutual_stage(other, one) is both


def test_the_mutual_stage_without_a_way_back_is_stranger_at_most() -> None:
    assert mutual_stage(CLOSE, None) is STRANGER
    assert mutual_stage(RIVAL, None) is RIVAL
    assert mutual_stage(ENEMY, None) is ENEMY
