"""Errors: each has a stable code; nothing inside leaks."""

import logging
from typing import Any

import pytest

from domain.keys import CharacterKey
from resolvers import nodes
from tests.world import World

CHARACTER = "query($id: ID!) { character(id: $id) { name } }"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($id: ID!) { character(id: $id) { name } }", "BAD_USER_INPUT"),
        ("{ character(id: []) { name } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ecosystems { edges { cursor } } }", "INVALID"),
        (
            'mutation { interact(input: {initiatorId: "a", responderId: "b", kind: HUG}) { __typename } }',
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("{ ecosystems(first: 1, filter: {visibility: SECRET}) { edges { cursor } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ecosystems(first: 2147483648) { edges { cursor } } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_is_wrong_with_a_request_has_a_code(sample: World, document: str, code: str) -> None:
    answer = await sample.signed_out.answer(document)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}


async def test_a_refusal_of_a_query_says_what_is_wrong_and_where(sample: World) -> None:
    answer = await sample.signed_out.answer("{ ecosystems(first: 200) { edges { cursor } } }")
    [error] = answer["errors"]
    assert error["path"] == ["ecosystems"]
    assert error["extensions"]["code"] == "INVALID"
    assert error["extensions"]["problems"] == [{"path": ["first"], "explanation": error["message"]}]


async def test_what_goes_wrong_inside_is_shown_as_an_id_and_logged_under_it(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any) -> Any:
        raise ZeroDivisionError("the password is night")

    monkeypatch.setitem(nodes._QUERIES, CharacterKey, broken)
    with caplog.at_level(logging.ERROR):
        failure = await world.signed_out.failed(CHARACTER, id=world.person_id(1))
    assert failure.code == "INTERNAL"
    assert "night" not in failure.message
    assert "night" in caplog.text


async def test_introspection_knows_the_whole_schema(sample: World) -> None:
    asked = await sample.signed_out.ask("{ __schema { types { name description } queryType { name } } }")
    assert len(asked["types"]) > 100


@pytest.mark.parametrize("abstract", ["Node", "Activity", "Refusal"])
async def test_interfaces_resolve_to_what_they_are(sample: World, abstract: str) -> None:
    document = f'{{ __type(name: "{abstract}") {{ possibleTypes {{ name }} }} }}'
    assert len((await sample.signed_out.ask(document))["possibleTypes"]) >= 8
