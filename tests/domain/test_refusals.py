"""Every refusal has data and one sentence that says what to do."""

import pytest

from domain import refusals
from domain.refusals import Invalid, Problem, Refusal

KINDS = [
    kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.__name__ != "NotAllowed" and kind.__name__ != "TooManyTries"])
def test_a_refusal_has_an_explanation_in_one_sentence(kind: type[Refusal]) -> None:
    explanation = kind().explanation
    assert explanation[0].isupper()
    assert explanation.endswith(".")


def test_an_invalid_input_has_the_path_and_the_reason() -> None:
    refusal = Invalid.at("traits", "openness", because="It is above 1.")
    assert refusal.explanation == "It is above 1."
    assert refusal.problems == (Problem(("traits", "openness"), "It is above 1."),)


def test_a_refusal_can_be_raised_and_caught() -> None:
    with pytest.raises(Refusal) as caught:
        raise refusals.TooTired("Marius is too tired.", 3, 60.0)
    assert caught.value == refusals.TooTired("Marius is too tired.", 3, 60.0)
