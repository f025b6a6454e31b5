"""Reads a list of units, pasted, CSV or XLSX: text in, rows and problems out. No Django here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from organisations.exchange.lists import Headings, ListKind, table_of
from organisations.exchange.tables import NotUsed, Problem, Unreadable
from organisations.rules import typed
from organisations.rules.plain_text import one_line

LARGEST_FILE = 500_000
MOST_ROWS = 2_000
LONGEST_NAME = 120
MOST_POSTS = 5_000
SEPARATOR = " > "
_HEADINGS = Headings({
    "unit": ("unit", "units", "unit name", "name", "ward", "ward name", "department", "team",
             "dept"),
    "parent": (
        "parent", "parent unit", "part of", "belongs to", "unit above", "above", "division",
        "directorate",
    ),
    "posts": ("posts", "staff", "headcount", "number of staff", "number of posts", "staff number",
              "staff in post", "establishment"),
}, needed=frozenset({"unit", "parent"}), least=1)  # fmt: skip


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
    not_used: list[NotUsed] = field(default_factory=list)


def read_unit_list(text: str) -> UnitList:
    """Rows and problems of a list. The headings name its columns: unit, parent, posts or not."""
    table = table_of(text, _HEADINGS, most_rows=MOST_ROWS)
    for column in ("unit", "parent"):
        if table is None or column not in table.columns:
            raise Unreadable(
                f"The list must have the columns unit, parent and posts. “{column}” is missing"
            )
    found = UnitList()
    if table is not None:
        found.not_used = [
            NotUsed(" ".join(filter(None, map(one_line, cells))), number)
            for number, cells in table.above
        ] + table.other_columns()
        seen: dict[tuple[str, str], int] = {}
        for line, cells in table.rows:
            cell = {name: next(iter(table.cells(cells, name)), "") for name in table.columns}
            if any(cell.values()):
                _read_row(line, cell, found, seen)
            else:
                found.not_used.append(NotUsed(" ".join(filter(None, map(one_line, cells))), line))
    if not found.rows and not found.problems:
        raise Unreadable("The list has no units below the column names")
    return found


def _read_row(
    line: int, cell: Mapping[str, str], found: UnitList, seen: dict[tuple[str, str], int]
) -> None:
    name, parent = one_line(cell["unit"]), one_line(cell["parent"])
    posts, wrong_posts = _read_posts(one_line(cell.get("posts", "")))
    before = len(found.problems)

    def problem(column: str, wrong: str, mend: str) -> None:
        wrote = one_line(cell.get(column, ""))[:80]
        found.problems.append(Problem(line, column, wrote, wrong, mend))

    if not name:
        problem("unit", "The unit has no name.", "Enter its name or remove the row.")
    elif len(name) > LONGEST_NAME:
        problem("unit", f"The name has {len(name)} characters.", f"Use {LONGEST_NAME} or fewer.")
    if parent and parent.casefold() == name.casefold():
        problem(
            "parent", "The unit is its own parent.", "Enter the unit above it or leave it blank."
        )
    if wrong_posts:
        problem("posts", wrong_posts, f"Enter a whole number up to {MOST_POSTS} or leave it blank.")
    key = (name.casefold(), parent.casefold())
    if name and key in seen:
        problem("unit", f"Row {seen[key]} has the same unit.", "Remove one of the 2 rows.")
    seen.setdefault(key, line)
    if len(found.problems) == before:
        found.rows.append(Row(line, name, parent, posts))


def _read_posts(text: str) -> tuple[int | None, str]:
    if text in {"", "-", "–", "—"}:
        return None, ""
    # A spreadsheet may write 34 as 34.0.
    number = typed.whole_number(re.sub(r"\.0+$", "", text))
    if number is None:
        return None, "This is not a whole number."
    if number > MOST_POSTS:
        return None, "This number is too big."
    return number, ""


UNIT_LISTS = ListKind(
    _HEADINGS,
    most_rows=MOST_ROWS,
    largest_file=LARGEST_FILE,
    size="500KB",
    longest_text=600_000,
    read=read_unit_list,
)
