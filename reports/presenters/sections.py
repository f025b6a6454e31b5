"""The sections of a result: rows of the chart and of the table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from reports import charts
from reports.presenters.phrases import SHORT, capital, percent, plural
from scoring.payload import LeadersSection, Reason, SectionShown, SnapshotPayload, reason_sentence

# Above seven options there is room for the words of the two ends only.
MOST_WORDS = 7
# No letters at the leaders' marks: what the ward sees.
NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class AxisLabel:
    """A number above the chart; on a phone the words go without their beginning ("To a")."""

    number: int
    beginning: str
    words: str


@dataclass(frozen=True)
class Note:
    """`Agreement: strong` at the end of a row; `strong` says that it leads the row."""

    label: str
    value: str = ""
    strong: bool = False


@dataclass(frozen=True)
class SectionRow:
    """A row of the chart. Without a score it has a sentence instead, and no mark of the ward."""

    title: str
    statements: str
    chart: Markup | None
    notes: tuple[Note, ...]
    instead: tuple[str, str] | None


@dataclass(frozen=True)
class Cell:
    """A figure, or a phrase in its place.

    `whose` says the same as `text` or `each` with the leaders' letters, for those who may know.
    """

    text: str
    is_figure: bool = True
    each: str = ""
    whose: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TableRow:
    """A row of the table; `withheld` stands across all its cells for the ward."""

    title: str
    cells: tuple[Cell, ...]
    withheld: str = ""
    leaders: Cell | None = None


@dataclass(frozen=True)
class Table:
    """The same as the chart, in figures, with the reasons for what is not shown."""

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[TableRow, ...]
    leaders_head: str = ""
    reasons: tuple[str, ...] = field(default=())


def axis_of(payload: SnapshotPayload) -> charts.Axis:
    """The whole scale of the instrument."""
    return charts.Axis(payload["scale"]["min"], payload["scale"]["max"])


def axis_labels(payload: SnapshotPayload) -> tuple[AxisLabel, ...]:
    """Numbers and words above the chart; only numbers where the words would not fit."""
    labels = payload["scale"]["labels"]
    shown = []
    for place, label in enumerate(labels):
        beginning = next((words for words in ("To a ", "To ") if label.startswith(words)), "")
        shown.append(
            AxisLabel(payload["scale"]["min"] + place, beginning, label.removeprefix(beginning))
            if len(labels) <= MOST_WORDS
            else AxisLabel(payload["scale"]["min"] + place, "", "")
        )
    return tuple(shown)


def chart_rows(
    payload: SnapshotPayload, letters: Mapping[str, Sequence[str]] = NOBODY
) -> tuple[SectionRow, ...]:
    """Rows in the survey's order, never by score; `letters` tell whose mark is whose."""
    axis, leaders = axis_of(payload), payload["leaders"]
    rows: list[SectionRow] = []
    ward, lead = ("Team" if payload["tier"] == "joint" else "Ward"), "Leaders"
    for section in payload["sections"]:
        theirs = leaders["sections"].get(section["code"]) if leaders else None
        marks = charts.SectionMarks(
            section["mean"],
            (section["interval"][0], section["interval"][1]) if section["interval"] else None,
            theirs["dots"] if theirs else (),
            theirs["mean"] if theirs else None,
            letters.get(section["code"], ()),
        )
        chart = None
        if marks.mean is not None or marks.leaders:
            chart = charts.section_row(
                axis,
                marks,
                title=_title(section, theirs),
                names=(ward, lead),
                lanes=2 if leaders else 1,
            )
            ward = "" if marks.mean is not None else ward
            lead = "" if marks.leaders_mean is not None else lead
        rows.append(
            SectionRow(
                section["title"],
                plural(section["item_count"], "statement"),
                chart,
                _notes(payload, section),
                _instead_of_mark(section),
            )
        )
    return tuple(rows)


def _title(section: SectionShown, leaders: LeadersSection | None) -> str:
    words = []
    if section["mean"] is not None:
        words.append(f"ward {section['mean']:.1f}")
    if leaders and leaders["mean"] is not None:
        words.append(f"leaders {leaders['mean']:.1f}")
    return f"{section['title']}: {', '.join(words)}" if words else section["title"]


def _withheld(section: SectionShown) -> str:
    return reason_sentence(section["withheld"]) if section["withheld"] else ""


def _instead_of_mark(section: SectionShown) -> tuple[str, str] | None:
    if section["withheld"]:
        return "Score not shown.", reason_sentence(section["withheld"])
    why = section["why"].get("mean")
    if section["mean"] is None and why:
        return f"{capital(section['word'] or '')}.", reason_sentence(why)
    return None


def _notes(payload: SnapshotPayload, section: SectionShown) -> tuple[Note, ...]:
    """What stands at the end of a row; many who can't say lead it."""
    if section["withheld"]:
        return _cant_say(section)
    notes: list[Note] = []
    if payload["tier"] == "figures":
        if section["cant_say_leads"]:
            notes += _cant_say(section)
        if section["agreement"]:
            notes.append(Note("Agreement:", section["agreement"]))
        elif section["why"].get("agreement") and not section["cant_say_leads"]:
            notes.append(Note(f"Agreement: {SHORT[section['why']['agreement']]}"))
        if section["interval"] is None and section["why"].get("interval") == "below_11":
            notes.append(Note(f"Scored by {section['n']} of {payload['answered']}: no range"))
        if not section["cant_say_leads"]:
            notes += _cant_say(section)
        return tuple(notes)
    if section["word"] and section["mean"] is not None:
        notes.append(Note(capital(section["word"])))
    return (*notes, *_cant_say(section))


def _cant_say(section: SectionShown) -> tuple[Note, ...]:
    if section["cant_say"] is not None:
        return (Note("“I can’t say”:", percent(section["cant_say"]), section["cant_say_leads"]),)
    return (Note("Often “I can’t say”", strong=True),) if section["cant_say_leads"] else ()


def table(payload: SnapshotPayload, letters: Mapping[str, Sequence[str]] = NOBODY) -> Table:
    """The chart's figures and no others: a column that has none anywhere goes."""
    figures = payload["tier"] == "figures"
    shows_means = payload["tier"] in ("figures", "small", "joint")
    heads = [("In words", False)]
    if shows_means:
        heads.insert(0, ("Score" if payload["tier"] == "joint" else "Ward", True))
    if figures:
        heads += [
            ("Likely range", False),
            ("People", True),
            ("Agreement", False),
            ("“I\N{NO-BREAK SPACE}can’t say”", True),
        ]
    leaders = payload["leaders"]
    reasons: dict[Reason, None] = {}
    rows = []
    for section in payload["sections"]:
        cell = None
        if leaders:
            theirs = leaders["sections"].get(section["code"])
            cell = _leaders_cell(theirs, letters.get(section["code"], ()))
        if section["withheld"]:
            rows.append(TableRow(section["title"], (), _withheld(section), cell))
            continue
        reasons |= dict.fromkeys(section["why"].values())  # type: ignore[arg-type]
        rows.append(TableRow(section["title"], _cells(section, shows_means, figures), leaders=cell))
    head = ""
    if leaders:
        head = f"{'Leaders’ mean, and each' if leaders['n'] > 2 else 'Leaders'} ({leaders['n']})"
    sentences = tuple(reason_sentence(reason) for reason in reasons) if figures else ()
    return Table(tuple(heads), tuple(rows), head, sentences)


def _cells(section: SectionShown, shows_means: bool, figures: bool) -> tuple[Cell, ...]:
    why = section["why"]
    cells = [Cell(section["word"] or "", is_figure=False)]
    if shows_means:
        mean = section["mean"]
        cells.insert(
            0,
            Cell(f"{mean:.1f}") if mean is not None else _instead(why.get("mean")),
        )
    if figures:
        low_high = section["interval"]
        cells += [
            Cell(f"{low_high[0]:.1f} to {low_high[1]:.1f}", is_figure=False)
            if low_high
            else _instead(why.get("interval")),
            Cell(str(section["n"])),
            Cell(section["agreement"], is_figure=False)
            if section["agreement"]
            else _instead(why.get("agreement")),
            Cell(percent(section["cant_say"]))
            if section["cant_say"] is not None
            else _instead(why.get("cant_say")),
        ]
    return tuple(cells)


def _instead(reason: Reason | None) -> Cell:
    return Cell(SHORT[reason or "subtraction"], is_figure=False)


def _leaders_cell(leaders: LeadersSection | None, letters: Sequence[str]) -> Cell:
    if leaders is None or not leaders["dots"]:
        return Cell("no leader scored it", is_figure=False)
    dots = [f"{dot:.1f}" for dot in leaders["dots"]]
    each, whose = ", ".join(dots), tuple(zip(dots, letters, strict=False))
    if leaders["mean"] is None:
        return Cell(each, whose=whose)
    return Cell(f"{leaders['mean']:.1f}", each=each, whose=whose)
