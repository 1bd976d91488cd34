"""`observatory clean`: the one folder that holds the data, removed."""

import shutil

import typer

from app.embedded import folders
from app.embedded.subprocesses import Failed
from app.settings import Settings


def clean() -> None:
    """Remove the data folder, with all worlds of the embedded stores."""
    folder = Settings.read().data_folder
    if not folder.exists():
        typer.echo(f"{folder} is not there.")
        return
    if not (folder / folders.RUN_LOCK).exists():
        raise Failed(f"{folder} was not made by a run; it stays.")
    lock = folders.Lock(folder / folders.RUN_LOCK)
    if not lock.is_taken():
        raise Failed(f"A run is going on in {folder}; stop it first.")
    shutil.rmtree(folder)
    lock.close()
    typer.echo(f"{folder} is gone.")
