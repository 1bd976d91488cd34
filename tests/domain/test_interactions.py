"""An interaction depends on both characters, costs both energy, and changes both relationships and both moods."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import exp, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.acceptance import Reason
from domain.chance import uniform
from domain.characters import CharacterState, Traits
from domain.interactions import EcosystemRules, Effect, Forecast, PairHistory, decide, forecast
from domain.refusals import Inactive, Invalid, Problem, TooTired
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import SCRIPT, STORY, InteractionKind, RuleSet
from tests.domain.cast import COSETTE, DAY, HOUR, JAVERT, MARIUS, VALJEAN, elapsed, kinds, people, rule_sets, ties

ECOSYSTEM = EcosystemRules(STORY, "295")
NEW = (None, None)
AT = 90_000.0


def spark(one: CharacterState, other: CharacterState) -> float:
    return 0.2 * (2 * uniform("295", "story", "spark", 0, one.number, other.number) - 1)


def drawn(initiator: CharacterState, responder: CharacterState, *, at: float = AT, count: int = 0) -> float:
    return uniform("295", "story", "accept", int(at // 60), initiator.number, responder.number, count)


def test_a_first_chat_of_two_characters_with_neutral_traits() -> None:
    act = decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.CHAT, at=AT)

    chance = 1 / (1 + exp(-(0.5 + 0.09) / 0.25))
    assert (act.kind, act.at, act.chance) == (InteractionKind.CHAT, AT, round(chance * 1e6))
    assert act.drawn == round(drawn(MARIUS, COSETTE) * 1e6)
    assert act.accepted
    assert act.initiator_valence == round((0.4 + 0.25 + spark(MARIUS, COSETTE)) * 1e6)
    assert act.responder_valence == round((0.4 + 0.25 + spark(COSETTE, MARIUS)) * 1e6)
    assert act.initiator_valence != act.responder_valence


def test_an_interaction_has_its_reasons() -> None:
    assert decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.CHAT, at=AT).reasons == (
        Reason("compatibility", "They are alike in openness, extraversion and agreeableness.", 500_000),
        Reason("trust", "The responder trusts the initiator so far.", 90_000),
    )


def test_it_changes_each_relationship_by_its_own_valence() -> None:
    act = decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.CHAT, at=AT)
    first, back = RelationshipState.initial(3, 4, AT), RelationshipState.initial(4, 3, AT)

    for effect, fresh, valence in zip(act.effects, (first, back), (act.initiator_valence, act.responder_valence), strict=True):
        v = valence / 1e6
        assert (effect.from_number, effect.to_number) == (fresh.from_number, fresh.to_number)
        assert effect.stored == effect.before == fresh
        assert effect.after.affinity == pytest.approx(0.12 * v * 1e6, abs=1)
        assert effect.after.trust == pytest.approx((0.3 + 0.04 * v * 0.7 * 0.25) * 1e6, abs=1)
        assert replace(effect.after, affinity=0, trust=0) == RelationshipState(
            fresh.from_number, fresh.to_number, 0, 0, 0, 80_000, 1_000_000, Stage.STRANGER, AT, 1
        )


def test_both_pay_and_the_responder_pays_a_fifth_less() -> None:
    act = decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.CONFLICT, at=AT)
    assert (act.initiator.energy, act.responder.energy) == (800_000, 840_000)
    assert act.initiator.felt_at == act.responder.felt_at == AT


def test_it_changes_each_mood_by_its_own_valence() -> None:
    act = decide(ECOSYSTEM, MARIUS, replace(COSETTE, mood=-800_000), NEW, PairHistory(), InteractionKind.CHAT, at=HOUR)
    assert act.initiator.mood == pytest.approx(0.3 * act.initiator_valence, abs=1)
    assert act.responder.mood == pytest.approx(-400_000 + 0.3 * 1.4 * act.responder_valence, abs=1)


def test_a_declined_initiator_pays_the_cost_and_has_a_negative_valence_of_half_the_base() -> None:
    # The chance is below 1 in 100,000, and no draw here is below it.
    hostile = replace(RelationshipState.initial(4, 3, AT), affinity=-1_000_000, bond=-1_000_000, trust=0)
    for kind, base in ((InteractionKind.CHAT, -0.2), (InteractionKind.CONFLICT, -0.4)):
        tie = hostile if kind is InteractionKind.CHAT else replace(hostile, affinity=1_000_000, bond=1_000_000, trust=1_000_000)
        act = decide(
            ECOSYSTEM, MARIUS, COSETTE, (None, tie), PairHistory(has_recent_quarrel=kind is InteractionKind.CHAT), kind, at=AT
        )
        assert not act.accepted
        assert act.initiator_valence == round((base + 0.25 + spark(MARIUS, COSETTE)) * 1e6)
        assert act.initiator.energy == round((1 - STORY.rule(kind).cost) * 1e6)
        assert act.effects[0].after.contact == 1_000_000


def test_it_is_accepted_if_the_draw_is_below_the_chance() -> None:
    acts = [
        decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(interaction_count=n), InteractionKind.DEBATE, at=60.0 * n)
        for n in range(400)
    ]
    assert all(act.accepted == (act.drawn < act.chance) for act in acts if act.drawn is not None)
    assert {act.accepted for act in acts} == {True, False}


def test_the_keys_of_the_draw_are_the_minute_both_numbers_and_the_interaction_count() -> None:
    def draw(initiator: CharacterState, responder: CharacterState, history: PairHistory, at: float) -> int | None:
        return decide(ECOSYSTEM, initiator, responder, NEW, history, InteractionKind.CHAT, at=at).drawn

    assert draw(MARIUS, COSETTE, PairHistory(interaction_count=5), AT + 59.9) == round(drawn(MARIUS, COSETTE, count=5) * 1e6)
    assert draw(COSETTE, MARIUS, PairHistory(), AT + 60) == round(drawn(COSETTE, MARIUS, at=AT + 60) * 1e6)


def test_traits_mood_and_spark_determine_the_valence_of_each_direction() -> None:
    valjean, javert = replace(VALJEAN, mood=300_000), replace(JAVERT, mood=-900_000)
    act = decide(ECOSYSTEM, valjean, javert, NEW, PairHistory(), InteractionKind.COLLABORATION, at=0.0)
    base, alike = (0.6 if act.accepted else -0.3), 0.4 / 3
    # x of Valjean: E -.4, A +.6; of Javert: E 0, A -.8.
    forward = base + 0.25 * (alike + 0.25 * -0.4 + 0.25 * -0.8) + 0.3 * 0.3 + spark(VALJEAN, JAVERT)
    back = base + 0.25 * (alike + 0.25 * 0.0 + 0.25 * 0.6) + 0.3 * -0.9 + spark(JAVERT, VALJEAN)
    assert act.initiator_valence == pytest.approx(forward * 1e6, abs=1)
    assert act.responder_valence == pytest.approx(back * 1e6, abs=1)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_valence_stays_between_minus_1_and_1(sign: int) -> None:
    extreme = Traits(500_000, 500_000, 1_000_000 if sign > 0 else 0, 1_000_000 if sign > 0 else 0, 500_000)
    opposite = Traits(0, 0, 0, 0, 0) if sign < 0 else extreme
    one = replace(MARIUS, traits=extreme, mood=sign * 1_000_000)
    other = replace(COSETTE, traits=opposite, mood=sign * 1_000_000)
    predicted = forecast(
        EcosystemRules(STORY, "7"),
        one,
        other,
        NEW,
        PairHistory(),
        InteractionKind.EMOTIONAL_SUPPORT if sign > 0 else InteractionKind.CONFLICT,
        at=0.0,
    )
    act = decide(
        EcosystemRules(STORY, "7"),
        one,
        other,
        NEW,
        PairHistory(),
        InteractionKind.EMOTIONAL_SUPPORT if sign > 0 else InteractionKind.CONFLICT,
        at=0.0,
    )
    assert predicted.if_accepted[0].after.affinity == (240_000 if sign > 0 else -round(0.3 * 1.5 * 1e6))
    assert abs(act.initiator_valence) <= 1_000_000


def test_losses_weigh_by_the_neuroticism_of_the_character_that_has_the_feelings() -> None:
    nervous, calm = replace(MARIUS, traits=Traits(neuroticism=1_000_000)), replace(COSETTE, traits=Traits(neuroticism=0))
    act = decide(ECOSYSTEM, nervous, calm, NEW, PairHistory(), InteractionKind.CONFLICT, at=1000 * DAY)
    forward, back = (effect.after.affinity for effect in act.effects)
    assert forward == pytest.approx(1.875 * 0.3 * act.initiator_valence, abs=2)
    assert back == pytest.approx(1.125 * 0.3 * act.responder_valence, abs=2)


@pytest.mark.parametrize("repeats", [0, 1, 4])
def test_the_nth_interaction_of_a_kind_within_a_day_counts_1_over_n(repeats: int) -> None:
    act = decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(9, repeats), InteractionKind.CHAT, at=AT)
    assert act.effects[0].after.familiarity == round(80_000 / (repeats + 1))
    assert act.effects[1].after.affinity == pytest.approx(0.12 * act.responder_valence / (repeats + 1), abs=1)
    assert act.effects[0].after.contact == 1_000_000


def test_a_recent_conflict_lowers_the_chance_of_its_initiator() -> None:
    act = decide(ECOSYSTEM, MARIUS, COSETTE, NEW, PairHistory(has_recent_quarrel=True), InteractionKind.CHAT, at=AT)
    assert act.chance == round(1e6 / (1 + exp(-(0.5 + 0.09 - 0.5) / 0.25)))
    assert act.reasons[-1].rule == "recent quarrel"


def test_acceptance_depends_on_the_current_feelings_of_the_responder() -> None:
    back = replace(RelationshipState.initial(4, 3, 0.0), affinity=800_000, bond=800_000, trust=500_000)
    forward = replace(RelationshipState.initial(3, 4, 0.0), affinity=-900_000, bond=-900_000, trust=0)
    act = decide(ECOSYSTEM, MARIUS, COSETTE, (forward, back), PairHistory(), InteractionKind.CHAT, at=180 * DAY)
    assert act.chance == pytest.approx(1e6 / (1 + exp(-(0.5 + 0.6 * 0.4 + 0.15) / 0.25)), abs=1)


def test_relationships_drift_to_the_instant_then_change_and_get_a_new_stage() -> None:
    forward = RelationshipState(3, 4, 290_000, 310_000, 500_000, 700_000, 3_000_000, Stage.STRANGER, 0.0, 7)
    act = decide(ECOSYSTEM, MARIUS, COSETTE, (forward, None), PairHistory(), InteractionKind.CHAT, at=HOUR)
    effect = act.effects[0]
    assert effect.stored == forward
    assert effect.before == forward.with_drift(forward.feelings_at(STORY, HOUR), HOUR)
    assert (effect.before.version, effect.after.version) == (7, 8)
    assert (effect.before.stage, effect.after.stage) == (Stage.STRANGER, Stage.FRIEND)
    assert effect.after.contact == pytest.approx(effect.before.contact + 1_000_000, abs=1)
    assert act.stage_changes == (effect,)


def test_an_interaction_at_an_earlier_instant_keeps_the_later_states() -> None:
    tie = RelationshipState(3, 4, 290_000, 310_000, 500_000, 700_000, 3_000_000, Stage.FRIEND, 500.0, 7)
    marius = replace(MARIUS, energy=500_000, felt_at=600.0)
    act = decide(ECOSYSTEM, marius, COSETTE, (tie, None), PairHistory(), InteractionKind.CHAT, at=100.0)
    assert act.effects[0].before == tie
    assert act.effects[0].after.felt_at == 500.0
    assert (act.initiator.felt_at, act.initiator.energy) == (600.0, 440_000)
    assert (act.responder.felt_at, act.effects[1].after.felt_at) == (100.0, 100.0)
    assert act.at == 100.0


def refused(act: Callable[..., object], *args: object, **kwargs: object) -> Exception:
    with pytest.raises((Invalid, Inactive, TooTired)) as refusal:
        act(*args, **kwargs)
    return refusal.value


@pytest.mark.parametrize("ask", [decide, forecast])
def test_a_character_cannot_interact_with_itself(ask: Callable[..., object]) -> None:
    refusal = refused(ask, ECOSYSTEM, MARIUS, MARIUS, NEW, PairHistory(), InteractionKind.CHAT, at=AT)
    because = "A character cannot interact with itself; choose another character."
    assert refusal == Invalid(because, (Problem(("responderId",), because),))


@pytest.mark.parametrize("ask", [decide, forecast])
def test_inactive_characters_cannot_interact(ask: Callable[..., object]) -> None:
    inactive, away = replace(MARIUS, is_active=False), replace(COSETTE, is_active=False)
    explanation = "Marius is not active; make Marius active first, or choose another."
    assert refused(ask, ECOSYSTEM, inactive, away, NEW, PairHistory(), InteractionKind.CHAT, at=AT) == Inactive(explanation, 3)
    assert refused(ask, ECOSYSTEM, COSETTE, inactive, NEW, PairHistory(), InteractionKind.CHAT, at=AT) == Inactive(
        explanation, 3
    )


@pytest.mark.parametrize("ask", [decide, forecast])
def test_a_script_has_only_the_kind_chat(ask: Callable[..., object]) -> None:
    refusal = refused(ask, EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.DEBATE, at=AT)
    assert isinstance(refusal, Invalid)
    assert refusal.problems[0].path == ("kind",)


def test_a_refusal_for_tiredness_has_the_instant_of_rest() -> None:
    tired = replace(MARIUS, energy=100_000, felt_at=AT)
    refusal = refused(decide, ECOSYSTEM, tired, COSETTE, NEW, PairHistory(), InteractionKind.CONFLICT, at=AT)
    rested = AT + 8 * HOUR * log2(0.9 / 0.8)
    assert refusal == TooTired("Marius is too tired for this now; try again when Marius is rested.", 3, pytest.approx(rested))
    assert isinstance(refusal, TooTired)
    assert (
        decide(
            ECOSYSTEM, tired, COSETTE, NEW, PairHistory(), InteractionKind.CONFLICT, at=refusal.rested_world_seconds
        ).initiator.energy
        == 0
    )


def test_the_responder_needs_four_fifths_of_the_cost_and_is_checked_second() -> None:
    tired, weary = replace(MARIUS, energy=159_999, felt_at=AT), replace(COSETTE, energy=0, felt_at=AT)
    refusal = refused(decide, ECOSYSTEM, COSETTE, tired, NEW, PairHistory(), InteractionKind.CONFLICT, at=AT)
    assert isinstance(refusal, TooTired)
    assert (refusal.number, refusal.rested_world_seconds) == (3, pytest.approx(AT + 8 * HOUR * log2(0.840001 / 0.84)))
    both = refused(decide, ECOSYSTEM, tired, weary, NEW, PairHistory(), InteractionKind.CONFLICT, at=AT)
    assert isinstance(both, TooTired)
    assert both.number == 3
    assert (
        decide(
            ECOSYSTEM, COSETTE, replace(tired, energy=160_000), NEW, PairHistory(), InteractionKind.CONFLICT, at=AT
        ).responder.energy
        == 0
    )


def test_a_forecast_has_the_chance_and_both_outcomes_but_not_the_draw() -> None:
    back = RelationshipState(4, 3, 290_000, 310_000, 500_000, 700_000, 3_000_000, Stage.FRIEND, 0.0, 7)
    history = PairHistory(12, 1, has_recent_quarrel=True)
    predicted = forecast(ECOSYSTEM, MARIUS, COSETTE, (None, back), history, InteractionKind.CHAT, at=AT)
    act = decide(ECOSYSTEM, MARIUS, COSETTE, (None, back), history, InteractionKind.CHAT, at=AT)

    assert (predicted.cost, predicted.rested_world_seconds) == (0.06, None)
    assert (predicted.chance, predicted.reasons) == (act.chance, act.reasons)
    assert act.effects == (predicted.if_accepted if act.accepted else predicted.if_declined)
    assert predicted.if_accepted[0].after.affinity > predicted.if_declined[0].after.affinity
    assert not hasattr(predicted, "drawn")


def test_a_forecast_is_not_refused_for_tiredness_and_has_the_instant_of_rest() -> None:
    tired, weary = replace(MARIUS, energy=100_000, felt_at=AT), replace(COSETTE, energy=0, felt_at=AT)

    def rested(initiator: CharacterState, responder: CharacterState) -> Forecast:
        return forecast(ECOSYSTEM, initiator, responder, NEW, PairHistory(), InteractionKind.CONFLICT, at=AT)

    alone, both = AT + 8 * HOUR * log2(0.9 / 0.8), AT + 8 * HOUR * log2(1 / 0.84)
    assert rested(tired, COSETTE).rested_world_seconds == pytest.approx(alone)
    assert rested(MARIUS, weary).rested_world_seconds == pytest.approx(both)
    assert rested(tired, weary).rested_world_seconds == pytest.approx(both)
    assert rested(tired, COSETTE).cost == 0.2


def test_in_a_script_an_interaction_is_accepted_without_a_draw() -> None:
    world = EcosystemRules(SCRIPT, "1")
    forward = RelationshipState(3, 4, 0, 0, 300_000, 0, 0, Stage.STRANGER, AT, 4)
    act = decide(
        world,
        replace(MARIUS, energy=0, felt_at=AT),
        COSETTE,
        (forward, None),
        PairHistory(9, 9, True),
        InteractionKind.CHAT,
        at=AT,
    )
    assert (act.accepted, act.chance, act.drawn, act.reasons) == (True, 1_000_000, None, ())
    assert (act.initiator_valence, act.responder_valence) == (400_000, 200_000)
    assert (act.initiator.energy, act.responder.energy) == (0, 1_000_000)
    assert (act.initiator.mood, act.responder.mood) == (120_000, 60_000)
    assert [effect.after.affinity for effect in act.effects] == [96_000, 48_000]
    assert [effect.after.familiarity for effect in act.effects] == [160_000, 160_000]


def test_a_forecast_of_a_script_is_certain() -> None:
    predicted = forecast(EcosystemRules(SCRIPT, "1"), MARIUS, COSETTE, NEW, PairHistory(), InteractionKind.CHAT, at=AT)
    assert (predicted.cost, predicted.chance, predicted.reasons, predicted.rested_world_seconds) == (0.0, 1_000_000, (), None)
    assert [effect.after.affinity for effect in predicted.if_accepted] == [96_000, 48_000]
    assert [effect.after.affinity for effect in predicted.if_declined] == [-72_000, -36_000]


pairs = st.tuples(people(1), people(2))
histories = st.builds(PairHistory, st.integers(0, 50), st.integers(0, 5), st.booleans())


@given(rule_sets, pairs, ties(1, 2) | st.none(), ties(2, 1) | st.none(), histories, kinds, elapsed)
def test_after_any_interaction_all_values_are_within_their_bounds_and_add_up(
    rules: RuleSet,
    pair: tuple[CharacterState, CharacterState],
    forward: RelationshipState | None,
    back: RelationshipState | None,
    history: PairHistory,
    kind: InteractionKind,
    at: float,
) -> None:
    world = EcosystemRules(rules, "7")
    rested = forecast(world, *pair, (forward, back), history, kind, at=at).rested_world_seconds
    at = at if rested is None else rested
    act = decide(world, *pair, (forward, back), history, kind, at=at)
    assert act == decide(world, *pair, (forward, back), history, kind, at=at)
    for person in (act.initiator, act.responder):
        assert 0 <= person.energy <= 1_000_000
        assert -1_000_000 <= person.mood <= 1_000_000
    for effect in act.effects:
        assert_within_bounds(effect.after)
        assert_adds_up(effect)


def assert_within_bounds(tie: RelationshipState) -> None:
    assert -1_000_000 <= tie.affinity <= 1_000_000
    assert -1_000_000 <= tie.bond <= 1_000_000
    assert 0 <= tie.trust <= 1_000_000
    assert 0 <= tie.familiarity <= 1_000_000
    assert tie.contact >= 1_000_000


def assert_adds_up(effect: Effect) -> None:
    """An interaction keeps the bond, adds 1 to contact and raises familiarity; `before` and `after` are of the same instant."""
    assert effect.before.felt_at == effect.after.felt_at >= effect.stored.felt_at
    assert effect.before.bond == effect.after.bond
    assert effect.after.contact - effect.before.contact == pytest.approx(1_000_000, abs=1)
    assert effect.after.familiarity >= effect.before.familiarity


Turn = tuple[int, int, InteractionKind, float]
"""Initiator, responder, kind, world time."""


@st.composite
def turns_of(draw: st.DrawFn, one: CharacterState, other: CharacterState) -> list[Turn]:
    begins, hours = st.sampled_from([(one.number, other.number), (other.number, one.number)]), st.floats(0, 50)
    at, turns = 0.0, []
    for _ in range(draw(st.integers(0, 5))):
        at += HOUR * draw(hours)
        turns.append((*draw(begins), draw(kinds), at))
    return turns


def run_turns(turns: Sequence[Turn]) -> tuple[dict[int, CharacterState], dict[tuple[int, int], RelationshipState]]:
    """The final states; interactions of tired characters are skipped."""
    cast = {person.number: person for person in (VALJEAN, JAVERT, MARIUS, COSETTE)}
    kept: dict[tuple[int, int], RelationshipState] = {}
    met = Counter[frozenset[int]]()
    for one, other, kind, at in turns:
        pair = frozenset((one, other))
        try:
            act = decide(
                ECOSYSTEM,
                cast[one],
                cast[other],
                (kept.get((one, other)), kept.get((other, one))),
                PairHistory(met[pair]),
                kind,
                at=at,
            )
        except TooTired:
            continue
        met[pair] += 1
        cast |= {one: act.initiator, other: act.responder}
        kept |= {(effect.from_number, effect.to_number): effect.after for effect in act.effects}
    return cast, kept


@given(turns_of(VALJEAN, JAVERT), turns_of(MARIUS, COSETTE), st.data())
def test_interactions_of_disjoint_pairs_commute(one: list[Turn], other: list[Turn], data: st.DataObject) -> None:
    queues = [list(one), list(other)]
    whose = data.draw(st.permutations([0] * len(one) + [1] * len(other)))
    assert run_turns([queues[pair].pop(0) for pair in whose]) == run_turns(one + other)
