"""Reading a file of answers, and a roster, as plain CSV. No Django here.

Whatever cannot be taken stops the reading with file, line, column and reason.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from responses.rules.answer_string import DIGITS, NOT_SURE, SKIPPED
from scoring.rules.layout import Layout

WHO = ("respondent", "round", "unit", "role")
NOT_SURE_CELL = "dk"
_NUMBERED = re.compile(r"q0*([1-9][0-9]*)", re.ASCII)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class BadFile(ValueError):
    """A file that cannot be scored; the message is one sentence for the person."""


@dataclass(frozen=True)
class ResponseRow:
    """A row: who, in which round, and the answers as one string. No role is an empty one."""

    respondent: str
    round: str
    unit: str
    role: str
    answers: str


@dataclass(frozen=True)
class AnswerFile:
    """The rows in file order, the item columns' names in the layout's order, and whether those
    are numbers (`q01`) rather than the instrument's item codes."""

    sheets: list[ResponseRow]
    columns: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True)
class RosterRow:
    """How many posts a unit has in a role; `round` is None where the file has no such column."""

    unit: str
    role: str
    round: str | None
    posts: int


def read_answers(path: Path, layout: Layout) -> AnswerFile:
    """The answers in `path`: respondent, round, unit, role, then a column for each item.

    A blank cell is skipped, `dk` (or `DK`) is not sure, `3.0` is 3, as some programs write whole
    numbers of a column with blanks. Roles are in every row or in none. Raises BadFile.
    """
    rows = _rows(path)
    line, header = next(rows, (1, []))
    if not header:
        raise BadFile(f"{path.name}: the file is empty.")
    named = {code: index for index, code in enumerate(layout.items)}
    places: dict[str, int] = {}
    item_of: dict[int, int] = {}
    numbered = False
    for place, name in enumerate(header):
        where = f"{path.name}, line {line}, column {name or place + 1}"
        match = _NUMBERED.fullmatch(name)
        item = named.get(name)
        if item is None and match is not None and int(match[1]) <= len(layout.items):
            item, numbered = int(match[1]) - 1, True
        if name in places or (item is not None and item in item_of):
            raise BadFile(f"{where}: the column is there twice.")
        places[name] = place
        if item is not None:
            item_of[item] = place
        elif name not in WHO:
            raise BadFile(f"{where}: unknown column.")
    for name in WHO:
        if name not in places:
            raise BadFile(f"{path.name}, line {line}, column {name}: the column is missing.")
    for item, code in enumerate(layout.items):
        if item not in item_of:
            raise BadFile(
                f"{path.name}, line {line}, column q{item + 1:02d}: the column of item {code} "
                "is missing."
            )
    answers = _answer_cells(layout)
    order = [item_of[item] for item in range(len(layout.items))]
    sheets: list[ResponseRow] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        _check_width(path, line, row, header)
        respondent, round_, unit, role = who = [row[places[name]] for name in WHO]
        for name, value in zip(WHO, who, strict=True):
            if not value and name != "role":
                raise BadFile(f"{path.name}, line {line}, column {name}: the cell is empty.")
        if bool(role) != bool(sheets[0].role if sheets else role):
            raise BadFile(
                f"{path.name}, line {line}, column role: a role in some rows and none in others."
            )
        first = seen.setdefault((respondent, round_), line)
        if first != line:
            raise BadFile(
                f"{path.name}, line {line}, column respondent: {_shown(respondent)} is already on "
                f"line {first} in the same round."
            )
        try:
            text = "".join([answers[row[place]] for place in order])
        except KeyError:
            place = next(place for place in order if row[place] not in answers)
            raise BadFile(
                f"{path.name}, line {line}, column {header[place]}: {_shown(row[place])} is not an "
                f"answer; expected a whole number from {layout.minimum} to {layout.maximum}, "
                f"{NOT_SURE_CELL} or nothing."
            ) from None
        sheets.append(ResponseRow(respondent, round_, unit, role, text))
    if not sheets:
        raise BadFile(f"{path.name}: there are no answers under the first line.")
    return AnswerFile(sheets, tuple(header[place] for place in order), numbered)


def read_roster(path: Path) -> list[RosterRow]:
    """The headcounts in `path`: unit, role, N and, if posts change, round. Raises BadFile."""
    rows = _rows(path)
    line, header = next(rows, (1, []))
    for place, name in enumerate(header):
        where = f"{path.name}, line {line}, column {name or place + 1}"
        if name not in ("unit", "role", "round", "N"):
            raise BadFile(f"{where}: unknown column.")
        if name in header[:place]:
            raise BadFile(f"{where}: the column is there twice.")
    for name in ("unit", "role", "N"):
        if name not in header:
            raise BadFile(f"{path.name}, line {line}, column {name}: the column is missing.")
    found: list[RosterRow] = []
    seen: set[tuple[str, str, str | None]] = set()
    for line, row in rows:
        _check_width(path, line, row, header)
        cells = dict(zip(header, row, strict=True))
        for name, value in cells.items():
            if not value and name != "role":
                raise BadFile(f"{path.name}, line {line}, column {name}: the cell is empty.")
        if not _WHOLE.fullmatch(cells["N"]):
            raise BadFile(
                f"{path.name}, line {line}, column N: {_shown(cells['N'])} is not a whole number."
            )
        entry = RosterRow(cells["unit"], cells["role"], cells.get("round"), int(cells["N"]))
        key = (entry.unit, entry.role, entry.round)
        if key in seen:
            raise BadFile(
                f"{path.name}, line {line}, column unit: {_shown(entry.unit)} with role "
                f"{_shown(entry.role)} is there twice."
            )
        seen.add(key)
        found.append(entry)
    return found


def _answer_cells(layout: Layout) -> dict[str, str]:
    """What a cell may hold, and its character in an answer string."""
    cells = {"": SKIPPED, NOT_SURE_CELL: NOT_SURE, NOT_SURE_CELL.upper(): NOT_SURE}
    for index in range(layout.options):
        cells[f"{layout.minimum + index}"] = cells[f"{layout.minimum + index}.0"] = DIGITS[index]
    return cells


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, cells without outer spaces, with the line it begins on.

    Semicolons part the cells if the first line has them and no comma, as spreadsheets write in
    countries with a decimal comma.
    """
    text = _text(path)
    first = text.lstrip().partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(f"{path.name}, line {reader.line_num}: {error}.") from None


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path.name}: cannot be read ({error.strerror}).") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile(f"{path.name}: the file is in UTF-16; save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = data.count(b",", data.rfind(b"\n", 0, error.start) + 1, error.start) + 1
        raise BadFile(
            f"{path.name}, line {line}, column {column}: the file is not in UTF-8; "
            "save it as UTF-8."
        ) from None


def _check_width(path: Path, line: int, row: Sequence[str], header: Sequence[str]) -> None:
    if len(row) != len(header):
        last = header[len(row)] if len(row) < len(header) else str(len(header) + 1)
        raise BadFile(
            f"{path.name}, line {line}, column {last}: the line has {len(row)} cells, "
            f"the first line has {len(header)}."
        )


def _shown(value: str) -> str:
    return f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
