"""What a staff list's rows come to: good ones, and cells to correct or questions to answer."""

from dataclasses import dataclass
from typing import Protocol

from surveys.exchange.addresses import Address
from surveys.exchange.staff_table import COLUMNS

# What may be answered to a question, and the words of each answer.
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell to correct, in the record at `place`. `suggestion` is filled in, to be looked at.

    With `choices` it is a question: none of the answers is filled in.
    """

    place: int
    line: int
    column: str
    wrote: str
    wrong: str
    mend: str
    suggestion: str = ""
    choices: Choices = ()
    where: str = ""

    @property
    def label(self) -> str:
        """The column as pages call it."""
        return COLUMNS.get(self.column, "Same address")

    @property
    def advice(self) -> str:
        """What is wrong and what to write, for the field it stands in."""
        mend = f"Write {self.suggestion}." if self.suggestion else self.mend
        return f"{self.wrong} {mend}"

    @property
    def sentence(self) -> str:
        """All of it in a line, for a form."""
        wrote = f" “{self.wrote}”." if self.wrote else ""
        return f"Row {self.where or self.line}, {self.label}:{wrote} {self.advice}"


class Say(Protocol):
    """Notes a problem of the row in hand."""

    def __call__(
        self,
        column: str,
        wrong: str,
        mend: str,
        suggestion: str = "",
        choices: Choices = (),
    ) -> None:
        """Where, what is wrong, how to correct it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A good row; `unit` is the name of one of the survey's units."""

    line: int
    address: Address
    unit: str
