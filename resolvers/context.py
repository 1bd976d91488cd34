"""The context: who asks, when, and of which stores. One for each operation; in a subscription, one for each event."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from db.changes import world_clock
from db.ecosystems import EcosystemRow
from db.stores import Stores
from domain.clock import WallClock
from domain.refusals import NotSignedIn
from resolvers.loaders import Loaders


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who is signed in."""

    user_id: UUID
    name: str


@dataclass(slots=True)
class Context:
    """`now` is one instant for a whole answer. `opened` and `ended` tell the transport what became of the session."""

    stores: Stores
    wall: WallClock
    viewer: Viewer | None = None
    address: str = ""
    token: str | None = None
    opened: tuple[str, datetime] | None = None
    ended: bool = False
    now: datetime = field(init=False)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """What follows is asked now, and of the stores as they are now."""
        self.now = self.wall.now()
        self.loaders = Loaders(self)

    @property
    def viewer_id(self) -> UUID | None:
        return self.viewer.user_id if self.viewer else None

    def signed_in(self) -> UUID:
        """The viewer's id. Raises NotSignedIn."""
        if self.viewer is None:
            raise NotSignedIn
        return self.viewer.user_id

    def world_seconds(self, ecosystem: EcosystemRow) -> float:
        """The world's time, now."""
        return world_clock(ecosystem).at(self.now)
