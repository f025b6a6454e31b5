"""Reads a list of units from a CSV file. Pure rules: bytes in, rows and problems out."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

LARGEST_FILE = 500_000
MOST_ROWS = 2_000
LONGEST_NAME = 120
MOST_POSTS = 5_000
SEPARATOR = " > "
COLUMNS = ("unit", "parent", "posts")


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says what to do."""


@dataclass(frozen=True)
class Problem:
    """One cell that a person must mend. `line` counts as a spreadsheet does: the head is 1."""

    line: int
    column: str
    wrote: str
    wrong: str
    mend: str


@dataclass(frozen=True)
class Row:
    """One unit of the file, its words cleaned. No posts means: leave them as they are."""

    line: int
    name: str
    parent: str
    posts: int | None


@dataclass
class UnitList:
    """What a file says: good rows and all problems, in file order."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def clean_name(text: str) -> str:
    """One line, single spaces, no invisible characters."""
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(visible.split())


def reading_order(name: str) -> list[tuple[int, str]]:
    """A key that puts Ward 7 before Ward 10."""
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def decode(content: bytes) -> str:
    """The text of an uploaded file; refuses what is not a CSV file in UTF-8."""
    if len(content) > LARGEST_FILE:
        raise Unreadable("The file is too large. A list of units has 500 KB at most.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("The file is in UTF-16. Save it again as “CSV UTF-8”.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("This is a spreadsheet file. Save it as “CSV UTF-8” and choose that file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not in UTF-8. Save it again as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise Unreadable("This is not a text file. Save your list as “CSV UTF-8”.")
    if not text.strip():
        raise Unreadable("The file is empty.")
    return text


def read_unit_list(text: str) -> UnitList:
    """Rows and problems of a list. The head names the columns: unit, parent, and posts or not."""
    head = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    found = UnitList()
    seen: dict[tuple[str, str], int] = {}
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        places: Mapping[str, int] | None = None
        for line, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if places is None:
                places = _places(cells)
                continue
            if line > MOST_ROWS + 1:
                raise Unreadable(f"The file has more than {MOST_ROWS} rows. Split it.")
            _read_row(line, cells, places, found, seen)
    except csv.Error as error:
        raise Unreadable(
            "The file is not a proper CSV file. Save it again as “CSV UTF-8”."
        ) from error
    if not found.rows and not found.problems:
        raise Unreadable("The file has no units below its head.")
    return found


def _places(cells: list[str]) -> dict[str, int]:
    heads = [clean_name(cell).casefold() for cell in cells]
    for name in ("unit", "parent"):
        if name not in heads:
            raise Unreadable(
                f"The first row must name the columns unit, parent and posts; “{name}” is missing."
            )
    return {name: heads.index(name) for name in COLUMNS if name in heads}


def _read_row(
    line: int,
    cells: list[str],
    places: Mapping[str, int],
    found: UnitList,
    seen: dict[tuple[str, str], int],
) -> None:
    cell = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    name, parent = clean_name(cell["unit"]), clean_name(cell["parent"])
    posts, wrong_posts = _read_posts(clean_name(cell.get("posts", "")))
    before = len(found.problems)

    def problem(column: str, wrong: str, mend: str) -> None:
        wrote = clean_name(cell.get(column, ""))[:80]
        found.problems.append(Problem(line, column, wrote, wrong, mend))

    if not name:
        problem("unit", "The unit has no name.", "Write its name, or take out the row.")
    elif len(name) > LONGEST_NAME:
        problem(
            "unit", f"The name has {len(name)} letters.", f"Use {LONGEST_NAME} letters at most."
        )
    if parent and parent.casefold() == name.casefold():
        problem(
            "parent", "The unit is its own parent.", "Name the unit above it, or leave it empty."
        )
    if wrong_posts:
        problem(
            "posts", wrong_posts, f"Write a whole number up to {MOST_POSTS}, or leave it empty."
        )
    key = (name.casefold(), parent.casefold())
    if name and key in seen:
        problem("unit", f"Row {seen[key]} has the same unit.", "Take out one of the two rows.")
    seen.setdefault(key, line)
    if len(found.problems) == before:
        found.rows.append(Row(line, name, parent, posts))


def _read_posts(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    if not (text.isascii() and text.isdigit()):
        return None, "This is not a whole number."
    if len(text) > 6 or int(text) > MOST_POSTS:
        return None, "This is more than a unit can have."
    return int(text), ""
