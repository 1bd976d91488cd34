"""Documents: read once, kept within bounds, and run as often as asked."""

from collections.abc import AsyncIterator

import pytest
import strawberry

from graphql_server import documents
from graphql_server.documents import DocumentCache
from graphql_server.errors import RequestError


@strawberry.type
class Query:
    @strawberry.field
    def sum(self, a: int, b: int = 1) -> int:
        return a + b

    @strawberry.field
    async def later(self) -> str:
        return "later"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def numbers(self, after: str | None = None, to: int = 2) -> AsyncIterator[int]:
        for number in range(int(after or 0), to):
            yield number


@pytest.fixture
def kept() -> DocumentCache:
    return DocumentCache(strawberry.Schema(Query, subscription=Subscription))


async def test_an_operation_runs_with_its_variables(kept: DocumentCache) -> None:
    operation = kept.get("query($a: Int!) { sum(a: $a) later }").get_operation(None)
    assert (await operation.execute(None, {"a": 1})).data == {"sum": 2, "later": "later"}
    assert (await operation.execute(None, {"a": 2})).data == {"sum": 3, "later": "later"}


def test_a_document_is_parsed_and_validated_once(kept: DocumentCache) -> None:
    assert kept.get("{ later }") is kept.get("{ later }")
    assert (kept.misses, kept.hits) == (1, 1)


def test_an_invalid_document_is_cached(kept: DocumentCache) -> None:
    for _ in range(2):
        with pytest.raises(RequestError) as refused:
            kept.get("{ nothing }")
        assert [error.extensions for error in refused.value.errors] == [{"code": "GRAPHQL_VALIDATION_FAILED"}]
    assert (kept.misses, kept.hits) == (1, 1)


def test_the_documents_used_last_are_kept(kept: DocumentCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CACHED_DOCUMENTS_MAX", 2)
    for text in ("{ a: later }", "{ b: later }", "{ a: later }", "{ c: later }", "{ a: later }"):
        kept.get(text)
    assert (kept.misses, kept.hits) == (3, 2)


def test_long_documents_are_kept_within_bounds(kept: DocumentCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "CACHED_CHARACTERS_MAX", 1_000)
    for number in range(20):
        kept.get(f"{{ a{number}: later }}" + " " * 400)
    assert len(kept._documents) == 2


@pytest.mark.parametrize("name", [None, "C"])
def test_one_of_several_operations_must_be_named(kept: DocumentCache, name: str | None) -> None:
    with pytest.raises(RequestError) as refused:
        kept.get("query A { later } query B { later }").get_operation(name)
    assert refused.value.errors[0].extensions == {"code": "OPERATION_RESOLUTION_FAILURE"}


def test_invalid_variables_are_a_request_error(kept: DocumentCache) -> None:
    with pytest.raises(RequestError) as refused:
        kept.get("query($a: Int!) { sum(a: $a) }").get_operation(None).build_executor(None, {"a": "x"})
    assert refused.value.errors[0].extensions == {"code": "BAD_USER_INPUT"}


async def test_a_subscription_resumes_after_a_given_cursor(kept: DocumentCache) -> None:
    operation = kept.get("subscription { numbers }").get_operation(None)
    executor = operation.build_executor(None)
    assert [event async for event in await operation.subscribe(executor)] == [0, 1]
    assert [event async for event in await operation.subscribe(executor, after="1")] == [1]
    assert (await operation.execute_event(executor, 7, None)).data == {"numbers": 7}


@pytest.mark.parametrize(
    ("query", "variables", "resumption"),
    [
        ("subscription { numbers }", {}, (None, {"to": 2}, {})),
        ("subscription { numbers(after: \"1\", to: 3) }", {}, ("1", {"to": 3}, {})),
        ("subscription($a: String, $to: Int!) { numbers(after: $a, to: $to) }", {"a": "1", "to": 3},
         ("1", {"to": 3}, {"to": 3})),
        ("subscription($to: Int! = 5) { n: numbers(to: $to) }", {}, (None, {"to": 5}, {"to": 5})),
        ("subscription($a: String) { ...F } fragment F on Subscription { numbers(after: $a) }", {"a": "1"},
         ("1", {"to": 2}, {})),
    ],
)  # fmt: skip
def test_the_cursor_is_not_among_the_variables_of_a_subscription(
    kept: DocumentCache, query: str, variables: dict[str, object], resumption: object
) -> None:
    operation = kept.get(query).get_operation(None)
    assert operation.resume_arguments(operation.build_executor(None, variables)) == resumption


def test_the_fields_of_a_document_are_known(kept: DocumentCache) -> None:
    operation = kept.get("query A { ...F } fragment F on Query { l: later } query B { sum(a: 1) }").get_operation("A")
    assert operation.field_names == {"later", "sum"}
