"""The sample world: the characters of Les Misérables and their meetings in the novel, simulated for six weeks from a seed.

It uses no database; the result is exactly the same on each machine.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil, floor, sqrt

import networkx

from domain.chance import Chance
from domain.characters import CharacterState, Traits, new_character
from domain.fixed_point import quantize
from domain.interactions import QUARREL_WINDOW_SECONDS, REPEAT_WINDOW_SECONDS, Act, EcosystemRules, PairHistory, decide
from domain.refusals import TooTired
from domain.relationships import RelationshipState
from domain.rule_sets import STORY, InteractionKind

RULES = EcosystemRules(STORY, seed="295")
"""The seed is chosen so that the novel is recognised: Valjean and Javert become enemies, Marius and Cosette close friends."""
DAYS = 42
DAY_MINUTES, MORNING_MINUTES, EVENING_MINUTES = 24 * 60, 8 * 60, 22 * 60
ENDS_AT = 60.0 * ((DAYS - 1) * DAY_MINUTES + EVENING_MINUTES)
"""World seconds at the end of the simulation; the clock continues from there at the rate of the wall clock."""

Shares = Mapping[InteractionKind, float]

HOSTILE: Shares = {
    InteractionKind.GREETING: 0.05,
    InteractionKind.CHAT: 0.10,
    InteractionKind.DISCUSSION: 0.10,
    InteractionKind.DEBATE: 0.35,
    InteractionKind.CONFLICT: 0.40,
}
MIXED: Shares = {
    InteractionKind.GREETING: 0.15,
    InteractionKind.CHAT: 0.35,
    InteractionKind.DISCUSSION: 0.20,
    InteractionKind.DEBATE: 0.20,
    InteractionKind.CONFLICT: 0.10,
}
WARM: Shares = {
    InteractionKind.GREETING: 0.10,
    InteractionKind.CHAT: 0.30,
    InteractionKind.DISCUSSION: 0.15,
    InteractionKind.COLLABORATION: 0.25,
    InteractionKind.EMOTIONAL_SUPPORT: 0.20,
}

_draw = Chance(RULES.seed, STORY.name)


@dataclass(frozen=True, slots=True)
class PlannedInteraction:
    """An interaction that is planned for a minute of world time."""

    minute: int
    initiator: int
    responder: int
    kind: InteractionKind


@dataclass(slots=True)
class SimulationResult:
    """The characters at the beginning and at the end, the acts in order, and the relationships by (from, to).

    `skipped` are the plans for which a character was too tired.
    """

    initial_characters: tuple[CharacterState, ...]
    characters: dict[int, CharacterState]
    ties: dict[tuple[int, int], RelationshipState] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    skipped: list[tuple[PlannedInteraction, TooTired]] = field(default_factory=list)


def simulate() -> SimulationResult:
    """Runs the planned interactions in order and skips those for which a character is too tired."""
    characters = create_characters()
    result = SimulationResult(characters, {character.number: character for character in characters})
    acts_of_pair: dict[frozenset[int], list[Act]] = defaultdict(list)
    for plan in plan_interactions():
        previous_acts = acts_of_pair[frozenset((plan.initiator, plan.responder))]
        try:
            act = _decide(result, plan, previous_acts)
        except TooTired as refusal:
            result.skipped.append((plan, refusal))
            continue
        previous_acts.append(act)
        _record_act(result, act)
    return result


def _decide(result: SimulationResult, plan: PlannedInteraction, previous_acts: list[Act]) -> Act:
    forward, backward = (plan.initiator, plan.responder), (plan.responder, plan.initiator)
    at = 60.0 * plan.minute
    return decide(
        RULES,
        result.characters[plan.initiator],
        result.characters[plan.responder],
        (result.ties.get(forward), result.ties.get(backward)),
        _pair_history(plan, previous_acts, at),
        plan.kind,
        at=at,
    )


def _pair_history(plan: PlannedInteraction, previous_acts: list[Act], at: float) -> PairHistory:
    return PairHistory(
        interaction_count=len(previous_acts),
        repeat_count=sum(act.kind is plan.kind and at - act.at < REPEAT_WINDOW_SECONDS for act in previous_acts),
        has_recent_quarrel=any(
            act.kind is InteractionKind.CONFLICT
            and act.initiator.number == plan.initiator
            and at - act.at < QUARREL_WINDOW_SECONDS
            for act in previous_acts
        ),
    )


def _record_act(result: SimulationResult, act: Act) -> None:
    result.acts.append(act)
    for character in (act.initiator, act.responder):
        result.characters[character.number] = character
    for effect in act.effects:
        result.ties[effect.from_number, effect.to_number] = effect.after


def create_characters() -> tuple[CharacterState, ...]:
    """Returns the characters at world second 0, in the order of their numbers."""
    return tuple(new_character(number, name, _traits(number), 0.0) for number, name in enumerate(_names(), 1))


def _names() -> list[str]:
    """Returns the names in code point order."""
    return sorted(networkx.les_miserables_graph())


def _traits(number: int) -> Traits:
    return Traits(*(quantize(_draw("trait", 0, number, letter)) for letter in "OCEAN"))


def plan_interactions() -> list[PlannedInteraction]:
    """Returns the plans in the order of time, and within one minute of the numbers of the pair."""
    keyed_plans = [
        (minute, low, high, index, PlannedInteraction(minute, *direction, kind))
        for low, high, weight in _edges()
        for index, minute, direction, kind in _plan_pair(low, high, weight)
    ]
    return [plan for *_, plan in sorted(keyed_plans, key=lambda keyed_plan: keyed_plan[:4])]


def _edges() -> list[tuple[int, int, int]]:
    """Returns pairs of numbers, the lower first, with the number of their meetings in the novel."""
    numbers = {name: number for number, name in enumerate(_names(), 1)}
    edges = networkx.les_miserables_graph().edges(data="weight")
    return sorted((*sorted((numbers[source], numbers[target])), weight) for source, target, weight in edges)


def _plan_pair(low: int, high: int, weight: int) -> Iterator[tuple[int, int, tuple[int, int], InteractionKind]]:
    """Yields the index, the minute, (initiator, responder) and the kind of each interaction of a pair."""
    shares = _shares(low, high)
    for index in range(ceil(weight * (0.5 + 5 * _draw("count", 0, low, high)))):
        day = floor(DAYS * _draw("day", index, low, high))
        # The square root makes evenings busier than mornings.
        minute = floor((EVENING_MINUTES - MORNING_MINUTES) * sqrt(_draw("minute", index, low, high)))
        direction = (low, high) if _draw("first", index, low, high) < 0.5 else (high, low)
        yield index, DAY_MINUTES * day + MORNING_MINUTES + minute, direction, _kind(shares, _draw("kind", index, low, high))


def _shares(low: int, high: int) -> Shares:
    """Returns how often a pair has each kind of interaction: 8 % of the pairs are hostile, 25 % mixed, the others warm."""
    tone = _draw("tone", 0, low, high)
    return HOSTILE if tone < 0.08 else MIXED if tone < 0.33 else WARM


def _kind(shares: Shares, drawn: float) -> InteractionKind:
    bounds = list(accumulate(shares.values()))[:-1]
    return list(shares)[bisect_right(bounds, drawn)]
