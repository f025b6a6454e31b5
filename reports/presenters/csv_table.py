"""CSV of released figures and of the plan: for R, Power BI, pandas and whoever reads tables.

UTF-8 with a byte order mark, or Excel would not know the letters. A text that a spreadsheet would
take for a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import timezone

from reports.presenters.figures import Figure, figures
from reports.presenters.plan_rows import HEAD as PLAN_HEAD
from reports.presenters.plan_rows import plan_rows
from reports.presenters.source import Source

HEAD = (
    *("unit", "survey", "closed", "released", "instrument", "version", "edition"),
    *("level", "code", "text", "measure", "option", "value", "people", "why_not_shown", "notice"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_table(source: Source) -> bytes:
    """Every figure of one result, each with the notice: whoever cuts rows keeps it."""
    return "".join(csv_lines(iter([source]))).encode("utf-8-sig")


def csv_lines(sources: Iterator[Source]) -> Iterator[str]:
    """The head, then each result's rows as one piece of text."""
    yield _text([HEAD])
    for source in sources:
        yield _text(_rows(source))


def as_text(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def _rows(source: Source) -> Iterator[tuple[object, ...]]:
    payload = source.payload
    about = (
        as_text(source.unit.unit_name),
        as_text(source.unit.survey.title),
        timezone.localdate(source.unit.closes_at).isoformat(),
        timezone.localdate(source.snapshot.released_at).isoformat(),
        as_text(payload["instrument"]),
        as_text(payload["version"]),
        as_text(payload["edition"]["name"]),
    )
    notice = as_text(payload["notice"])
    for figure in figures(payload):
        yield (*about, *_cells(figure), notice)
    for cells in _plan(source):
        yield (*about, *cells, notice)


def _plan(source: Source) -> Iterator[tuple[object, ...]]:
    """A row for the decision, each priority and action, and one for each thing said of it."""
    for number, (what, text, *others) in enumerate(plan_rows(source)[1:], 1):
        said = as_text(str(text))
        yield ("plan", number, said, what, None, None, None, "")
        for name, value in zip(PLAN_HEAD[2:], others, strict=True):
            if value:
                yield ("plan", number, said, f"{what}, {name}", None, as_text(str(value)), None, "")


def _cells(figure: Figure) -> tuple[object, ...]:
    value = figure.value
    return (
        figure.level,
        as_text(figure.code),
        as_text(figure.text),
        figure.measure,
        figure.option,
        as_text(value) if isinstance(value, str) else value,
        figure.n,
        figure.withheld,
    )


def _text(rows: Iterable[tuple[object, ...]]) -> str:
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows(rows)
    return kept.getvalue()
