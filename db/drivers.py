"""Types and errors of the stores' drivers, for the rooms above, which import no driver themselves."""

import asyncpg
from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError
from redis.asyncio import Redis
from redis.exceptions import RedisError

Neo4jDriver = AsyncDriver
RedisClient = Redis

NEO4J_ERRORS = (DriverError, Neo4jError, OSError)
"""Raised when Neo4j is unavailable."""
REDIS_ERRORS = (RedisError, OSError)
"""Raised when Redis is unavailable."""
POSTGRES_ERRORS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Raised by Postgres or by a lost connection: InternalClientError if it is lost in the middle of a statement."""
INVALID_ROW_ERRORS = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)
"""Raised when a row violates a type or a constraint of its table."""
INVALID_VALUE_ERRORS = (*INVALID_ROW_ERRORS, asyncpg.InterfaceError, TypeError)
"""Raised when a value cannot be encoded as the type of its column, or as above."""
STORAGE_FULL_ERRORS = (asyncpg.DiskFullError, asyncpg.OutOfMemoryError)
"""Raised when Postgres has no space left."""
