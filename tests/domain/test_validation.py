"""Text input has limits, and is searched without case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Invalid, Problem
from domain.validation import NAME_LENGTH_MAX, ValidationErrors, casefold_for_search

EMPTY = "It is empty; enter at least one visible character."
BREAKS = "It contains a line break or another control character; remove it."
CONTROL = "It contains a control character (such as NUL); remove it."
HALF = "It contains half of a surrogate pair, which is not a character; remove it."


def checked_line(text: str, longest: int = NAME_LENGTH_MAX) -> tuple[str, list[str]]:
    problems = ValidationErrors()
    kept = problems.check_line(text, "name", longest=longest)
    assert all(problem.path == ("name",) for problem in problems.problems)
    return kept, [problem.explanation for problem in problems.problems]


def checked_text(text: str, longest: int = 10) -> tuple[str, list[str]]:
    problems = ValidationErrors()
    kept = problems.check_text(text, "input", "content", longest=longest)
    assert all(problem.path == ("input", "content") for problem in problems.problems)
    return kept, [problem.explanation for problem in problems.problems]


@pytest.mark.parametrize("text", ["Valjean", "Jean Valjean", "Éponine", "冉·阿让", "ז׳אן ולז׳אן", "🎭👩‍👩‍👧", "O'Neill"])
def test_a_name_in_any_script_is_unchanged(text: str) -> None:
    assert checked_line(text) == (text, [])


def test_a_line_is_trimmed() -> None:
    assert checked_line(" \n Valjean\t ") == ("Valjean", [])


@pytest.mark.parametrize(
    ("text", "explanations"),
    [
        ("", [EMPTY]),
        (" \t\n", [EMPTY]),
        ("Val\njean", [BREAKS]),
        ("Val\0jean", [BREAKS]),
        ("Val\x7fjean", [BREAKS]),
        ("Val\ud800jean", [HALF]),
    ],
)
def test_a_line_that_is_empty_or_has_control_characters_is_refused(text: str, explanations: list[str]) -> None:
    assert checked_line(text)[1] == explanations


def test_a_line_has_a_maximum_length() -> None:
    assert checked_line("x" * 200)[1] == []
    assert checked_line("x" * 201)[1] == ["It has 201 characters; at most 200 are allowed."]
    assert checked_line("x" * 12_345, longest=1_000)[1] == ["It has 12,345 characters; at most 1,000 are allowed."]


def test_text_may_be_empty_and_have_several_lines() -> None:
    assert checked_text("") == ("", [])
    assert checked_text(" a\r\n\tb ") == (" a\r\n\tb ", [])


@pytest.mark.parametrize(
    ("text", "explanations"),
    [
        ("a\0b", [CONTROL]),
        ("a\x1bb", [CONTROL]),
        ("a\udfffb", [HALF]),
        ("x" * 10, []),
        ("x" * 11, ["It has 11 characters; at most 10 are allowed."]),
        ("\0" * 11 + "\ud800", [CONTROL, "It has 12 characters; at most 10 are allowed.", HALF]),
    ],
)
def test_text_may_not_have_control_characters_and_has_a_maximum_length(text: str, explanations: list[str]) -> None:
    assert checked_text(text)[1] == explanations


def test_text_has_at_most_ten_thousand_characters_by_default() -> None:
    problems = ValidationErrors()
    problems.check_text("x" * 10_000, "description")
    problems.raise_if_any()
    problems.check_text("x" * 10_001, "description")
    assert len(problems.problems) == 1


def test_all_problems_are_raised_together_and_the_first_is_the_explanation() -> None:
    problems = ValidationErrors()
    problems.check_line("", "name")
    problems.add("traits", "openness", because="It is above 1.")
    with pytest.raises(Invalid) as refused:
        problems.raise_if_any()
    found = (Problem(("name",), EMPTY), Problem(("traits", "openness"), "It is above 1."))
    assert refused.value == Invalid(EMPTY, found)


def test_without_problems_nothing_is_raised() -> None:
    problems = ValidationErrors()
    problems.check_line("Valjean", "name")
    problems.check_text("", "description")
    problems.raise_if_any()
    assert problems.problems == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Éponine", "eponine"),
        ("  Jean \t VALJEAN\n", "jean valjean"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("℠", "sm"),
        ("Σίσυφος", "σισυφοσ"),
        ("한글", "한글"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_and_accents(text: str, form: str) -> None:
    assert casefold_for_search(text) == form


@given(st.text())
def test_casefolding_twice_equals_casefolding_once(text: str) -> None:
    assert casefold_for_search(casefold_for_search(text)) == casefold_for_search(text)
