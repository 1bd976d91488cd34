"""The sample world: the characters of Les Miserables, whose meetings networkx has, simulated for six weeks from a seed.

Pure and in memory; the result is the same on each machine, to the last number.
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

WORLD = EcosystemRules(STORY, seed="295")
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

_draw = Chance(WORLD.seed, STORY.name)


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
        before = acts_of_pair[frozenset((plan.initiator, plan.responder))]
        try:
            act = _decide(result, plan, before)
        except TooTired as refusal:
            result.skipped.append((plan, refusal))
            continue
        before.append(act)
        _record_act(result, act)
    return result


def _decide(result: SimulationResult, plan: PlannedInteraction, before: list[Act]) -> Act:
    forward, backward = (plan.initiator, plan.responder), (plan.responder, plan.initiator)
    at = 60.0 * plan.minute
    return decide(
        WORLD,
        result.characters[plan.initiator],
        result.characters[plan.responder],
        (result.ties.get(forward), result.ties.get(backward)),
        _pair_history(plan, before, at),
        plan.kind,
        at=at,
    )


def _pair_history(plan: PlannedInteraction, before: list[Act], at: float) -> PairHistory:
    return PairHistory(
        interaction_count=len(before),
        repeat_count=sum(act.kind is plan.kind and at - act.at < REPEAT_WINDOW_SECONDS for act in before),
        has_recent_quarrel=any(
            act.kind is InteractionKind.CONFLICT
            and act.initiator.number == plan.initiator
            and at - act.at < QUARREL_WINDOW_SECONDS
            for act in before
        ),
    )


def _record_act(result: SimulationResult, act: Act) -> None:
    result.acts.append(act)
    for person in (act.initiator, act.responder):
        result.characters[person.number] = person
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
    planned = [
        (minute, low, high, count, PlannedInteraction(minute, *direction, kind))
        for low, high, weight in _edges()
        for count, minute, direction, kind in _plan_pair(low, high, weight)
    ]
    return [act for *_, act in sorted(planned, key=lambda keyed: keyed[:4])]


def _edges() -> list[tuple[int, int, int]]:
    """Returns pairs of numbers, the lower first, with the number of their meetings in the novel."""
    numbers = {name: number for number, name in enumerate(_names(), 1)}
    edges = networkx.les_miserables_graph().edges(data="weight")
    return sorted((*sorted((numbers[one], numbers[other])), weight) for one, other, weight in edges)


def _plan_pair(low: int, high: int, weight: int) -> Iterator[tuple[int, int, tuple[int, int], InteractionKind]]:
    """Yields the index, the minute, (initiator, responder) and the kind of each interaction of a pair."""
    shares = _shares(low, high)
    for count in range(ceil(weight * (0.5 + 5 * _draw("count", 0, low, high)))):
        day = floor(DAYS * _draw("day", count, low, high))
        # The square root makes evenings busier than mornings.
        time = floor((EVENING_MINUTES - MORNING_MINUTES) * sqrt(_draw("minute", count, low, high)))
        direction = (low, high) if _draw("first", count, low, high) < 0.5 else (high, low)
        yield count, DAY_MINUTES * day + MORNING_MINUTES + time, direction, _kind(shares, _draw("kind", count, low, high))


def _shares(low: int, high: int) -> Shares:
    tone = _draw("tone", 0, low, high)
    return HOSTILE if tone < 0.08 else MIXED if tone < 0.33 else WARM


def _kind(shares: Shares, drawn: float) -> InteractionKind:
    first_of_next = list(accumulate(shares.values()))[:-1]
    return list(shares)[bisect_right(first_of_next, drawn)]
