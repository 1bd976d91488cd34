"""The command line `observatory`. Each group of commands has its own file in `app/commands/`."""

import sys

import typer

from app.commands import exports, folder, graph, imports, serving, tables
from app.servers.children import Failed
from app.settings import WrongSettings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The Character Observatory.")
app.command()(serving.run)
app.command()(serving.link)
app.command()(tables.migrate)
app.command()(folder.clean)
app.add_typer(graph.app, name="graph")
app.command(name="import")(imports.import_)
app.command(name="export")(exports.export_)


def main() -> None:
    """What a person can set right is told in a sentence; everything else is a bug, and shows itself as one."""
    try:
        app()
    except (Failed, WrongSettings) as told:
        sys.exit(f"observatory: {told}")
