"""A column is what one unit answered to one statement; all that release knows of its answers.

No column says which answers are the same person's. So nothing worked out from columns can join what
somebody answered to one statement with what the same person answered to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import TypedDict

from responses.rules.answer_string import DIGITS, NOT_SURE, SKIPPED
from scoring.rules.layout import Layout

Table = tuple[tuple[int, ...], ...]


class KeptColumns(TypedDict):
    """Columns as they are kept: of each statement the options, then can't say, then blank."""

    respondents: int
    items: list[list[int]]


@dataclass(frozen=True)
class Column:
    """How many chose each option, lowest first, could not say, left it blank.

    Answers are counted from 0, the scale's lowest option.
    """

    histogram: tuple[int, ...]
    cant_say: int
    blank: int

    @cached_property
    def n(self) -> int:
        """How many scored the statement."""
        return sum(self.histogram)

    @cached_property
    def total(self) -> int:
        """The sum of their answers."""
        return sum(option * count for option, count in enumerate(self.histogram))

    @cached_property
    def mean(self) -> Fraction:
        """Their mean; of nobody there is none."""
        return Fraction(self.total, self.n)

    @cached_property
    def spread(self) -> int:
        """n times the sum of their squared distances from the mean."""
        squares = sum(option * option * count for option, count in enumerate(self.histogram))
        return self.n * squares - self.total * self.total

    @cached_property
    def variance(self) -> Fraction:
        """Their variance, divided by n - 1; it takes two."""
        return Fraction(self.spread, self.n * (self.n - 1))

    @property
    def cells(self) -> tuple[int, ...]:
        """All its counts."""
        return (*self.histogram, self.cant_say, self.blank)

    def __add__(self, other: "Column") -> "Column":
        return Column(
            tuple(map(add, self.histogram, other.histogram)),
            self.cant_say + other.cant_say,
            self.blank + other.blank,
        )


@dataclass(frozen=True)
class Columns:
    """How many sheets there are, and the column of each statement in the layout's order."""

    respondents: int
    items: tuple[Column, ...]

    def __add__(self, other: "Columns") -> "Columns":
        return Columns(
            self.respondents + other.respondents, tuple(map(add, self.items, other.items))
        )

    def section(self, layout: Layout, index: int) -> tuple[Column, ...]:
        """The columns of one section's statements."""
        begins, ends = layout.spans[index]
        return self.items[begins:ends]

    def to_json(self) -> KeptColumns:
        """Plain lists of whole numbers."""
        return {
            "respondents": self.respondents,
            "items": [list(column.cells) for column in self.items],
        }

    @staticmethod
    def from_json(layout: Layout, data: KeptColumns) -> "Columns":
        """What `to_json` wrote; ValueError if it is of another layout."""
        rows = data["items"]
        if [len(row) for row in rows] != [layout.options + 2] * len(layout.items):
            raise ValueError("These counts are of another version.")
        return columns_of(data["respondents"], tuple(tuple(row) for row in rows))


def count_columns(layout: Layout, sheets: Iterable[str]) -> Columns:
    """The columns of sheets given as answer strings; ValueError for a sheet that is not of this
    layout."""
    rows = [sheet.encode() for sheet in sheets]
    return columns_of(len(rows), tabulate(layout, rows))


def columns_of(respondents: int, table: Table) -> Columns:
    """The columns of so many sheets from their table."""
    return Columns(respondents, tuple(Column(row[:-2], row[-2], row[-1]) for row in table))


def tabulate(layout: Layout, sheets: Sequence[bytes]) -> Table:
    """For each statement how often each character of an answer string stands there: the options,
    then can't say, then blank."""
    width = len(layout.items)
    if any(len(sheet) != width for sheet in sheets):
        raise ValueError(f"Every form needs {width} characters.")
    # The loop runs in C: a stride through all sheets for each statement.
    everything = b"".join(sheets)
    table = strides(everything, width, (DIGITS[: layout.options] + NOT_SURE + SKIPPED).encode())
    if sum(map(sum, table)) != len(everything):
        raise ValueError("A form has a character that is not of the scale.")
    return table


def strides(everything: bytes, width: int, codes: bytes) -> Table:
    """How often each of the codes stands in each place of rows of this width."""
    return tuple([tuple(map(everything[place::width].count, codes)) for place in range(width)])
