"""Columns and constraints that many tables share."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Float, ForeignKey, Text, Uuid
from sqlmodel import Field


def ecosystem_key() -> Any:
    """The first column of every primary key. Rows are deleted with their ecosystem."""
    return Field(sa_column=Column(Uuid, ForeignKey("ecosystems.id", ondelete="CASCADE"), primary_key=True))


def position_key() -> Any:
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def big_integer(*, nullable: bool = False, default: int | None = None) -> Any:
    return Field(sa_column=Column(BigInteger, nullable=nullable, server_default=None if default is None else str(default)))


def world_seconds(*, nullable: bool = False) -> Any:
    """World time, in seconds since the start of the ecosystem."""
    return Field(sa_column=Column(Float(53), nullable=nullable))


def timestamp() -> Any:
    """An instant of the wall clock, with its time zone."""
    return Field(sa_column=Column(DateTime(timezone=True), nullable=False))


def text() -> Any:
    return Field(sa_column=Column(Text, nullable=False))


def user_reference(*, nullable: bool = True) -> Any:
    """A reference to a user. It becomes NULL when the user is deleted."""
    return Field(sa_column=Column(Uuid, ForeignKey("users.id", ondelete="SET NULL"), nullable=nullable))


def check_one_of(column: str, values: Any) -> CheckConstraint:
    """`values` is an enumeration of strings."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def check_between(column: str, low: int, high: int) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_bounds")
