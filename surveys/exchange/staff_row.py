"""One row of a staff list: who it is, what is to be corrected, asked, or not used. No Django here.

An address is taken from its cell, or from where else in the row it was written.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from instruments.exchange.faults import odd_character
from organisations.exchange.addresses import Entry, entries_in, is_email
from organisations.exchange.tables import NotUsed
from organisations.rules.mobile import national, uk_mobile
from surveys.exchange.addresses import Address
from surveys.exchange.nearest_name import NearestName
from surveys.exchange.staff_problem import Choices, Person, Problem, Say
from surveys.exchange.staff_table import COLUMNS, Record
from surveys.exchange.staff_words import language_of, nights_of, only_language_in

LONGEST_NAME = 120
_NOTHING = frozenset({
    "-", "–", "—", "?", "n/a", "#n/a", "na", "none", "nil", "no", "no email", "no mobile", "x",
    "null", "nan", "tbc", "tba", "unknown", "not known", "not given", "not provided",
})  # fmt: skip
# Letters that are typed, or read by a scanner, for digits.
_FOR_DIGITS = str.maketrans("OoQlI|", "000111")
YES_NO = (("yes", "Yes"), ("no", "No"))


class StaffRow:
    """One record being read; `problems` and `unused` are what was found in it."""

    def __init__(self, place: int, record: Record) -> None:
        self.place = place
        self.record = record
        self.problems: list[Problem] = []
        self.unused: list[NotUsed] = []

    def read(self, units: NearestName, *, above: str, last: str) -> Person | None:
        """The person, or None if anything is to be corrected.

        `above` is the unit that stands over the rows, `last` that of the row before.
        """
        for column in COLUMNS:
            if "\ufffd" in self.record.text(column):
                self.problem(column, f"The cell {odd_character(chr(0xFFFD))}", "Type it again.")
        if self.problems:
            return None
        said = _Said(email=self.record.text("email"), mobile=self.record.text("mobile"))
        said.name = self.record.text("name")
        self._take_addresses(said)
        if len(said.name) > LONGEST_NAME:
            self.problem(
                "name",
                f"The name has {len(said.name)} characters.",
                f"Use {LONGEST_NAME} characters or fewer, or leave it blank.",
                said.name[:LONGEST_NAME].strip(),
            )
        language = _language(self.record.text("language"), self.problem)
        nights = _nights(self.record.text("nights"), self.problem)
        unit = _unit(self.record.text("unit") or above, units, last, self.problem)
        if self.problems:
            return None
        address = Address(said.email, said.name, said.mobile, language, nights)
        return Person(self.record.line, address, unit)

    def problem(
        self,
        column: str,
        wrong: str,
        mend: str,
        suggestion: str = "",
        choices: Choices = (),
    ) -> None:
        """Notes what is to be corrected, or asked."""
        wrote = self.record.cells.get(column, "")[:80].strip("“”") if column in COLUMNS else ""
        line, where = self.record.line, self.record.where
        self.problems.append(
            Problem(self.place, line, column, wrote, wrong, mend, suggestion, choices, where)
        )

    def not_used(self, column: str, *texts: str) -> None:
        """Names what a cell holds besides what was taken from it."""
        self.unused += [
            NotUsed(text, self.record.line, COLUMNS[column], self.record.sheet)
            for text in texts
            if text
        ]

    # Addresses

    def _take_addresses(self, said: "_Said") -> None:
        """E-mail and mobile, each from its cell, or from where else in the row it was written."""
        cells = {column: self.record.text(column) for column in ("email", "mobile", "name")}
        raw = {column: self.record.cells.get(column, "") for column in cells}
        in_cell = {column: entries_in(raw[column]) for column in cells}
        if any(one.email or one.mobiles for one in in_cell["name"]):
            said.name = ", ".join(filter(None, (one.name for one in in_cell["name"])))
        else:
            in_cell["name"] = []
        self._take_email(said, cells, in_cell)
        self._take_mobile(said, cells, in_cell)
        if not self.problems and not said.email and not said.mobile:
            self.problem(
                "email",
                "There is no email address or mobile number.",
                "Add one of them or skip this row.",
            )

    def _take_email(
        self, said: "_Said", cells: Mapping[str, str], in_cell: Mapping[str, list[Entry]]
    ) -> None:
        said.email = ""
        mine = in_cell["email"]
        emails = _each(one.email for one in mine)
        elsewhere = _each(one.email for column in ("mobile", "name") for one in in_cell[column])
        broken = next((one for one in mine if one.broken), None)
        text = cells["email"]
        if broken is not None:
            self._broken(text, broken)
        elif len(emails) > 1:
            choices = tuple((one, one) for one in emails)
            self.problem(
                "email",
                f"There are {len(emails)} email addresses in this row.",
                "Choose one. For several people, add a row for each.",
                choices=choices,
            )
        elif emails:
            said.email = emails[0]
            self._beside(said, "email", mine[0])
        elif text and not _is_nothing(text) and not any(one.mobiles for one in mine):
            self.problem(
                "email",
                "This is not an email address: it has no @.",
                "Write it like ann.lee@nhs.net, or leave it blank if there is a mobile number.",
            )
        elif elsewhere:
            said.email = elsewhere[0]
            self.not_used("email", *elsewhere[1:])
        elif text and not any(one.mobiles for one in mine):
            self.not_used("email", text)
        if (emails or broken) and elsewhere:
            self.not_used("name", *(one for one in elsewhere if one not in emails))

    def _broken(self, text: str, broken: Entry) -> None:
        compact = "".join(text.split()).removeprefix("<").rstrip(">,;.").replace(",", ".")
        better = broken.better or (compact if is_email(compact) else "")
        if better:
            is_space = better == compact.lower() and " " in text
            wrong = "There is a space in the address." if is_space else "A sign in it is wrong."
            self.problem("email", wrong, "We’ve corrected it. Check it.", better)
        else:
            self.problem(
                "email",
                "This is not an email address.",
                "Write it like ann.lee@nhs.net, with plain letters.",
            )

    def _beside(self, said: "_Said", column: str, one: Entry) -> None:
        """Words beside an address are the name where there is none; else they are named."""
        if one.name and one.name == self.record.text("nights"):
            pass  # used for nights
        elif one.name and not said.name and not any(map(str.isdigit, one.name)):
            said.name = one.name
        elif one.name.casefold() != said.name.casefold():
            self.not_used(column, one.name)
        self.not_used(column, *one.rest)

    def _take_mobile(
        self, said: "_Said", cells: Mapping[str, str], in_cell: Mapping[str, list[Entry]]
    ) -> None:
        said.mobile = ""
        mobiles = _each(number for one in in_cell["mobile"] for number in one.mobiles)
        elsewhere = _each(
            number for column in ("email", "name") for one in in_cell[column]
            for number in one.mobiles
        )  # fmt: skip
        text = cells["mobile"]
        if len(mobiles) > 1 or (not text and len(elsewhere) > 1):
            self.problem(
                "mobile",
                f"There are {len(mobiles or elsewhere)} mobile numbers in this row.",
                "Choose one. For several people, add a row for each.",
                choices=tuple((national(one), national(one)) for one in mobiles or elsewhere),
            )
        elif mobiles:
            said.mobile = mobiles[0]
            for one in in_cell["mobile"]:
                self._beside(said, "mobile", one)
                self.not_used("mobile", *one.numbers)
            self.not_used("email", *(national(one) for one in elsewhere if one not in mobiles))
        elif text and not _is_nothing(text) and not any(one.email for one in in_cell["mobile"]):
            said.mobile = self._number(text)
        else:
            said.mobile = next(iter(elsewhere), "")
            if text and not any(one.email for one in in_cell["mobile"]):
                self.not_used("mobile", text)
        for one in in_cell["email"]:
            self.not_used("email", *one.numbers)

    def _number(self, text: str) -> str:
        """A number that is not written as people write one, such as 7700900123.0."""
        try:
            return uk_mobile(text)
        except ValueError as error:
            self.problem(
                "mobile",
                str(error),
                "Write a UK mobile number, like 07700 900123, or leave it blank if the row has an "
                "email address.",
                _meant_number(text),
            )
            return ""


@dataclass(slots=True)
class _Said:
    email: str = ""
    mobile: str = ""
    name: str = ""


def _each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _is_nothing(text: str) -> bool:
    return text.casefold().strip(" .") in _NOTHING


def _meant_number(text: str) -> str:
    """The number if other digits, or letters like digits, are read as plain ones; or nothing."""
    digits = "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one
        for one in text.translate(_FOR_DIGITS)
    )
    try:
        return national(uk_mobile(digits))
    except ValueError:
        return ""


def _language(text: str, problem: Say) -> str:
    tag = language_of(text)
    if text and not tag and not _is_nothing(text):
        likely = "Welsh" if only_language_in(text) == "cy" else "English"
        problem(
            "language",
            "Messages are in English or Welsh.",
            f"Enter English or Welsh, or leave it blank. We’ve filled in {likely}. Check that it "
            "is correct.",
            likely,
        )
    return tag


def _nights(text: str, problem: Say) -> bool:
    works = nights_of(text)
    if works is None:
        problem(
            "nights",
            "This does not say if the person works nights.",
            "Choose yes if they ever do. They get their messages between 6pm and 8pm.",
            choices=YES_NO,
        )
    return bool(works)


def _unit(text: str, units: NearestName, last: str, problem: Say) -> str:
    if not units.names:
        return text
    if not text and len(units.names) == 1:
        return units.names[0]
    known = units.exactly(text)
    if known:
        return known
    near = units.nearest(text) if text else last  # merged cells are empty below the first
    names = units.names
    shown = names[0] if len(names) == 1 else f"one of: {', '.join(names[:6])}"
    problem(
        "unit",
        "This unit is not in the survey." if text else "The unit is missing.",
        f"Write {shown}{'. Check that it is correct' if near else ''}.",
        near,
    )
    return ""
