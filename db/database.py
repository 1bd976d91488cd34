"""The connection pool of Postgres. Reads are retried during a restart; errors of the driver become Unavailable."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeVar

import asyncpg
import orjson

from db.rows import Row

POOL_SIZE_MAX = 10
READ_RETRY_SECONDS_MAX = 8.0
"""A read is retried for so long while Postgres restarts."""
RETRY_PAUSE_SECONDS = 0.2
STATEMENT_TIMEOUT_SECONDS = 30
ADVISORY_LOCKS_MAX = 2
"""Each advisory lock holds a connection; the rest of the pool is for requests."""

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
"""Errors of a lost connection. asyncpg raises the last two if a connection breaks in the middle of a protocol exchange."""

RowT = TypeVar("RowT", bound=Row)


class Unavailable(Exception):
    """A required store does not answer; the caller may try again."""


class Reader(Protocol):
    """What a query needs: the database, or the connection of a transaction."""

    async def fetch(self, query: str, *args: Any, record_class: type[RowT]) -> list[RowT]: ...

    async def fetchrow(self, query: str, *args: Any, record_class: type[RowT]) -> RowT | None: ...

    async def fetchval(self, query: str, *args: Any) -> Any: ...

    async def execute(self, query: str, *args: Any) -> str: ...


async def _prepare(connection: Any) -> None:
    for name, encoder, decoder in (("json", orjson.dumps, orjson.loads), ("jsonb", _jsonb, _from_jsonb)):
        # Binary, because COPY accepts only binary codecs.
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encoder, decoder=decoder, format="binary")


def _jsonb(value: Any) -> bytes:
    """The binary format of jsonb is a version byte, then the text."""
    return b"\x01" + orjson.dumps(value)


def _from_jsonb(value: bytes) -> Any:
    return orjson.loads(value[1:])


class Database:
    """Each `fetch...` uses any connection of the pool; `transaction` holds one connection."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.query_listeners: list[Callable[[str], None]] = []
        """Called with the text of each statement; metrics and tests count statements."""
        self._advisory_lock_slots = asyncio.Semaphore(ADVISORY_LOCKS_MAX)

    @classmethod
    async def open(cls, url: str, *, size: int = POOL_SIZE_MAX) -> "Database":
        """Connects at the first query, so that a process can start before Postgres."""
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
        """For single statements that are safe to repeat."""
        return await self._read("execute", query, args, {})  # type: ignore[no-any-return]

    @asynccontextmanager
    async def transaction(self, *, isolation: str | None = None, readonly: bool = False) -> AsyncIterator[Any]:
        """A connection in a transaction. Raises Unavailable if the connection is lost."""
        async with self._connection() as connection, connection.transaction(isolation=isolation, readonly=readonly):
            with self._query_logging(connection):
                yield connection

    @asynccontextmanager
    async def with_advisory_lock(self, name: str) -> AsyncIterator[Any]:
        """A connection that holds an advisory lock of this name; other processes wait for it. Raises Unavailable."""
        async with self._advisory_lock_slots, self._connection() as connection:
            await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", name)
            with self._query_logging(connection):
                yield connection
            # The pool releases advisory locks when the connection returns to it.

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            async with self.pool.acquire() as connection:
                yield connection
        except CONNECTION_ERRORS as error:
            raise _translate_error(error) from error

    def _query_logging(self, connection: Any) -> AbstractContextManager[Any]:
        return connection.query_logger(self._on_query) if self.query_listeners else nullcontext()

    def _on_query(self, logged: Any) -> None:
        for watcher in self.query_listeners:
            watcher(logged.query)

    async def _read(self, method: str, query: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
        for watcher in self.query_listeners:
            watcher(query)
        deadline = asyncio.get_running_loop().time() + READ_RETRY_SECONDS_MAX
        while True:
            try:
                return await getattr(self.pool, method)(query, *args, **options)
            except CONNECTION_ERRORS as error:
                fault = _translate_error(error)
                if fault is error or asyncio.get_running_loop().time() > deadline or self.pool.is_closing():
                    raise fault from error
            await asyncio.sleep(RETRY_PAUSE_SECONDS)


def _translate_error(error: Exception) -> Exception:
    """Unavailable, but a ValueError stays: asyncpg raises it for an argument of the wrong type, which is a bug."""
    return error if isinstance(error, ValueError) else Unavailable("The database does not answer; try again in a moment.")
