"""How far a section's sum of X could lie elsewhere if a few people had answered otherwise.

A section's mean is a sum over people, beside which the exact histograms of its items may be shown.
From the two one could work out what a few people answered: those who left some statements out, or
the few who scored a statement that is itself withheld. So we think of all the sets of answers that
everything else shown allows: the same numbers of people scored the same, with the same histograms
where they are shown. Their sums of X reach from a least to a greatest. A rounded mean names a piece
of that reach; it may be shown if the piece holds sets in which the few answered differently.

The reach is the same for all those sets, and whether a mean is shown hangs on the reach and on the
piece alone. So that it is shown tells no more than the mean itself does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from scoring.agreement import section_agreement
from scoring.counts import CompleteSums, Counts, ScoreSums, rising
from scoring.disclosure import OWN_LEAST, has_few_apart
from scoring.layout import Layout
from scoring.payload import SectionShown
from scoring.words import level_of


@dataclass(frozen=True)
class Reach:
    """The least and the greatest sum of X.

    At most `rise` above the least, and `fall` below the greatest, each few have answered otherwise
    than there. In between, sets in which they answered differently lie at most `step` apart.
    """

    least: int
    greatest: int
    rise: int = 0
    fall: int = 0
    step: int = 0

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(
            self.least + other.least,
            self.greatest + other.greatest,
            self.rise + other.rise,
            self.fall + other.fall,
            max(self.step, other.step),
        )

    def within(self, begins: int, ends: int) -> "Reach":
        """What is left when the sum is known to be at least `begins` and below `ends`."""
        cut_below, cut_above = begins > self.least, ends <= self.greatest
        return Reach(
            begins if cut_below else self.least,
            ends - 1 if cut_above else self.greatest,
            2 * self.step if cut_below else self.rise,
            2 * self.step if cut_above else self.fall,
            self.step,
        )

    def stays_open(self, begins: int, ends: int) -> bool:
        """True if among the sums from `begins` to below `ends` are some of sets in which the few
        answered differently."""
        if begins > self.least and ends <= self.greatest:
            return 2 * self.step <= ends - begins
        rises = begins > self.least or self.least + self.rise < ends
        falls = ends <= self.greatest or self.greatest - self.fall >= begins
        return rises and falls


def tenth_around(total: int, unit: int) -> tuple[int, int]:
    """From which sum, and below which, a mean rounds to the same tenth as this one; a point of the
    mean takes `unit`."""
    found = (20 * total + unit) // (2 * unit)
    return -((1 - 2 * found) * unit // 20), -(-(2 * found + 1) * unit // 20)


def point_around(total: int, unit: int, options: int) -> tuple[int, int]:
    """The same for a mean that is told by the two options around it."""
    below = min(total // unit, options - 2)
    return below * unit, (below + 1) * unit + (below == options - 2)


def shown_around(layout: Layout, sums: ScoreSums, shown: SectionShown) -> tuple[int, int] | None:
    """The same for the mean or the word that is shown of a section; None if neither is."""
    point = sums.n * layout.unit_of_score
    if shown["mean"] is not None:
        return tenth_around(sums.total, point)
    if shown["anchors"] is not None:
        return point_around(sums.total, point, layout.options)
    return None


def reach(
    layout: Layout, counts: Counts, section: int, *, known_from: int | None, has_levels: bool
) -> Reach | None:
    """The reach of a section's sum of X; None if there are no few to be set apart, or they could
    not have answered otherwise.

    Histograms are known from `known_from` answers, None if none is; of other items the level is,
    from 5 answers, or nothing.
    """
    begins, ends = layout.spans[section]
    items: list[_Item] = []
    at_stake: list[_Change] = []
    for item in range(begins, ends):
        parts = _parts(layout, counts, section, item)
        histogram, n = counts.histogram(item), counts.answered(item)
        if known_from is not None and n >= known_from:
            items.append(_known(parts, histogram))
        else:
            items.append(_hidden(parts, histogram, has_levels and n >= OWN_LEAST))
            if 0 < n < OWN_LEAST:
                # One of the few who scored it answers one option differently.
                weights = [part.weight for part in parts]
                at_stake.append(_Change(min(weights), min(weights), max(weights)))
    changes = [item.change for item in items if item.change is not None]
    if changes and has_few_apart(layout, counts, section):
        at_stake.append(
            _Change(
                min(change.rise for change in changes),
                min(change.fall for change in changes),
                max(change.step for change in changes),
            )
        )
    if not at_stake:
        return None
    return Reach(
        sum(item.least for item in items),
        sum(item.greatest for item in items),
        max(change.rise for change in at_stake),
        max(change.fall for change in at_stake),
        max(change.step for change in at_stake),
    )


@dataclass(frozen=True)
class _Part:
    """Those of an item's scorers whose answers weigh the same in X: who scored the whole section,
    or the same number of its items. `is_few`: it is they who could be set apart from the whole."""

    weight: int
    people: int
    is_whole: bool
    is_few: bool


@dataclass(frozen=True)
class _Change:
    """What it takes to have the few answer otherwise: the least rise from the least sum, the least
    fall from the greatest, and the widest step between."""

    rise: int
    fall: int
    step: int


@dataclass(frozen=True)
class _Item:
    """What an item adds to the least and the greatest sum, and a change within it if any can be."""

    least: int
    greatest: int
    change: _Change | None


def _parts(layout: Layout, counts: Counts, section: int, item: int) -> list[_Part]:
    """An item's scorers, those with the lightest answers first."""
    begins, ends = layout.spans[section]
    rates, table = layout.rates(ends - begins), counts.partial[section]
    has_scored_part = any(rates[scored] and any(row) for scored, row in enumerate(table, start=1))
    whole = counts.complete[section].n
    parts = [_Part(rates[-1], whole, is_whole=True, is_few=False)] if whole else []
    for scored, row in enumerate(table, start=1):
        if people := row[item - begins]:
            # Who scored too few items for a score weighs nothing, and hides nobody who has one.
            is_few = bool(rates[scored]) or not has_scored_part
            parts.append(_Part(rates[scored], people, is_whole=False, is_few=is_few))
    return sorted(parts, key=lambda part: part.weight)


def _known(parts: Sequence[_Part], histogram: Sequence[int]) -> _Item:
    """An item whose histogram is shown: the same answers, perhaps of other people."""
    answers = rising(histogram)
    greatest, least = list(_dealt(answers, parts)), list(_dealt(answers[::-1], parts))
    rise, fall = _cheapest_swap(least), _cheapest_swap(greatest)
    used = [option for option, people in enumerate(histogram) if people]
    gap = max((b - a for a, b in pairwise(used)), default=0)
    widest = max((abs(few.weight - whole.weight) for few, whole in _pairs(parts)), default=0)
    return _Item(
        sum(part.weight * option for part, option in least),
        sum(part.weight * option for part, option in greatest),
        None if rise is None or fall is None else _Change(rise, fall, gap * widest),
    )


def _hidden(parts: Sequence[_Part], histogram: Sequence[int], has_level: bool) -> _Item:
    """An item of which at most the level is shown: any answers that fit it."""
    people, options = sum(histogram), len(histogram)
    fewest, most = 0, people * (options - 1)
    if has_level:
        total = sum(option * n for option, n in enumerate(histogram))
        level = level_of(total, people, options)
        fitting = [t for t in range(most + 1) if level_of(t, people, options) == level]
        fewest, most = fitting[0], fitting[-1]
    change = None
    if pairs := list(_pairs(parts)):
        # Somebody's answer is one option different, in part or in full; where the sum must not move
        # so far, somebody of the others makes up for it.
        dearest = max(min(few.weight for few, _ in pairs), pairs[0][1].weight)
        step = max(max(abs(few.weight - whole.weight), whole.weight) for few, whole in pairs)
        change = _Change(dearest, dearest, step)
    # The least sum has its highest answers where they weigh least; the greatest where they weigh
    # most.
    low = _dealt(_heaped(fewest, people, options - 1), parts)
    high = _dealt(_heaped(most, people, options - 1)[::-1], parts)
    return _Item(
        sum(part.weight * option for part, option in low),
        sum(part.weight * option for part, option in high),
        change,
    )


def _heaped(total: int, people: int, top: int) -> list[int]:
    """Answers that add up to this, the first ones as high as they can be."""
    full, rest = divmod(total, top)
    return [top] * full + [rest] * (full < people) + [0] * (people - full - 1)


def _dealt(options: Sequence[int], parts: Sequence[_Part]) -> Iterator[tuple[_Part, int]]:
    """The answers dealt out to the parts, the first to the lightest."""
    rest = iter(options)
    return ((part, next(rest)) for part in parts for _ in range(part.people))


def _pairs(parts: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """Who could be set apart, with those from whom."""
    return ((few, whole) for few, whole in product(parts, parts) if few.is_few and whole.is_whole)


def _cheapest_swap(dealt: Sequence[tuple[_Part, int]]) -> int | None:
    """By how much the sum changes at least if one who scored a part of the section and one who
    scored all of it swap different answers; None if they have none."""
    held = set(dealt)
    return min(
        (
            abs((few.weight - whole.weight) * (mine - theirs))
            for (few, mine), (whole, theirs) in product(held, held)
            if few.is_few and whole.is_whole and mine != theirs
        ),
        default=None,
    )


def stays_open_in_agreement(
    layout: Layout, counts: Counts, section: int, begins: int, ends: int
) -> bool:
    """True if one who scored a part and one who scored all could swap two answers and the sum of X
    stay from `begins` to below `ends`, and the section's agreement the same word.

    All histograms are known. Items that several scored beside different numbers of others do not
    help: nobody could tell what a swap there weighs.
    """
    first, last = layout.spans[section]
    rates, complete = layout.rates(last - first), counts.complete[section]
    total, word = counts.scores[section].total, section_agreement(layout, complete)
    for place, whole in enumerate(complete.histograms):
        weights = [
            rates[scored] - rates[-1]
            for scored, row in enumerate(counts.partial[section], start=1)
            if row[place]
        ]
        if len(weights) != 1:
            continue
        everyone = counts.histogram(first + place)
        for mine, theirs in product(range(layout.options), repeat=2):
            if (
                mine != theirs
                and everyone[mine] > whole[mine]
                and whole[theirs]
                and begins <= total + weights[0] * (theirs - mine) < ends
                and section_agreement(layout, _swapped(complete, place, theirs, mine)) == word
            ):
                return True
    return False


def _swapped(complete: CompleteSums, place: int, gives: int, gets: int) -> CompleteSums:
    """The complete sheets with one answer `gives` to the item at `place` turned into `gets`."""
    changed = list(complete.histograms[place])
    changed[gives] -= 1
    changed[gets] += 1
    before, after = complete.histograms[:place], complete.histograms[place + 1 :]
    return replace(complete, histograms=(*before, tuple(changed), *after))
