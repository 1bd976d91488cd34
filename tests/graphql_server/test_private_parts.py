"""Private parts of libraries that `graphql_server` uses: each is still there, and the versions are pinned."""

import inspect
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate
from graphql.execution import Executor
from graphql.validation.rules import overlapping_fields_can_be_merged

HTTP = "uvicorn.protocols.http.httptools_impl.HttpToolsProtocol"
WEBSOCKET = "uvicorn.protocols.websockets.websockets_sansio_impl.WebSocketsSansIOProtocol"
METHODS = [
    (HTTP, "connection_made"),
    (HTTP, "on_message_begin"),
    (WEBSOCKET, "data_received"),
    (WEBSOCKET, "handle_connect"),
    (WEBSOCKET, "handle_ping"),
    (WEBSOCKET, "handle_text"),
    (WEBSOCKET, "receive"),
    (WEBSOCKET, "resume_writing"),
    ("uvicorn.Server", "shutdown"),
    ("websockets.server.ServerProtocol", "data_to_send"),
    ("graphql.execution.Executor", "build"),
    ("graphql.execution.Executor", "build_per_event_executor"),
    ("graphql.execution.Executor", "build_resolve_info"),
    ("graphql.execution.Executor", "execute_operation"),
    ("graphql.execution.collect_fields", "collect_fields"),
    ("graphql.execution.values", "get_argument_values"),
    ("strawberry.execution", "optimized_is_awaitable"),
    ("strawberry.schema.validation_rules.maybe_null", "MaybeNullValidationRule"),
    ("strawberry.schema.validation_rules.one_of", "OneOfInputValidationRule"),
]
ATTRIBUTES = [
    (HTTP, "pipeline"),
    (HTTP, "scope"),
    (HTTP, "transport"),
    (WEBSOCKET, "close_sent"),
    (WEBSOCKET, "conn"),
    (WEBSOCKET, "queue"),
    (WEBSOCKET, "read_paused"),
    (WEBSOCKET, "request"),
    (WEBSOCKET, "response"),
    (WEBSOCKET, "transport"),
    (WEBSOCKET, "writable"),
    ("websockets.server.ServerProtocol", "available_extensions"),
    ("websockets.protocol.Protocol", "extensions"),
    ("websockets.protocol.Protocol", "parser_exc"),
    ("websockets.extensions.permessage_deflate.PerMessageDeflate", "local_max_window_bits"),
    ("graphql.execution.Executor", "context_value"),
    ("strawberry.Schema", "_schema"),
    ("strawberry.Schema", "execution_context_class"),
]
PINNED = {"uvicorn": (0, 54), "websockets": (17, 4), "graphql-core": (3, 3)}


def _resolve(path: str) -> Any:
    module, _, name = path.rpartition(".")
    try:
        return import_module(path)
    except ModuleNotFoundError:
        return getattr(import_module(module), name)


@pytest.mark.parametrize(("owner", "name"), METHODS)
def test_a_function_that_is_called_or_overridden_exists(owner: str, name: str) -> None:
    assert callable(getattr(_resolve(owner), name))


@pytest.mark.parametrize(("owner", "name"), ATTRIBUTES)
def test_an_attribute_that_is_read_or_set_is_in_the_source_of_its_class(owner: str, name: str) -> None:
    class_ = _resolve(owner)
    sources = [inspect.getsource(each) for each in inspect.getmro(class_) if each.__module__.split(".")[0] != "builtins"]
    assert any(f"self.{name}" in source or f"{name}:" in source for source in sources)


@pytest.mark.parametrize("name", PINNED)
def test_the_minor_version_is_the_one_whose_private_parts_are_used(name: str) -> None:
    assert tuple(int(part) for part in version(name).split(".")[:2]) == PINNED[name]
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["dependencies"]
    requirement = next(each for each in project if each.startswith(name))
    major, minor = PINNED[name]
    assert f"<{major}.{minor + 1}" in requirement


def test_graphql_core_reports_a_document_with_too_many_tokens_in_these_words() -> None:
    with pytest.raises(Exception, match="Parsing aborted"):
        parse("{ a b c }", max_tokens=2)


def test_graphql_core_aborts_a_validation_over_the_budget_in_these_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlapping_fields_can_be_merged, "MAX_COMPLEXITY_BUDGET", 1)
    document = parse("{ a: b a: b a: b a: b }")
    assert "Validation aborted." in [error.message for error in validate(build_schema("type Query { b: Int }"), document)]


def test_an_executor_for_one_event_takes_a_context_of_its_own() -> None:
    assert "context_value" in inspect.signature(Executor.__init__).parameters or hasattr(Executor, "context_value")
