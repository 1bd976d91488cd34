"""Descriptions and result types that several mutations share."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.refusals import (
    NotAllowed,
    NotFound,
    NotSignedIn,
)

CHANGE_CURSOR = "Cursor of the last fact of this change; pass it as `after` to receive the facts that follow."
IDEMPOTENCY_KEY = (
    "At most 200 characters. A repetition by the same user within 24 hours with the same key and input changes nothing and "
    "returns the first result; with another input it is Invalid."
)
VERSION = "The version that was read; when it is not the current version, the result is a Conflict."
UNCHANGED_IF_OMITTED = "Null or left out: no change."


@strawberry.type(description="The result of a deletion.")
class DeletePayload:
    deleted_id: strawberry.ID = strawberry.field(description="The ID of the deleted object.")
    cursor: str | None = strawberry.field(description=f"{CHANGE_CURSOR} Null when the ecosystem itself was deleted.")


DeleteResult = Annotated[
    DeletePayload | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("DeleteResult", description="The deletion, or the reason why nothing was deleted."),
]
