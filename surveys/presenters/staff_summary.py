"""A checked staff list for another program, and in lines for a terminal."""

from collections.abc import Iterator, Sequence

from surveys.exchange.staff_list import StaffList
from surveys.exchange.staff_problem import Problem
from surveys.exchange.staff_table import StaffTable

# As in the rows that are ready.
_NAMES = {"nights": "works_nights", "same": "email"}


def summary(table: StaffTable, found: StaffList) -> dict[str, list[dict[str, object]]]:
    """Who is ready, what is to be corrected, what is not used, and what a person is asked."""
    return {
        "ready": [
            {
                "email": one.address.email,
                "mobile": one.address.mobile,
                "name": one.address.name,
                "language": one.address.language,
                "works_nights": one.address.works_nights,
                "unit": one.unit,
            }
            for one in found.people
        ],
        "to_correct": [
            {**_cell(one), "reason": f"{one.wrong} {one.mend}", "suggestion": one.suggestion}
            for one in found.problems
            if not one.choices
        ],
        "not_used": [
            {"row": one.row, "column": one.column, "text": one.text, "sheet": one.sheet}
            for one in (*table.unused, *found.not_used)
        ],
        "asked": [
            {
                **_cell(one),
                "question": f"{one.wrong} {one.mend}",
                "answers": [words for _, words in one.choices],
            }
            for one in found.problems
            if one.choices
        ],
    }


def refused(why: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """The same of a file that cannot be read."""
    rows: list[dict[str, object]] = [
        {"row": None, "column": "", "text": "", "reason": sentence, "suggestion": ""}
        for sentence in why
    ]
    return {"ready": [], "to_correct": rows, "not_used": [], "asked": []}


def sentences(table: StaffTable, found: StaffList) -> Iterator[str]:
    """The same for a person."""
    yield f"{len(found.people)} ready to invite"
    for problem in found.problems:
        yield problem.sentence
    for one in (*table.unused, *found.not_used):
        yield f"Not used: {one.words}"


def _cell(one: Problem) -> dict[str, object]:
    return {"row": one.line, "column": _NAMES.get(one.column, one.column), "text": one.wrote}
