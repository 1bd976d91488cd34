"""`observatory clean`: removes the data folder."""

import shutil

import typer

from app.command_error import CommandError
from app.embedded import folders
from app.settings import Settings


def clean() -> None:
    """Remove the data folder, with all worlds of the embedded stores."""
    folder = Settings.read().data_folder
    if not folder.exists():
        typer.echo(f"{folder} does not exist.")
        return
    if not (folder / folders.RUN_LOCK).exists():
        raise CommandError(f"{folder} was not made by `observatory run`, so it is not removed.")
    with folders.translate_write_errors(folder):
        lock = folders.FileLock(folder / folders.RUN_LOCK)
        if not lock.try_acquire():
            raise CommandError(f"A server runs with the data in {folder}; stop it first.")
        shutil.rmtree(folder)
    lock.release()
    typer.echo(f"Removed {folder}.")
