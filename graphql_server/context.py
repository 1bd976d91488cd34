"""What the server reads of the context that the application makes for each operation. Resolvers receive the same object."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime
from typing import Any, Protocol

from graphql_server.auth.credentials import Caller


class OperationContext(Protocol):
    """One context serves one query, one mutation, or one event of a subscription."""

    new_session: tuple[str, datetime] | None
    """The token and the expiry of a session that the operation has opened: over HTTP the response sets its cookie."""

    ended_session: bool
    """Whether the operation has ended the session of the caller: its connections are closed and its cookie is removed."""

    @property
    def was_used(self) -> bool:
        """Whether a resolver has read anything that can depend on what the viewer may see."""

    async def share_key(self, field_names: Collection[str], values: Collection[Any]) -> Hashable | None:
        """Returns a key that is equal for all viewers who get the same events, or None if no other viewer gets them.

        `field_names` are all fields of the document, `values` those of the subscription's arguments and variables.
        """


MakeContext = Callable[[Any, Caller], OperationContext]
"""From the viewer and the caller to a new context. Called for each operation and for each event."""
