"""The most recent events of a shared subscription, limited by their number and by their size."""

from collections import deque

from graphql_server.subscriptions.events import NO_POSITION, EncodedEvent

BUFFERED_EVENTS_MAX = 1_024
BUFFERED_BYTES_MAX = 4_000_000


class EventBuffer:
    """Events have indexes: 0 is the first event of the subscription, also when the buffer has dropped it."""

    def __init__(self) -> None:
        self.events: deque[EncodedEvent] = deque()
        self.first_index = 0
        self.bytes = 0
        self.last_position = -1
        self.complete_after: int | None = None
        """The buffer holds all events after this position; None before the first event."""

    @property
    def next_index(self) -> int:
        return self.first_index + len(self.events)

    def __getitem__(self, index: int) -> EncodedEvent:
        return self.events[index - self.first_index]

    def append(self, event: EncodedEvent) -> None:
        """Drops the oldest events where the buffer is too large; the newest one stays, however large it is."""
        if event.position != NO_POSITION:
            self.last_position = event.position
        if self.complete_after is None:
            self.complete_after = self.last_position
        self.events.append(event)
        self.bytes += len(event.payload)
        while len(self.events) > BUFFERED_EVENTS_MAX or (self.bytes > BUFFERED_BYTES_MAX and len(self.events) > 1):
            self._drop_oldest()

    def index_after(self, position: int) -> int:
        """The index of the first event after `position`; `next_index` where there is none yet."""
        index = self.next_index
        for event in reversed(self.events):
            if event.position <= position:
                break
            index -= 1
        return index

    def has_all_after(self, position: int) -> bool:
        """Whether the buffer has dropped no event after `position`. False before the first event."""
        return self.complete_after is not None and position >= self.complete_after

    def _drop_oldest(self) -> None:
        dropped = self.events.popleft()
        self.first_index += 1
        self.bytes -= len(dropped.payload)
        self.complete_after = dropped.position
