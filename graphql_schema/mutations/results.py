"""What the changes of several nouns share: how inputs are described, and what is answered when something is gone."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.refusals import (
    NotAllowed,
    NotFound,
    NotSignedIn,
)

CHANGE_CURSOR = "Of the last fact of this change: give it to `after` to see all that comes behind it."
IDEMPOTENCY_KEY = (
    "At most 200 characters. The same key from the same user within a day gives the first answer again and does nothing twice; "
    "with other input it is Invalid."
)
VERSION = "The version that was read; when it is not the current one any more, the answer is a Conflict."
UNCHANGED_IF_OMITTED = "Null or left out: it stays as it is."


@strawberry.type(description="The result of a deletion.")
class DeletePayload:
    deleted_id: strawberry.ID = strawberry.field(description="The ID of the deleted object.")
    cursor: str | None = strawberry.field(description=f"{CHANGE_CURSOR} Null when the ecosystem itself was deleted.")


DeleteResult = Annotated[
    DeletePayload | NotAllowed | NotFound | NotSignedIn,
    strawberry.union("DeleteResult", description="The deletion, or the reason why nothing was deleted."),
]
