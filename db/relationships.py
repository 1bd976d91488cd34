"""Relationships: what one character feels for another. They are directed; the way back is another row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer
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
from db.rows import Row
from domain.fixed_point import SCALE
from domain.keys import RelationshipKey
from domain.relationships import RelationshipState, Stage
from domain.rule_sets import RuleSet


class Relationship(SQLModel, table=True):
    """Feelings are millionths, valid for `felt_at` (world seconds)."""

    __tablename__ = "character_relationships"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ecosystem_id", "from_number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["ecosystem_id", "to_number"], ["characters.ecosystem_id", "characters.number"], ondelete="CASCADE"
        ),
        columns.check_between("affinity", -SCALE, SCALE),
        columns.check_between("bond", -SCALE, SCALE),
        columns.check_between("trust", 0, SCALE),
        columns.check_between("familiarity", 0, SCALE),
        CheckConstraint("contact >= 0", name="contact_bounds"),
        CheckConstraint("from_number <> to_number AND version >= 1", name="between_two"),
        columns.check_one_of("stage", Stage),
        Index("relationships_incoming", "ecosystem_id", "to_number", "from_number"),
        Index("relationships_by_age", "ecosystem_id", "created_position", "from_number", "to_number"),
        {"postgresql_with": {"fillfactor": "70"}},
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    from_number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    to_number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    affinity: int
    bond: int
    trust: int
    familiarity: int
    contact: int = columns.big_integer()
    stage: str = columns.text()
    felt_at: float = columns.world_seconds()
    version: int = Field(default=1)
    created_position: int = columns.big_integer()
    created_at: datetime = columns.timestamp()
    updated_at: datetime = columns.timestamp()


class RelationshipRow(Row):
    """Feelings are millionths, valid for `felt_at`. `back_stage` is the stage of the way back; None if there is none."""

    __slots__ = ()
    ecosystem_id: UUID
    from_number: int
    to_number: int
    affinity: int
    bond: int
    trust: int
    familiarity: int
    contact: int
    stage: str
    felt_at: float
    version: int
    created_position: int
    created_at: datetime
    updated_at: datetime
    back_stage: str | None


BACK_STAGE = (
    "(SELECT b.stage FROM character_relationships b "
    "WHERE b.ecosystem_id = r.ecosystem_id AND b.from_number = r.to_number AND b.to_number = r.from_number)"
)
STATE_COLUMNS = (
    "r.from_number, r.to_number, r.affinity, r.bond, r.trust, r.familiarity, r.contact, r.stage, r.felt_at, r.version"
)
COLUMNS = f"r.ecosystem_id, {STATE_COLUMNS}, r.created_position, r.created_at, r.updated_at, {BACK_STAGE} AS back_stage"
KEYS = {"ecosystem_id": "uuid", "from_number": "int", "to_number": "int"}
BOND_NOW = "bond_at(r.affinity, r.bond, k.at - r.felt_at, k.affinity_half_life, k.bond_half_life, k.neglect_half_life)"

_BY_VALUE = (("v.shown", "float8", "shown"), ("r.from_number", "int", "from_number"), ("r.to_number", "int", "to_number"))
ORDERS = {
    "strongest": Order("r.strongest", (("abs(v.shown)", "float8", "strength"), *_BY_VALUE[1:]), descending=True),
    "warmest": Order("r.warmest", _BY_VALUE, descending=True),
    "coldest": Order("r.coldest", _BY_VALUE),
    "newest": Order(
        "r.newest",
        (
            ("r.created_position", "bigint", "created_position"),
            ("r.from_number", "int", "from_number"),
            ("r.to_number", "int", "to_number"),
        ),
        descending=True,
    ),
}


@dataclass(frozen=True, slots=True)
class RelationshipFilter:
    """Bonds are in [-1,1], at the instant of the parent. An empty tuple of stages matches none."""

    stages: tuple[str, ...] | None = None
    bond_min: float | None = None
    bond_max: float | None = None

    @property
    def depends_on_time(self) -> bool:
        return self.bond_min is not None or self.bond_max is not None


@dataclass(frozen=True, slots=True)
class RelationshipParent:
    """A whole ecosystem (`number` is None) or one character, with the instant and the rates of the bonds."""

    ecosystem_id: UUID
    number: int | None
    at: float
    rules: RuleSet


_PARENTS = {
    "ecosystem_id": "uuid", "number": "int", "at": "float8",
    "affinity_half_life": "float8", "bond_half_life": "float8", "neglect_half_life": "float8",
}  # fmt: skip
DIRECTIONS = {"ecosystem": "", "outgoing": " AND r.from_number = k.number", "incoming": " AND r.to_number = k.number"}


async def by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[RelationshipKey]) -> list[RelationshipRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader, viewer_id, keys, key_columns=KEYS, table="character_relationships r", columns=COLUMNS, row_class=RelationshipRow
    )


async def of_parents(
    reader: Reader,
    viewer_id: UUID | None,
    parents: Sequence[RelationshipParent],
    end: str,
    window: PageWindow,
    filter_: RelationshipFilter,
    order: str,
) -> list[list[RelationshipRow]]:
    """Ordered and filtered by the bond at the instant of each parent. `end` is a key of DIRECTIONS."""
    statement = Statement(viewer_id)
    source = _source(statement, parents, end, filter_)
    keyset, ordered = statement.page_clauses(ORDERS[order], window)
    inner = f"SELECT {COLUMNS}, v.shown, abs(v.shown) AS strength {source}{keyset} {ordered}"
    keys = _keys(statement, parents)
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=RelationshipRow), len(parents)
    )


async def counts(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[RelationshipParent], end: str, filter_: RelationshipFilter
) -> list[int]:
    """How many relationships of each parent match the filter."""
    statement = Statement(viewer_id)
    inner = f"SELECT count(*)::int AS count {_source(statement, parents, end, filter_)}"
    keys = _keys(statement, parents)
    return counts_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=Row), len(parents)
    )


def _keys(statement: Statement, parents: Sequence[RelationshipParent]) -> str:
    return statement.bind_parents(
        _PARENTS,
        [
            (p.ecosystem_id, p.number, p.at, p.rules.affinity_half_life, p.rules.bond_half_life, p.rules.neglect_half_life)
            for p in parents
        ],
    )


def _source(statement: Statement, parents: Sequence[RelationshipParent], end: str, filter_: RelationshipFilter) -> str:
    conditions = "".join(_conditions(statement, filter_))
    return (
        f"FROM character_relationships r CROSS JOIN LATERAL (SELECT {BOND_NOW} AS shown) v "
        f"WHERE r.ecosystem_id = k.ecosystem_id{DIRECTIONS[end]}{conditions}"
    )


def _conditions(statement: Statement, filter_: RelationshipFilter) -> Iterator[str]:
    if filter_.stages is not None:
        yield f" AND r.stage = ANY({statement.bind(list(filter_.stages), 'text[]')})"
    if filter_.bond_min is not None:
        yield f" AND v.shown >= {statement.bind(filter_.bond_min, 'float8')}"
    if filter_.bond_max is not None:
        yield f" AND v.shown <= {statement.bind(filter_.bond_max, 'float8')}"


def to_state(row: Any) -> RelationshipState:
    """The state for the rules."""
    return RelationshipState(
        row.from_number, row.to_number, row.affinity, row.bond, row.trust, row.familiarity, row.contact,
        Stage(row.stage), row.felt_at, row.version,
    )  # fmt: skip


async def states_among(connection: Any, ecosystem_id: UUID, numbers: Sequence[int]) -> dict[tuple[int, int], RelationshipState]:
    """All relationships between these characters, by (from, to). The locks on the characters protect them too."""
    rows = await connection.fetch(
        f"SELECT {STATE_COLUMNS} FROM character_relationships r WHERE r.ecosystem_id = $1 AND r.from_number = ANY($2) AND r.to_number = ANY($2)",
        ecosystem_id, list(numbers), record_class=Row,
    )  # fmt: skip
    return {(row.from_number, row.to_number): to_state(row) for row in rows}


async def save_states(
    connection: Any, ecosystem_id: UUID, states: Sequence[RelationshipState], *, position: int, now: datetime
) -> None:
    """Writes the states after the fact at `position`, which is also the creation position of new rows."""
    columns_ = (
        "from_number",
        "to_number",
        "affinity",
        "bond",
        "trust",
        "familiarity",
        "contact",
        "stage",
        "felt_at",
        "version",
    )
    arrays = [[getattr(tie, column) for tie in states] for column in columns_]
    await connection.execute(
        f"INSERT INTO character_relationships (ecosystem_id, {', '.join(columns_)}, created_position, created_at, updated_at) "
        "SELECT $1, t.*, $2, $3, $3 FROM unnest($4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::bigint[], "
        f"$11::text[], $12::float8[], $13::int[]) AS t({', '.join(columns_)}) "
        "ON CONFLICT (ecosystem_id, from_number, to_number) DO UPDATE SET affinity = excluded.affinity, bond = excluded.bond, "
        "trust = excluded.trust, familiarity = excluded.familiarity, contact = excluded.contact, stage = excluded.stage, "
        "felt_at = excluded.felt_at, version = excluded.version, updated_at = excluded.updated_at",
        ecosystem_id, position, now, *arrays,
    )  # fmt: skip
