"""Checks a staff list row by row: people, rows to mend, duplicates. Pure rules, no Django models.

Every problem says where it is, what is wrong and how to mend it; where a mend is safe it is made,
and a person looks at it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from surveys.addresses import Address
from surveys.exchange_faults import odd_character
from surveys.mobile import uk_mobile
from surveys.staff_table import COLUMNS, Record

LONGEST_NAME = 120
LONGEST_EMAIL = 254
LANGUAGES = {
    "en-GB": ("en", "en-gb", "english", "saesneg"),
    "cy": ("cy", "cy-gb", "welsh", "cymraeg"),
}
_LANGUAGE_OF = {word: tag for tag, words in LANGUAGES.items() for word in words}
_YES = ("yes", "y", "true", "1", "x", "nights", "✓", "✔", "ydw", "ie")
_NO = ("", "no", "n", "false", "0", "-", "–", "days", "nac ydw", "na")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell to mend, in the record at `place`. `suggestion` is filled in and asks for a look."""

    place: int
    line: int
    column: str
    wrote: str
    wrong: str
    mend: str
    suggestion: str = ""

    @property
    def label(self) -> str:
        """The column as pages call it."""
        return COLUMNS[self.column]

    @property
    def advice(self) -> str:
        """What is wrong and what to write, for the field it stands in."""
        mend = f"Write {self.suggestion}." if self.suggestion else self.mend
        return f"{self.wrong} {mend}"

    @property
    def sentence(self) -> str:
        """All of it in a line, for a form."""
        wrote = f" “{self.wrote}”." if self.wrote else ""
        return f"Row {self.line}, {self.label}:{wrote} {self.advice}"


class Say(Protocol):
    """Notes a problem of the row in hand."""

    def __call__(self, column: str, wrong: str, mend: str, suggestion: str = "") -> None:
        """Where, what is wrong, how to mend it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A good row; `unit` is the name of one of the survey's units."""

    line: int
    address: Address
    unit: str


@dataclass(slots=True)
class StaffList:
    """What the rows say. `joined` holds the row of each duplicate and the row it is the same as."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0

    @property
    def bad_lines(self) -> list[int]:
        """The rows with something to mend, in order."""
        return sorted({problem.line for problem in self.problems})


def check_staff(records: Sequence[Record], *, units: Sequence[str]) -> StaffList:
    """The list for a survey of these units.

    With one unit the column is not needed; with none named it is not looked at.
    """
    found = StaffList(rows=len(records))
    by_name = {" ".join(name.casefold().split()): name for name in units}
    people: list[Person] = []
    for place, record in enumerate(records):
        person, problems = _read(place, record, by_name)
        found.problems += problems
        if person is not None:
            people.append(person)
    found.people, found.joined = _join(people)
    return found


def mended(records: Sequence[Record], mends: Mapping[tuple[int, str], str]) -> list[Record]:
    """The rows with the mended cells, by place and column, put in."""
    found = list(records)
    for (place, column), text in mends.items():
        if place < len(found) and column in COLUMNS:
            record = found[place]
            found[place] = Record(record.line, record.cells | {column: text})
    return found


def _read(
    place: int, record: Record, units: Mapping[str, str]
) -> tuple[Person | None, list[Problem]]:
    problems: list[Problem] = []

    def problem(column: str, wrong: str, mend: str, suggestion: str = "") -> None:
        wrote = record.text(column)
        problems.append(Problem(place, record.line, column, wrote[:80], wrong, mend, suggestion))

    for column in COLUMNS:
        odd = odd_character(record.cells.get(column, ""))
        if odd:
            problem(column, f"The cell {odd}", "Type it anew.")
    if problems:
        return None, problems
    email = _email(record.text("email"), problem)
    mobile = _mobile(record.text("mobile"), problem)
    if not record.text("email") and not record.text("mobile"):
        problem(
            "email",
            "There is neither an e-mail address nor a mobile number.",
            "Write one of them, or leave the row out.",
        )
    name = record.text("name")
    if len(name) > LONGEST_NAME:
        problem(
            "name",
            f"The name has {len(name)} letters.",
            f"Use {LONGEST_NAME} letters at most, or leave it empty.",
            name[:LONGEST_NAME].strip(),
        )
    language = _language(record.text("language"), problem)
    nights = _nights(record.text("nights"), problem)
    unit = _unit(record.text("unit"), units, problem)
    if problems:
        return None, problems
    return Person(record.line, Address(email, name, mobile, language, nights), unit), []


def _email(text: str, problem: Say) -> str:
    if not text or _is_email(text):
        return text.lower()
    # What copying from a mail program or a phone leaves behind.
    better = re.sub(r"\s|^mailto:|^<|[>,;.]+$", "", text, flags=re.IGNORECASE)
    if _is_email(better):
        wrong = "There is a space in the address." if " " in text else "There is a sign too many."
        problem("email", wrong, "Taken out here; please check.", better)
    elif "@" not in text:
        problem(
            "email",
            "This is not an e-mail address: it has no @.",
            "Write it like ann.lee@nhs.net, or leave it empty if there is a mobile number.",
        )
    else:
        problem(
            "email",
            "This is not an e-mail address.",
            "Write it like ann.lee@nhs.net, with plain letters.",
        )
    return ""


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii() and len(text) <= LONGEST_EMAIL


def _mobile(text: str, problem: Say) -> str:
    if not text:
        return ""
    try:
        return uk_mobile(text)
    except ValueError as error:
        problem(
            "mobile",
            str(error),
            "Write a UK mobile number, like 07700 900123, or leave it empty if the row has an "
            "e-mail address.",
        )
    return ""


def _language(text: str, problem: Say) -> str:
    if not text:
        return ""
    tag = _LANGUAGE_OF.get(text.casefold())
    if tag is None:
        problem(
            "language",
            "Messages are in English or Welsh.",
            "Write English, Welsh or nothing; English is filled in, please check.",
            "English",
        )
    return tag or ""


def _nights(text: str, problem: Say) -> bool:
    if text.casefold() in _NO:
        return False
    if text.casefold() not in _YES:
        problem(
            "nights",
            "Only yes, no or empty can be used.",
            "Yes, if the person ever works nights; filled in, please check.",
            "yes",
        )
    return True


def _unit(text: str, units: Mapping[str, str], problem: Say) -> str:
    if not units:
        return ""
    if not text and len(units) == 1:
        return next(iter(units.values()))
    key = text.casefold()
    if key in units:
        return units[key]
    names = list(units.values())
    near = get_close_matches(key, list(units), n=1) if text else []
    shown = names[0] if len(names) == 1 else f"one of: {', '.join(names[:6])}"
    problem(
        "unit",
        "This unit is not in the survey." if text else "The unit is missing.",
        f"Write {shown}{'; please check' if near else ''}.",
        units[near[0]] if near else "",
    )
    return ""


def _join(people: Sequence[Person]) -> tuple[list[Person], list[tuple[int, int]]]:
    """One person for each e-mail and each mobile number, with what their rows say together."""
    kept: list[Person] = []
    by_address: dict[str, int] = {}
    joined = []
    for person in people:
        one = person.address
        keys = [key for key in (one.email, one.mobile) if key]
        place = next((by_address[key] for key in keys if key in by_address), None)
        if place is None:
            place = len(kept)
            kept.append(person)
        else:
            first = kept[place]
            joined.append((person.line, first.line))
            # An address that is somebody else's on this list stays theirs.
            free = [key for key in keys if by_address.get(key, place) == place]
            kept[place] = Person(first.line, _together(first.address, one, free), first.unit)
        for key in keys:
            by_address.setdefault(key, place)
    return kept, joined


def _together(first: Address, other: Address, free: Sequence[str]) -> Address:
    return Address(
        first.email or (other.email if other.email in free else ""),
        first.name or other.name,
        first.mobile or (other.mobile if other.mobile in free else ""),
        first.language or other.language,
        first.works_nights or other.works_nights,
    )
