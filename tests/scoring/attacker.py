"""An attacker who holds everything released, and asks what a few people answered.

What a few people answered stays open if other answers of theirs would have led to the same released
payloads; so we look for such a twin of the world. The search changes only what it must and
compensates elsewhere. Each twin is checked by releasing it anew, so a twin found is proof, whatever
the figures are and however they hang together. He takes the figures as they are and does not argue
from our decision to show or withhold one. (Who ran our program on every possible set of answers
could learn a little from that.)
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from scoring.agreement import section_agreement
from scoring.counts import Counts
from scoring.layout import Layout
from scoring.payload import SnapshotPayload
from scoring.statistics import score_statistics
from scoring.words import anchors_of_hidden, outward_tenth
from surveys.answer_string import DIGITS

World = list[list[str]]
"""Units of sheets."""
View = tuple[Counts, SnapshotPayload]
Release = Callable[[World], Iterable[View]]
"""Gives what is released, the units first; one after the other, so that a twin fails early."""


def looks_the_same(layout: Layout, seen: list[View], other: Iterable[View]) -> bool:
    """True if the answers behind `other` agree with every figure that is shown in `seen`."""
    return all(
        counts == its_counts
        or _view(layout, shown, shown, counts) == _view(layout, shown, payload, its_counts)
        for (counts, shown), (its_counts, payload) in zip(seen, other, strict=True)
    )


def _view(layout: Layout, seen: SnapshotPayload, payload: SnapshotPayload, counts: Counts) -> Any:
    """What `seen` shows, computed for these counts; whatever the rules would withhold of them."""
    if len(payload["sections"]) != len(seen["sections"]):
        return None
    scores = score_statistics(layout, counts, seen["headcount"])
    # The extremes follow from the histograms.
    whole: dict[str, Any] = {**payload, "sections": [], "highest": [], "lowest": []}
    whole["total"] = payload["total"]["n"]
    if seen["total"]["mean"] is not None:
        whole["total"] = _half_up(scores[-1].mean)
    for index, shown in enumerate(seen["sections"]):
        section: dict[str, Any] = {**payload["sections"][index]}
        for name in DECIDED:
            del section[name]
        score, sums = scores[index], counts.scores[index]
        if shown["mean"] is not None:
            section["mean"] = _half_up(score.mean)
        elif shown["anchors"] is not None:
            unit = sums.n * layout.unit_of_score
            section["anchors"] = anchors_of_hidden(sums.total, unit, layout.options)
        if shown["agreement"] is not None:
            section["agreement"] = section_agreement(layout, counts.complete[index])
        if shown["sd"] is not None:
            section["sd"] = _half_up(score.sd)
        if shown["interval"] is not None and score.interval_fpc and score.mean is not None:
            section["half"] = outward_tenth(score.interval_fpc[1] - score.mean)
        # Of an item that was withheld in a parent so as not to tell, only what was shown counts.
        section["items"] = [
            item["n"] if its_shown["withheld"] == "subtraction" else item
            for item, its_shown in zip(section["items"], shown["items"], strict=True)
        ]
        whole["sections"].append(section)
    return whole


DECIDED = (
    "mean",
    "word",
    "anchors",
    "interval",
    "sd",
    "agreement",
    "withheld",
    "why",
    "relatively_low",
)
"""What the rules show of a section's score depends on what it would tell."""


def _half_up(value: float | None) -> int | None:
    return None if value is None else int(value * 10 + 0.5 + 1e-9)


@dataclass(frozen=True)
class Fact:
    """What a few people answered: cells (unit, sheet, item) whose answers, in any order, must stay
    open."""

    about: str
    unit: int
    section: int
    cells: tuple[tuple[int, int], ...]

    def value(self, world: World) -> tuple[str, ...]:
        """The answers, item by item, without saying whose."""
        sheets = world[self.unit]
        return tuple(sorted(f"{item}:{sheets[sheet][item]}" for sheet, item in self.cells))


def facts(layout: Layout, world: World) -> Iterator[Fact]:
    """Every group of one to four people in a unit that a figure could set apart: those who scored
    a statement, those who filled in a part of a section, those who filled in all of it."""
    for unit, sheets in enumerate(world):
        for section, (begins, ends) in enumerate(layout.spans):
            items = range(begins, ends)
            for item in items:
                who = [index for index, sheet in enumerate(sheets) if sheet[item] in DIGITS]
                if 0 < len(who) < 5:
                    cells = tuple((index, item) for index in who)
                    yield Fact("few scored the statement", unit, section, cells)
            scored = [sum(sheet[item] in DIGITS for item in items) for sheet in sheets]
            partial = [index for index, n in enumerate(scored) if 0 < n < len(items)]
            full = [index for index, n in enumerate(scored) if n == len(items)]
            for about, who in (("few in part", partial), ("few in full", full)):
                # Without the others there is no one to tell them from.
                if 0 < len(who) < 5 and len(who) < sum(n > 0 for n in scored):
                    cells = tuple(
                        (index, item)
                        for index in who
                        for item in items
                        if sheets[index][item] in DIGITS
                    )
                    yield Fact(about, unit, section, cells)


def is_unanimous(world: World, fact: Fact) -> bool:
    """True if everyone who scored these statements agrees on each, and at least five did: then the
    released histograms or means say so, as the privacy page warns."""
    sheets = world[fact.unit]
    for item in {item for _, item in fact.cells}:
        answers = [sheet[item] for sheet in sheets if sheet[item] in DIGITS]
        if len(answers) < 5 or len(set(answers)) > 1:
            return False
    return True


def twin(
    layout: Layout, world: World, fact: Fact, release: Release, random: Random, budget: int
) -> World | None:
    """Another world with the same release, in which the fact is different; None if none is found
    within `budget` tries."""
    seen = list(release(world))
    value = fact.value(world)
    # His knowledge of a histogram only saves him tries: a twin that changed it would not pass.
    shown = seen[fact.unit][1]["sections"]
    items = [item for section in shown for item in section["items"]]
    exact = {place for place, item in enumerate(items) if item["distribution"] is not None}
    for other in islice(_neighbours(layout, world, fact, exact, random), budget):
        if fact.value(other) != value and looks_the_same(layout, seen, release(other)):
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
    cells = [(fact.unit, sheet, item) for sheet, item in fact.cells]
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
    """An answer swapped with somebody's other answer to the same statement; or changed, if the
    statement's histogram is not shown."""
    for unit, sheet, item in cells:
        own = world[unit][sheet][item]
        for its_unit, sheets in enumerate(world):
            for other, theirs in enumerate(sheets):
                if theirs[item] in DIGITS and theirs[item] != own:
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
