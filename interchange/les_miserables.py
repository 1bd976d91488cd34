"""The sample world: the people of Les Miserables (networkx knows who meets whom) live by the rules for six weeks, from a seed.

Pure and in memory; the same on every machine, to the last number.
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
"""The seed is picked so that the novel is recognised: Valjean and Javert become enemies, Marius and Cosette close friends."""
DAYS = 42
DAY_MINUTES, MORNING_MINUTES, EVENING_MINUTES = 24 * 60, 8 * 60, 22 * 60
ENDS_AT = 60.0 * ((DAYS - 1) * DAY_MINUTES + EVENING_MINUTES)
"""World seconds at which the clock stops, to run on from there at the pace of the wall."""

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
    """Somebody means to begin something, `minute` of the world's time."""

    minute: int
    initiator: int
    responder: int
    kind: InteractionKind


@dataclass(slots=True)
class SimulationResult:
    """All that happened: the people as they were born and as they are, their acts in order, their ties by (from, to).

    `dropped` are the plans for which somebody was too tired.
    """

    initial_characters: tuple[CharacterState, ...]
    characters: dict[int, CharacterState]
    ties: dict[tuple[int, int], RelationshipState] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    skipped: list[tuple[PlannedInteraction, TooTired]] = field(default_factory=list)


def simulate() -> SimulationResult:
    """They do what was planned for them, as far as they are rested."""
    newborn = create_characters()
    life = SimulationResult(newborn, {person.number: person for person in newborn})
    acts_of_pair: dict[frozenset[int], list[Act]] = defaultdict(list)
    for planned in plan_interactions():
        before = acts_of_pair[frozenset((planned.initiator, planned.responder))]
        try:
            act = _decide(life, planned, before)
        except TooTired as refusal:
            life.skipped.append((planned, refusal))
            continue
        before.append(act)
        _record_act(life, act)
    return life


def _decide(result: SimulationResult, plan: PlannedInteraction, before: list[Act]) -> Act:
    there, back = (plan.initiator, plan.responder), (plan.responder, plan.initiator)
    at = 60.0 * plan.minute
    return decide(
        WORLD,
        result.characters[plan.initiator],
        result.characters[plan.responder],
        (result.ties.get(there), result.ties.get(back)),
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
    """In the order of their numbers, as they were born when the world began."""
    return tuple(new_character(number, name, _traits(number), 0.0) for number, name in enumerate(_names(), 1))


def _names() -> list[str]:
    """In code point order."""
    return sorted(networkx.les_miserables_graph())


def _traits(number: int) -> Traits:
    return Traits(*(quantize(_draw("trait", 0, number, letter)) for letter in "OCEAN"))


def plan_interactions() -> list[PlannedInteraction]:
    """In the order of time; what falls in one minute goes by the numbers of the pair."""
    planned = [
        (minute, low, high, count, PlannedInteraction(minute, *begun, kind))
        for low, high, weight in _edges()
        for count, minute, begun, kind in _plan_pair(low, high, weight)
    ]
    return [act for *_, act in sorted(planned, key=lambda keyed: keyed[:4])]


def _edges() -> list[tuple[int, int, int]]:
    """The two numbers, the lower first, and how often they meet in the book."""
    numbers = {name: number for number, name in enumerate(_names(), 1)}
    edges = networkx.les_miserables_graph().edges(data="weight")
    return sorted((*sorted((numbers[one], numbers[other])), weight) for one, other, weight in edges)


def _plan_pair(low: int, high: int, weight: int) -> Iterator[tuple[int, int, tuple[int, int], InteractionKind]]:
    """Each with its count, its minute, who begins with whom, and its kind."""
    shares = _shares(low, high)
    for count in range(ceil(weight * (0.5 + 5 * _draw("count", 0, low, high)))):
        day = floor(DAYS * _draw("day", count, low, high))
        # The root makes evenings busier than mornings.
        time = floor((EVENING_MINUTES - MORNING_MINUTES) * sqrt(_draw("minute", count, low, high)))
        begun = (low, high) if _draw("first", count, low, high) < 0.5 else (high, low)
        yield count, DAY_MINUTES * day + MORNING_MINUTES + time, begun, _kind(shares, _draw("kind", count, low, high))


def _shares(low: int, high: int) -> Shares:
    tone = _draw("tone", 0, low, high)
    return HOSTILE if tone < 0.08 else MIXED if tone < 0.33 else WARM


def _kind(shares: Shares, drawn: float) -> InteractionKind:
    first_of_next = list(accumulate(shares.values()))[:-1]
    return list(shares)[bisect_right(first_of_next, drawn)]
