"""Reads a list of improvements, pasted, CSV or XLSX: text in, rows and problems out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from organisations.exchange.lists import Headings, ListKind, table_of
from organisations.exchange.tables import NotUsed, Problem, Unreadable
from organisations.rules import typed
from organisations.rules.plain_text import link_in, one_line

LARGEST_FILE = 2_000_000
MOST_ROWS = 2_000
LONGEST = {"name": 80, "problem": 240, "change": 240, "led by": 80, "sponsor": 80}
# Messages to staff and departments carry them.
SENT = ("name", "problem", "change")
MOST_HOURS = Decimal(80)
NEEDED = ("name", "problem", "change", "unit")
_HEADINGS = Headings({
    "name": ("name", "short name", "improvement", "title", "initiative", "project"),
    "problem": ("problem", "the problem"),
    "change": ("change", "what would change"),
    "unit": ("unit", "ward", "team", "department", "units"),
    "hours": ("hours", "hours a week", "staff hours", "staff hours a week"),
    "led by": ("led by", "lead", "leader"),
    "sponsor": ("sponsor",),
    "begins": ("begins", "begin", "start", "starts", "start day", "start date"),
    "status": ("status", "state"),
    "review": ("review", "review day", "review date"),
}, needed=frozenset(NEEDED), least=2)  # fmt: skip
STATES = {
    "proposed": "proposed", "planned": "planned", "active": "active", "running": "active",
    "on hold": "on_hold", "paused": "on_hold", "finished": "finished", "done": "finished",
    "stopped": "stopped",
}  # fmt: skip
Say = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """An improvement on one unit, as the list has it; `state` is empty where it says none."""

    line: int
    title: str
    problem: str
    change: str
    unit: str
    hours: Decimal | None = None
    led_by: str = ""
    sponsor: str = ""
    begins_on: date | None = None
    state: str = ""
    review_on: date | None = None


@dataclass
class ImprovementList:
    """What a list says: good rows and all problems, in its order."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_used: list[NotUsed] = field(default_factory=list)


def read_improvement_list(text: str) -> ImprovementList:
    """Rows and problems of a list. Raises `Unreadable` where a needed column is missing."""
    table = table_of(text, _HEADINGS, most_rows=MOST_ROWS)
    missing = [one for one in NEEDED if table is None or one not in table.columns]
    if table is None or missing:
        raise Unreadable(
            "The list must have the columns name, problem, change and unit. "
            f"“{missing[0]}” is missing"
        )
    found = ImprovementList(not_used=table.other_columns())
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.rows:
        cell = {name: one_line(next(iter(table.cells(cells, name)), "")) for name in table.columns}
        if any(cell.values()):
            _read_row(line, cell, found, seen)
    if not found.rows and not found.problems:
        raise Unreadable("The list has no improvements below the column names")
    return found


def _read_row(
    line: int,
    cell: Mapping[str, str],
    found: ImprovementList,
    seen: dict[tuple[str, str], int],
) -> None:
    before = len(found.problems)

    def say(column: str, wrong: str, mend: str) -> None:
        found.problems.append(Problem(line, column, cell.get(column, "")[:80], wrong, mend))

    for column in NEEDED:
        if not cell.get(column):
            say(column, "This cell is blank.", "Fill it in or remove the row.")
    for column, most in LONGEST.items():
        if len(cell.get(column, "")) > most:
            number = len(cell[column])
            say(column, f"This has {number} characters.", f"Use {most} or fewer.")
    for column in SENT:
        if link_in(cell.get(column, "")):
            say(column, "This has a link.", "Remove the link. This text is sent in messages.")
    state = STATES.get(cell.get("status", "").casefold(), "")
    if cell.get("status") and not state:
        say("status", "This is not a status.", f"Use one of: {', '.join(dict.fromkeys(STATES))}.")
    row = Row(
        line=line,
        title=cell.get("name", ""),
        problem=cell.get("problem", ""),
        change=cell.get("change", ""),
        unit=cell.get("unit", ""),
        hours=_hours(cell, say),
        led_by=cell.get("led by", ""),
        sponsor=cell.get("sponsor", ""),
        begins_on=_day("begins", cell, say),
        state=state,
        review_on=_day("review", cell, say),
    )
    key = (row.title.casefold(), row.unit.casefold())
    if row.title and row.unit and key in seen:
        say("unit", f"Row {seen[key]} has the same improvement and unit.", "Remove one of them.")
    seen.setdefault(key, line)
    if len(found.problems) == before:
        found.rows.append(row)


def _hours(cell: Mapping[str, str], say: Say) -> Decimal | None:
    text = cell.get("hours", "")
    if not text:
        return None
    number = typed.decimal_number(text)
    if number is None or number > MOST_HOURS or number % Decimal("0.5"):
        say("hours", "These are not hours.", "Enter a number from 0 to 80, in halves, like 2.5.")
    return number


def _day(column: str, cell: Mapping[str, str], say: Say) -> date | None:
    text = cell.get(column, "")
    if not text:
        return None
    found = typed.day(text)
    if found is None or found.year < 2000:
        say(column, "This is not a date.", "Enter a date, like 2027-01-11, or leave it blank.")
    return found


IMPROVEMENT_LISTS = ListKind(
    _HEADINGS,
    most_rows=MOST_ROWS,
    largest_file=LARGEST_FILE,
    size="2MB",
    longest_text=LARGEST_FILE,
    read=read_improvement_list,
)
