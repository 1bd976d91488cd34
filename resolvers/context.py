"""The context of an operation: its viewer, its stores and its instant. A subscription has one context for each event."""

from collections.abc import AsyncIterator, Collection, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from db import ecosystems
from db.ecosystems import EcosystemRow
from db.stores import Stores
from db.unit_of_work import UnitOfWork, unit_of_work, world_clock
from domain import keys
from domain.clock import WallClock
from domain.refusals import NotSignedIn
from resolvers.loaders import Loaders

VIEWER_DEPENDENT_FIELDS = frozenset({"viewerCanAct", "viewerCanEdit", "me", "ecosystems", "characters"})
"""Fields whose result depends on more than the viewer's role in the ecosystem that the subscription names."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in user."""

    user_id: UUID
    name: str


@dataclass(slots=True)
class Context:
    """`now` is the same instant for a whole response.

    The transport carries out `new_session`, a token and its expiry to set as cookie, and `ended_session`.
    """

    stores: Stores
    wall: WallClock
    viewer: Viewer | None = None
    address: str = ""
    token: str | None = None
    can_set_cookies: bool = True
    new_session: tuple[str, datetime] | None = None
    ended_session: bool = False
    now: datetime = field(init=False)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Takes the present instant and drops everything that was loaded, for example after a change."""
        self.now = self.wall.now()
        self.loaders = Loaders(self)

    @property
    def was_used(self) -> bool:
        """Whether anything was loaded since `refresh`, so that the result may depend on what the viewer may see."""
        return self.loaders.was_used

    @property
    def viewer_id(self) -> UUID | None:
        return self.viewer.user_id if self.viewer else None

    def require_viewer_id(self) -> UUID:
        """The viewer's id. Raises NotSignedIn."""
        if self.viewer is None:
            raise NotSignedIn
        return self.viewer.user_id

    def world_seconds(self, ecosystem: EcosystemRow) -> float:
        """World time of the ecosystem at `now`."""
        return world_clock(ecosystem).at(self.now)

    @asynccontextmanager
    async def unit_of_work(self, ecosystem_id: UUID) -> AsyncIterator[UnitOfWork]:
        """A change by the viewer in one ecosystem; commits at the end of the block, then refreshes. Raises NotSignedIn."""
        async with unit_of_work(self.stores, self.wall, ecosystem_id, self.require_viewer_id()) as work:
            yield work
        self.refresh()

    async def share_key(self, field_names: Collection[str], values: Collection[Any]) -> Hashable | None:
        """Equal for all viewers to which a subscription sends the same; None where it cannot be shared.

        `values` are the values of its arguments and variables; one is the ID of the ecosystem or of an object in it.
        """
        if not VIEWER_DEPENDENT_FIELDS.isdisjoint(field_names):
            return None
        ecosystem_ids = {key.ecosystem_id for value in values if (key := _ecosystem_key(value)) is not None}
        if len(ecosystem_ids) != 1:
            return None
        # Read before the role: two viewers looked up before and after a change of access then get different keys.
        access_position = await self.stores.feeds.access_position(*ecosystem_ids)
        row = (await ecosystems.by_ids(self.stores.database, self.viewer_id, list(ecosystem_ids)))[0]
        return (row.role, row.is_member, access_position) if row else None


def _ecosystem_key(value: Any) -> Any:
    """The key in an ID, unless the ID is of a user or no ID at all: then None."""
    key = keys.decode_id(value) if isinstance(value, str) else None
    return None if isinstance(key, keys.UserKey) else key
