"""Change since the last audit, as its page says it: words first, never a line between wordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils import timezone
from markupsafe import Markup

from initiatives.models import Action
from results.access import Result
from results.presenters import charts, run_charts
from results.presenters.context_notes import NoteView, notes_on_change
from results.presenters.sections import axis_of
from results.words.change_sentences import (
    MARKS,
    lede,
    mean_shown,
    said_of_section,
    warnings,
)
from results.words.explanations import RANGE, WITHHELD, Explanation
from results.words.phrases import capital, full_date, within
from results.words.scores import score_in_words
from results.words.sentences import correction_of
from scoring.models import Snapshot
from scoring.rules.payload import ChangeShown, SectionChange, SectionShown, SnapshotPayload
from scoring.rules.run_chart import RunChart, run_chart

OTHER_WORDING = "Not compared: the two surveys did not ask the same"


@dataclass(frozen=True)
class ChangeRow:
    """A section in both audits, and what can be said."""

    title: str
    chart: Markup | None
    before: str
    now: str
    mark: str
    word: str
    detail: str
    has_range: bool

    @property
    def is_clear(self) -> bool:
        """Whether it stands out."""
        return bool(self.mark)


@dataclass(frozen=True)
class Round:
    """One audit in a run chart's table."""

    day: str
    mean: str


@dataclass(frozen=True)
class Run:
    """A section over five audits or more."""

    title: str
    chart: Markup
    said: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Between:
    """What the team did between the two surveys, and what came of it."""

    what: str
    state: str
    outcome: str


@dataclass(frozen=True)
class ChangePage:
    """The page; `sorry` is why there is nothing to compare."""

    legend: tuple[tuple[Markup | str, str], ...]
    numbers: str = ""
    lede: tuple[str, str] = ("", "")
    sorry: str = ""
    rows: tuple[ChangeRow, ...] = ()
    warnings: tuple[str, ...] = ()
    with_figures: bool = False
    between: tuple[Between, ...] = ()
    mind: tuple[str, ...] = ()
    runs: tuple[Run, ...] = field(default=())
    correction: str = ""
    notice: str = ""
    notes: tuple[NoteView, ...] = ()
    explanations: tuple[Explanation, ...] = ()


def change_page(
    result: Result,
    snapshot: Snapshot,
    rounds: Sequence[Snapshot],
    actions: Sequence[Action] = (),
    *,
    with_figures: bool = False,
) -> ChangePage:
    """`rounds` are the results of the earlier surveys that a run chart may join, oldest first;
    `actions` what the team did between the two surveys."""
    payload = snapshot.payload
    change = payload.get("change")
    closed_on = timezone.localdate(result.survey_unit.closes_at)
    now = _when(closed_on, payload["answered"], payload["headcount"])
    if change is None:
        return ChangePage((), sorry="This is the first result of this unit.")
    before = _when(date.fromisoformat(change["closed_on"]), change["answered"], change["headcount"])
    by_code = {section["code"]: section for section in payload["sections"]}
    if all(one["withheld"] == "other_wording" for one in change["sections"]):
        notes = notes_on_change(result.notes, result.survey_unit, change)
        return ChangePage(
            (),
            sorry=_why_not(payload, change),
            notes=notes,
            notice=payload["notice"],
        )
    days = (
        f"{date.fromisoformat(change['closed_on']):%B %Y}",
        f"{closed_on:%B %Y}",
    )
    rows = tuple(
        _row(payload, by_code[one["code"]], one, days, with_figures=with_figures)
        for one in change["sections"]
    )
    return ChangePage(
        legend=_legend(before, now, has_range=any(row.has_range for row in rows)),
        numbers=charts.axis_numbers(axis_of(payload)),
        lede=lede(change, by_code),
        rows=rows,
        warnings=tuple(warnings(payload, change, days)),
        with_figures=with_figures,
        between=tuple(Between(one.what, one.get_state_display(), one.outcome) for one in actions),
        mind=_mind(payload, change),
        runs=_runs(payload, [*rounds, snapshot]),
        correction=correction_of(snapshot),
        notice=payload["notice"],
        notes=notes_on_change(result.notes, result.survey_unit, change),
        explanations=(RANGE, WITHHELD) if any(row.has_range for row in rows) else (WITHHELD,),
    )


def _legend(before: str, now: str, *, has_range: bool) -> tuple[tuple[Markup | str, str], ...]:
    if not has_range:
        return ((charts.legend_mark("hollow"), before), (charts.legend_mark("ward"), now))
    return (
        (charts.legend_mark("before"), before),
        (charts.legend_mark("range"), now),
        ("", "Line: likely range, for this team only"),
    )


def _when(day: date, answered: int | None, headcount: int | None) -> str:
    return f"{day:%B %Y}: {answered} of {headcount} answered"


def _why_not(payload: SnapshotPayload, change: ChangeShown) -> str:
    said = "We do not compare these two surveys."
    if change["edition"]["name"] != payload["edition"]["name"]:
        return (
            f"{said} The last one used the {within(change['edition']['name'])}, this one the "
            f"{within(payload['edition']['name'])}. Different wording asks a different "
            "question."
        )
    return (
        f"{said} The last one used version {change['version']}, this one version "
        f"{payload['version']}, and nobody has confirmed that both ask the same thing."
    )


def _row(
    payload: SnapshotPayload,
    section: SectionShown,
    change: SectionChange,
    days: tuple[str, str],
    *,
    with_figures: bool,
) -> ChangeRow:
    is_other = change["withheld"] == "other_wording"
    before, now = change["before"], change["now"]
    chart = None
    if not is_other and (before is not None or now is not None):
        chart = charts.change_row(
            axis_of(payload),
            _marks(before, change["before_interval"]),
            _marks(now, change["now_interval"]),
            title=section["title"],
        )
    word, detail = _words(payload, change, days, with_figures=with_figures)
    said = mean_shown if with_figures else partial(_in_words, payload)
    return ChangeRow(
        section["title"],
        chart,
        "" if is_other else said(before),
        said(now),
        MARKS.get(change["word"] or "", ""),
        word,
        detail,
        bool(change["now_interval"] or change["before_interval"]),
    )


def _in_words(payload: SnapshotPayload, mean: float | None) -> str:
    return "not shown" if mean is None else score_in_words(mean, payload["scale"])


def _words(
    payload: SnapshotPayload,
    change: SectionChange,
    days: tuple[str, str],
    *,
    with_figures: bool,
) -> tuple[str, str]:
    if change["withheld"]:
        return OTHER_WORDING, ""
    said = said_of_section(payload, change, days, with_figures=with_figures)
    statements = change["statements"]
    if statements and len(set(statements)) > 1:
        said += f" Compared over {statements[0]} of {statements[1]} statements."
    return capital(change["word"] or ""), said.strip()


def _marks(mean: float | None, interval: list[float] | None) -> charts.SectionMarks:
    return charts.SectionMarks(mean, (interval[0], interval[1]) if interval else None)


def _mind(payload: SnapshotPayload, change: ChangeShown) -> tuple[str, ...]:
    same = (
        f"Both surveys used the {within(payload['edition']['name'])}."
        if change["version"] == payload["version"]
        else f"The surveys used versions {change['version']} and {payload['version']} of the "
        f"{within(payload['edition']['name'])}. Only statements that ask the same thing are "
        "compared."
    )
    return (
        same,
        "A change is called clear if it is larger than chance would bring in 19 of 20 cases, and "
        f"at least 0.3 points. 0.3 is our convention. {len(change['sections'])} "
        "sections are compared: where nothing changed, made-up teams had a section called clear in "
        "up to 1 of 20; where people answer a section alike, in up to 1 of 7. The test does not "
        "know who answered both times.",
    )


def _runs(payload: SnapshotPayload, rounds: Sequence[Snapshot]) -> tuple[Run, ...]:
    """A run chart for each section with a mean in each of at least five audits."""
    found = []
    for section in payload["sections"]:
        means = [_mean_of(one, section["code"]) for one in rounds]
        known = [mean for mean in means if mean is not None]
        run = run_chart(known) if len(known) == len(means) else None
        if run is None:
            continue
        days = [full_date(one.survey_unit.closes_at) for one in rounds]
        chart = run_charts.run_chart(
            axis_of(payload),
            known,
            run.median,
            days=days,
            title=f"{section['title']} over {len(known)} surveys",
        )
        table = tuple(Round(day, f"{mean:.1f}") for day, mean in zip(days, known, strict=True))
        found.append(Run(section["title"], chart, _said(run), table))
    return tuple(found)


def _said(run: RunChart) -> str:
    median = f"Median {run.median:.1f}"
    if run.signal is None:
        return (
            f"{median}. It is too early to tell: the chart needs at least 10 points away from "
            "the median to show a shift."
        )
    if run.signal:
        return f"{median}. There has been a shift. This pattern is unlikely to be chance."
    return f"{median}. No shift: this pattern could be chance."


def _mean_of(snapshot: Snapshot, code: str) -> float | None:
    sections = snapshot.payload["sections"]
    return next((one["mean"] for one in sections if one["code"] == code), None)
