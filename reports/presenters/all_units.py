"""The released figures of many units in one file: a workbook, or a table with its codebook.

Each result is written as it was released, by the same lists as its own documents; nothing is added
up over units. The results come one by one, so that a file of 500 never lies in memory as objects.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from reports.models import Export
from reports.presenters.book import Book, Row, Worksheet
from reports.presenters.codebook import MEANINGS, statement_of_use
from reports.presenters.csv_table import as_text, csv_lines
from reports.presenters.figures import Figure, Level, Measure, figures, reasons
from reports.presenters.source import Source
from reports.presenters.workbook import SECTION_MEASURES, STATEMENT_MEASURES, WIDE, value_of

HEAD = ("unit", "survey", "closed", "released", "instrument", "version", "edition")
# As many options as the widest scale of the question bank has, from its lowest.
MOST_OPTIONS = 11


@dataclass
class _Used:
    """What the codebook has to explain, gathered while the results go by."""

    measures: set[Measure] = field(default_factory=set)
    reasons: dict[str, None] = field(default_factory=dict)
    notices: dict[str, None] = field(default_factory=dict)
    authors: dict[str, None] = field(default_factory=dict)

    def see(self, source: Source, shown: list[Figure]) -> None:
        self.measures |= {figure.measure for figure in shown}
        self.reasons |= dict.fromkeys(reasons(shown))
        self.notices |= dict.fromkeys(statement_of_use(source.payload))
        self.authors[source.author] = None

    def codebook(self) -> Iterator[Row]:
        yield ("Figure", "What it means and how it is worked out")
        for measure, meaning in MEANINGS.items():
            if measure in self.measures:
                yield (measure, meaning)
        for reason in self.reasons:
            yield ("Not shown, because", reason)
        for notice in self.notices:
            yield ("Please note", notice)


def all_units_workbook(sources: Iterator[Source]) -> bytes:
    """Units, sections, statements and codebook."""
    book, used = Book(), _Used()
    units = book.sheet(
        "Units", [(*HEAD, "scale", "answered", "staff", "corrected because")], _widths(11)
    )
    sections = book.sheet(
        "Sections", [("unit", "survey", "code", "text", "people", *SECTION_MEASURES)], _widths(13)
    )
    options = [f"% of answers: option {place} of the scale" for place in range(1, MOST_OPTIONS + 1)]
    statements = book.sheet(
        "Statements",
        [("unit", "survey", "code", "text", "people", *STATEMENT_MEASURES, *options)],
        _widths(11 + MOST_OPTIONS),
    )
    for source in sources:
        shown = list(figures(source.payload))
        used.see(source, shown)
        answered = next((one for one in shown if one.measure == "answered"), None)
        staff = source.payload["headcount"]
        units.add((*_about(source), _scale(source), value_of(answered), staff, source.correction))
        _rows(sections, source, shown, "section", SECTION_MEASURES)
        _rows(statements, source, shown, "statement", STATEMENT_MEASURES)
    book.sheet("Codebook", used.codebook(), (24, WIDE * 2))
    author = next(iter(used.authors), "")
    return book.content("Released figures by unit", author=author, created=timezone.localtime())


def _widths(columns: int) -> tuple[int, ...]:
    return (30, 30, *[14] * (columns - 2))


def _about(source: Source) -> tuple[str, ...]:
    payload = source.payload
    return (
        source.unit.unit_name,
        source.unit.survey.title,
        timezone.localdate(source.unit.closes_at).isoformat(),
        timezone.localdate(source.snapshot.released_at).isoformat(),
        payload["instrument"],
        payload["version"],
        payload["edition"]["name"],
    )


def _scale(source: Source) -> str:
    """`0 Not at all; 1 To a small extent; …`: what option 1, 2 and so on of the scale are."""
    scale = source.payload["scale"]
    numbered = enumerate(scale["labels"], scale["min"])
    return "; ".join(f"{number} {label}" for number, label in numbered)


def _rows(
    sheet: Worksheet,
    source: Source,
    shown: list[Figure],
    level: Level,
    measures: tuple[Measure, ...],
) -> None:
    """A row for each code of this level, the shares of answers at the right."""
    by_code: dict[str, dict[Measure, Figure]] = {}
    shares: dict[str, list[object]] = {}
    for figure in shown:
        if figure.level != level:
            continue
        if figure.option is None:
            by_code.setdefault(figure.code, {})[figure.measure] = figure
        else:
            shares.setdefault(figure.code, []).append(figure.value)
    for code, row in by_code.items():
        mean = row["mean"]
        sheet.add(
            (
                *(source.unit.unit_name, source.unit.survey.title),
                *(code, mean.text, mean.n),
                *(value_of(row.get(measure)) for measure in measures),
                *shares.get(code, ()),
            )
        )


def all_units_table(sources: Iterator[Source]) -> bytes:
    """`figures.csv` and `codebook.csv` in one ZIP, for the first is long and repeats itself."""
    used = _Used()

    def seen() -> Iterator[Source]:
        for source in sources:
            used.see(source, list(figures(source.payload)))
            yield source

    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        with bundle.open("figures.csv", "w") as file:
            file.write(b"\xef\xbb\xbf")
            for text in csv_lines(seen()):
                file.write(text.encode())
        words = io.StringIO(newline="")
        rows = ([as_text(str(cell)) for cell in row] for row in used.codebook())
        csv.writer(words).writerows(rows)
        bundle.writestr("codebook.csv", words.getvalue().encode("utf-8-sig"))
    return kept.getvalue()


EXPORTERS: dict[str, Callable[[Iterator[Source]], bytes]] = {
    Export.Kind.WORKBOOK: all_units_workbook,
    Export.Kind.TABLE: all_units_table,
}
