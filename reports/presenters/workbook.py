"""XLSX of one result: about, plan, sections, statements, leaders, codebook. Texts stay texts."""

from reports.presenters.book import Book, Row
from reports.presenters.codebook import MEANINGS, statement_of_use
from reports.presenters.figures import Figure, Level, Measure, figures, reasons
from reports.presenters.plan_rows import plan_rows
from reports.presenters.source import Source
from scoring.rules.payload import SnapshotPayload

WIDE = 60
SECTION_MEASURES: tuple[Measure, ...] = (
    *("mean", "in words", "scored by, least", "scored by, most", "statements in the mean"),
    *("interval from", "interval to", "agreement", "cannot say", "leaders, mean"),
)
STATEMENT_MEASURES: tuple[Measure, ...] = (
    *("mean", "high, middle or low", "agreement", "cannot say", "cannot say, people"),
    "leaders, mean",
)


def workbook(source: Source) -> bytes:
    """The whole file."""
    payload = source.payload
    shown = list(figures(payload))
    book = Book()
    book.sheet("About", _about(source), (24, WIDE))
    plan = plan_rows(source)
    if len(plan) > 1:
        book.sheet("Plan", plan, (14, 40, 40, 24, 14, 12, 40))
    if payload["sections"]:
        book.sheet("Sections", _wide(shown, "section", SECTION_MEASURES), (10, 34, *[14] * 12))
        statements = _with_shares(payload, shown)
        book.sheet("Statements", statements, (10, WIDE, *[14] * 18))
    if payload["leaders"]:
        book.sheet("Leaders", _leaders(shown), (12, 10, WIDE, 10))
    book.sheet("Codebook", _codebook(shown), (24, WIDE * 2))
    return book.content(source.title, author=source.author, created=source.created)


def _about(source: Source) -> list[Row]:
    lines: list[Row] = [
        ("What", "Value"),
        ("Unit", source.unit.unit_name),
        ("Improvement", source.unit.survey.title),
        ("Answered", source.answered),
        ("Dates", source.dates),
        ("Wording", source.wording),
    ]
    if source.correction:
        lines.append(("Corrected because", source.correction))
    lines += [(f"What happened: {note.day}", note.text) for note in source.notes]
    scale = source.payload["scale"]
    lines += [
        (f"Scale: {scale['min'] + place}", label) for place, label in enumerate(scale["labels"])
    ]
    return lines + [("Please note", words) for words in statement_of_use(source.payload)]


def _wide(shown: list[Figure], level: Level, measures: tuple[Measure, ...]) -> list[Row]:
    """A row for each code, a column for each measure that has a figure anywhere."""
    by_code: dict[str, dict[Measure, Figure]] = {}
    for figure in shown:
        if figure.level == level and figure.option is None:
            by_code.setdefault(figure.code, {})[figure.measure] = figure
    used = [
        measure
        for measure in measures
        if any(
            (found := row.get(measure)) and (found.value is not None or found.withheld)
            for row in by_code.values()
        )
    ]
    rows: list[Row] = [("code", "text", "people", *used)]
    for code, row in by_code.items():
        mean = row["mean"]
        cells = (row.get(measure) for measure in used)
        rows.append((code, mean.text, mean.n, *(value_of(figure) for figure in cells)))
    return rows


def value_of(figure: Figure | None) -> object:
    """The figure, or the reason in its place."""
    if figure is None:
        return None
    return figure.withheld if figure.value is None else figure.value


def _with_shares(payload: SnapshotPayload, shown: list[Figure]) -> list[Row]:
    """The statements, with the share of answers on each option at the right."""
    head, *rows = _wide(shown, "statement", STATEMENT_MEASURES)
    shares: dict[str, list[object]] = {}
    for figure in shown:
        if figure.measure == "share of answers":
            shares.setdefault(figure.code, []).append(figure.value)
    if not shares:
        return [head, *rows]
    scale = payload["scale"]
    options = [f"% of answers: {value}" for value in range(scale["min"], scale["max"] + 1)]
    return [
        [*head, *options],
        *([*row, *shares.get(str(row[0]), [])] for row in rows),
    ]


def _leaders(shown: list[Figure]) -> list[Row]:
    return [
        ("level", "code", "text", "score"),
        *(
            (figure.level, figure.code, figure.text, figure.value)
            for figure in shown
            if figure.measure == "leaders, each"
        ),
    ]


def _codebook(shown: list[Figure]) -> list[Row]:
    used = {figure.measure for figure in shown}
    return [
        ("Figure", "What it means and how it is worked out"),
        *((measure, meaning) for measure, meaning in MEANINGS.items() if measure in used),
        *(("Not shown, because", reason) for reason in reasons(shown)),
    ]
