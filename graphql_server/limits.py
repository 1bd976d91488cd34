"""Limits: how much one request may ask for, counted before it is validated, in time linear in the document.

| limit             | counts                                                                           | at most |
|-------------------|----------------------------------------------------------------------------------|---------|
| body_bytes        | bytes of a request's body, and of one message of a socket                        | 200,000 |
| batch             | requests in one body                                                             | 10      |
| tokens            | lexical tokens of a document                                                     | 4,000   |
| depth             | fields inside fields; fragments do not add to it                                 | 16      |
| aliases           | fields with an alias, each as often as its fragment is spread                    | 100     |
| root_fields       | fields of the root, each as often as its fragment is spread                      | 30      |
| directives        | directives, each as often as its fragment is spread                              | 50      |
| objects           | objects that an answer may hold: every list as long as its `first`, `last`, `ids` | 50,000  |
| comparisons       | comparisons of fields of one name that validation makes                          | 50,000  |
| execution_seconds | seconds that a query or a mutation may run                                       | 10      |
| operations        | operations that run on one socket or event stream at a time                      | 100     |
| sockets           | sockets and event streams of one viewer in one process                           | 50      |
| anonymous_sockets | those of one address where nobody is signed in                                   | 5,000   |

A request over a limit is refused with the code LIMIT_EXCEEDED, the limit's name and its maximum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)

SIZES = ("first", "last", "ids")


def _heavy() -> Mapping[str, int]:
    # Measures are kept: a page of a hundred characters with those of all three networks is an ordinary question.
    return {"network": 5_000, "measures": 50, "path": 500}


@dataclass(frozen=True, slots=True)
class Limits:
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
    # Many people may come from one address.
    anonymous_sockets: int = 5_000
    # What one such field is as much work as, in objects.
    heavy: Mapping[str, int] = field(default_factory=_heavy)


class LimitExceeded(GraphQLError):
    def __init__(self, limit: str, maximum: float) -> None:
        message = f"This asks for too much: the limit '{limit}' is {maximum:,}. Ask for less at a time."
        super().__init__(message, extensions={"code": "LIMIT_EXCEEDED", "limit": limit, "maximum": maximum})


class Measure(NamedTuple):
    """What a set of selections amounts to."""

    depth: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    objects: int = 0

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.root_fields + other.root_fields,
            self.directives + other.directives,
            self.objects + other.objects,
        )


NOTHING = Measure()


def exceeded(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits) -> LimitExceeded | None:
    """The first limit that the operation goes over, whatever its variables are; `objects` is for `objects_exceeded`."""
    measure = Measuring(document, limits, {}).of(operation)
    for name in ("depth", "aliases", "root_fields", "directives"):
        if getattr(measure, name) > (maximum := getattr(limits, name)):
            return LimitExceeded(name, maximum)
    return None


def objects_exceeded(
    document: DocumentNode, operation: OperationDefinitionNode, limits: Limits, variables: Mapping[str, Any]
) -> LimitExceeded | None:
    """Sizes may come from variables, so this is asked for once per set of their values."""
    measure = Measuring(document, limits, {**_defaults(operation), **variables}).of(operation)
    return LimitExceeded("objects", limits.objects) if measure.objects > limits.objects else None


def size_variables(document: DocumentNode) -> tuple[str, ...]:
    """Names of the variables that size a list somewhere in the document."""
    return tuple(sorted({size.name.value for size in _sizes(document) if isinstance(size, VariableNode)}))


class Measuring:
    """Measures one operation; each fragment is measured once, however often it is spread."""

    def __init__(self, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]) -> None:
        self.heavy = limits.heavy
        self.variables = variables
        self.fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        self.measured: dict[str, Measure] = {}

    def of(self, operation: OperationDefinitionNode) -> Measure:
        try:
            measure = self._selections(operation.selection_set)
        except RecursionError:
            return Measure(depth=len(self.fragments) + 1_000)
        return measure._replace(directives=measure.directives + len(operation.directives or ()))

    def _selections(self, selection_set: SelectionSetNode) -> Measure:
        measure = NOTHING
        for selection in selection_set.selections:
            measure = measure.beside(self._selection(selection))
        return measure

    def _selection(self, node: SelectionNode) -> Measure:
        directives = len(node.directives or ())
        if isinstance(node, FieldNode):
            return self._field(node, directives)
        if isinstance(node, FragmentSpreadNode):
            inner = self._fragment(node.name.value)
        else:
            inner = self._selections(node.selection_set)  # type: ignore[attr-defined]
        return inner._replace(directives=inner.directives + directives) if directives else inner

    def _field(self, node: FieldNode, directives: int) -> Measure:
        heavy = self.heavy.get(node.name.value, 0)
        aliased = 1 if node.alias else 0
        if node.selection_set is None:
            return Measure(1, aliased, 1, directives, heavy)
        inner = self._selections(node.selection_set)
        size = self._size(node)
        objects = 1 + heavy + (inner.objects if size is None else size * max(1, inner.objects))
        return Measure(inner.depth + 1, inner.aliases + aliased, 1, inner.directives + directives, objects)

    def _fragment(self, name: str) -> Measure:
        if name not in self.measured:
            # A fragment that spreads itself counts nothing the second time: validation refuses it later.
            self.measured[name] = NOTHING
            if name in self.fragments:
                self.measured[name] = self._selections(self.fragments[name].selection_set)
        return self.measured[name]

    def _size(self, node: FieldNode) -> int | None:
        """Of the field's list; None where no argument says it."""
        sizes = [self._size_of(each.value) for each in node.arguments or () if each.name.value in SIZES]
        return max(sizes) if sizes else None

    def _size_of(self, value: Any) -> int:
        if isinstance(value, VariableNode):
            value = self.variables.get(value.name.value)
        elif isinstance(value, IntValueNode):
            value = int(value.value)
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, list):
            return len(value)
        return value if isinstance(value, int) and value > 0 else 1


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }


def _sizes(node: Any) -> Iterator[Any]:
    """The values of all size arguments below `node`."""
    waiting = [definition.selection_set for definition in node.definitions if hasattr(definition, "selection_set")]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                yield from (each.value for each in selection.arguments or () if each.name.value in SIZES)
            if getattr(selection, "selection_set", None) is not None:
                waiting.append(selection.selection_set)
