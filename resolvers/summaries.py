"""Summaries: counts that are at most a minute old, from the views that are refreshed, else counted now."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from db import summaries
from db.summaries import CharacterSummaryRow, EcosystemSummaryRow
from domain.keys import CharacterKey
from resolvers.context import Context

AGE_MAX = timedelta(seconds=60)


async def of_ecosystems(context: Context, ids: Sequence[UUID]) -> Sequence[EcosystemSummaryRow | None]:
    """Of those that the viewer may see."""
    return await summaries.of_ecosystems(context.stores.database, context.viewer_id, ids, context.now - AGE_MAX)


async def of_characters(context: Context, keys: Sequence[CharacterKey]) -> Sequence[CharacterSummaryRow | None]:
    """Of those that the viewer may see."""
    return await summaries.of_characters(context.stores.database, context.viewer_id, keys, context.now - AGE_MAX)
