"""docs/api.md: its commands and documents give the answers of the page, and its tables list every error code and limit."""

import ast
import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from domain.refusals import Refusal
from graphql_server.limits import Limits
from tests.app.local_stacks import READY_MESSAGE, Run, running
from tests.databases import database_copy, with_redis_database
from tests.docs.pages import BASE, ROOT, Block, assert_answer, blocks

PAGE = "docs/api.md"
BLOCKS = list(blocks(PAGE))
DOCUMENTS = [block for block in BLOCKS if block.language == "graphql"]
COMMANDS = [block for block in BLOCKS if block.language == "bash"]
SECONDS_MAX = 120
REDIS_DATABASE = 9
"""Other tests empty their own databases, not this one."""
CODE = re.compile(r"[A-Z]+(_[A-Z]+)*")
NAMES_NO_CODE = ("getattr", "hasattr", "TypeVar")
"""Functions whose arguments in capitals are not error codes."""


@pytest.fixture(scope="module")
async def run(
    postgres_url: str, template: str, redis_server_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Run]:
    folder, redis_url = tmp_path_factory.mktemp("api") / "data", with_redis_database(redis_server_url, REDIS_DATABASE)
    async with (
        database_copy(postgres_url, template) as database_url,
        running(folder, DATABASE_URL=database_url, REDIS_URL=redis_url, NEO4J_URI="off") as run,
    ):
        await run.wait_for_output(READY_MESSAGE)
        yield run


async def test_each_command_prints_the_answer_on_the_page(run: Run, tmp_path: Path) -> None:
    """All commands run in one shell, in the order of the page."""
    script = "\nprintf '\\0'\n".join(block.text for block in COMMANDS).replace(BASE, run.base)
    shell = await asyncio.create_subprocess_exec(
        "bash", "-c", script, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(SECONDS_MAX):
        output, errors = await shell.communicate()

    assert errors.decode() == ""
    for block, answer in zip(COMMANDS, output.decode().split("\0"), strict=True):
        assert_answer(block.expected or "", answer)


async def test_each_document_has_the_answer_on_the_page(run: Run) -> None:
    async with httpx.AsyncClient(base_url=run.base, timeout=60) as client:
        for block in DOCUMENTS:
            assert block.expected is not None
            assert_answer(block.expected, await _answer(client, block))


async def _answer(client: httpx.AsyncClient, block: Block) -> str:
    if not block.text.startswith("subscription"):
        return (await client.post("/graphql", json={"query": block.text})).text
    async with client.stream("POST", "/graphql", json={"query": block.text}, headers={"accept": "text/event-stream"}) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                return line.removeprefix("data: ")
    return ""


def test_each_error_code_is_in_the_table() -> None:
    table = (ROOT / PAGE).read_text().partition("| `extensions.code` |")[2].partition("\n## ")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]

    listed = {code for cell in cells for code in re.findall(r"`(\w+)`", cell)}

    api_refusals = [refusal for refusal in Refusal.__subclasses__() if refusal.__module__ == Refusal.__module__]
    assert listed == {*_codes_in_the_source(), *map(_code, api_refusals)}


def _codes_in_the_source() -> Iterator[str]:
    """Constants in the place of a code: values of the key "code", arguments of calls, and defaults of `__init__`."""
    for path in (*(ROOT / "graphql_server").rglob("*.py"), *(ROOT / "graphql_schema").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            yield from filter(CODE.fullmatch, _constants(node))


def _constants(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Dict(keys=keys, values=values):
            named = [
                value for key, value in zip(keys, values, strict=True) if isinstance(key, ast.Constant) and key.value == "code"
            ]
        case ast.Call(func=ast.Name(id=function), args=args) if function not in NAMES_NO_CODE:
            named = args
        case ast.FunctionDef(args=ast.arguments(defaults=defaults), name="__init__"):
            named = defaults
        case _:
            named = []
    yield from (each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str))


def _code(refusal: type[Refusal]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", refusal.__name__).upper()


def test_each_limit_is_in_the_table() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| ([\d,]+) \|$", (ROOT / PAGE).read_text(), re.MULTILINE))
    limits = Limits()

    assert {name: int(most.replace(",", "")) for name, most in table.items()} == {
        name: getattr(limits, name) for name in limits.__dataclass_fields__ if name != "field_costs"
    }


def test_an_answer_differs_from_the_page_only_in_open_places() -> None:
    assert_answer('{"a": "…", "b": [1]}', json.dumps({"a": {"deep": 1}, "b": [1]}))
    with pytest.raises(AssertionError):
        assert_answer('{"a": "…", "b": [1]}', json.dumps({"a": None, "b": [1]}))
    with pytest.raises(AssertionError):
        assert_answer('{"a": "…"}', json.dumps({"a": 1, "more": 2}))
