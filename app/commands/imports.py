"""`observatory import` and `observatory export`: plays, networks and archives in, and out again."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import orjson
import typer

from app.embedded.subprocesses import Failed
from app.processes.cancellation import together
from app.settings import Settings
from app.stores import stores_for_a_command
from db import users as accounts
from db.stores import Stores
from domain import keys
from domain.clock import SystemClock
from domain.keys import EcosystemKey
from domain.validation import search_form
from interchange import sources
from interchange.errors import Unknown, Unreadable
from interchange.imports import Change, Outcome, Wish, bring_in
from interchange.source_file import Incoming
from resolvers import users

PROGRESS_SECONDS = 0.1
REFUSED = 1


def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE_OR_URL...", help="Files, folders, zips, addresses, or les-miserables.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each file.")] = False,
    is_public: Annotated[bool, typer.Option("--public", help="Let everybody see what is imported.")] = False,
    owner: Annotated[str, typer.Option(help="The account that owns it; else the host's.")] = "",
    is_plain: Annotated[bool, typer.Option("--plain", help="Leave out the tone of words.")] = False,
) -> None:
    """Import plays and networks; each becomes an ecosystem, whose id is printed last."""
    report = Report(as_json)
    try:
        asyncio.run(together(_import(Settings.read(), files, report, owner=owner, is_public=is_public, is_plain=is_plain)))
    except KeyboardInterrupt:
        report.say("Stopped: what was not done yet was left out, and nothing of it is kept.")
        raise typer.Exit(130) from None
    if report.refused or not report.done:
        raise typer.Exit(REFUSED)


async def _import(
    settings: Settings, names: list[str], report: "Report", *, owner: str, is_public: bool, is_plain: bool
) -> None:
    async with stores_for_a_command(settings, report.say) as stores:
        wish = Wish(await _owner(stores, owner), is_public, is_plain)
        for name in names:
            async for incoming in _found(name):
                await _bring_in(stores, incoming, wish, report, is_one_of_many=_is_inside(incoming, name))


def _is_inside(incoming: Incoming | Unreadable, name: str) -> bool:
    """Whether it came out of a folder or a zip, where much else may lie."""
    return isinstance(incoming, Incoming) and incoming.name not in (name, Path(name).name)


async def _found(name: str) -> AsyncIterator[Incoming | Unreadable]:
    try:
        async for incoming in sources.of(name):
            yield incoming
    except Unreadable as refusal:
        yield refusal


async def _bring_in(
    stores: Stores, incoming: Incoming | Unreadable, wish: Wish, report: "Report", *, is_one_of_many: bool
) -> None:
    if isinstance(incoming, Unreadable):
        report.refuse(incoming)
        return
    begun = time.monotonic()
    try:
        outcome = await bring_in(stores, SystemClock(), incoming, wish, report.progress(incoming.name))
    except Unknown as refusal:
        if is_one_of_many:
            report.pass_over(refusal)
        else:
            report.refuse(refusal)
    except Unreadable as refusal:
        report.refuse(refusal)
    else:
        report.tell(incoming.name, outcome, time.monotonic() - begun)


async def _owner(stores: Stores, name: str) -> UUID:
    """Raises Failed where there is no such account."""
    if not name:
        return await users.host(stores, SystemClock())
    account = await accounts.account(stores.database, search_form(name))
    if account is None:
        raise Failed(f"There is no account {name}; sign up first, or leave --owner out.")
    return account.id


class Report:
    """What is printed: to people on stderr as it goes on, ids and JSON on stdout."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.done = self.refused = 0
        self._shown_at = 0.0

    def progress(self, name: str) -> Any:
        if self.as_json or not sys.stderr.isatty():
            return lambda done, total: None

        def show(done: int, total: int) -> None:
            now = time.monotonic()
            if done == total or now - self._shown_at > PROGRESS_SECONDS:
                self._shown_at = now
                typer.echo(f"\r{name}: {done:,} of {total:,}{'' if done < total else chr(10)}", nl=False, err=True)

        return show

    def tell(self, name: str, outcome: Outcome, seconds: float) -> None:
        self.done += 1
        id_ = keys.written(EcosystemKey(outcome.ecosystem_id))
        if self.as_json:
            self._json(
                file=name, ecosystemId=id_, title=outcome.title, change=outcome.change, facts=outcome.head, notes=outcome.notes,
                seconds=round(seconds, 3),
            )  # fmt: skip
            return
        told = {
            Change.IMPORTED: f"{outcome.title} is imported: {outcome.head:,} facts in {seconds:.1f} s.",
            Change.REPLACED: f"{outcome.title} takes the place of what it was: {outcome.head:,} facts in {seconds:.1f} s.",
            Change.UNCHANGED: f"{outcome.title} is here already, just as it is in the file; nothing was changed.",
        }
        self.say("\n".join((f"{name}: {told[outcome.change]}", *(f"  {note}" for note in outcome.notes))))
        typer.echo(id_)

    def refuse(self, refusal: Unreadable) -> None:
        self.refused += 1
        if self.as_json:
            self._json(file=refusal.file, line=refusal.line, refusal=refusal.explanation)
        else:
            self.say(str(refusal))

    def pass_over(self, refusal: Unknown) -> None:
        if self.as_json:
            self._json(file=refusal.file, passedOver=refusal.explanation)
        else:
            self.say(f"{refusal.file} was passed over: it is of no kind that can be imported.")

    @staticmethod
    def say(line: str) -> None:
        typer.echo(line, err=True)

    @staticmethod
    def _json(**line: Any) -> None:
        typer.echo(orjson.dumps(line))
