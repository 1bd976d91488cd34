"""The three rule sets are data; a rule set that could take feelings out of their bounds is refused."""

from dataclasses import replace

import pytest

from domain.refusals import Invalid, Problem
from domain.rule_sets import (
    REALISTIC,
    RULE_SETS,
    SCRIPT,
    STORY,
    InteractionKind,
    KindRule,
    Motive,
    RuleSet,
    by_name,
    scaled_kinds,
)
from tests.domain.cast import DAY

TABLE = {
    InteractionKind.GREETING: (0.04, 0.01, 0.02, 0.03, 0.3),
    InteractionKind.CHAT: (0.06, 0.02, 0.04, 0.06, 0.4),
    InteractionKind.DISCUSSION: (0.08, 0.03, 0.06, 0.10, 0.3),
    InteractionKind.DEBATE: (0.06, 0.02, 0.05, 0.14, -0.1),
    InteractionKind.COLLABORATION: (0.10, 0.05, 0.08, 0.12, 0.6),
    InteractionKind.EMOTIONAL_SUPPORT: (0.12, 0.04, 0.06, 0.12, 0.7),
    InteractionKind.CONFLICT: (0.15, 0.05, 0.03, 0.20, -0.8),
}


@pytest.mark.parametrize(("rules", "factor"), [(STORY, 2), (REALISTIC, 1.5)], ids=["story", "realistic"])
def test_story_and_realistic_have_all_kinds_with_their_own_factor(rules: RuleSet, factor: float) -> None:
    assert rules.kinds == scaled_kinds(factor)
    assert [rule.kind for rule in rules.kinds] == list(TABLE)
    for rule in rules.kinds:
        affinity, trust, familiarity, cost, base = TABLE[rule.kind]
        assert rule.affinity_rate == pytest.approx(factor * affinity)
        assert rule.trust_rate == pytest.approx(factor * trust)
        assert rule.familiarity_rate == pytest.approx(factor * familiarity)
        assert (rule.cost, rule.base_valence) == (cost, base)
        assert rules.rule(rule.kind) == rule


def test_script_has_only_chat_with_factor_4_and_cost_0() -> None:
    assert SCRIPT.kinds == (KindRule(InteractionKind.CHAT, 0.24, 0.08, 0.16, 0.0, 0.4),)
    assert SCRIPT.volitions == ()


@pytest.mark.parametrize(
    ("rules", "days"), [(STORY, (3, 5)), (REALISTIC, (3, 14)), (SCRIPT, (3, 2))], ids=lambda v: getattr(v, "name", None)
)
def test_each_rule_set_has_its_half_lives(rules: RuleSet, days: tuple[int, int]) -> None:
    assert (rules.affinity_half_life, rules.bond_half_life) == (days[0] * DAY, days[1] * DAY)
    assert (rules.neglect_half_life, rules.familiarity_half_life, rules.contact_half_life) == (180 * DAY, 120 * DAY, 14 * DAY)


def test_only_in_a_script_repeats_count_in_full_and_words_set_the_valence() -> None:
    assert [(r.name, r.repeats_fade, r.is_scripted, r.words_weight_max) for r in RULE_SETS.values()] == [
        ("story", True, False, 1.0),
        ("realistic", True, False, 1.0),
        ("script", False, True, 2.0),
    ]


def test_the_volition_rules_have_the_weights_of_the_mechanics() -> None:
    assert REALISTIC.volitions == STORY.volitions
    assert [(rule.name, rule.weight, rule.reverses_for_negative_kinds) for rule in STORY.volitions] == [
        (Motive.COMPATIBILITY, 0.5, True),
        (Motive.AFFINITY, 0.6, True),
        (Motive.TRUST, 0.3, True),
        (Motive.MOOD, 0.3, True),
        (Motive.RECENT_QUARREL, -0.5, True),
        (Motive.TIREDNESS, -0.4, False),
    ]


def test_every_rule_has_an_explanation_in_sentences() -> None:
    for rules in RULE_SETS.values():
        assert rules.version == 1
        assert rules.description.endswith(".")
        for rule in rules.volitions:
            sentences = [rule.description, rule.text_above_zero, *filter(None, [rule.text_below_zero])]
            assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)


def test_rule_sets_are_found_by_name() -> None:
    assert by_name("story") is STORY
    assert by_name("realistic") is REALISTIC
    assert by_name("script") is SCRIPT


def test_an_unknown_name_is_invalid_at_rule_set() -> None:
    with pytest.raises(Invalid) as refused:
        by_name("tragedy")
    because = "There is no such rule set; choose one of story, realistic, script."
    assert refused.value.problems == (Problem(("ruleSet",), because),)
    assert refused.value.explanation == because


def test_a_kind_that_is_not_in_the_rule_set_is_invalid_at_kind() -> None:
    with pytest.raises(Invalid) as refused:
        SCRIPT.rule(InteractionKind.DEBATE)
    assert refused.value.problems == (Problem(("kind",), "The rule set script does not have the kind debate; it has chat."),)
    with pytest.raises(Invalid, match="it has greeting, chat\\."):
        replace(STORY, kinds=STORY.kinds[:2]).rule(InteractionKind.CONFLICT)


def with_rule(words_weight_max: float = 1.0, **changed: float) -> RuleSet:
    rule = replace(KindRule(InteractionKind.CHAT, 0.1, 0.1, 0.1, 0.1, 0.4), **changed)
    return replace(STORY, kinds=(rule,), words_weight_max=words_weight_max)


@pytest.mark.parametrize(
    ("most", "too_much"),
    [
        ({"affinity_rate": 1 / 1.875}, {"affinity_rate": 0.534}),
        ({"trust_rate": 1 / 3}, {"trust_rate": 0.334}),
        ({"familiarity_rate": 1.0}, {"familiarity_rate": 1.001}),
        ({"affinity_rate": 0.5 / 1.875, "words_weight_max": 2.0}, {"affinity_rate": 0.267, "words_weight_max": 2.0}),
    ],
)
def test_rates_are_refused_if_feelings_could_leave_their_bounds(most: dict[str, float], too_much: dict[str, float]) -> None:
    assert with_rule(**most).rule(InteractionKind.CHAT).kind is InteractionKind.CHAT
    with pytest.raises(Invalid) as refused:
        with_rule(**too_much)
    assert refused.value.problems == (
        Problem(("kinds", "chat"), "The rates of chat would let feelings leave their bounds; lower them."),
    )


def test_a_cost_of_all_energy_is_refused() -> None:
    assert with_rule(cost=0.0).rule(InteractionKind.CHAT).cost == 0
    assert with_rule(cost=0.999).rule(InteractionKind.CHAT).cost == 0.999
    for cost in (-0.001, 1.0):
        with pytest.raises(Invalid) as refused:
            with_rule(cost=cost)
        assert refused.value.problems == (
            Problem(("kinds", "chat"), "chat must cost at least 0 and less than 1, the full energy."),
        )
