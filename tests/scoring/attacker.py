"""An attacker who holds everything released and our program, and asks what a few people answered.

He may run the release rules on every possible set of answers and throws away each that would not
give the very payloads that he holds, reasons for what is withheld included. What a few people
answered stays open if some set is left in which they answered something else; so we look for such a
twin of the world. The search changes only what it must and compensates elsewhere. Each twin is
checked by releasing it anew, so a twin found is proof, whatever the figures are and however they
hang together. What he does not know is the server's key, so any absence that could be a decoy's may
be one in the twin.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from scoring.counts import Counts
from scoring.decoys import Decoy, Decoys
from scoring.layout import Layout
from surveys.answer_string import DIGITS

World = list[list[str]]
"""Units of sheets."""
Payload = Mapping[str, Any]
View = tuple[Hashable, Payload]
"""A snapshot's payload or its change, with what it follows from."""
Release = Callable[[World, Sequence[Decoys]], Iterable[View]]
"""Gives what is released, the units first; one after the other, so that a twin fails early. Has a
decoy for each view, or none at all."""


def looks_the_same(seen: list[View], other: Iterable[View]) -> bool:
    """True if the answers behind `other` lead to the very payloads that are `seen`."""
    return all(
        counts == its_counts or shown == payload
        for (counts, shown), (its_counts, payload) in zip(seen, other, strict=True)
    )


def possible_decoys(payload: Payload) -> Decoys:
    """What may be missing in this payload by chance, for all that its reader knows."""
    found: dict[str, Decoy] = {}
    if "tier" not in payload:
        return found
    for section in payload["sections"]:
        missing = {name for name, why in section["why"].items() if why == "subtraction"}
        if section["withheld"] == "subtraction":
            missing = {"mean", "word", "agreement"}
        found[section["code"]] = frozenset(
            name for name in ("mean", "word", "agreement", "interval") if name in missing
        )
    return found


Group = Callable[[World], list[tuple[int, int]]]
"""Whose answers to which statements: (sheet, item) in one unit."""


@dataclass(frozen=True)
class Fact:
    """What a few people answered: a group's answers, in any order, must stay open.

    The attacker knows how many left out a statement, never who: so the group is looked up anew in
    every world.
    """

    about: str
    unit: int
    section: int
    group: Group

    def cells(self, world: World) -> list[tuple[int, int]]:
        """The group's answers in this world."""
        return self.group(world)

    def value(self, world: World) -> tuple[str, ...]:
        """The answers, item by item, without saying whose."""
        sheets = world[self.unit]
        return tuple(sorted(f"{item}:{sheets[sheet][item]}" for sheet, item in self.cells(world)))


def facts(layout: Layout, world: World) -> Iterator[Fact]:
    """Every group of one to four people in a unit that a figure could set apart: those who scored
    a statement, those who filled in a part of a section, those who filled in all of it."""
    for unit in range(len(world)):
        for section, (begins, ends) in enumerate(layout.spans):
            for item in range(begins, ends):
                who = partial(_scored, unit=unit, item=item)
                if 0 < len(who(world)) < 5:
                    yield Fact("few scored the statement", unit, section, who)
            answered = [_answered(sheet, begins, ends) for sheet in world[unit]]
            for about, least, most in (
                ("few in part", 1, ends - begins - 1),
                ("few in full", ends - begins, ends - begins),
            ):
                size = sum(least <= n <= most for n in answered)
                # Without the others there is no one to tell them from.
                if 0 < size < 5 and size < sum(n > 0 for n in answered):
                    spread = partial(_filled_in, unit=unit, span=(begins, ends), n=(least, most))
                    yield Fact(about, unit, section, spread)


def _scored(world: World, *, unit: int, item: int) -> list[tuple[int, int]]:
    return [(index, item) for index, sheet in enumerate(world[unit]) if sheet[item] in DIGITS]


def _filled_in(
    world: World, *, unit: int, span: tuple[int, int], n: tuple[int, int]
) -> list[tuple[int, int]]:
    return [
        (index, item)
        for index, sheet in enumerate(world[unit])
        if n[0] <= _answered(sheet, *span) <= n[1]
        for item in range(*span)
        if sheet[item] in DIGITS
    ]


def _answered(sheet: str, begins: int, ends: int) -> int:
    return sum(character in DIGITS for character in sheet[begins:ends])


def is_unanimous(world: World, fact: Fact) -> bool:
    """True if everyone who scored these statements agrees on each, and at least five did: then the
    released histograms or means say so, as the privacy page warns."""
    sheets = world[fact.unit]
    for item in {item for _, item in fact.cells(world)}:
        answers = [sheet[item] for sheet in sheets if sheet[item] in DIGITS]
        if len(answers) < 5 or len(set(answers)) > 1:
            return False
    return True


def twin(
    layout: Layout, world: World, fact: Fact, release: Release, random: Random, budget: int
) -> World | None:
    """Another world with the same release, in which the fact is different; None if none is found
    within `budget` tries."""
    seen = list(release(world, []))
    chance = [possible_decoys(payload) for _, payload in seen]
    value = fact.value(world)

    def is_twin(other: World) -> bool:
        return fact.value(other) != value and looks_the_same(seen, release(other, chance))

    # His knowledge of a histogram only saves him tries: a twin that changed it would not pass.
    exact = _shown_exactly(seen[fact.unit][1])
    begins, ends = layout.spans[fact.section]
    answers = [
        [
            (unit, index, item)
            for index, sheet in enumerate(sheets)
            for item in range(begins, ends)
            if sheet[item] in DIGITS
        ]
        for unit, sheets in enumerate(world)
    ]
    own = [(fact.unit, *cell) for cell in fact.cells(world)]
    target = list(_moves(layout, world, own, exact))
    random.shuffle(target)
    for move in [*target[: budget // 2], *_moves(layout, world, own, set())]:
        if is_twin(other := _moved(world, move)):
            return other
    while target and budget > 0:
        # From a world in which the fact differs he goes on to ever more alike ones.
        other = _moved(world, random.choice(target))
        away, _ = unlikeness(seen, release(other, chance), len(world))
        for _ in range(CLIMB):
            budget -= 1
            # Most often he changes something in the same unit.
            cells = random.choice([answers[fact.unit], answers[fact.unit], *answers])
            moves = list(_moves(layout, other, random.sample(cells, min(len(cells), 2)), exact))
            if not moves:
                break
            nearer = _moved(other, random.choice(moves))
            if fact.value(nearer) == value:
                continue
            its_away, is_same = unlikeness(seen, release(nearer, chance), len(world))
            if is_same:
                return nearer
            if its_away <= away:
                other, away = nearer, its_away
    return None


def _shown_exactly(payload: Payload) -> set[int]:
    """The places of the statements whose histogram is shown."""
    if "tier" not in payload:
        return set()
    items = [item for section in payload["sections"] for item in section["items"]]
    return {place for place, item in enumerate(items) if item["distribution"] is not None}


CLIMB = 150
UNLIKE_UNITS = 100


def unlikeness(seen: Sequence[View], other: Iterable[View], units: int) -> tuple[float, bool]:
    """How far away a world is, and whether its payloads are the very same. The sums over units only
    count once the units' own payloads are the same.

    He is shown the way by how far the sums behind the payloads are from the true ones: that saves
    him tries, and proves nothing.
    """
    found = way = 0.0
    for index, (its_counts, payload) in enumerate(other):
        counts, shown = seen[index]
        if counts != its_counts:
            found += _differs(shown, payload)
            way += _sums_apart(counts, its_counts)
        if found and index >= units - 1:
            return found + way + (UNLIKE_UNITS if index < units else 0), False
    return found + way, not found


def _sums_apart(counts: Hashable, other: Hashable) -> float:
    if not (isinstance(counts, Counts) and isinstance(other, Counts)):
        return 0
    return sum(
        abs(one.total - two.total) / max(1, one.total)
        + abs(one.squares - two.squares) / max(1, one.squares)
        for one, two in zip(counts.scores[:-1], other.scores[:-1], strict=True)
    )


def _differs(one: Any, other: Any) -> float:
    if one == other:
        return 0
    if isinstance(one, dict) and isinstance(other, dict):
        return sum(_differs(one.get(key), other.get(key)) for key in {*one, *other})
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return sum(map(_differs, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return 1 + min(1, abs(one - other))
    return 3


Move = tuple[tuple[int, int, int, str], ...]
"""New characters: (unit, sheet, item, character)."""


def _moves(
    layout: Layout, world: World, cells: list[tuple[int, int, int]], exact: set[int]
) -> Iterator[Move]:
    """An answer swapped with somebody's other answer to the same statement, or within a unit with
    their having none; or changed, if the statement's histogram is not shown."""
    for unit, sheet, item in cells:
        own = world[unit][sheet][item]
        for its_unit, sheets in enumerate(world):
            for other, theirs in enumerate(sheets):
                may_swap = theirs[item] in DIGITS or its_unit == unit
                if may_swap and theirs[item] != own:
                    yield ((unit, sheet, item, theirs[item]), (its_unit, other, item, own))
        if item not in exact:
            for character in DIGITS[: layout.options]:
                if character != own:
                    yield ((unit, sheet, item, character),)


def _moved(world: World, move: Move) -> World:
    units = [list(sheets) for sheets in world]
    for unit, sheet, item, character in move:
        row = units[unit][sheet]
        units[unit][sheet] = row[:item] + character + row[item + 1 :]
    return units
