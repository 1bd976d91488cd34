"""Idempotency keys: a mutation that is repeated with the same key and the same input returns its first result."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from db.unit_of_work import UnitOfWork
from db.users import IdempotencyRow
from domain.activity import Cursor
from domain.validation import ValidationErrors


class IdempotentCommand(Protocol):
    """A dataclass with the input of a mutation; its repr must contain the whole input."""

    @property
    def idempotency_key(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Replay:
    """`result` is the number or position that the first execution created, `cursor` the one of its last fact."""

    result: int
    cursor: str


def check_key(command: IdempotentCommand) -> None:
    """Raises Invalid where Postgres could not store the key: it is looked up before the rest of the input is checked."""
    problems = ValidationErrors()
    if command.idempotency_key is not None:
        problems.check_line(command.idempotency_key, "idempotencyKey")
    problems.raise_if_any()


async def find_saved(work: UnitOfWork, operation: str, command: IdempotentCommand) -> IdempotencyRow | None:
    """Claims the key for this transaction; returns what an earlier execution saved with it, or None.

    Raises Invalid where the key was used with another input.
    """
    return await work.find_replay(command.idempotency_key, _fingerprint(operation, command))


async def find_replay(work: UnitOfWork, operation: str, command: IdempotentCommand) -> Replay | None:
    """As `find_saved`, with the cursor of the first execution. Raises NotFound where the viewer may not see the ecosystem."""
    saved = await find_saved(work, operation, command)
    if saved is None or saved.answer is None or saved.position is None:
        return None
    ecosystem = await work.load_ecosystem()
    return Replay(saved.answer, str(Cursor(ecosystem.epoch, saved.position)))


def _fingerprint(operation: str, command: IdempotentCommand) -> bytes:
    """16 bytes that are equal for equal inputs of one operation."""
    return blake2b(f"{operation}{command!r}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
