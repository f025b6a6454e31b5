"""An attacker who holds everything released and our program, and asks what a few people answered.

He may run the release rules on every possible set of answers and throws away each that would not
give the very payloads that he holds, reasons for what is withheld included. What a few people
answered stays open if some set is left in which they answered something else; so we look for such a
twin of the world. The search changes only what it must and compensates elsewhere. Each twin is
checked by releasing it anew, so a twin found is proof, whatever the figures are and however they
hang together. What he does not know is the server's key, so any absence that could be a decoy's may
be one in the twin.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from random import Random

from scoring.counts import Counts
from scoring.decoys import Decoy, Decoys
from scoring.layout import Layout
from scoring.payload import SnapshotPayload
from surveys.answer_string import DIGITS

World = list[list[str]]
"""Units of sheets."""
View = tuple[Counts, SnapshotPayload]
Release = Callable[[World, Sequence[Decoys]], Iterable[View]]
"""Gives what is released, the units first; one after the other, so that a twin fails early. Has a
decoy for each view, or none at all."""


def looks_the_same(seen: list[View], other: Iterable[View]) -> bool:
    """True if the answers behind `other` lead to the very payloads that are `seen`."""
    return all(
        counts == its_counts or shown == payload
        for (counts, shown), (its_counts, payload) in zip(seen, other, strict=True)
    )


def possible_decoys(payload: SnapshotPayload) -> Decoys:
    """What may be missing in this payload by chance, for all that its reader knows."""
    found: dict[str, Decoy] = {}
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
    # His knowledge of a histogram only saves him tries: a twin that changed it would not pass.
    shown = seen[fact.unit][1]["sections"]
    items = [item for section in shown for item in section["items"]]
    exact = {place for place, item in enumerate(items) if item["distribution"] is not None}
    for other in islice(_neighbours(layout, world, fact, exact, random), budget):
        if fact.value(other) != value and looks_the_same(seen, release(other, chance)):
            return other
    return None


Move = tuple[tuple[int, int, int, str], ...]
"""New characters: (unit, sheet, item, character)."""


def _neighbours(
    layout: Layout, world: World, fact: Fact, exact: set[int], random: Random
) -> Iterator[World]:
    """Worlds with other answers in the fact's cells, and ever more changes to make up for that."""
    begins, ends = layout.spans[fact.section]
    anywhere = [
        (unit, index, item)
        for unit, sheets in enumerate(world)
        for index, sheet in enumerate(sheets)
        for item in range(begins, ends)
        if sheet[item] in DIGITS
    ]
    cells = [(fact.unit, sheet, item) for sheet, item in fact.cells(world)]
    target = list(_moves(layout, world, cells, exact))
    every: list[Move] = list(_moves(layout, world, anywhere, exact))
    own = [move for move in every if {cell[0] for cell in move} == {fact.unit}]
    alone: list[Move] = [move for move in own if len(move) == 1]
    in_pairs: list[Move] = [move for move in own if len(move) == 2]
    kinds: list[list[Move]] = [kind for kind in (alone, in_pairs, every) if kind]
    random.shuffle(target)
    for move in target:
        yield _moved(world, [move])
    while target:
        more = [
            random.choice(random.choice(kinds)) for _ in range(random.choice((1, 1, 1, 2, 3, 4)))
        ]
        yield _moved(world, [random.choice(target), *more])


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


def _moved(world: World, moves: list[Move]) -> World:
    units = list(world)
    for unit in {cell[0] for move in moves for cell in move}:
        rows = [list(sheet) for sheet in world[unit]]
        for move in moves:
            for its_unit, sheet, item, character in move:
                if its_unit == unit:
                    rows[sheet][item] = character
        units[unit] = ["".join(row) for row in rows]
    return units
