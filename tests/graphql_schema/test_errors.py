"""Errors: each has a stable code, and internal details are not sent."""

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
async def test_every_request_error_has_a_code(sample: World, document: str, code: str) -> None:
    answer = await sample.signed_out.execute(document)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}


async def test_a_refusal_in_a_query_is_an_error_with_its_path_and_problems(sample: World) -> None:
    answer = await sample.signed_out.execute("{ ecosystems(first: 200) { edges { cursor } } }")
    [error] = answer["errors"]
    assert error["path"] == ["ecosystems"]
    assert error["extensions"]["code"] == "INVALID"
    assert error["extensions"]["problems"] == [{"path": ["first"], "explanation": error["message"]}]


async def test_an_internal_error_is_logged_with_an_id_and_only_the_id_is_sent(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: Any) -> Any:
        raise ZeroDivisionError("the password is night")

    monkeypatch.setitem(nodes._QUERIES, CharacterKey, broken)
    with caplog.at_level(logging.ERROR):
        failure = await world.signed_out.expect_error(CHARACTER, id=world.person_id(1))
    assert failure.code == "INTERNAL"
    assert "night" not in failure.message
    assert "night" in caplog.text


async def test_introspection_returns_the_whole_schema(sample: World) -> None:
    asked = await sample.signed_out.ask("{ __schema { types { name description } queryType { name } } }")
    assert len(asked["types"]) > 100


@pytest.mark.parametrize("abstract", ["Node", "Activity", "Refusal"])
async def test_an_interface_has_all_its_possible_types(sample: World, abstract: str) -> None:
    document = f'{{ __type(name: "{abstract}") {{ possibleTypes {{ name }} }} }}'
    assert len((await sample.signed_out.ask(document))["possibleTypes"]) >= 8
