"""The pool of connections to Postgres, and what it promises: reads that outlive a restart, and a driver's errors translated."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeVar

import asyncpg
import orjson

from db.rows import Row

POOL_SIZE_MAX = 10
READ_RETRY_SECONDS_MAX = 8.0
"""How long a read goes on trying while Postgres restarts."""
RETRY_PAUSE_SECONDS = 0.2
STATEMENT_TIMEOUT_SECONDS = 30
ADVISORY_LOCKS_MAX = 2
"""Each such work keeps a connection for as long as it takes; the others are for requests."""

CONNECTION_ERRORS = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What is raised where Postgres went away; of connections that broke in the middle of something, asyncpg says it oddly."""

RowT = TypeVar("RowT", bound=Row)


class Unavailable(Exception):
    """A store that this cannot be done without does not answer; it may be tried again."""


class Reader(Protocol):
    """What a query needs: the database, or one connection inside a change."""

    async def fetch(self, query: str, *args: Any, record_class: type[RowT]) -> list[RowT]: ...

    async def fetchrow(self, query: str, *args: Any, record_class: type[RowT]) -> RowT | None: ...

    async def fetchval(self, query: str, *args: Any) -> Any: ...

    async def execute(self, query: str, *args: Any) -> str: ...


async def _prepare(connection: Any) -> None:
    for name, encoder, decoder in (("json", orjson.dumps, orjson.loads), ("jsonb", _jsonb, _from_jsonb)):
        # Binary, because COPY takes nothing else.
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encoder, decoder=decoder, format="binary")


def _jsonb(value: Any) -> bytes:
    """Postgres puts the version of its format before the text."""
    return b"\x01" + orjson.dumps(value)


def _from_jsonb(value: bytes) -> Any:
    return orjson.loads(value[1:])


class Database:
    """Reads go through `fetch...`, each on a connection of its own; a change holds one by `transaction`."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.query_listeners: list[Callable[[str], None]] = []
        """Called with the text of each statement; metrics and tests count with it."""
        self._advisory_lock_slots = asyncio.Semaphore(ADVISORY_LOCKS_MAX)

    @classmethod
    async def open(cls, url: str, *, size: int = POOL_SIZE_MAX) -> "Database":
        """Connects when something is asked: a process may start while Postgres is away."""
        pool = await asyncpg.create_pool(
            url.replace("postgresql+asyncpg://", "postgresql://"),
            min_size=0,
            max_size=size,
            init=_prepare,
            statement_cache_size=500,
            command_timeout=STATEMENT_TIMEOUT_SECONDS,
            server_settings={"jit": "off", "application_name": "observatory"},
        )
        return cls(pool)

    async def close(self) -> None:
        await self.pool.close()

    async def fetch(self, query: str, *args: Any, record_class: type[RowT]) -> list[RowT]:
        return await self._read("fetch", query, args, {"record_class": record_class})  # type: ignore[no-any-return]

    async def fetchrow(self, query: str, *args: Any, record_class: type[RowT]) -> RowT | None:
        return await self._read("fetchrow", query, args, {"record_class": record_class})  # type: ignore[no-any-return]

    async def fetchval(self, query: str, *args: Any) -> Any:
        return await self._read("fetchval", query, args, {})

    async def execute(self, query: str, *args: Any) -> str:
        """For single statements that may safely be done twice."""
        return await self._read("execute", query, args, {})  # type: ignore[no-any-return]

    @asynccontextmanager
    async def transaction(self, *, isolation: str | None = None, readonly: bool = False) -> AsyncIterator[Any]:
        """A connection in a transaction. Raises Unavailable where Postgres is away; then nothing acknowledged is lost."""
        async with self._connection() as connection, connection.transaction(isolation=isolation, readonly=readonly):
            with self._query_logging(connection):
                yield connection

    @asynccontextmanager
    async def with_advisory_lock(self, name: str) -> AsyncIterator[Any]:
        """A connection for work that only one of all processes is about at a time; others wait. Raises Unavailable."""
        async with self._advisory_lock_slots, self._connection() as connection:
            await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", name)
            with self._query_logging(connection):
                yield connection
            # The pool unlocks what is given back to it.

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            async with self.pool.acquire() as connection:
                yield connection
        except CONNECTION_ERRORS as gone:
            raise _translate_error(gone) from gone

    def _query_logging(self, connection: Any) -> AbstractContextManager[Any]:
        return connection.query_logger(self._on_query) if self.query_listeners else nullcontext()

    def _on_query(self, logged: Any) -> None:
        for watcher in self.query_listeners:
            watcher(logged.query)

    async def _read(self, how: str, query: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        for watcher in self.query_listeners:
            watcher(query)
        deadline = asyncio.get_running_loop().time() + READ_RETRY_SECONDS_MAX
        while True:
            try:
                return await getattr(self.pool, how)(query, *args, **options)
            except CONNECTION_ERRORS as gone:
                fault = _translate_error(gone)
                if fault is gone or asyncio.get_running_loop().time() > deadline or self.pool.is_closing():
                    raise fault from gone
            await asyncio.sleep(RETRY_PAUSE_SECONDS)


def _translate_error(gone: Exception) -> Exception:
    """Unavailable; but an argument that Postgres has no type for is a ValueError, and a bug of ours."""
    return gone if isinstance(gone, ValueError) else Unavailable("The database does not answer; try again in a moment.")
