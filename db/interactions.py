"""Interactions between two characters. The position of its fact identifies an interaction; its row never changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from db import columns
from db.database import Reader
from db.lookups import rows_by_keys
from db.pages import Order, PageWindow, Statement, group_by_parent, lateral_per_parent
from db.rows import Row, insert_statement
from domain.fixed_point import SCALE
from domain.interactions import QUARREL_WINDOW_SECONDS, REPEAT_WINDOW_SECONDS, Act, Effect, PairHistory
from domain.keys import FactKey
from domain.relationships import RelationshipState
from domain.rule_sets import InteractionKind


class Interaction(SQLModel, table=True):
    """Chances and valences are millionths. There is no foreign key to characters, because rows outlive them.

    `effects` are two objects (see `effect_data`), `reasons` triples of rule, description and weight in millionths.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        columns.check_one_of("kind", InteractionKind),
        columns.check_between("chance", 0, SCALE),
        columns.check_between("initiator_valence", -SCALE, SCALE),
        columns.check_between("responder_valence", -SCALE, SCALE),
        CheckConstraint("pair_low < pair_high", name="between_two"),
        Index("interactions_of_pair", "ecosystem_id", "pair_low", "pair_high", "position"),
        Index("interactions_by_kind", "ecosystem_id", "kind", "position"),
        # The kind comes last, so that a filter by kind is part of the index scan.
        Index("interactions_begun", "ecosystem_id", "initiator_number", "position", "kind"),
        Index("interactions_met", "ecosystem_id", "responder_number", "position", "kind"),
        Index(
            "interactions_of_message",
            "ecosystem_id",
            "message_position",
            "position",
            postgresql_where=text("message_position IS NOT NULL"),
        ),
    )
    ecosystem_id: UUID = columns.ecosystem_key()
    position: int = columns.position_key()
    kind: str = columns.text()
    initiator_number: int
    initiator_name: str = columns.text()
    responder_number: int
    responder_name: str = columns.text()
    pair_low: int
    pair_high: int
    content: str = columns.text()
    accepted: bool
    initiator_valence: int
    responder_valence: int
    chance: int
    drawn: int | None = Field(default=None, sa_column=Column(Integer))
    reasons: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    effects: list[Any] = Field(sa_column=Column(JSONB, nullable=False))
    message_position: int | None = columns.big_integer(nullable=True)
    world_seconds: float = columns.world_seconds()
    created_at: datetime = columns.timestamp()


class InteractionRow(Row):
    __slots__ = ()
    ecosystem_id: UUID
    position: int
    kind: str
    initiator_number: int
    initiator_name: str
    responder_number: int
    responder_name: str
    content: str
    accepted: bool
    initiator_valence: int
    responder_valence: int
    chance: int
    drawn: int | None
    reasons: list[Any]
    effects: list[Any]
    message_position: int | None
    world_seconds: float
    created_at: datetime


COLUMNS = (
    "i.ecosystem_id, i.position, i.kind, i.initiator_number, i.initiator_name, i.responder_number, i.responder_name, i.content, "
    "i.accepted, i.initiator_valence, i.responder_valence, i.chance, i.drawn, i.reasons, i.effects, i.message_position, "
    "i.world_seconds, i.created_at"
)
KEYS = {"ecosystem_id": "uuid", "position": "bigint"}
OLDEST_FIRST = Order("i.oldest", (("i.position", "bigint", "position"),))
AS_INITIATOR = " AND i.initiator_number = {}"
AS_RESPONDER = " AND i.responder_number = {}"
BETWEEN_PAIR = " AND i.pair_low = least({0}, {1}) AND i.pair_high = greatest({0}, {1})"
HISTORY_ROWS_MAX = 256
"""More interactions than the energy of one pair allows within the two days that the rules look back."""


@dataclass(frozen=True, slots=True)
class InteractionFilter:
    """`numbers`: with any of these characters. None matches all, an empty tuple matches none."""

    kinds: tuple[str, ...] | None = None
    accepted: bool | None = None
    numbers: tuple[int, ...] | None = None


async def by_keys(reader: Reader, viewer_id: UUID | None, keys: Sequence[FactKey]) -> list[InteractionRow | None]:
    """In the order of `keys`. None if it does not exist or the viewer may not see it."""
    return await rows_by_keys(
        reader, viewer_id, keys, key_columns=KEYS, table="interactions i", columns=COLUMNS, row_class=InteractionRow
    )


async def of_ecosystems(
    reader: Reader, viewer_id: UUID | None, ids: Sequence[UUID], window: PageWindow, filter_: InteractionFilter
) -> list[list[InteractionRow]]:
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid"}, [(id_,) for id_ in ids])
    if filter_.numbers is not None:
        inner = _union_statement(
            statement, window, filter_, "number", (AS_INITIATOR.format("w.number"), AS_RESPONDER.format("w.number"))
        )
    elif filter_.kinds is not None:
        inner = _union_statement(statement, window, filter_, "kind", (" AND i.kind = w.kind",))
    else:
        inner = _list_statement(statement, window, filter_, "")
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=InteractionRow), len(ids)
    )


async def of_characters(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow, filter_: InteractionFilter
) -> list[list[InteractionRow]]:
    """The interactions of each character, as initiator or responder. If the filter has `numbers`, only those with one of these."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid", "number": "int"}, parents)
    conditions: tuple[str, ...] = (AS_INITIATOR.format("k.number"), AS_RESPONDER.format("k.number"))
    if filter_.numbers is not None:
        conditions = (
            BETWEEN_PAIR.format("k.number", "w.number"),
            *(f"{condition} AND w.number = k.number" for condition in conditions),
        )
    inner = _union_statement(statement, window, filter_, "number" if filter_.numbers is not None else None, conditions)
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=InteractionRow), len(parents)
    )


async def of_pairs(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int, int]], window: PageWindow
) -> list[list[InteractionRow]]:
    """The interactions of each pair, in both directions. Each parent has the lower number first."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid", "low": "int", "high": "int"}, parents)
    inner = _list_statement(statement, window, InteractionFilter(), " AND i.pair_low = k.low AND i.pair_high = k.high")
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=InteractionRow), len(parents)
    )


async def of_messages(
    reader: Reader, viewer_id: UUID | None, parents: Sequence[tuple[UUID, int]], window: PageWindow
) -> list[list[InteractionRow]]:
    """The interactions of each message, between its speakers and those of the message before."""
    statement = Statement(viewer_id)
    keys = statement.bind_parents({"ecosystem_id": "uuid", "message_position": "bigint"}, parents)
    inner = _list_statement(statement, window, InteractionFilter(), " AND i.message_position = k.message_position")
    return group_by_parent(
        await reader.fetch(lateral_per_parent(keys, inner), *statement.args, record_class=InteractionRow), len(parents)
    )


def _union_statement(
    statement: Statement, window: PageWindow, filter_: InteractionFilter, dimension: str | None, conditions: Sequence[str]
) -> str:
    """Reads each condition by its own index, for each number or kind of the filter. An interaction found twice occurs once."""
    match dimension:
        case "number":
            source = f"unnest({statement.bind(list(filter_.numbers or ()), 'int[]')}) AS w(number)"
        case "kind":
            source = f"unnest({statement.bind(list(filter_.kinds or ()), 'text[]')}) AS w(kind)"
        case _:
            source = "(SELECT) AS w"
    selects = " UNION ALL ".join(f"({_list_statement(statement, window, filter_, condition)})" for condition in conditions)
    _, ordered = statement.page_clauses(OLDEST_FIRST, PageWindow(window.size, window.backward))
    return f"SELECT DISTINCT ON (i.position) i.* FROM {source} CROSS JOIN LATERAL ({selects}) i {ordered}"


def _list_statement(statement: Statement, window: PageWindow, filter_: InteractionFilter, condition: str) -> str:
    conditions = "".join(_conditions(statement, filter_))
    keyset, ordered = statement.page_clauses(OLDEST_FIRST, window)
    return (
        f"SELECT {COLUMNS} FROM interactions i WHERE i.ecosystem_id = k.ecosystem_id{condition}{conditions}{keyset} {ordered}"
    )


def _conditions(statement: Statement, filter_: InteractionFilter) -> Iterator[str]:
    """All conditions of the filter but `numbers`, which `_union_statement` handles."""
    if filter_.kinds is not None:
        yield f" AND i.kind = ANY({statement.bind(list(filter_.kinds), 'text[]')})"
    if filter_.accepted is not None:
        yield f" AND i.accepted = {statement.bind(filter_.accepted, 'boolean')}"


async def pair_history(
    connection: Any, ecosystem_id: UUID, initiator: int, responder: int, kind: str, tie: RelationshipState | None, at: float
) -> PairHistory:
    """The history of a pair, for the rules. The version of a relationship counts its interactions."""
    rows = await connection.fetch(
        "SELECT kind, initiator_number, world_seconds FROM interactions WHERE ecosystem_id = $1 AND pair_low = $2 AND pair_high = $3 "
        "ORDER BY position DESC LIMIT $4",
        ecosystem_id, min(initiator, responder), max(initiator, responder), HISTORY_ROWS_MAX, record_class=Row,
    )  # fmt: skip
    return PairHistory(
        interaction_count=tie.version if tie else 0,
        repeat_count=sum(row.kind == kind and row.world_seconds > at - REPEAT_WINDOW_SECONDS for row in rows),
        has_recent_quarrel=any(
            row.kind == InteractionKind.CONFLICT
            and row.initiator_number == initiator
            and row.world_seconds > at - QUARREL_WINDOW_SECONDS
            for row in rows
        ),
    )


def effect_data(effect: Effect) -> dict[str, Any]:
    """The stored form of an effect: the five feelings as stored before, drifted to the act, and after it.

    The sums of `after - held` give the state.
    """
    return {
        "from": effect.from_number,
        "to": effect.to_number,
        "held": feelings_data(effect.stored),
        "before": feelings_data(effect.before),
        "after": feelings_data(effect.after),
        "stages": [effect.before.stage, effect.after.stage],
        "version": effect.after.version,
    }


def feelings_data(tie: RelationshipState) -> list[int]:
    return [tie.affinity, tie.bond, tie.trust, tie.familiarity, tie.contact]


def row_values(
    ecosystem_id: UUID, position: int, act: Act, content: str, message_position: int | None, now: datetime
) -> tuple[Any, ...]:
    """The values in the order of ROW_COLUMNS, for INSERT or COPY."""
    first, second = act.initiator.number, act.responder.number
    return (
        ecosystem_id, position, str(act.kind), first, act.initiator.name, second, act.responder.name, min(first, second),
        max(first, second), content, act.accepted, act.initiator_valence, act.responder_valence, act.chance, act.drawn,
        [[reason.rule, reason.description, reason.weight] for reason in act.reasons],
        [effect_data(effect) for effect in act.effects], message_position, act.at, now,
    )  # fmt: skip


ROW_COLUMNS = (
    "ecosystem_id", "position", "kind", "initiator_number", "initiator_name", "responder_number", "responder_name", "pair_low",
    "pair_high", "content", "accepted", "initiator_valence", "responder_valence", "chance", "drawn",
    "reasons", "effects", "message_position", "world_seconds", "created_at",
)  # fmt: skip


async def insert(connection: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts rows of `row_values`."""
    await connection.executemany(insert_statement("interactions", ROW_COLUMNS), rows)
