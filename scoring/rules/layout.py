"""What scoring needs to know of an instrument version: item codes by section, and the scale."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import lcm

from instruments.rules.texts import InstrumentText
from responses.rules.answer_string import DIGITS


@dataclass(frozen=True)
class SectionLayout:
    """A section's code and its item codes, in the version's order."""

    code: str
    items: tuple[str, ...]

    @property
    def least_answered(self) -> int:
        """The half rule: with fewer answers than this a person has no score in the section."""
        return (len(self.items) + 1) // 2


@dataclass(frozen=True)
class Layout:
    """Sections in order and the ends of the scale; the same for every edition and language."""

    sections: tuple[SectionLayout, ...]
    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        if not 1 <= self.maximum - self.minimum < len(DIGITS):
            raise ValueError("A scale needs at least two options, and one character for each.")
        if not self.sections or not all(section.items for section in self.sections):
            raise ValueError("Every section needs an item.")

    @classmethod
    def of(cls, instrument: InstrumentText) -> "Layout":
        """The layout of an instrument in the exchange format."""
        return cls(
            tuple(
                SectionLayout(section.code, tuple(item.code for item in section.items))
                for section in instrument.sections
            ),
            instrument.minimum,
            instrument.maximum,
        )

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Every item code, in the order of an answer string."""
        return tuple(code for section in self.sections for code in section.items)

    @cached_property
    def _rates(self) -> dict[int, tuple[int, ...]]:
        return {
            size: tuple(
                self.unit_of_score // answered if answered >= (size + 1) // 2 else 0
                for answered in range(size + 1)
            )
            for size in {len(section.items) for section in self.sections}
        }

    def rates(self, size: int) -> tuple[int, ...]:
        """By how many of a section's `size` items were answered: what turns their sum into X, a
        score in units of 1/L; 0 where the half rule gives none."""
        return self._rates[size]

    @cached_property
    def options(self) -> int:
        """How many options the scale has."""
        return self.maximum - self.minimum + 1

    @cached_property
    def unit_of_score(self) -> int:
        """L: a section score (counted from 0) times L is a whole number, whatever was skipped."""
        return lcm(
            *(
                answered
                for section in self.sections
                for answered in range(section.least_answered, len(section.items) + 1)
            )
        )

    @cached_property
    def null_variance(self) -> Fraction:
        """The variance of answers spread evenly over the options: (A^2 - 1) / 12."""
        return Fraction(self.options**2 - 1, 12)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each section begins and ends in an answer string."""
        ends = tuple(accumulate(len(section.items) for section in self.sections))
        return tuple(zip((0, *ends[:-1]), ends, strict=True))
