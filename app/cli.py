"""The command line `observatory`. Each group of commands has its own file in `app/commands/`."""

import sys

import typer

from app.command_error import CommandError
from app.commands import clean, exports, graph, imports, migrate, run
from app.settings import InvalidSettings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The Character Observatory.")
app.command()(run.run)
app.command()(run.link)
app.command()(migrate.migrate)
app.command()(clean.clean)
app.add_typer(graph.app, name="graph")
app.command(name="import")(imports.import_)
app.command(name="export")(exports.export_)


def main() -> None:
    """Prints an error that the user can correct as one sentence; any other error is a bug and shows its traceback."""
    try:
        app()
    except (CommandError, InvalidSettings) as error:
        sys.exit(f"observatory: {error}")
