"""Characters: the table and its queries. Every key begins with the ecosystem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.lookups import rows_by_keys
from db.pages import (
    Order,
    PageWindow,
    Statement,
    counts_by_parent,
    group_by_parent,
    lateral_per_parent,
)
from db.rows import Row, insert_row
from domain.characters import CharacterState, Traits
from domain.fixed_point import SCALE
from domain.keys import CharacterKey

TRAITS = ("openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism")


class Character(SQLModel, table=True):
    """Traits, energy and mood are millionths; energy and mood are valid for `felt_at`, in world seconds."""

    __tablename__ = "characters"
    __table_args__ = (
        *(columns.check_between(trait, 0, SCALE) for trait in TRAITS),
        columns.check_between("energy", 0, SCALE),
        columns.check_between("mood", -SCALE, SCALE),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint("number >= 1 AND version >= 1 AND interaction_count >= 0", name="counters_bounds"),
        Index("characters_by_name", "ecosystem_id", "name_key", "number"),
        Index("characters_active", "ecosystem_id", "is_active", "name_key", "number"),
        Index("characters_most_active", "ecosystem_id", "interaction_count", "number"),
        Index("characters_by_owner", "owner_id", "ecosystem_id", "number"),
        {"postgresql_with": {"fillfactor": "70"}},
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = columns.text()
    name_key: str = columns.text()
    description: str = columns.text()
    openness: int
    conscientiousness: int
    extraversion: int
    agreeableness: int
    neuroticism: int
    energy: int
    mood: int
    felt_at: float = columns.world_seconds()
    is_active: bool
    owner_id: UUID | None = columns.user_reference()
    interaction_count: int = columns.big_integer(default=0)
    version: int = Field(default=1)
    created_at: datetime = columns.timestamp()
    updated_at: datetime = columns.timestamp()


class CharacterRow(Row):
    """Traits, energy and mood are millionths; energy and mood are valid for `felt_at`, in world seconds."""

    __slots__ = ()
    ecosystem_id: UUID
    number: int
    name: str
    name_key: str
    description: str
    openness: int
    conscientiousness: int
    extraversion: int
    agreeableness: int
    neuroticism: int
    energy: int
    mood: int
    felt_at: float
    is_active: bool
    owner_id: UUID | None
    interaction_count: int
    version: int
    created_at: datetime
    updated_at: datetime


COLUMNS = (
    "c.ecosystem_id, c.number, c.name, c.name_key, c.description, c.openness, c.conscientiousness, c.extraversion, "
    "c.agreeableness, c.neuroticism, c.energy, c.mood, c.felt_at, c.is_active, c.owner_id, c.interaction_count, c.version, "
    "c.created_at, c.updated_at"
)
KEYS = {"ecosystem_id": "uuid", "number": "int"}

ORDERS = {
    "name": Order("c.name", (("c.name_key", "text", "name_key"), ("c.number", "int", "number"))),
    "newest": Order("c.newest", (("c.number", "int", "number"),), descending=True),
    "most_active": Order(
        "c.most", (("c.interaction_count", "bigint", "interaction_count"), ("c.number", "int", "number")), descending=True
    ),
}


@dataclass(frozen=True, slots=True)
class CharacterFilter:
    """`query` in the form of `casefold_for_search`; `mine`: owned by the viewer."""

    query: str | None = None
    is_active: bool | None = None
    mine: bool = False


async def by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[CharacterKey]) -> list[CharacterRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader, viewer_id, keys, key_columns=KEYS, table="characters c", columns=COLUMNS, row_class=CharacterRow
    )


async def of_ecosystems(
    reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], window: PageWindow, filter_: CharacterFilter, order: str
) -> list[list[CharacterRow]]:
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    conditions = "".join(_conditions(statement, filter_))
    keyset, ordered = statement.page_clauses(ORDERS[order], window)
    inner = f"SELECT {COLUMNS} FROM characters c WHERE c.ecosystem_id = k.ecosystem_id{conditions}{keyset} {ordered}"
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=CharacterRow), len(ids)
    )


async def counts(reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], filter_: CharacterFilter) -> list[int]:
    """How many characters of each ecosystem match the filter."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    conditions = "".join(_conditions(statement, filter_))
    inner = f"SELECT count(*)::int AS count FROM characters c WHERE c.ecosystem_id = k.ecosystem_id{conditions}"
    return counts_by_parent(await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=Row), len(ids))


def _conditions(statement: Statement, filter_: CharacterFilter) -> Iterator[str]:
    if filter_.query is not None:
        yield f" AND strpos(c.name_key, {statement.bind(filter_.query, 'text')}) > 0"
    if filter_.is_active is not None:
        yield f" AND c.is_active = {statement.bind(filter_.is_active, 'boolean')}"
    if filter_.mine:
        yield " AND c.owner_id = $1"


async def lock(connection: Any, ecosystem_id: UUID, numbers: Iterable[int]) -> dict[int, CharacterRow]:
    """Locks rows in order of number, so that writers cannot deadlock. Returns those that exist, by number."""
    rows = await connection.fetch(
        f"SELECT {COLUMNS} FROM characters c WHERE c.ecosystem_id = $1 AND c.number = ANY($2) "
        "ORDER BY c.number FOR NO KEY UPDATE",
        ecosystem_id, sorted(set(numbers)), record_class=CharacterRow,
    )  # fmt: skip
    return {row.number: row for row in rows}


def to_state(row: CharacterRow) -> CharacterState:
    """The state for the rules."""
    traits = Traits(row.openness, row.conscientiousness, row.extraversion, row.agreeableness, row.neuroticism)
    return CharacterState(row.number, row.name, traits, row.energy, row.mood, row.felt_at, row.is_active)


async def save_states(connection: Any, ecosystem_id: UUID, states: Sequence[CharacterState], *, interactions: int) -> None:
    """Writes energy and mood, and adds `interactions` to the count of each."""
    await connection.execute(
        "UPDATE characters c SET energy = p.energy, mood = p.mood, felt_at = p.felt_at, "
        "interaction_count = c.interaction_count + $6 FROM unnest($2::int[], $3::int[], $4::int[], $5::float8[]) AS p(number, energy, mood, felt_at) "
        "WHERE c.ecosystem_id = $1 AND c.number = p.number",
        ecosystem_id,
        [state.number for state in states],
        [state.energy for state in states],
        [state.mood for state in states],
        [state.felt_at for state in states],
        interactions,
    )


async def insert(connection: Any, character: Character) -> None:
    await insert_row(connection, character)


async def update(connection: Any, ecosystem_id: UUID, number: int, changes: Mapping[str, Any], now: datetime) -> None:
    """Sets the columns in `changes` and increments the version."""
    sets = "".join(f", {column} = ${n}" for n, column in enumerate(changes, start=4))
    statement = f"UPDATE characters SET version = version + 1, updated_at = $3{sets} WHERE ecosystem_id = $1 AND number = $2"
    await connection.execute(statement, ecosystem_id, number, now, *changes.values())


async def delete(connection: Any, ecosystem_id: UUID, number: int) -> None:
    """Deletes its relationships too."""
    await connection.execute("DELETE FROM characters WHERE ecosystem_id = $1 AND number = $2", ecosystem_id, number)
