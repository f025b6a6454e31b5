"""What the page of a checked staff list says, and the file of its bad rows."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from surveys import text_messages
from surveys.addresses import Address
from surveys.mobile import national
from surveys.models import Survey, SurveyUnit
from surveys.presenters.unreached import too_late_words, unreached_words
from surveys.queries.staff import StaffPlan
from surveys.staff_list import StaffList
from surveys.staff_table import COLUMNS, Record

SHOWN = 50
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "@", "\t", "\r", "+", "-")


def check_context(
    *,
    survey: Survey,
    units: Sequence[SurveyUnit],
    found: StaffList,
    plan: StaffPlan,
) -> dict[str, Any]:
    """Three counts, the rows to mend, who is ready, and what the list does not reach."""
    bad = found.bad_lines
    shown = bad[:SHOWN]
    people = plan.people
    too_late = too_late_words(units, plan.new)
    return {
        "survey": survey,
        "where": units[0].unit_name if len(units) == 1 else f"{len(units)} units",
        "ready": len(people),
        "bad": len(bad),
        "problems": [one for one in found.problems if one.line in set(shown)],
        "hidden": len(bad) - len(shown),
        "joined": found.joined,
        "same": [f"row {row} is the same person as row {first}" for row, first in found.joined[:5]],
        "groups": _groups(units, plan),
        "unreached": [unreached_words(sum(1 for one in people if not one.email)), too_late],
        "notes": _notes(units, found, plan, in_time=not too_late),
    }


def _groups(units: Sequence[SurveyUnit], plan: StaffPlan) -> list[tuple[str, list[str]]]:
    """The new people by unit, as the page names them."""
    return [
        (
            unit.unit_name,
            [f"{one.name}, {_written(one)}" if one.name else _written(one) for one in new],
        )
        for unit in units
        if (new := plan.new.get(unit.pk))
    ]


def _written(one: Address) -> str:
    mobile = national(one.mobile) if one.mobile else ""
    return ", ".join(text for text in (one.name, one.email, mobile) if text)


def _notes(
    units: Sequence[SurveyUnit], found: StaffList, plan: StaffPlan, *, in_time: bool
) -> list[str]:
    people = plan.people
    by_mail = sum(1 for one in people if one.email)
    nights = sum(1 for one in people if one.works_nights)
    notes = [f"{_rows(found.rows)} read."]
    if people:
        by_text = "by text message" if text_messages.are_on() else "with only a mobile number"
        notes.append(f"{by_mail} by e-mail, {len(people) - by_mail} {by_text}.")
    if nights and in_time:
        works = "works nights and gets messages" if nights == 1 else "work nights and get messages"
        notes.append(f"{nights} {works} between 18:00 and 20:00.")
    if plan.known:
        are = "person is" if len(plan.known) == 1 else "people are"
        notes.append(f"{len(plan.known)} {are} on the list already and will not change.")
    if plan.declined:
        rows = ", ".join(str(row) for row in plan.declined[:5])
        notes.append(
            f"{len(plan.declined)} asked for no messages and will get none (row {rows}). "
            "They can still use the poster."
        )
    if plan.taken_off:
        rows = ", ".join(str(row) for row in plan.taken_off[:5])
        was = "person was" if len(plan.taken_off) == 1 else "people were"
        notes.append(
            f"{len(plan.taken_off)} {was} taken off this list and will stay off (row {rows}). To "
            "bring somebody back, add them as one person."
        )
    for unit in units:
        without = unit.headcount - len(plan.new.get(unit.pk, [])) - plan.there[unit.pk]
        if len(units) == 1 and without > 0:
            notes.append(
                f"{unit.headcount} staff on the unit, so at least {without} have no address here: "
                "the poster reaches them."
            )
    return notes


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def bad_rows_file(records: Sequence[Record], found: StaffList) -> str:
    """The rows to mend as CSV, each with its number and what is wrong with it."""
    reasons: dict[int, list[str]] = {}
    for problem in found.problems:
        reasons.setdefault(problem.place, []).append(
            f"{problem.label}: {problem.wrong} {problem.mend}"
        )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["row", *COLUMNS.values(), "what to mend"])
    for place, said in reasons.items():
        record = records[place]
        cells = [_plain(record.text(column)) for column in COLUMNS]
        writer.writerow([record.line, *cells, " ".join(said)])
    return out.getvalue()


def _plain(text: str) -> str:
    is_number = text[1:].replace(" ", "").isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text
