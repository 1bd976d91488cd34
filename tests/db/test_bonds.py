"""Drift in SQL equals that of the domain, so that order and filters agree with the shown bonds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.relationships import RelationshipState
from domain.rule_sets import RULE_SETS, RuleSet
from tests.world import World

FEELING = st.integers(-1_000_000, 1_000_000)
ELAPSED = st.one_of(st.floats(0, 1e18), st.floats(-1e6, 0), st.sampled_from([5e-324, 1e-308, 1e-9, 1e10, 1e300]))
CASES = st.lists(st.tuples(FEELING, FEELING, ELAPSED, st.sampled_from(sorted(RULE_SETS))), min_size=1, max_size=200)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES)
async def test_bond_at_equals_the_closed_form_of_the_domain(sample: World, cases: list[tuple[int, int, float, str]]) -> None:
    rules = [RULE_SETS[name] for *_, name in cases]
    rows = await sample.rows(
        "SELECT bond_at(c.affinity, c.bond, c.elapsed, c.a, c.b, c.n) FROM unnest($1::int[], $2::int[], $3::float8[], "
        "$4::float8[], $5::float8[], $6::float8[]) WITH ORDINALITY AS c(affinity, bond, elapsed, a, b, n, nth) ORDER BY nth",
        [case[0] for case in cases], [case[1] for case in cases], [case[2] for case in cases],
        [rule.affinity_half_life for rule in rules], [rule.bond_half_life for rule in rules],
        [rule.neglect_half_life for rule in rules],
    )  # fmt: skip
    for (affinity, bond, elapsed, name), row in zip(cases, rows, strict=True):
        assert row[0] == pytest.approx(bond_of(affinity, bond, elapsed, RULE_SETS[name]), abs=1e-9)


def bond_of(affinity: int, bond: int, elapsed: float, rules: RuleSet) -> float:
    begun = RelationshipState.initial(1, 2, 0.0)
    tie = RelationshipState(1, 2, affinity, bond, begun.trust, 0, 0, begun.stage, 0.0, 1)
    return tie.feelings_at(rules, elapsed).bond


async def test_the_views_use_the_rates_of_the_rule_sets(sample: World) -> None:
    rows = await sample.rows("SELECT rule_set, affinity_half_life, bond_half_life, neglect_half_life FROM rule_set_rates")
    assert {row[0]: tuple(row)[1:] for row in rows} == {
        name: (rules.affinity_half_life, rules.bond_half_life, rules.neglect_half_life) for name, rules in RULE_SETS.items()
    }
