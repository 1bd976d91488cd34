"""Columns that many tables share: how a key, a moment and a list of words are declared."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Float, ForeignKey, Text, Uuid
from sqlmodel import Field


def ecosystem_key() -> Any:
    """First column of every primary key: what belongs to a world goes with it."""
    return Field(sa_column=Column(Uuid, ForeignKey("ecosystems.id", ondelete="CASCADE"), primary_key=True))


def position_key() -> Any:
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def big_integer(*, nullable: bool = False, default: int | None = None) -> Any:
    return Field(sa_column=Column(BigInteger, nullable=nullable, server_default=None if default is None else str(default)))


def world_seconds(*, nullable: bool = False) -> Any:
    """World seconds, since the world's start."""
    return Field(sa_column=Column(Float(53), nullable=nullable))


def timestamp() -> Any:
    """An instant of the wall's clock."""
    return Field(sa_column=Column(DateTime(timezone=True), nullable=False))


def text() -> Any:
    return Field(sa_column=Column(Text, nullable=False))


def user_reference(*, nullable: bool = True) -> Any:
    """Somebody who may leave: what they did stays."""
    return Field(sa_column=Column(Uuid, ForeignKey("users.id", ondelete="SET NULL"), nullable=nullable))


def check_one_of(column: str, values: Any) -> CheckConstraint:
    """`values` is an enumeration of words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def check_between(column: str, low: int, high: int) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_bounds")
