"""`observatory export`: writes the network of an ecosystem, or all of it, to a file."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.command_error import CommandError
from app.settings import Settings
from app.stores import open_command_stores
from domain import keys
from domain.clock import SystemClock
from domain.keys import EcosystemKey
from domain.refusals import NotFound
from interchange.exports import FORMATS, export_world

Format = StrEnum("Format", {format_.upper(): format_ for format_ in FORMATS})  # type: ignore[misc]  # known only when run
PART_SUFFIX = ".part"


def export_(
    ecosystem: Annotated[str, typer.Argument(metavar="ECOSYSTEM", help="The id that `observatory import` prints.")],
    as_: Annotated[Format, typer.Option("--as", help="The format: archive holds everything, the others hold the network.")],
    to: Annotated[Path | None, typer.Option("--to", help="The file to write; the default is standard output.")] = None,
) -> None:
    """Export an ecosystem: relationships and exchanges, or everything."""
    asyncio.run(_export(Settings.read(), ecosystem, as_, to))


async def _export(settings: Settings, id_: str, format_: Format, to: Path | None) -> None:
    async with open_command_stores(settings, lambda line: typer.echo(line, err=True)) as stores:
        try:
            async with aclosing(export_world(stores, SystemClock(), _ecosystem_id(id_), format_)) as content:
                await _write_output(content, to)
        except NotFound:
            raise CommandError(
                f"There is no ecosystem {id_}. `observatory import` prints the id of each ecosystem that it imports."
            ) from None


def _ecosystem_id(id_: str) -> UUID:
    """Raises NotFound if the text is not the id of an ecosystem."""
    key = keys.decode_id(id_)
    if not isinstance(key, EcosystemKey):
        raise NotFound(missing=id_)
    return key.ecosystem_id


async def _write_stdout(content: AsyncIterator[bytes]) -> None:
    """Stops when the reader of a pipe closes it, as `head` does."""
    with suppress(BrokenPipeError):
        async for part in content:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it at exit.


async def _write_output(content: AsyncIterator[bytes], to: Path | None) -> None:
    """Writes to a file beside `to` and renames it at the end, so that no incomplete file is left."""
    if to is None:
        await _write_stdout(content)
        return
    half = to.with_name(to.name + PART_SUFFIX)
    try:
        with half.open("wb") as file:
            async for part in content:
                file.write(part)
        half.rename(to)
    except OSError as error:
        raise CommandError(f"{to} cannot be written: {error.strerror}.") from None
    finally:
        half.unlink(missing_ok=True)
