"""Pages of lists: the arguments of every list, and the base types of edges and connections as Relay defines them."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

import strawberry

from domain.validation import casefold_for_search
from resolvers.pages import PageArguments

QUERY_LENGTH_MAX = 200

First = Annotated[
    int | None,
    strawberry.argument(
        description="Number of edges from the beginning of the list or after the cursor `after`, 1 to 100. Give either `first` or `last`."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="Returns only edges after this cursor, which must come from the same list in the same order."
    ),
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description="Number of edges up to the end of the list or before the cursor `before`, 1 to 100. Give either `first` or `last`."
    ),
]
Before = Annotated[
    str | None,
    strawberry.argument(
        description="Returns only edges before this cursor, which must come from the same list in the same order."
    ),
]

T = TypeVar("T")


def unset_to_none(value: T | None) -> T | None:
    """Treats an argument that was left out as null."""
    return None if value is strawberry.UNSET else value


def unset_to_tuple(values: Sequence[T] | None) -> tuple[T, ...] | None:
    """The values of a list in a filter; None where it is null or left out, which selects everything."""
    return None if values is None or values is strawberry.UNSET else tuple(values)


def to_search_text(query: str | None) -> str | None:
    """The text as the search keys of names are written; None where it is empty.

    Characters that no name contains (NUL, half of a surrogate pair) become U+FFFD, which is not found either.
    """
    if not query or query is strawberry.UNSET:
        return None
    return casefold_for_search(
        "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in query[:QUERY_LENGTH_MAX])
    )


def page_arguments(first: int | None, after: str | None, last: int | None, before: str | None) -> PageArguments:
    return PageArguments(unset_to_none(first), unset_to_none(after), unset_to_none(last), unset_to_none(before))


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether edges follow this page; request them with `after: endCursor`.")
    has_previous_page: bool = strawberry.field(
        description="Whether edges precede this page; request them with `before: startCursor`."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge; null on an empty page.")


EDGE_CURSOR = "An opaque position in this list and order. It stays valid when objects are added or deleted."


async def count_total(connection: strawberry.Parent[Any]) -> int:
    """Counts only where the field is requested. `connection` is a `resolvers.pages.Connection`."""
    count: int = await connection.count_total()
    return count


NodeT = TypeVar("NodeT")
EdgeT = TypeVar("EdgeT")


@strawberry.type
class Edge(Generic[NodeT]):
    cursor: str = strawberry.field(description=EDGE_CURSOR)
    node: NodeT = strawberry.field(description="The object.")


@strawberry.type
class Connection(Generic[EdgeT]):
    edges: list[EdgeT] = strawberry.field(description="The edges of this page, in the order of the list.")
    page_info: PageInfo = strawberry.field(
        description="Whether there are pages before and after this one, and where this page begins and ends."
    )


@strawberry.type
class CountedConnection(Connection[EdgeT]):
    total_count: int = strawberry.field(resolver=count_total, description="Number of objects on all pages together.")
