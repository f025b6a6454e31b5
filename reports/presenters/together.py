"""Several units of a survey as one: the sums that were released, each with what is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup

from organisations.unit_list import reading_order
from reports import charts
from reports.presenters.phrases import full_date, percent
from reports.presenters.sections import axis_of
from reports.presenters.statements import StatementList, statement_lists
from scoring.models import ParentSnapshot
from scoring.payload import SectionShown, SnapshotPayload, reason_sentence

NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class TogetherRow:
    """A section: its mark and figures, or why there are none."""

    title: str
    chart: Markup | None
    mean: str
    people: str
    cant_say: str
    withheld: str


@dataclass(frozen=True)
class Together:
    """One sum: of how many units, how many people; without figures it says why."""

    name: str
    units: str
    answered: str
    released_on: str
    correction: str
    withheld: str
    numbers: Markup
    rows: tuple[TogetherRow, ...]
    lists: tuple[StatementList, ...]


def sums(snapshots: Iterable[ParentSnapshot]) -> list[Together]:
    """The whole survey first, then the units above others by name; never by score."""
    order = sorted(snapshots, key=lambda one: (one.unit_id is not None, reading_order(one.name)))
    return [_together(one) for one in order]


def notice_of(snapshots: Iterable[ParentSnapshot]) -> str:
    """The instrument's own caution, once for the page."""
    return next((one.payload["notice"] for one in snapshots), "")


def _together(snapshot: ParentSnapshot) -> Together:
    payload = cast(SnapshotPayload, snapshot.payload)
    units, answered = payload["units"], payload["answered"]
    of = f" of {payload['headcount']}" if payload["headcount"] else ""
    day = full_date(snapshot.released_at)
    return Together(
        name=snapshot.name,
        units=f"{units['released']} of {units['asked']} units are in it" if units else "",
        answered="" if answered is None else f"{answered}{of} answered",
        released_on=day,
        correction=f"Summed up again on {day}, because a unit’s result was corrected."
        if snapshot.number > 1
        else "",
        withheld=reason_sentence(payload["withheld"]) if payload["withheld"] else "",
        numbers=charts.axis_numbers(axis_of(payload)),
        rows=tuple(_row(payload, section) for section in payload["sections"]),
        lists=statement_lists(payload),
    )


def _row(payload: SnapshotPayload, section: SectionShown) -> TogetherRow:
    mean, share, n = section["mean"], section["cant_say"], section["n"]
    chart = None
    if mean is not None:
        chart = charts.section_row(
            axis_of(payload),
            charts.SectionMarks(mean),
            title=f"{section['title']}: {mean:.1f}",
            lanes=1,
        )
    return TogetherRow(
        title=section["title"],
        chart=chart,
        mean="" if mean is None else f"{mean:.1f}",
        people=NOT_SHOWN if n is None else str(n),
        cant_say=NOT_SHOWN if share is None else percent(share),
        withheld=reason_sentence(section["withheld"]) if section["withheld"] else "",
    )
