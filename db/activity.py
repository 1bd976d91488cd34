"""Activity: the facts of each ecosystem, numbered from 1 without gaps. The table is the source of truth, not a notification."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.lookups import rows_by_keys
from db.pages import CAN_EDIT, VISIBLE, Order, PageWindow, Statement, group_by_parent, lateral_per_parent
from db.rows import Row
from domain import activity
from domain.activity import PRIVATE_TYPES, FactType
from domain.keys import FactKey


class Fact(SQLModel, table=True):
    """`data` holds what the row of the same position in interactions, conversations or messages does not hold."""

    __tablename__ = "activity"
    __table_args__ = (
        columns.check_one_of("type", FactType),
        CheckConstraint("position >= 1", name="position_bounds"),
        Index("activity_by_type", "ecosystem_id", "type", "position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    type: str = columns.text()
    actor_id: UUID | None = columns.user_reference()
    world_seconds: float = columns.world_seconds()
    created_at: datetime = columns.timestamp()
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class FactCharacter(SQLModel, table=True):
    """The characters that a fact is about. The type is part of the key, so that the index answers filters by character and type."""

    __tablename__ = "activity_characters"
    __table_args__ = (
        ForeignKeyConstraint(["ecosystem_id", "position"], ["activity.ecosystem_id", "activity.position"], ondelete="CASCADE"),
        Index("activity_characters_by_position", "ecosystem_id", "position"),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    position: int = columns.position_key()
    type: str = Field(sa_column=Column(Text, primary_key=True))


class FactRow(Row):
    """`epoch` identifies the history of the fact. `numbers` (the characters that it is about) is set only by `after`."""

    __slots__ = ()
    ecosystem_id: UUID
    epoch: int
    position: int
    type: str
    actor_id: UUID | None
    world_seconds: float
    created_at: datetime
    data: dict[str, Any]


COLUMNS = "e.epoch, a.ecosystem_id, a.position, a.type, a.actor_id, a.world_seconds, a.created_at, a.data"
KEYS = {"ecosystem_id": "uuid", "position": "bigint"}
OLDEST_FIRST = Order("a.oldest", (("a.position", "bigint", "position"),))
TYPE_VISIBLE = f"(a.type NOT IN ({', '.join(repr(str(type_)) for type_ in sorted(PRIVATE_TYPES))}) OR {CAN_EDIT})"


@dataclass(frozen=True, slots=True)
class FactFilter:
    """`numbers`: about any of these characters. None matches all, an empty tuple matches none."""

    types: tuple[str, ...] | None = None
    numbers: tuple[int, ...] | None = None


async def by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[FactKey]) -> list[FactRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader,
        viewer_id,
        keys,
        key_columns=KEYS,
        table="activity a",
        columns=COLUMNS,
        row_class=FactRow,
        condition=f"{VISIBLE} AND {TYPE_VISIBLE}",
    )


async def of_ecosystems(
    reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], window: PageWindow, filter_: FactFilter
) -> list[list[FactRow]]:
    """The facts of each ecosystem that the viewer may see, oldest first."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    if filter_.numbers is not None:
        numbers = f"unnest({statement.bind(list(filter_.numbers), 'int[]')}) AS n(number)"
        inner = _by_character_statement(statement, window, filter_, numbers)
    else:
        inner = _by_type_statement(statement, window, filter_)
    return group_by_parent(await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=FactRow), len(ids))


async def of_characters(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow, filter_: FactFilter
) -> list[list[FactRow]]:
    """The facts about each character. If the filter has `numbers`, only facts that are also about one of these."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, parents)
    inner = _by_character_statement(statement, window, filter_, "(SELECT k.number) AS n(number)", also=filter_.numbers)
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=FactRow), len(parents)
    )


def _by_type_statement(statement: Statement, window: PageWindow, filter_: FactFilter) -> str:
    """Reads each type of the filter by index, so that a rare type costs no more than a frequent one."""
    keyset, ordered = statement.page_clauses(OLDEST_FIRST, window)
    if filter_.types is None:
        return f"SELECT {COLUMNS} FROM activity a WHERE a.ecosystem_id = k.ecosystem_id AND {TYPE_VISIBLE}{keyset} {ordered}"
    types = statement.bind(list(filter_.types), "text[]")
    return (
        f"SELECT a.* FROM (SELECT DISTINCT type FROM unnest({types}) AS u(type)) t CROSS JOIN LATERAL ("
        f"SELECT {COLUMNS} FROM activity a WHERE a.ecosystem_id = k.ecosystem_id AND a.type = t.type AND {TYPE_VISIBLE}{keyset} {ordered}"
        f") a {ordered}"
    )


def _by_character_statement(
    statement: Statement, window: PageWindow, filter_: FactFilter, numbers: str, *, also: tuple[int, ...] | None = None
) -> str:
    """Reads the facts of each character by index. A fact about two of them occurs once."""
    conditions = "".join(_conditions(statement, filter_.types, also))
    keyset, ordered = statement.page_clauses(OLDEST_FIRST, window)
    return (
        f"SELECT {COLUMNS} FROM (SELECT DISTINCT b.position FROM {numbers} CROSS JOIN LATERAL ("
        "SELECT a.position FROM activity_characters a WHERE a.ecosystem_id = k.ecosystem_id AND a.number = n.number "
        f"{conditions}{keyset} {ordered}) b) b JOIN activity a ON a.ecosystem_id = k.ecosystem_id AND a.position = b.position {ordered}"
    )


def _conditions(statement: Statement, types: tuple[str, ...] | None, also: tuple[int, ...] | None) -> Iterator[str]:
    if types is not None:
        yield f" AND a.type = ANY({statement.bind(list(types), 'text[]')})"
    if also is not None:
        yield (
            " AND EXISTS (SELECT FROM activity_characters o WHERE o.ecosystem_id = a.ecosystem_id AND o.position = a.position "
            f"AND o.number = ANY({statement.bind(list(also), 'int[]')}))"
        )


async def after(reader: Reader, ecosystem_id: UUID, position: int, limit: int) -> list[FactRow]:
    """At most `limit` facts after a position, in order. It does not check visibility; the subscriptions do that for each viewer."""
    return await reader.fetch(
        f"SELECT {COLUMNS}, array(SELECT b.number FROM activity_characters b "
        "WHERE b.ecosystem_id = a.ecosystem_id AND b.position = a.position) AS numbers "
        "FROM activity a JOIN ecosystems e ON e.id = a.ecosystem_id "
        "WHERE a.ecosystem_id = $1 AND a.position > $2 ORDER BY a.position LIMIT $3",
        ecosystem_id, position, limit, record_class=FactRow,
    )  # fmt: skip


async def append(
    connection: Any, ecosystem_id: UUID, facts: Sequence[activity.Fact], *, actor_id: UUID | None, now: datetime
) -> tuple[int, int]:
    """Writes facts at the next positions. Returns the epoch, and the position of the first fact.

    It must be the last statement of a transaction: it locks the ecosystem's row, so that positions follow the order of commits.
    """
    row = await connection.fetchrow(
        """WITH taken AS (
            UPDATE ecosystems SET head = head + $2, active_at = $3 WHERE id = $1 RETURNING epoch, head - $2 AS before
        ), facts AS (
            INSERT INTO activity (ecosystem_id, position, type, actor_id, world_seconds, created_at, data)
            SELECT $1, taken.before + f.nth, f.type, $4, f.world_seconds, $3, f.data::jsonb
            FROM taken, unnest($5::text[], $6::float8[], $7::text[]) WITH ORDINALITY AS f(type, world_seconds, data, nth)
        ), about AS (
            INSERT INTO activity_characters (ecosystem_id, number, position, type)
            SELECT $1, b.number, taken.before + b.nth, b.type
            FROM taken, unnest($8::int[], $9::int[], $10::text[]) AS b(number, nth, type)
        )
        SELECT epoch, before + 1 AS first FROM taken""",
        ecosystem_id, len(facts), now, actor_id, [str(fact.type) for fact in facts], [fact.world_seconds for fact in facts],
        [orjson.dumps(dict(fact.data)).decode() for fact in facts], *_numbers(facts),
    )  # fmt: skip
    return row["epoch"], row["first"]


def _numbers(facts: Sequence[activity.Fact]) -> tuple[list[int], list[int], list[str]]:
    about = [(number, nth, str(fact.type)) for nth, fact in enumerate(facts, 1) for number in dict.fromkeys(fact.numbers)]
    return [a[0] for a in about], [a[1] for a in about], [a[2] for a in about]
