"""Named characters for the tests of the rules, and hypothesis strategies for characters, relationships and rules."""

from hypothesis import strategies as st

from domain.characters import CharacterState, Traits, new_character
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import REALISTIC, STORY, InteractionKind, RuleSet

HOUR = 3600.0
DAY = 86_400.0

VALJEAN = new_character(1, "Valjean", Traits(600_000, 900_000, 300_000, 800_000, 400_000), 0.0)
JAVERT = new_character(2, "Javert", Traits(200_000, 1_000_000, 500_000, 100_000, 700_000), 0.0)
MARIUS = new_character(3, "Marius", Traits(), 0.0)
COSETTE = new_character(4, "Cosette", Traits(), 0.0)

shares = st.integers(0, 1_000_000)
signed = st.integers(-1_000_000, 1_000_000)
valences = st.floats(-1, 1)
elapsed = st.floats(0, 3_000 * DAY)
kinds = st.sampled_from(InteractionKind)
rule_sets: st.SearchStrategy[RuleSet] = st.sampled_from([STORY, REALISTIC])
traits = st.builds(Traits, shares, shares, shares, shares, shares)
stages = st.sampled_from(Stage)


def people(number: int) -> st.SearchStrategy[CharacterState]:
    return st.builds(
        CharacterState, st.just(number), st.just(f"No. {number}"), traits, shares, signed, st.just(0.0), st.just(True)
    )


def ties(from_number: int = 1, to_number: int = 2) -> st.SearchStrategy[RelationshipState]:
    return st.builds(
        RelationshipState,
        from_number=st.just(from_number),
        to_number=st.just(to_number),
        affinity=signed,
        bond=signed,
        trust=shares,
        familiarity=shares,
        contact=st.integers(0, 10**9),
        stage=stages,
        felt_at=st.just(0.0),
        version=st.integers(1, 10**6),
    )
