"""`observatory import`: imports plays, networks and archives from files, folders, zip files and URLs."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer

from app.command_error import CommandError
from app.processes.cancellation import run_together
from app.settings import Settings
from app.stores import open_command_stores
from db import users as accounts
from db.stores import Stores
from domain import keys
from domain.clock import SystemClock
from domain.keys import EcosystemKey
from domain.validation import casefold_for_search
from interchange import sources
from interchange.errors import UnknownFormat, Unreadable
from interchange.imports import ImportOptions, ImportOutcome, ImportStatus, import_file
from interchange.source_file import SourceFile
from resolvers import users

PROGRESS_SECONDS = 0.1
EXIT_CODE_REFUSED = 1


def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE_OR_URL...", help="Files, folders, zip files, URLs, or les-miserables.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each file.")] = False,
    is_public: Annotated[bool, typer.Option("--public", help="Make the imported worlds public.")] = False,
    owner: Annotated[
        str, typer.Option(help="The name of the account that owns the worlds; the default is the host's account.")
    ] = "",
    is_plain: Annotated[bool, typer.Option("--plain", help="Ignore the sentiment of the text.")] = False,
) -> None:
    """Import plays and networks; each becomes an ecosystem, whose id is printed last."""
    report = ImportReport(as_json)
    try:
        asyncio.run(run_together(_import(Settings.read(), files, report, owner=owner, is_public=is_public, is_plain=is_plain)))
    except KeyboardInterrupt:
        report.print_line("Stopped. Finished imports are kept; the unfinished one leaves nothing behind.")
        raise typer.Exit(130) from None
    if report.refused or not report.imported:
        raise typer.Exit(EXIT_CODE_REFUSED)


async def _import(
    settings: Settings, names: list[str], report: "ImportReport", *, owner: str, is_public: bool, is_plain: bool
) -> None:
    async with open_command_stores(settings, report.print_line) as stores:
        options = ImportOptions(await _find_owner(stores, owner), is_public, is_plain)
        for name in names:
            async for source in _find_sources(name):
                await _import_source(stores, source, options, report, is_one_of_many=_is_from_container(source, name))


def _is_from_container(source: SourceFile | Unreadable, name: str) -> bool:
    """Returns whether the file comes from a folder or a zip, which may hold files of other kinds."""
    return isinstance(source, SourceFile) and source.name not in (name, Path(name).name)


async def _find_sources(name: str) -> AsyncIterator[SourceFile | Unreadable]:
    try:
        async for source in sources.find_files(name):
            yield source
    except Unreadable as refusal:
        yield refusal


async def _import_source(
    stores: Stores, source: SourceFile | Unreadable, options: ImportOptions, report: "ImportReport", *, is_one_of_many: bool
) -> None:
    if isinstance(source, Unreadable):
        report.add_refusal(source)
        return
    started_at = time.monotonic()
    try:
        outcome = await import_file(stores, SystemClock(), source, options, report.progress(source.name))
    except UnknownFormat as refusal:
        if is_one_of_many:
            report.add_skipped(refusal)
        else:
            report.add_refusal(refusal)
    except Unreadable as refusal:
        report.add_refusal(refusal)
    else:
        report.add_outcome(source.name, outcome, time.monotonic() - started_at)


async def _find_owner(stores: Stores, name: str) -> UUID:
    """Raises CommandError if there is no such account."""
    if not name:
        return await users.ensure_host(stores, SystemClock())
    account = await accounts.account(stores.database, casefold_for_search(name))
    if account is None:
        raise CommandError(f"There is no account {name}. Sign up first, or omit --owner.")
    return account.id


class ImportReport:
    """Prints progress and messages on stderr, ids and JSON on stdout."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.imported = self.refused = 0
        self._printed_at = 0.0

    def progress(self, name: str) -> Any:
        if self.as_json or not sys.stderr.isatty():
            return lambda done, total: None

        def show(done: int, total: int) -> None:
            now = time.monotonic()
            if done == total or now - self._printed_at > PROGRESS_SECONDS:
                self._printed_at = now
                typer.echo(f"\r{name}: {done:,} of {total:,}{'' if done < total else chr(10)}", nl=False, err=True)

        return show

    def add_outcome(self, name: str, outcome: ImportOutcome, seconds: float) -> None:
        self.imported += 1
        id_ = keys.encode_id(EcosystemKey(outcome.ecosystem_id))
        if self.as_json:
            self._print_json(
                file=name, ecosystemId=id_, title=outcome.title, change=outcome.status, facts=outcome.head, notes=outcome.notes,
                seconds=round(seconds, 3),
            )  # fmt: skip
            return
        messages = {
            ImportStatus.IMPORTED: f"{outcome.title} is imported: {outcome.head:,} facts in {seconds:.1f} s.",
            ImportStatus.REPLACED: f"{outcome.title} is replaced: {outcome.head:,} facts in {seconds:.1f} s.",
            ImportStatus.UNCHANGED: f"{outcome.title} has been imported before and the file is the same; nothing is changed.",
        }
        self.print_line("\n".join((f"{name}: {messages[outcome.status]}", *(f"  {note}" for note in outcome.notes))))
        typer.echo(id_)

    def add_refusal(self, refusal: Unreadable) -> None:
        self.refused += 1
        if self.as_json:
            self._print_json(file=refusal.file, line=refusal.line, refusal=refusal.explanation)
        else:
            self.print_line(str(refusal))

    def add_skipped(self, refusal: UnknownFormat) -> None:
        if self.as_json:
            self._print_json(file=refusal.file, passedOver=refusal.explanation)
        else:
            self.print_line(f"{refusal.file} is skipped: its format is not supported.")

    @staticmethod
    def print_line(line: str) -> None:
        typer.echo(line, err=True)

    @staticmethod
    def _print_json(**line: Any) -> None:
        typer.echo(orjson.dumps(line))
