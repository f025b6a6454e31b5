"""The sections of a result: rows of the chart and of the table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from results.presenters import charts
from results.words.phrases import SHORT, percent
from scoring.rules.payload import (
    LeadersSection,
    Reason,
    SectionShown,
    SnapshotPayload,
    reason_sentence,
)

# No letters at the leaders' marks: what the ward sees.
NOBODY: Mapping[str, Sequence[str]] = MappingProxyType({})


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


def scored_by(scored: Sequence[int]) -> str:
    """`12 to 14`, or one number where all statements have it."""
    least, most = scored
    return str(least) if least == most else f"{least} to {most}"


def _withheld(section: SectionShown) -> str:
    return reason_sentence(section["withheld"]) if section["withheld"] else ""


def table(payload: SnapshotPayload, letters: Mapping[str, Sequence[str]] = NOBODY) -> Table:
    """The chart's figures and no others: a column that has none anywhere goes."""
    figures = payload["tier"] == "figures"
    shows_means = payload["tier"] in ("figures", "small", "joint")
    heads = [("In words", False)]
    if shows_means:
        heads.insert(0, ("Score" if payload["tier"] == "joint" else "Staff", True))
    if figures:
        heads += [
            ("Likely range", False),
            ("People", True),
        ]
    if figures or payload["tier"] == "small":
        heads.append(("Agreement", False))
    if figures:
        heads.append(("“I\N{NO-BREAK SPACE}can’t say”", True))
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
        rows.append(TableRow(section["title"], _cells(payload, section), leaders=cell))
    head = ""
    if leaders:
        head = f"{'Leaders’ mean, and each' if leaders['n'] > 2 else 'Leaders'} ({leaders['n']})"
        head = "Leaders, together" if leaders["together"] else head
    sentences = tuple(reason_sentence(reason) for reason in reasons) if figures else ()
    return Table(tuple(heads), tuple(rows), head, sentences)


def _cells(payload: SnapshotPayload, section: SectionShown) -> tuple[Cell, ...]:
    why, tier = section["why"], payload["tier"]
    cells = [Cell(section["word"] or "", is_figure=False)]
    if tier != "words":
        mean = section["mean"]
        cells.insert(
            0,
            Cell(f"{mean:.1f}") if mean is not None else _instead(why.get("mean")),
        )
    if tier == "figures":
        low_high = section["interval"]
        cells += [
            Cell(f"{low_high[0]:.1f} to {low_high[1]:.1f}", is_figure=False)
            if low_high
            else _instead(why.get("interval")),
            Cell(scored_by(section["scored"]) if section["scored"] else ""),
        ]
    if tier in ("figures", "small"):
        cells.append(
            Cell(section["agreement"], is_figure=False)
            if section["agreement"]
            else _instead(why.get("agreement"))
        )
    if tier == "figures":
        cells.append(
            Cell(percent(section["cant_say"]))
            if section["cant_say"] is not None
            else _instead(why.get("cant_say"))
        )
    return tuple(cells)


def _instead(reason: Reason | None) -> Cell:
    return Cell(SHORT[reason] if reason else "not shown", is_figure=False)


def _leaders_cell(leaders: LeadersSection | None, letters: Sequence[str]) -> Cell:
    if leaders is None or not leaders["dots"]:
        return Cell("no leader scored it", is_figure=False)
    dots = [f"{dot:.1f}" for dot in leaders["dots"]]
    each, whose = ", ".join(dots), tuple(zip(dots, letters, strict=False))
    if leaders["mean"] is None:
        return Cell(each, whose=whose)
    return Cell(f"{leaders['mean']:.1f}", each=each, whose=whose)
