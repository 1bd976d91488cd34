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

SIZE_ARGUMENTS = ("first", "last", "ids")


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
    # By the name of a field: the work of one such field, in objects.
    field_costs: Mapping[str, int] = field(default_factory=dict)


class LimitExceeded(GraphQLError):
    def __init__(self, limit: str, maximum: float) -> None:
        message = f"This asks for too much: the limit '{limit}' is {maximum:,}. Ask for less at a time."
        super().__init__(message, extensions={"code": "LIMIT_EXCEEDED", "limit": limit, "maximum": maximum})


class Cost(NamedTuple):
    """What a set of selections amounts to."""

    depth: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    objects: int = 0

    def combine(self, other: "Cost") -> "Cost":
        return Cost(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.root_fields + other.root_fields,
            self.directives + other.directives,
            self.objects + other.objects,
        )


ZERO_COST = Cost()


def find_exceeded_limit(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits) -> LimitExceeded | None:
    """The first limit that the operation goes over, whatever its variables are; `objects` is for `objects_exceeded`."""
    measure = CostAnalysis(document, limits, {}).measure(operation)
    for name in ("depth", "aliases", "root_fields", "directives"):
        if getattr(measure, name) > (maximum := getattr(limits, name)):
            return LimitExceeded(name, maximum)
    return None


def find_exceeded_object_limit(
    document: DocumentNode, operation: OperationDefinitionNode, limits: Limits, variables: Mapping[str, Any]
) -> LimitExceeded | None:
    """Sizes may come from variables, so this is asked for once per set of their values."""
    measure = CostAnalysis(document, limits, {**_default_values(operation), **variables}).measure(operation)
    return LimitExceeded("objects", limits.objects) if measure.objects > limits.objects else None


def find_size_variables(document: DocumentNode) -> tuple[str, ...]:
    """Names of the variables that size a list somewhere in the document."""
    return tuple(sorted({size.name.value for size in _size_values(document) if isinstance(size, VariableNode)}))


class CostAnalysis:
    """Measures one operation; each fragment is measured once, however often it is spread."""

    def __init__(self, document: DocumentNode, limits: Limits, variables: Mapping[str, Any]) -> None:
        self.field_costs = limits.field_costs
        self.variables = variables
        self.fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        self.fragment_costs: dict[str, Cost] = {}

    def measure(self, operation: OperationDefinitionNode) -> Cost:
        try:
            measure = self._measure_selections(operation.selection_set)
        except RecursionError:
            return Cost(depth=len(self.fragments) + 1_000)
        return measure._replace(directives=measure.directives + len(operation.directives or ()))

    def _measure_selections(self, selection_set: SelectionSetNode) -> Cost:
        measure = ZERO_COST
        for selection in selection_set.selections:
            measure = measure.combine(self._measure_selection(selection))
        return measure

    def _measure_selection(self, node: SelectionNode) -> Cost:
        directives = len(node.directives or ())
        if isinstance(node, FieldNode):
            return self._measure_field(node, directives)
        if isinstance(node, FragmentSpreadNode):
            inner = self._measure_fragment(node.name.value)
        else:
            inner = self._measure_selections(node.selection_set)  # type: ignore[attr-defined]
        return inner._replace(directives=inner.directives + directives) if directives else inner

    def _measure_field(self, node: FieldNode, directives: int) -> Cost:
        heavy = self.field_costs.get(node.name.value, 0)
        aliased = 1 if node.alias else 0
        if node.selection_set is None:
            return Cost(1, aliased, 1, directives, heavy)
        inner = self._measure_selections(node.selection_set)
        size = self._list_size(node)
        objects = 1 + heavy + (inner.objects if size is None else size * max(1, inner.objects))
        return Cost(inner.depth + 1, inner.aliases + aliased, 1, inner.directives + directives, objects)

    def _measure_fragment(self, name: str) -> Cost:
        if name not in self.fragment_costs:
            # A fragment that spreads itself counts nothing the second time: validation refuses it later.
            self.fragment_costs[name] = ZERO_COST
            if name in self.fragments:
                self.fragment_costs[name] = self._measure_selections(self.fragments[name].selection_set)
        return self.fragment_costs[name]

    def _list_size(self, node: FieldNode) -> int | None:
        """Of the field's list; None where no argument says it."""
        sizes = [self._argument_size(each.value) for each in node.arguments or () if each.name.value in SIZE_ARGUMENTS]
        return max(sizes) if sizes else None

    def _argument_size(self, value: Any) -> int:
        if isinstance(value, VariableNode):
            value = self.variables.get(value.name.value)
        elif isinstance(value, IntValueNode):
            value = int(value.value)
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, list):
            return len(value)
        return value if isinstance(value, int) and value > 0 else 1


def _default_values(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }


def _size_values(node: Any) -> Iterator[Any]:
    """The values of all size arguments below `node`."""
    waiting = [definition.selection_set for definition in node.definitions if hasattr(definition, "selection_set")]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                yield from (each.value for each in selection.arguments or () if each.name.value in SIZE_ARGUMENTS)
            if getattr(selection, "selection_set", None) is not None:
                waiting.append(selection.selection_set)
