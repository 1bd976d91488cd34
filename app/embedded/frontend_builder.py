"""Builds the frontend in a thread while the stores start: the page first, then GraphiQL. The API does not wait for it."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.embedded import folders, frontend_build
from app.embedded.folders import FolderNotWritable
from app.http.frontend import Frontend


class LatestFrontend:
    """An ASGI application that serves what is built so far."""

    def __init__(self) -> None:
        self.current = Frontend(None)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.current(scope, receive, send)

    async def graphiql(self, scope: Any, receive: Any, send: Any) -> None:
        await self.current.graphiql(scope, receive, send)


class FrontendBuilder(LatestFrontend):
    """Builds what it serves."""

    def __init__(self, root: Path, report: Callable[[str], None]) -> None:
        """`root` is the folder of a clone."""
        super().__init__()
        self.root, self._report_line, self._reports = root, report, True
        self.folder: Path | None = None
        """What is built so far; None before the first build and where it fails."""
        self.first_build_ended = asyncio.Event()
        """Set when the page is built, or its build has failed."""
        self.listeners: list[Callable[[Path], None]] = []
        """Each is called with the folder after each build."""

    def start(self) -> None:
        """Starts a daemon thread, which does not delay the end of the process."""
        threading.Thread(target=self._build, args=(asyncio.get_running_loop(),), daemon=True).start()

    def stop_reports(self) -> None:
        """For the time when the process stops: the thread builds on until the process ends, and its npm is killed with it."""
        self._reports = False

    def report(self, line: str) -> None:
        if self._reports:
            self._report_line(line)

    def _build(self, loop: asyncio.AbstractEventLoop) -> None:
        for bundles in ((frontend_build.APP,), (frontend_build.APP, frontend_build.GRAPHIQL)):
            folder: Path | None = None
            try:
                folder = frontend_build.build(self.root, folders.cache_folder(), self.report, bundles)
                self.current = Frontend(folder)
            except (frontend_build.FrontendBuildError, FolderNotWritable) as error:
                self.report(str(error))
            with suppress(RuntimeError):  # The loop is closed when the process stops.
                loop.call_soon_threadsafe(self._end_build, folder)

    def _end_build(self, folder: Path | None) -> None:
        if folder is not None:
            self.folder = folder
            for listener in self.listeners:
                listener(folder)
        self.first_build_ended.set()
