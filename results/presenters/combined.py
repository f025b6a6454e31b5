"""Several units of a survey as one: the sums that were released, each with what is in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from organisations.rules.reading_order import reading_order
from results.presenters import charts
from results.presenters.sections import axis_of
from results.presenters.spreads import Spreads, spreads
from results.words.phrases import full_date, in_sum
from scoring.models import ParentSnapshot
from scoring.rules.payload import SectionShown, SnapshotPayload, reason_sentence


@dataclass(frozen=True)
class CombinedRow:
    """A section: its mark and figures, or why there are none."""

    title: str
    chart: Markup | None
    mean: str
    people: str
    withheld: str


@dataclass(frozen=True)
class CombinedResult:
    """One sum: of how many units, how many people; its sections and its statements."""

    name: str
    units: str
    answered: str
    released_on: str
    correction: str
    numbers: Markup
    rows: tuple[CombinedRow, ...]
    spreads: Spreads
    statement_count: int


def sums(snapshots: Iterable[ParentSnapshot]) -> list[CombinedResult]:
    """The whole survey first, then the units above others by name; never by score."""
    order = sorted(snapshots, key=lambda one: (one.unit_id is not None, reading_order(one.name)))
    return [_together(one) for one in order]


def notice_of(snapshots: Iterable[ParentSnapshot]) -> str:
    """The instrument's own caution, once for the page."""
    return next((one.payload["notice"] for one in snapshots), "")


def _together(snapshot: ParentSnapshot) -> CombinedResult:
    payload = snapshot.payload
    units, answered = payload["units"], payload["answered"]
    of = f" of {payload['headcount']}" if payload["headcount"] else ""
    day = full_date(snapshot.released_at)
    return CombinedResult(
        name=snapshot.name,
        units=f"{units['released']} of {units['asked']} units have a result" if units else "",
        answered="" if answered is None else f"{answered}{of} answered",
        released_on=day,
        correction=f"Updated on {day}, because a unit’s result was corrected."
        if snapshot.number > 1
        else "",
        numbers=charts.axis_numbers(axis_of(payload)),
        rows=tuple(_row(payload, section) for section in payload["sections"]),
        spreads=spreads(payload),
        statement_count=sum(len(section["items"]) for section in payload["sections"]),
    )


def _row(payload: SnapshotPayload, section: SectionShown) -> CombinedRow:
    mean = section["mean"]
    chart = None
    if mean is not None:
        chart = charts.section_marks(
            axis_of(payload),
            charts.SectionMarks(mean),
            title=f"{section['title']}: {mean:.1f}",
            lanes=1,
            with_figures=True,
        )
    return CombinedRow(
        title=section["title"],
        chart=chart,
        mean="" if mean is None else f"{mean:.1f}",
        people=in_sum(section["people"], section["units"], payload),
        withheld=reason_sentence(section["withheld"]) if section["withheld"] else "",
    )
