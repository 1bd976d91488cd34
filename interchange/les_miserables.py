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
from domain.characters import Person, Traits, born
from domain.fixed_point import kept
from domain.interactions import QUARREL_SECONDS, REPEATS_SECONDS, Act, Past, World, decide
from domain.refusals import TooTired
from domain.relationships import Tie
from domain.rule_sets import STORY, Kind

WORLD = World(STORY, seed="295")
"""The seed is picked so that the novel is recognised: Valjean and Javert become enemies, Marius and Cosette close friends."""
DAYS = 42
DAY_MINUTES, MORNING_MINUTES, EVENING_MINUTES = 24 * 60, 8 * 60, 22 * 60
ENDS_AT = 60.0 * ((DAYS - 1) * DAY_MINUTES + EVENING_MINUTES)
"""World seconds at which the clock stops, to run on from there at the pace of the wall."""

Shares = Mapping[Kind, float]

HOSTILE: Shares = {
    Kind.GREETING: 0.05,
    Kind.CHAT: 0.10,
    Kind.DISCUSSION: 0.10,
    Kind.DEBATE: 0.35,
    Kind.CONFLICT: 0.40,
}
MIXED: Shares = {
    Kind.GREETING: 0.15,
    Kind.CHAT: 0.35,
    Kind.DISCUSSION: 0.20,
    Kind.DEBATE: 0.20,
    Kind.CONFLICT: 0.10,
}
WARM: Shares = {
    Kind.GREETING: 0.10,
    Kind.CHAT: 0.30,
    Kind.DISCUSSION: 0.15,
    Kind.COLLABORATION: 0.25,
    Kind.EMOTIONAL_SUPPORT: 0.20,
}

_draw = Chance(WORLD.seed, STORY.name)


@dataclass(frozen=True, slots=True)
class Plan:
    """Somebody means to begin something, `minute` of the world's time."""

    minute: int
    initiator: int
    responder: int
    kind: Kind


@dataclass(slots=True)
class Life:
    """All that happened: the people as they were born and as they are, their acts in order, their ties by (from, to).

    `dropped` are the plans for which somebody was too tired.
    """

    born: tuple[Person, ...]
    people: dict[int, Person]
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    dropped: list[tuple[Plan, TooTired]] = field(default_factory=list)


def live() -> Life:
    """They do what was planned for them, as far as they are rested."""
    newborn = people()
    life = Life(newborn, {person.number: person for person in newborn})
    acts_of_pair: dict[frozenset[int], list[Act]] = defaultdict(list)
    for planned in plan():
        before = acts_of_pair[frozenset((planned.initiator, planned.responder))]
        try:
            act = _decide(life, planned, before)
        except TooTired as refusal:
            life.dropped.append((planned, refusal))
            continue
        before.append(act)
        _keep(life, act)
    return life


def _decide(life: Life, planned: Plan, before: list[Act]) -> Act:
    there, back = (planned.initiator, planned.responder), (planned.responder, planned.initiator)
    at = 60.0 * planned.minute
    return decide(
        WORLD,
        life.people[planned.initiator],
        life.people[planned.responder],
        (life.ties.get(there), life.ties.get(back)),
        _past(planned, before, at),
        planned.kind,
        at=at,
    )


def _past(planned: Plan, before: list[Act], at: float) -> Past:
    return Past(
        interactions=len(before),
        repeats=sum(act.kind is planned.kind and at - act.at < REPEATS_SECONDS for act in before),
        quarrelled=any(
            act.kind is Kind.CONFLICT and act.initiator.number == planned.initiator and at - act.at < QUARREL_SECONDS
            for act in before
        ),
    )


def _keep(life: Life, act: Act) -> None:
    life.acts.append(act)
    for person in (act.initiator, act.responder):
        life.people[person.number] = person
    for effect in act.effects:
        life.ties[effect.from_number, effect.to_number] = effect.after


def people() -> tuple[Person, ...]:
    """In the order of their numbers, as they were born when the world began."""
    return tuple(born(number, name, _traits(number), 0.0) for number, name in enumerate(_names(), 1))


def _names() -> list[str]:
    """In code point order."""
    return sorted(networkx.les_miserables_graph())


def _traits(number: int) -> Traits:
    return Traits(*(kept(_draw("trait", 0, number, letter)) for letter in "OCEAN"))


def plan() -> list[Plan]:
    """In the order of time; what falls in one minute goes by the numbers of the pair."""
    planned = [
        (minute, low, high, count, Plan(minute, *begun, kind))
        for low, high, weight in _edges()
        for count, minute, begun, kind in _acts(low, high, weight)
    ]
    return [act for *_, act in sorted(planned, key=lambda keyed: keyed[:4])]


def _edges() -> list[tuple[int, int, int]]:
    """The two numbers, the lower first, and how often they meet in the book."""
    numbers = {name: number for number, name in enumerate(_names(), 1)}
    edges = networkx.les_miserables_graph().edges(data="weight")
    return sorted((*sorted((numbers[one], numbers[other])), weight) for one, other, weight in edges)


def _acts(low: int, high: int, weight: int) -> Iterator[tuple[int, int, tuple[int, int], Kind]]:
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


def _kind(shares: Shares, drawn: float) -> Kind:
    first_of_next = list(accumulate(shares.values()))[:-1]
    return list(shares)[bisect_right(first_of_next, drawn)]
