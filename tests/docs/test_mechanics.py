"""docs/mechanics.md: its tables and check values are those of the rules."""

import re

import pytest

from domain.chance import uniform
from domain.relationships import Stage, next_stage
from domain.rule_sets import REALISTIC, RULE_SETS, SCRIPT, STORY
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/mechanics.md").read_text()
STEP = 1


def rows(first_cell: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    table = re.search(rf"^\| {re.escape(first_cell)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table[1].splitlines()]


def test_the_table_of_kinds_is_that_of_the_story() -> None:
    listed = {kind: [float(number) for number in numbers] for kind, *numbers in rows("kind")}

    assert listed == {
        rule.kind.value: pytest.approx(
            [rule.affinity_rate / 2, rule.trust_rate / 2, rule.familiarity_rate / 2, rule.cost, rule.base_valence]
        )
        for rule in STORY.kinds
    }


def test_the_table_of_rule_sets_names_their_factors_and_half_lives() -> None:
    listed = {row[0].split("`")[1]: (float(row[2]), row[3]) for row in rows("rule set")}
    chat = {name: rules.rule(STORY.kinds[1].kind).affinity_rate / 0.06 for name, rules in RULE_SETS.items()}
    days = {name: f"{r.affinity_half_life / 86400:g} d, {r.bond_half_life / 86400:g} d" for name, r in RULE_SETS.items()}

    assert listed == {name: (pytest.approx(chat[name]), days[name]) for name in RULE_SETS}
    for rules in (STORY, REALISTIC, SCRIPT):
        rest = (rules.neglect_half_life, rules.familiarity_half_life, rules.contact_half_life)
        assert f"neglect {rest[0] / 86400:g} d, familiarity {rest[1] / 86400:g} d, contact {rest[2] / 86400:g} d" in PAGE


@pytest.mark.parametrize("row", rows("stage"), ids=lambda row: row[0])
def test_a_stage_is_entered_and_left_at_the_thresholds_of_the_table(row: list[str]) -> None:
    stage = Stage(row[0])
    if stage is Stage.STRANGER:
        assert next_stage(stage, 0, 0, 0) is stage
        return
    enter, stay = (_thresholds(text) for text in row[2:])

    assert next_stage(Stage.STRANGER, *enter.values()) is stage
    assert next_stage(stage, *stay.values()) is stage
    for name, value in {name: value for name, value in stay.items() if value}.items():
        beyond = {**stay, name: value - STEP if value > 0 else value + STEP}
        assert next_stage(stage, *beyond.values()) is not stage


def _thresholds(text: str) -> dict[str, int]:
    """`b >= 0.30, t, f >= 0.40` as bond, trust and familiarity in millionths."""
    found = {"b": 0, "t": 0, "f": 0}
    for names, number in re.findall(r"([btf](?:, [btf])*) [<>]= (-?[\d.]+)", text):
        found |= dict.fromkeys(names.split(", "), round(float(number) * 1_000_000))
    return found


def test_the_check_values_of_chance_are_those_of_the_hash() -> None:
    (values,) = re.findall(r"`42/eco1/7/accept/a/b/0`, `…/1` and `…/2` give ([\d.]+), ([\d.]+) and ([\d.]+)\.\n", PAGE)

    assert list(values) == [f"{uniform(42, 'eco1', 7, 'accept', 'a', 'b', n):.6f}" for n in range(3)]
