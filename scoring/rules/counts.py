"""The counts that an analyst's figures need of some sheets: whole numbers that merge by addition.

They look at whole sheets, so nothing of the site keeps or shows them: only `score_file` makes them.
Answers are counted from 0, the scale's lowest option; only `statistics` adds the scale's minimum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import add, and_, mul

from responses.rules.answer_string import DIGITS, NOT_SURE, SKIPPED
from scoring.rules.columns import Columns, Table, columns_of, strides, tabulate
from scoring.rules.layout import Layout

_NOT_SURE, _SKIPPED = NOT_SURE.encode(), SKIPPED.encode()
_MISSING = _NOT_SURE + _SKIPPED
_VALUES = bytes.maketrans(DIGITS.encode(), bytes(range(len(DIGITS))))


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
    """

    respondents: int
    items: Table
    scores: tuple[ScoreSums, ...]
    complete: tuple[CompleteSums, ...]

    def __add__(self, other: "Counts") -> "Counts":
        if len(self.items) != len(other.items) or len(self.scores) != len(other.scores):
            raise ValueError("Counts of different versions do not add up.")
        return Counts(
            self.respondents + other.respondents,
            _added(self.items, other.items),
            tuple(map(add, self.scores, other.scores)),
            tuple(map(add, self.complete, other.complete)),
        )

    @property
    def columns(self) -> Columns:
        """The same sheets as release knows them."""
        return columns_of(self.respondents, self.items)

    def histogram(self, item: int) -> tuple[int, ...]:
        """How many chose each option of the item with this index."""
        return self.items[item][:-2]


def count_answers(layout: Layout, sheets: Iterable[str]) -> Counts:
    """Counts sheets given as answer strings (`responses.rules.answer_string`).

    ValueError for a sheet of another length or with a character that is not of the scale.
    """
    rows = [sheet.encode() for sheet in sheets]
    items = tabulate(layout, rows)
    scores: list[ScoreSums] = []
    complete: list[CompleteSums] = []
    weighted = [0] * len(rows)
    has_total = [True] * len(rows)
    for section, (begins, ends) in zip(layout.sections, layout.spans, strict=True):
        size = ends - begins
        cuts = [row[begins:ends] for row in rows]
        parts = [cut.translate(_VALUES, _MISSING) for cut in cuts]
        rates = layout.rates(size)
        found = [rates[len(part)] * sum(part) for part in parts]
        enough = [len(part) >= section.least_answered for part in parts]
        has_total = list(map(and_, has_total, enough))
        scores.append(_score_sums(found, enough))
        weighted = [total + size * score for total, score in zip(weighted, found, strict=True)]
        complete.append(_complete_sums(layout, cuts, size))
    scores.append(_score_sums(weighted, has_total))
    complete.append(_complete_sums(layout, rows, len(layout.items)))
    return Counts(len(rows), items, tuple(scores), tuple(complete))


def _score_sums(found: Sequence[int], enough: Sequence[bool]) -> ScoreSums:
    """The sums of those scores whose people answered enough."""
    scored = list(compress(found, enough))
    return ScoreSums(len(scored), sum(scored), sum(map(mul, scored, scored)))


def _complete_sums(layout: Layout, cuts: Sequence[bytes], size: int) -> CompleteSums:
    """The sums of those cuts, each of `size` items, that have a score everywhere."""
    whole = [cut for cut in cuts if _NOT_SURE not in cut and _SKIPPED not in cut]
    sums = [sum(cut.translate(_VALUES)) for cut in whole]
    histograms = strides(b"".join(whole), size, DIGITS[: layout.options].encode())
    return CompleteSums(len(sums), sum(sums), sum(map(mul, sums, sums)), histograms)


def _added(first: Table, second: Table) -> Table:
    return tuple([tuple(map(add, a, b)) for a, b in zip(first, second, strict=True)])
