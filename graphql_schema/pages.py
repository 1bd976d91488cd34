"""Pages: the arguments that every list takes, and what every connection tells beside its edges."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

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
    """What was left out is null."""
    return None if value is strawberry.UNSET else value


def unset_to_tuple(values: Sequence[T] | None) -> tuple[T, ...] | None:
    """A list of a filter: any of these; null lets everything through, an empty one nothing."""
    return None if values is None or values is strawberry.UNSET else tuple(values)


def to_search_text(query: str | None) -> str | None:
    """In the form of names that are searched. What no name can hold (NUL, half of a surrogate pair) is found in none."""
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


EDGE_CURSOR = "An opaque place in this list and order. It stays valid while rows come and go."


async def resolve_total_count(connection: strawberry.Parent[Any]) -> int:
    """How many there are in all, by the loader that the connection carries."""
    count: int = await connection.count_total()
    return count
