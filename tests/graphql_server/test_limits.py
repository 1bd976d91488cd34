"""Limits: what one request may ask for, and that counting it takes time linear in the document."""

import re
from dataclasses import fields
from typing import Any

import pytest
import strawberry
from graphql import FragmentDefinitionNode, OperationDefinitionNode, get_introspection_query, parse

from graphql_server import limits
from graphql_server.cost import CostAnalysis
from graphql_server.documents import DocumentCache
from graphql_server.errors import RequestError
from graphql_server.limits import Limits


@strawberry.type
class Thing:
    name: str

    @strawberry.field
    def thing(self) -> "Thing":
        return self

    @strawberry.field
    def things(self, first: int | None = None, last: int | None = None) -> list["Thing"]:
        return [self] * (first or last or 0)

    @strawberry.field
    def network(self) -> str:
        return ""


@strawberry.type
class Query:
    @strawberry.field
    def thing(self) -> Thing:
        return Thing(name="root")

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Thing]:
        return [Thing(name=each) for each in ids]


schema = strawberry.Schema(Query)


def refusal(query: str, variables: dict[str, Any] | None = None, **maxima: Any) -> dict[str, Any] | None:
    """The extensions of the limit's error; None where the query may run."""
    try:
        DocumentCache(schema, Limits(field_costs={"network": 5_000}, **maxima)).get(query).get_operation(None).check_size(
            variables or {}
        )
    except RequestError as error:
        return error.errors[0].extensions
    return None


@pytest.mark.parametrize(
    ("limit", "maximum", "within", "beyond"),
    [
        ("tokens", 6, "{thing{name}}", "{thing{name name}}"),
        ("depth", 2, "{thing{name}}", "{thing{thing{name}}}"),
        (
            "depth",
            2,
            "{...A} fragment A on Query{thing{...B}} fragment B on Thing{name}",
            "{thing{...B}} fragment B on Thing{thing{name}}",
        ),
        ("aliases", 1, "{a:thing{name}}", "{a:thing{b:name}}"),
        ("aliases", 1, "{thing{...A}} fragment A on Thing{a:name}", "{thing{...A thing{...A}}} fragment A on Thing{a:name}"),
        ("root_fields", 2, "{thing{name} b:thing{name}}", "{...A ...A c:__typename} fragment A on Query{thing{name}}"),
        ("directives", 1, "{thing@skip(if:false){name}}", "{thing@skip(if:false){name@skip(if:false)}}"),
        (
            "directives",
            1,
            "{...@skip(if:false){thing{name}}}",
            "{...A@skip(if:false) ...A@skip(if:false)} fragment A on Query{thing{name}}",
        ),
        ("comparisons", 100, "{thing{name name}}", "{" + "thing{thing{name}}" * 20 + "}"),
        ("objects", 4, "{thing{things(first:2){thing{name}}}}", "{thing{things(first:2){thing{thing{name}}}}}"),
        ("objects", 9, "{thing{things(last:7){name}}}", "{thing{things(first:2){things(first:3){name thing{name}}}}}"),
        ("objects", 3, '{nodes(ids:["1","2"]){name thing{name}}}', '{nodes(ids:["1","2","3"]){thing{name}}}'),
        ("objects", 5_001, "{thing{network}}", "{thing{things(first:2){network}}}"),
    ],
)
def test_a_limit_is_kept_and_named(limit: str, maximum: int, within: str, beyond: str) -> None:
    assert refusal(within, **{limit: maximum}) is None
    assert refusal(beyond, **{limit: maximum}) == {"code": "LIMIT_EXCEEDED", "limit": limit, "maximum": maximum}


@pytest.mark.parametrize(
    ("query", "variables", "is_refused"),
    [
        ("query($n: Int!) {thing{things(first:$n){thing{name}}}}", {"n": 4}, False),
        ("query($n: Int!) {thing{things(first:$n){thing{name}}}}", {"n": 10}, True),
        ("query($n: Int = 10) {thing{things(first:$n){thing{name}}}}", {}, True),
        ("query($n: Int = 10) {thing{things(first:$n){thing{name}}}}", {"n": 1}, False),
        ("query($n: Int) {thing{things(first:$n){thing{name}}}}", {"n": None}, False),
        ("query($n: Int) {thing{things(first:$n){thing{name}}}}", {"n": "no number"}, False),
        ("query($n: Int) {thing{things(first:$n){thing{name}}}}", {"n": -1}, False),
        ("query($ids: [ID!]!) {nodes(ids:$ids){thing{name}}}", {"ids": ["1"] * 20}, True),
        ("query($n: Int!) {...A} fragment A on Query{thing{things(first:$n){thing{name}}}}", {"n": 10}, True),
    ],
)
def test_the_sizes_of_lists_may_come_from_variables(query: str, variables: dict[str, Any], is_refused: bool) -> None:
    assert (refusal(query, variables, objects=10) is not None) is is_refused


def test_sizes_that_were_measured_are_not_measured_again_and_not_kept_without_end() -> None:
    operation = DocumentCache(schema).get("query($n: Int!) {thing{things(first:$n){name}}}").get_operation(None)
    for number in range(500):
        operation.check_size({"n": number})
        operation.check_size({"n": number})
    assert len(operation._size_errors) <= 101


def test_introspection_is_within_the_limits() -> None:
    assert refusal(get_introspection_query(specified_by_url=True, input_value_deprecation=True)) is None


@pytest.mark.parametrize("depth", [10, 20, 40, 80])
def test_nested_spreads_are_counted_each_once(depth: int) -> None:
    """Expanded they are two to the power of `depth` fields."""
    links = [
        f"fragment F{each} on Thing {{ a: thing {{ ...F{each + 1} }} b: thing {{ ...F{each + 1} }} }}" for each in range(depth)
    ]
    text = f"{{ thing {{ ...F0 }} }} {' '.join(links)} fragment F{depth} on Thing {{ name }}"
    assert (refusal(text) or {})["code"] == "LIMIT_EXCEEDED"
    counted = _counting(text)
    counted.measure(next(each for each in counted.document.definitions if isinstance(each, OperationDefinitionNode)))
    assert counted.visits == depth * 2 + 1 + 1


class _counting(CostAnalysis):  # noqa: N801
    """Counts the fields that are measured."""

    def __init__(self, text: str) -> None:
        self.document = parse(text)
        self.visits = 0
        super().__init__(self.document, Limits(), {})

    def _measure_field(self, node: Any, directives: int) -> Any:
        self.visits += 1
        return super()._measure_field(node, directives)


def test_a_chain_of_fragments_longer_than_the_stack_is_too_deep() -> None:
    links = [f"fragment F{each} on Thing {{ ...F{each + 1} }}" for each in range(600)]
    text = f"{{ thing {{ ...F0 }} }} {' '.join(links)} fragment F600 on Thing {{ name }}"
    assert (refusal(text, tokens=10_000) or {})["limit"] == "depth"


@pytest.mark.parametrize("text", ["{ thing { ...A } } fragment A on Thing { thing { ...A } }", "{ thing { ...Unknown } }"])
def test_an_invalid_document_is_rejected_by_validation(text: str) -> None:
    assert (refusal(text) or {})["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert not isinstance(parse(text).definitions[0], FragmentDefinitionNode)


def test_the_table_names_every_limit_and_its_maximum() -> None:
    rows = re.findall(r"^\| (\w+) +\| .*? \| ([\d,]+) +\|$", limits.__doc__ or "", re.MULTILINE)
    maxima = {each.name: getattr(Limits(), each.name) for each in fields(Limits) if each.name != "field_costs"}
    assert {name: int(maximum.replace(",", "")) for name, maximum in rows} == maxima
