"""What the page of a checked staff list says, and the file of its bad rows."""

import csv
import io
from collections.abc import Sequence

from organisations.rules.mobile import national
from surveys.carriers import text_messages
from surveys.exchange.addresses import Address
from surveys.exchange.staff_list import StaffList
from surveys.exchange.staff_table import COLUMNS, Record
from surveys.models import Survey, SurveyUnit
from surveys.presenters.without_message import too_late_words, without_message_words
from surveys.queries.staff import StaffPlan

SHOWN = 50
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "@", "\t", "\r", "+", "-")


def check_context(
    *,
    survey: Survey,
    units: Sequence[SurveyUnit],
    found: StaffList,
    plan: StaffPlan,
) -> dict[str, object]:
    """Three counts, the rows to correct, who is ready, and what the list does not reach."""
    bad = found.bad_places
    shown = set(bad[:SHOWN])
    people = plan.people
    too_late = too_late_words(units, plan.new)
    return {
        "survey": survey,
        "where": units[0].unit_name if len(units) == 1 else f"{len(units)} units",
        "ready": len(people),
        "bad": len(bad),
        "problems": [one for one in found.problems if one.place in shown],
        "shown": len(shown),
        "joined": found.joined,
        "same": [f"row {row} is the same person as row {first}" for row, first in found.joined[:5]],
        "groups": _groups(units, plan),
        "without_message": [
            without_message_words(sum(1 for one in people if not one.email)),
            too_late,
        ],
        "notes": _notes(units, found, plan, in_time=not too_late),
    }


def _groups(units: Sequence[SurveyUnit], plan: StaffPlan) -> list[tuple[str, list[str]]]:
    """The new people by unit, as the page names them."""
    return [
        (
            unit.unit_name,
            [_written(one) for one in new],
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
        by_text = "by text message" if text_messages.is_enabled() else "with only a mobile number"
        notes.append(f"{by_mail} by email, {len(people) - by_mail} {by_text}.")
    if nights and in_time:
        works = "works nights and gets messages" if nights == 1 else "work nights and get messages"
        notes.append(f"{nights} {works} between 6pm and 8pm.")
    if plan.known:
        are = "person is" if len(plan.known) == 1 else "people are"
        notes.append(f"{len(plan.known)} {are} already on the list and will not change.")
    if plan.declined:
        have = "person has" if len(plan.declined) == 1 else "people have"
        notes.append(
            f"{len(plan.declined)} {have} asked for no messages and will not get any "
            f"({_numbered(plan.declined)}). They can still use the poster."
        )
    if plan.taken_off:
        was = "person was" if len(plan.taken_off) == 1 else "people were"
        notes.append(
            f"{len(plan.taken_off)} {was} removed from this list and will not be added again "
            f"({_numbered(plan.taken_off)}). To add someone back, use “Add one person”."
        )
    for unit in units:
        without = unit.headcount - len(plan.new.get(unit.pk, [])) - plan.there[unit.pk]
        if len(units) == 1 and without > 0:
            notes.append(
                f"The unit has {unit.headcount} staff, so at least {without} are not on this "
                "list. Make sure they see the poster."
            )
    return notes


def _numbered(lines: Sequence[int]) -> str:
    rows = ", ".join(str(row) for row in lines[:5])
    more = " and more" if len(lines) > 5 else ""
    return f"{'row' if len(lines) == 1 else 'rows'} {rows}{more}"


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def bad_rows_file(records: Sequence[Record], found: StaffList) -> str:
    """The rows to correct as CSV, each with its number and what is wrong with it."""
    reasons: dict[int, list[str]] = {}
    for problem in found.problems:
        reasons.setdefault(problem.place, []).append(
            f"{problem.label}: {problem.wrong} {problem.mend}"
        )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["row", *COLUMNS.values(), "what to correct"])
    for place, said in reasons.items():
        record = records[place]
        cells = [_plain(record.text(column)) for column in COLUMNS]
        writer.writerow([record.where, *cells, " ".join(said)])
    return out.getvalue()


def _plain(text: str) -> str:
    digits = text[1:].replace(" ", "")
    is_number = digits.isascii() and digits.isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text
