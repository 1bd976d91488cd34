"""Limits of one request. They are counted before the document is validated, in time linear in its length.

| limit             | counts                                                                               | at most |
|-------------------|--------------------------------------------------------------------------------------|---------|
| body_bytes        | bytes of a request's body, and of one message of a WebSocket                         | 200,000 |
| batch             | requests in one body                                                                 | 10      |
| tokens            | lexical tokens of a document                                                         | 4,000   |
| depth             | fields inside fields; fragments do not add to it                                     | 16      |
| aliases           | fields with an alias, each as often as its fragment is spread                        | 100     |
| root_fields       | fields of the root, each as often as its fragment is spread                          | 30      |
| directives        | directives, each as often as its fragment is spread                                  | 50      |
| objects           | objects that a response can hold: each list has the length of `first`, `last`, `ids` | 50,000  |
| comparisons       | comparisons of fields of one name that validation makes                              | 50,000  |
| execution_seconds | seconds that a query or a mutation may run                                           | 10      |
| operations        | operations that run on one WebSocket or event stream at a time                       | 100     |
| sockets           | WebSockets and event streams of one viewer in one process                            | 50      |
| anonymous_sockets | those of one address without a session                                               | 5,000   |

A request over a limit gets the code LIMIT_EXCEEDED, the limit's name and its maximum.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import GraphQLError


@dataclass(frozen=True, slots=True)
class Limits:
    """`field_costs` are, by field name, the objects that one such field counts as."""

    body_bytes: int = 200_000
    batch: int = 10
    tokens: int = 4_000
    depth: int = 16
    aliases: int = 100
    root_fields: int = 30
    directives: int = 50
    objects: int = 50_000
    comparisons: int = 50_000
    execution_seconds: float = 10
    operations: int = 100
    sockets: int = 50
    # An address can have many users.
    anonymous_sockets: int = 5_000
    field_costs: Mapping[str, int] = field(default_factory=dict)


class LimitExceeded(GraphQLError):
    """The error of a request over a limit."""

    def __init__(self, limit: str, maximum: float) -> None:
        message = f"This requests too much: the limit '{limit}' is {maximum:,}. Request less at a time."
        super().__init__(message, extensions={"code": "LIMIT_EXCEEDED", "limit": limit, "maximum": maximum})
