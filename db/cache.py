"""A cache of rows in Redis. Each entry is validated against Postgres before use, so that it is never older than the table.

A reader gets the head of the ecosystem from Postgres. A hash in Redis, the index, holds the position at which each row changed
last, and the position up to which the index is complete. Writers extend the index after a commit; readers catch it up from the
table. An entry is valid only if the index is complete up to the head and the row has not changed since the entry was stored. If
Redis loses anything, reads become slower, not wrong.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.activity import Cursor, Fact, FactType

CATCH_UP_FACTS_MAX = 500
"""A reader catches up an index that is at most this many facts behind; else it replaces the index."""
INDEX_TTL = timedelta(minutes=15)
INDEX_FIELDS_MAX = 20_000
LAST_WRITE_TTL = timedelta(minutes=1)

log = logging.getLogger(__name__)

_ADD_CHANGES = """
if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] and redis.call('HGET', KEYS[1], 'upto') == ARGV[2] then
  for i = 5, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
  redis.call('HSET', KEYS[1], 'upto', ARGV[3])
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return 0
"""
"""Adds the changes from one position to another, if the index is complete up to exactly the first."""

_BEGIN_INDEX = """
local upto = redis.call('HGET', KEYS[1], 'upto')
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] or not upto or tonumber(upto) < tonumber(ARGV[2])
   or redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'since', ARGV[2], 'upto', ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return 0
"""
"""Replaces the index by an empty one that starts at the head. This invalidates all older entries."""


@dataclass(frozen=True, slots=True)
class CacheKind:
    """A kind of entries and its time to live. `invalidations` gives the index fields that invalidate the row of a key."""

    name: str
    ttl: timedelta
    invalidations: Callable[[tuple[Any, ...]], list[str]]
    decode: Callable[[Any], Any]
    encode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class EcosystemHead:
    """The epoch and head of an ecosystem, read from Postgres."""

    epoch: int
    head: int


@dataclass(frozen=True, slots=True)
class _Index:
    epoch: int
    since: int
    upto: int
    changed: Mapping[str, int]

    def is_valid_for(self, head: EcosystemHead, as_of: int, invalidations: Sequence[str]) -> bool:
        return (
            self.epoch == head.epoch
            and self.upto >= head.head
            and as_of >= max(self.since, *(self.changed.get(field, 0) for field in invalidations))
        )


FactsAfter = Callable[[UUID, int, int], Awaitable[list[tuple[str, Sequence[int], int]]]]
"""Reads facts of an ecosystem after a position, up to a limit: type, character numbers and position of each."""


class Cache:
    """`hits` and `misses` count rows by kind. If `is_on` is false, all rows come from the tables."""

    def __init__(self, redis: Redis, facts_after: FactsAfter, *, is_on: bool = True) -> None:
        self.redis = redis
        self.is_on = is_on
        self.hits: Counter[str] = Counter()
        self.misses: Counter[str] = Counter()
        self._facts_after = facts_after

    async def rows(
        self,
        kind: CacheKind,
        heads: Mapping[UUID, EcosystemHead],
        keys: Sequence[tuple[Any, ...]],
        load: Callable[[list[Any]], Awaitable[Sequence[Any]]],
    ) -> list[Any]:
        """Rows in the order of `keys`, which begin with the id of the ecosystem. `load` reads missing rows from the tables."""
        if not self.is_on:
            return list(await load(list(keys)))
        found = await self._read_valid(kind, heads, keys)
        missing = [key for key in keys if tuple(key) not in found]
        self.hits[kind.name] += len(keys) - len(missing)
        self.misses[kind.name] += len(missing)
        if missing:
            loaded = dict(zip((tuple(key) for key in missing), await load(missing), strict=True))
            await self._store(kind, heads, loaded)
            found |= loaded
        return [found[tuple(key)] for key in keys]

    async def _read_valid(
        self, kind: CacheKind, heads: Mapping[UUID, EcosystemHead], keys: Sequence[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], Any]:
        """The cached rows that are as new as the table, by key."""
        try:
            indexes, entries = await self._fetch(kind, _fields_by_ecosystem(kind, heads, keys), keys)
        except (RedisError, OSError):
            return {}
        complete = {id_: await self._caught_up_index(id_, heads[id_], index) for id_, index in indexes.items()}
        found = {}
        for key, entry in zip(keys, entries, strict=True):
            index = complete.get(key[0])
            if entry is None or index is None:
                continue
            as_of, epoch, value = orjson.loads(entry)
            if epoch == index.epoch and index.is_valid_for(heads[key[0]], as_of, kind.invalidations(tuple(key))):
                found[tuple(key)] = kind.decode(value)
        return found

    async def _fetch(
        self, kind: CacheKind, fields: Mapping[UUID, Sequence[str]], keys: Sequence[tuple[Any, ...]]
    ) -> tuple[dict[UUID, _Index | None], list[bytes | None]]:
        """The index of each ecosystem, with these fields, and the entry of each key; None if missing. Raises RedisError."""
        pipe = self.redis.pipeline(transaction=False)
        for ecosystem_id, names in fields.items():
            pipe.hmget(_index_key(ecosystem_id), "epoch", "since", "upto", *names)
        pipe.mget([_entry_key(kind, key) for key in keys])
        *indexes, entries = await pipe.execute()
        read = zip(fields.items(), indexes, strict=True)
        return {ecosystem_id: _read_index(values, names) for (ecosystem_id, names), values in read}, entries

    async def _caught_up_index(self, ecosystem_id: UUID, head: EcosystemHead, index: _Index | None) -> _Index | None:
        """The index, complete up to the head: caught up from the table if a writer could not extend it. None if it is replaced."""
        if index is not None and index.epoch == head.epoch and index.upto >= head.head:
            return index
        if index is None or index.epoch != head.epoch or head.head - index.upto > CATCH_UP_FACTS_MAX:
            await self._run(
                _BEGIN_INDEX, ecosystem_id, str(head.epoch), str(head.head), _seconds(INDEX_TTL), str(INDEX_FIELDS_MAX)
            )
            return None
        facts = await self._facts_after(ecosystem_id, index.upto, CATCH_UP_FACTS_MAX)
        if not facts:
            return None
        last = facts[-1][2]
        changed = _changed_fields(facts)
        await self._run(_ADD_CHANGES, ecosystem_id, *_add_arguments(index.epoch, index.upto, last, changed))
        return _Index(index.epoch, index.since, last, {**index.changed, **changed})

    async def _store(self, kind: CacheKind, heads: Mapping[UUID, EcosystemHead], loaded: Mapping[tuple[Any, ...], Any]) -> None:
        """Stores rows as of the head. They were read after the head, so they are at least as new."""
        try:
            pipe = self.redis.pipeline(transaction=False)
            for key, row in loaded.items():
                if row is not None and (head := heads.get(key[0])) is not None:
                    value = orjson.dumps([head.head, head.epoch, kind.encode(row)], default=str)
                    pipe.set(_entry_key(kind, key), value, ex=kind.ttl)
            await pipe.execute()
        except (RedisError, OSError) as error:
            log.info("rows are not cached, Redis is unavailable: %s", error)

    async def record_commit(self, ecosystem_id: UUID, cursor: Cursor, facts: Sequence[Fact], user_id: UUID | None) -> None:
        """Extends the index by the facts of a commit, and stores the cursor of the last write of this user."""
        first = cursor.position - len(facts) + 1
        changed = _changed_fields([(fact.type, fact.numbers, first + n) for n, fact in enumerate(facts)])
        await self._run(_ADD_CHANGES, ecosystem_id, *_add_arguments(cursor.epoch, first - 1, cursor.position, changed))
        if user_id is not None:
            try:
                await self.redis.set(_last_write_key(ecosystem_id, user_id), str(cursor), ex=LAST_WRITE_TTL)
            except (RedisError, OSError) as error:
                log.info("the last write of a user is not stored, Redis is unavailable: %s", error)

    async def last_writes(self, ecosystem_ids: Sequence[UUID], user_id: UUID) -> dict[UUID, Cursor] | None:
        """The cursor of the last write of this user in each ecosystem, for a minute. None if Redis is unavailable."""
        try:
            values: list[Any] = await self.redis.mget(
                [_last_write_key(ecosystem_id, user_id) for ecosystem_id in ecosystem_ids]
            )
        except (RedisError, OSError):
            return None
        return {
            ecosystem_id: Cursor.parse(bytes(value).decode())
            for ecosystem_id, value in zip(ecosystem_ids, values, strict=True)
            if value is not None
        }

    async def _run(self, script: str, ecosystem_id: UUID, *args: str) -> None:
        try:
            await self.redis.eval(script, 1, _index_key(ecosystem_id), *args)
        except (RedisError, OSError) as error:
            log.info("the cache index of %s is not updated, Redis is unavailable: %s", ecosystem_id, error)


def _fields_by_ecosystem(
    kind: CacheKind, heads: Mapping[UUID, EcosystemHead], keys: Sequence[tuple[Any, ...]]
) -> dict[UUID, list[str]]:
    """The index fields that can invalidate the rows of `keys`."""
    fields: dict[UUID, set[str]] = {}
    for key in keys:
        if key[0] in heads:
            fields.setdefault(key[0], set()).update(kind.invalidations(tuple(key)))
    return {ecosystem_id: sorted(names) for ecosystem_id, names in fields.items()}


def _add_arguments(epoch: int, before: int, last: int, changed: Mapping[str, int]) -> list[str]:
    fields = [str(part) for item in changed.items() for part in item]
    return [str(epoch), str(before), str(last), _seconds(INDEX_TTL), *fields]


def _changed_fields(facts: Sequence[tuple[str, Sequence[int], int]]) -> dict[str, int]:
    """The index fields that facts set. The deletion of a character also invalidates all of its relationships."""
    changed: dict[str, int] = {}
    for type_, numbers, position in facts:
        changed["world"] = position
        if type_ in (FactType.CHARACTER_CREATED, FactType.CHARACTER_CHANGED, FactType.CHARACTER_DELETED, FactType.INTERACTED):
            changed |= {f"c{number}": position for number in numbers}
        if type_ == FactType.CHARACTER_DELETED:
            changed |= {f"d{number}": position for number in numbers}
        if type_ == FactType.INTERACTED and len(numbers) == 2:
            changed[_pair_field(*numbers)] = position
    return changed


def _pair_field(one: int, other: int) -> str:
    return f"r{min(one, other)}-{max(one, other)}"


def _read_index(values: Sequence[bytes | None], fields: Sequence[str]) -> _Index | None:
    epoch, since, upto, *positions = values
    if epoch is None or since is None or upto is None:
        return None
    changed = {field: int(position) for field, position in zip(fields, positions, strict=True) if position is not None}
    return _Index(int(epoch), int(since), int(upto), changed)


def _index_key(ecosystem_id: UUID) -> str:
    return f"changed:{{{ecosystem_id}}}"


def _entry_key(kind: CacheKind, key: tuple[Any, ...]) -> str:
    ecosystem_id, *rest = key
    return f"{kind.name}:{{{ecosystem_id}}}:{':'.join(map(str, rest))}"


def _last_write_key(ecosystem_id: UUID, user_id: UUID) -> str:
    return f"wrote:{{{ecosystem_id}}}:{user_id}"


def _seconds(length: timedelta) -> str:
    return str(int(length.total_seconds()))


class CachedCharacter(SimpleNamespace):
    """Has the attributes of a CharacterRow."""


class CachedRelationship(SimpleNamespace):
    """Has the attributes of a RelationshipRow."""


def _decode_common(value: dict[str, Any]) -> dict[str, Any]:
    return {
        **value,
        "ecosystem_id": UUID(value["ecosystem_id"]),
        "created_at": datetime.fromisoformat(value["created_at"]),
        "updated_at": datetime.fromisoformat(value["updated_at"]),
    }


def _decode_character(value: dict[str, Any]) -> CachedCharacter:
    owner_id = value["owner_id"]
    return CachedCharacter(**_decode_common({**value, "owner_id": UUID(owner_id) if owner_id else None}))


CHARACTER = CacheKind("character", timedelta(minutes=5), lambda key: [f"c{key[1]}"], _decode_character, dict)
RELATIONSHIP = CacheKind(
    "relationship",
    timedelta(minutes=2),
    lambda key: [_pair_field(key[1], key[2]), f"d{key[1]}", f"d{key[2]}"],
    lambda value: CachedRelationship(**_decode_common(value)),
    dict,
)
ECOSYSTEM = CacheKind("ecosystem", timedelta(minutes=10), lambda key: ["world"], lambda value: value, lambda value: value)
"""Counts over a whole ecosystem: every fact invalidates them."""
