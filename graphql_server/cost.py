"""The cost of an operation: how much it requests, counted from its document."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)

from graphql_server.limits import LimitExceeded, Limits

SIZE_ARGUMENTS = ("first", "last", "ids")
"""Arguments whose value, or its length, is the size of the list of their field."""


class Cost(NamedTuple):
    """The counts of a selection set. `depth` is the largest of any path, the others are sums."""

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
    """The first limit that the operation exceeds with any variables; `objects` depends on them and is not checked here."""
    measure = CostAnalysis(document, limits, {}).measure(operation)
    for name in ("depth", "aliases", "root_fields", "directives"):
        if getattr(measure, name) > (maximum := getattr(limits, name)):
            return LimitExceeded(name, maximum)
    return None


def find_exceeded_object_limit(
    document: DocumentNode, operation: OperationDefinitionNode, limits: Limits, variables: Mapping[str, Any]
) -> LimitExceeded | None:
    """The limit of objects, where the operation exceeds it with these variables, which can be sizes of lists."""
    measure = CostAnalysis(document, limits, {**_default_values(operation), **variables}).measure(operation)
    return LimitExceeded("objects", limits.objects) if measure.objects > limits.objects else None


def find_size_variables(document: DocumentNode) -> tuple[str, ...]:
    """The names of the variables that are used as the size of a list, sorted."""
    return tuple(sorted({size.name.value for size in _size_values(document) if isinstance(size, VariableNode)}))


class CostAnalysis:
    """Counts one operation. Each fragment is counted once and added as often as it is spread, so that the time is linear."""

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
            # A fragment that spreads itself counts 0 inside itself: validation rejects it later.
            self.fragment_costs[name] = ZERO_COST
            if name in self.fragments:
                self.fragment_costs[name] = self._measure_selections(self.fragments[name].selection_set)
        return self.fragment_costs[name]

    def _list_size(self, node: FieldNode) -> int | None:
        """The size of the list of a field; None where it has no size argument."""
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
    """The values of all size arguments of a document."""
    waiting = [definition.selection_set for definition in node.definitions if hasattr(definition, "selection_set")]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FieldNode):
                yield from (each.value for each in selection.arguments or () if each.name.value in SIZE_ARGUMENTS)
            if getattr(selection, "selection_set", None) is not None:
                waiting.append(selection.selection_set)
