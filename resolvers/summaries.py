"""Summaries: counts that are at most 60 seconds old, from materialized views or, where those are older, counted now."""

from datetime import timedelta
from uuid import UUID

from db import summaries
from db.summaries import CharacterSummaryRow, EcosystemSummaryRow
from domain.keys import CharacterKey, EcosystemKey
from domain.refusals import NotFound
from resolvers.context import Context

AGE_MAX = timedelta(seconds=60)


async def for_ecosystem(context: Context, id_: UUID) -> EcosystemSummaryRow:
    """Raises NotFound where the viewer may not see the ecosystem."""
    row = await context.loaders.load(summaries.of_ecosystems, id_, context.now - AGE_MAX)
    if row is None:
        raise NotFound(missing=EcosystemKey(id_))
    return row


async def for_character(context: Context, key: CharacterKey) -> CharacterSummaryRow:
    """Raises NotFound where the viewer may not see the character."""
    row = await context.loaders.load(summaries.of_characters, key, context.now - AGE_MAX)
    if row is None:
        raise NotFound(missing=key)
    return row
