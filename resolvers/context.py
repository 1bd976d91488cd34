"""The context: who asks, when, and of which stores. One for each operation; in a subscription, one for each event."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from db import ecosystems
from db.ecosystems import EcosystemRow
from db.stores import Stores
from db.unit_of_work import world_clock
from domain import keys
from domain.clock import WallClock
from domain.refusals import NotSignedIn
from resolvers.loaders import Loaders

VIEWER_DEPENDENT_FIELDS = frozenset({"viewerCanAct", "viewerCanEdit", "me", "ecosystems", "characters"})
"""Fields whose answer can depend on who asks, and not only on their role in the world that is asked about."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in."""

    user_id: UUID
    name: str


@dataclass(slots=True)
class Context:
    """`now` is one instant for a whole answer. `new_session` and `ended_session` are for the transport to carry out."""

    stores: Stores
    wall: WallClock
    viewer: Viewer | None = None
    address: str = ""
    token: str | None = None
    can_set_cookies: bool = True
    new_session: tuple[str, datetime] | None = None
    ended_session: bool = False
    uses_cache: bool = True
    now: datetime = field(init=False)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """What follows is asked now, and of the stores as they are now."""
        self.now = self.wall.now()
        self.loaders = Loaders(self)

    def begin_event(self) -> None:
        """An event tells of what has just changed: the cache would be asked in vain, while all who watch wait."""
        self.uses_cache = False

    @property
    def was_used(self) -> bool:
        """Whether anything was looked up since `begin`, and so may depend on what the viewer may see."""
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
        """The world's time, now."""
        return world_clock(ecosystem).at(self.now)

    async def share_key(self, field_names: Collection[str], values: Collection[Any]) -> Hashable | None:
        """Equal for all who see the same of a subscription; None where only this viewer sees it so.

        `given` are the values of its arguments and of its variables; which world it is of stands in one of them.
        """
        if not VIEWER_DEPENDENT_FIELDS.isdisjoint(field_names):
            return None
        worlds = {key.ecosystem_id for value in values if (key := _ecosystem_key(value)) is not None}
        if len(worlds) != 1:
            return None
        # First, so that two who are asked before and after a change of who may see what never share.
        rights = await self.stores.feeds.access_position(*worlds)
        row = (await ecosystems.by_ids(self.stores.database, self.viewer_id, list(worlds)))[0]
        return (row.role, row.is_member, rights) if row else None


def _ecosystem_key(value: Any) -> Any:
    key = keys.decode_id(value) if isinstance(value, str) else None
    return None if isinstance(key, keys.UserKey) else key
