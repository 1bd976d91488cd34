"""The browser's part while it is built, beside all else: first the page, then GraphiQL. The API needs neither."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.embedded import folders, frontend_build
from app.http.frontend import Frontend


class Pages:
    """An ASGI application like `Web`, of what is built so far."""

    def __init__(self) -> None:
        self.web = Frontend(None)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.web(scope, receive, send)

    async def graphiql(self, scope: Any, receive: Any, send: Any) -> None:
        await self.web.graphiql(scope, receive, send)


class Browser(Pages):
    """Builds them."""

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        """`root` is a checkout."""
        super().__init__()
        self.root, self.say = root, say
        self.built: Path | None = None
        self.page_is_tried = asyncio.Event()
        self.watchers: list[Callable[[Path], None]] = []
        """Called with the folder of what is built, each time there is more in it."""

    def start(self) -> None:
        """In a thread that nobody waits for when we are stopped."""
        threading.Thread(target=self._build, args=(asyncio.get_running_loop(),), daemon=True).start()

    def _build(self, loop: asyncio.AbstractEventLoop) -> None:
        for wanted in ((frontend_build.APP,), (frontend_build.APP, frontend_build.GRAPHIQL)):
            try:
                built = frontend_build.build(self.root, folders.cache(), self.say, wanted)
                self.web = Frontend(built)
            except frontend_build.NotBuilt as failure:
                self.say(str(failure))
                built = None
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._tried, built)

    def _tried(self, built: Path | None) -> None:
        if built is not None:
            self.built = built
            for watcher in self.watchers:
                watcher(built)
        self.page_is_tried.set()
