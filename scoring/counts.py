"""The counts kept of a set of sheets: whole numbers only, so that they merge by addition.

Answers are counted from 0, the scale's lowest option; only `statistics` adds the scale's minimum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from operator import add, and_, mul, sub
from typing import Any

from scoring.layout import Layout
from surveys.answer_string import DIGITS, NOT_SURE, SKIPPED

_NOT_SURE, _SKIPPED = NOT_SURE.encode(), SKIPPED.encode()
_MISSING = _NOT_SURE + _SKIPPED
# Up to so many sheets, going through them one by one is faster than through their columns.
_FEW = 30
_VALUES = bytes.maketrans(DIGITS.encode(), bytes(range(len(DIGITS))))


Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class ScoreSums:
    """People with a score, the sum of X and of X squared, X = score x the layout's `unit_of_score`.

    For the whole instrument X is the sum over sections of items x X.
    """

    n: int
    total: int
    squares: int

    def __add__(self, other: "ScoreSums") -> "ScoreSums":
        return ScoreSums(self.n + other.n, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True)
class CompleteSums:
    """Of those who scored every item: how many, the sum of their sums, of its square, and for each
    item how many chose each option."""

    n: int
    total: int
    squares: int
    histograms: Table

    def __add__(self, other: "CompleteSums") -> "CompleteSums":
        return CompleteSums(
            self.n + other.n,
            self.total + other.total,
            self.squares + other.squares,
            _added(self.histograms, other.histograms),
        )


@dataclass(frozen=True)
class Counts:
    """What is kept of a unit's sheets; `a + b` equals counting both units' sheets at once.

    `items` has a row for each item: the histogram over the options, then not sure, then skipped.
    `scores` and `complete` have an entry for each section and a last one for all items together.
    `partial` has a table for each section: in row m - 1, of those who scored m of its items but not
    all, how many scored each item.
    """

    respondents: int
    items: Table
    scores: tuple[ScoreSums, ...]
    complete: tuple[CompleteSums, ...]
    partial: tuple[Table, ...]

    def __add__(self, other: "Counts") -> "Counts":
        if len(self.items) != len(other.items) or len(self.scores) != len(other.scores):
            raise ValueError("Counts of different versions do not add up.")
        return Counts(
            self.respondents + other.respondents,
            _added(self.items, other.items),
            tuple(map(add, self.scores, other.scores)),
            tuple(map(add, self.complete, other.complete)),
            tuple(map(_added, self.partial, other.partial)),
        )

    def histogram(self, item: int) -> tuple[int, ...]:
        """How many chose each option of the item with this index."""
        return self.items[item][:-2]

    def answered(self, item: int) -> int:
        """How many scored the item."""
        row = self.items[item]
        return sum(row) - row[-1] - row[-2]

    def not_sure(self, item: int) -> int:
        """How many said that they cannot say."""
        return self.items[item][-2]

    def skipped(self, item: int) -> int:
        """How many left it blank."""
        return self.items[item][-1]

    def to_json(self) -> dict[str, Any]:
        """Plain lists of whole numbers; a histogram of complete sheets that equals the item's own
        is left out, which halves the size where nobody skips; so is every row of zeros."""
        return {
            "respondents": self.respondents,
            "items": [list(row) for row in self.items],
            "scores": [[sums.n, sums.total, sums.squares] for sums in self.scores],
            "complete": [
                [
                    sums.n,
                    sums.total,
                    sums.squares,
                    None
                    if sums.histograms == own
                    else [list(histogram) for histogram in sums.histograms],
                ]
                for sums, own in zip(self.complete, self._histograms(), strict=True)
            ],
            "partial": [
                [[scored, *row] for scored, row in enumerate(table, start=1) if any(row)]
                for table in self.partial
            ],
        }

    @classmethod
    def from_json(cls, layout: Layout, data: dict[str, Any]) -> "Counts":
        """The counts that `to_json` wrote; ValueError if they are of another layout."""
        items = tuple(tuple(row) for row in data["items"])
        spans = [*layout.spans, (0, len(layout.items))]
        if len(items) != len(layout.items) or len(data["complete"]) != len(spans):
            raise ValueError("These counts are of another version.")
        if "partial" not in data:
            raise ValueError("These counts are of an earlier FFIT: recount them.")
        return cls(
            data["respondents"],
            items,
            tuple(ScoreSums(*sums) for sums in data["scores"]),
            tuple(
                CompleteSums(
                    n,
                    total,
                    squares,
                    tuple(row[:-2] for row in items[begins:ends])
                    if histograms is None
                    else tuple(tuple(histogram) for histogram in histograms),
                )
                for (n, total, squares, histograms), (begins, ends) in zip(
                    data["complete"], spans, strict=True
                )
            ),
            tuple(
                _table(ends - begins, {row[0]: row[1:] for row in rows})
                for rows, (begins, ends) in zip(data["partial"], layout.spans, strict=True)
            ),
        )

    def _histograms(self) -> Iterable[Table]:
        """The items' own histograms, grouped as `complete` groups them."""
        every = tuple(row[:-2] for row in self.items)
        begins = 0
        for sums in self.complete[:-1]:
            yield every[begins : begins + len(sums.histograms)]
            begins += len(sums.histograms)
        yield every


def rising(histogram: Sequence[int]) -> list[int]:
    """The answers that a histogram counts, the lowest first."""
    return [option for option, people in enumerate(histogram) for _ in range(people)]


def merge(layout: Layout, parts: Iterable[Counts]) -> Counts:
    """The sum of any number of counts, in any grouping and order; of none, all zeros."""
    return sum(parts, start=count_answers(layout, ()))


def count_answers(layout: Layout, sheets: Iterable[str]) -> Counts:
    """Counts sheets given as answer strings (`surveys.answer_string`).

    ValueError for a sheet of another length or with a character that is not of the scale.
    """
    rows = [sheet.encode() for sheet in sheets]
    width = len(layout.items)
    if any(len(row) != width for row in rows):
        raise ValueError(f"Every sheet needs {width} characters.")
    # The loops run in C: a stride through all sheets for each item, a map for each section.
    everything = b"".join(rows)
    items = _columns(everything, width, (DIGITS[: layout.options] + NOT_SURE + SKIPPED).encode())
    if sum(map(sum, items)) != len(everything):
        raise ValueError("A sheet has a character that is not of the scale.")

    histograms = tuple([column[:-2] for column in items])
    partial: list[Table] = []
    scores: list[ScoreSums] = []
    complete: list[CompleteSums] = []
    weighted = [0] * len(rows)
    has_total = [True] * len(rows)
    for section, (begins, ends) in zip(layout.sections, layout.spans, strict=True):
        size, least = ends - begins, section.least_answered
        cuts = [row[begins:ends] for row in rows]
        parts = [cut.translate(_VALUES, _MISSING) for cut in cuts]
        sizes, sums = list(map(len, parts)), list(map(sum, parts))
        rates = layout.rates(size)
        found = [rates[answered] * total for answered, total in zip(sizes, sums, strict=True)]
        fewest = min(sizes, default=size)
        scored = len(rows)
        if fewest < least:
            enough = [answered >= least for answered in sizes]
            scored = sum(enough)
            has_total = list(map(and_, has_total, enough))
        scores.append(ScoreSums(scored, sum(found), sum(map(mul, found, found))))
        weighted = [total + size * score for total, score in zip(weighted, found, strict=True)]
        own = histograms[begins:ends]
        if fewest == size:
            complete.append(_complete_sums(sums, own))
            partial.append(_table(size, {}))
            continue
        whole = [answered == size for answered in sizes]
        complete.append(
            _complete_sums(list(compress(sums, whole)), _complete_histograms(cuts, whole, own))
        )
        partial.append(_partial(cuts, sizes, size))
    weighted = list(compress(weighted, has_total))
    scores.append(ScoreSums(len(weighted), sum(weighted), sum(map(mul, weighted, weighted))))
    whole = [_NOT_SURE not in row and _SKIPPED not in row for row in rows]
    sums = [sum(row.translate(_VALUES)) for row in compress(rows, whole)]
    complete.append(_complete_sums(sums, _complete_histograms(rows, whole, histograms)))
    return Counts(len(rows), items, tuple(scores), tuple(complete), tuple(partial))


def _columns(everything: bytes, width: int, codes: bytes) -> Table:
    return tuple([tuple(map(everything[item::width].count, codes)) for item in range(width)])


def _partial(cuts: Sequence[bytes], sizes: Sequence[int], size: int) -> Table:
    """Who scored a part of the section, by how much of it they scored."""
    by_number: dict[int, list[bytes]] = {}
    for cut, scored in zip(cuts, sizes, strict=True):
        if 0 < scored < size:
            by_number.setdefault(scored, []).append(cut)
    return _table(
        size,
        {
            scored: [
                len(group) - skipped - not_sure
                for skipped, not_sure in _columns(b"".join(group), size, _MISSING)
            ]
            for scored, group in by_number.items()
        },
    )


@cache
def _zeros(size: int) -> Table:
    return ((0,) * size,) * (size - 1)


def _table(size: int, rows: Mapping[int, Sequence[int]]) -> Table:
    """A section's table of `Counts.partial` with these rows; the others are zeros."""
    zeros = _zeros(size)
    if not rows:
        return zeros
    return tuple([tuple(rows.get(scored, row)) for scored, row in enumerate(zeros, start=1)])


def _complete_sums(sums: Sequence[int], histograms: Table) -> CompleteSums:
    return CompleteSums(len(sums), sum(sums), sum(map(mul, sums, sums)), histograms)


def _complete_histograms(cuts: Sequence[bytes], whole: Sequence[bool], own: Table) -> Table:
    """How many of the whole cuts chose each option, where `own` counts all cuts.

    Works on the fewer of the whole cuts and the others.
    """
    width, options = len(own), len(own[0])
    others = [cut for cut, is_whole in zip(cuts, whole, strict=True) if not is_whole]
    add_whole = len(others) * 2 > len(cuts)
    few = list(compress(cuts, whole)) if add_whole else others
    if len(few) > _FEW:
        counted = _columns(b"".join(few), width, DIGITS[:options].encode())
        return (
            counted
            if add_whole
            else tuple([tuple(map(sub, *rows)) for rows in zip(own, counted, strict=True)])
        )
    found = [[0] * options for _ in own] if add_whole else [list(row) for row in own]
    step = 1 if add_whole else -1
    for cut in few:
        for row, value in zip(found, cut.translate(_VALUES), strict=True):
            if value < options:
                row[value] += step
    return tuple([tuple(row) for row in found])


def _added(first: Table, second: Table) -> Table:
    return tuple([tuple(map(add, a, b)) for a, b in zip(first, second, strict=True)])
