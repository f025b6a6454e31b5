"""Change since the last audit, as its page says it: words first, never a line between wordings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from markupsafe import Markup

from reports import charts, run_charts
from reports.access import Result
from reports.presenters.context_notes import NoteShown, notes_on_change
from reports.presenters.explanations import RANGE, WITHHELD, Explanation
from reports.presenters.phrases import capital, full_date, listed, number, within
from reports.presenters.result import correction_of
from reports.presenters.sections import axis_of
from scoring.change import RunChart, run_chart
from scoring.models import Snapshot
from scoring.payload import ChangeShown, SectionChange, SectionShown, SnapshotPayload

MARKS = {"clear rise": "▲", "clear fall": "▼"}
OTHER_WORDING = "Not compared: the statements are not worded the same"
HELD_BACK = "Not compared: an answer could be worked out"


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
class ChangePage:
    """The page; `sorry` is why there is nothing to compare."""

    legend: tuple[tuple[Markup | str, str], ...]
    numbers: str = ""
    lede: tuple[str, str] = ("", "")
    sorry: str = ""
    rows: tuple[ChangeRow, ...] = ()
    sure: str = ""
    mind: tuple[str, ...] = ()
    runs: tuple[Run, ...] = field(default=())
    correction: str = ""
    notice: str = ""
    notes: tuple[NoteShown, ...] = ()
    explanations: tuple[Explanation, ...] = ()


def change_page(result: Result, snapshot: Snapshot, rounds: Sequence[Snapshot]) -> ChangePage:
    """`rounds` are the results of the earlier audits that a run chart may join, oldest first."""
    payload = cast(SnapshotPayload, snapshot.payload)
    change = payload.get("change")
    now = _when(result.survey_unit.closes_at.date(), payload["answered"], payload["headcount"])
    if change is None:
        return ChangePage((), sorry="This is the first result of this unit.")
    before = _when(date.fromisoformat(change["closed_on"]), change["answered"], change["headcount"])
    by_code = {section["code"]: section for section in payload["sections"]}
    if all(one["withheld"] == "other_wording" for one in change["sections"]):
        notes = notes_on_change(result.notes, result.survey_unit, change)
        return ChangePage((), sorry=_why_not(payload, change), notes=notes)
    rows = tuple(_row(payload, by_code[one["code"]], one) for one in change["sections"])
    return ChangePage(
        legend=_legend(before, now, has_range=any(row.has_range for row in rows)),
        numbers=charts.axis_numbers(axis_of(payload)),
        lede=_lede(change, by_code),
        rows=rows,
        sure=_how_sure(payload, change),
        mind=_mind(payload, change, result),
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
    said = "We do not compare these two audits."
    if change["edition"]["name"] != payload["edition"]["name"]:
        return (
            f"{said} The last one used the {within(change['edition']['name'])}, this one the "
            f"{within(payload['edition']['name'])}. Other words are another question."
        )
    return (
        f"{said} The last one used version {change['version']}, this one version "
        f"{payload['version']}, and nobody has said that both ask the same."
    )


def _lede(change: ChangeShown, sections: dict[str, SectionShown]) -> tuple[str, str]:
    parts = []
    for word, noun in (("clear rise", "rise"), ("clear fall", "fall")):
        titles = [
            within(sections[one["code"]]["title"])
            for one in change["sections"]
            if one["word"] == word
        ]
        if titles:
            count = capital(number(len(titles)))
            parts.append((f"{count} clear {noun}{'s'[: len(titles) > 1]}:", f"{listed(titles)}."))
    rest = "this many answers cannot show a clear change; that does not mean that nothing changed."
    words = {one["word"] for one in change["sections"]} - {None}
    if words <= {"too few answers to tell"}:
        why = "Too few answers to tell." if words else "No section can be compared."
        return why, "That does not mean that nothing changed."
    if not parts:
        return "No clear change.", capital(rest)
    strong, said = parts[0]
    for more, those in parts[1:]:
        said += f" {more} {those}"
    return strong, f"{said} For the other sections, {rest}"


def _row(payload: SnapshotPayload, section: SectionShown, change: SectionChange) -> ChangeRow:
    before, now = change["before"], section["mean"]
    chart = None
    if change["withheld"] != "other_wording" and (before is not None or now is not None):
        chart = charts.change_row(
            axis_of(payload),
            _marks(before, change["before_interval"]),
            _marks(now, section["interval"]),
            title=f"{section['title']}: before {_mean(before)}, now {_mean(now)}",
        )
    word, detail = _words(section, change)
    return ChangeRow(
        section["title"],
        chart,
        _mean(before) if change["withheld"] != "other_wording" else "",
        _mean(now),
        MARKS.get(change["word"] or "", ""),
        word,
        detail,
        bool(section["interval"] or change["before_interval"]),
    )


def _words(section: SectionShown, change: SectionChange) -> tuple[str, str]:
    if change["withheld"] == "other_wording":
        return OTHER_WORDING, ""
    if change["withheld"]:
        return HELD_BACK, ""
    word = capital(change["word"] or "")
    difference, interval = change["difference"], change["interval"]
    if difference is None or interval is None:
        return word, "fewer than 11 answered enough here in one of the audits"
    return word, (
        f"{_signed(difference)}, likely between {_signed(interval[0])} and {_signed(interval[1])}"
    )


def _marks(mean: float | None, interval: list[float] | None) -> charts.SectionMarks:
    return charts.SectionMarks(mean, (interval[0], interval[1]) if interval else None)


def _mean(mean: float | None) -> str:
    return "not shown" if mean is None else f"{mean:.1f}"


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.1f}" if value else "0.0"


def _how_sure(payload: SnapshotPayload, change: ChangeShown) -> str:
    tested = sum(one["difference"] is not None for one in change["sections"])
    if not tested:
        return (
            "No section could be tested: that takes 11 people or more who scored it in both "
            "audits, and figures that no answer could be worked out from."
        )
    seen = change["detectable"]
    together = f" with all {number(tested)} sections tested together" if tested > 1 else ""
    detect = (
        f"With {payload['answered']} answers only differences of about {seen:.1f} can be detected. "
        if seen is not None
        else ""
    )
    return f"{detect}“Clear” means: beyond chance{together}, and at least 0.3 points."


def _mind(payload: SnapshotPayload, change: ChangeShown, result: Result) -> tuple[str, ...]:
    same = (
        f"Both audits used the {within(payload['edition']['name'])}."
        if change["version"] == payload["version"]
        else f"The audits used versions {change['version']} and {payload['version']} of the "
        f"{within(payload['edition']['name'])}; only statements that ask the same are compared."
    )
    said = [
        same,
        "Answers have no names, so we cannot know how many people answered both times. "
        "The likely ranges describe today’s team only.",
    ]
    title = result.survey_unit.survey.title
    if change["improvement"] != title:
        said.insert(
            0,
            f"The audits were about different improvements: “{change['improvement']}” and then "
            f"“{title}”. Statements about the problem and the change speak of another one.",
        )
    return tuple(said)


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
            title=f"{section['title']} over {len(known)} audits",
        )
        table = tuple(Round(day, f"{mean:.1f}") for day, mean in zip(days, known, strict=True))
        found.append(Run(section["title"], chart, _said(run), table))
    return tuple(found)


def _said(run: RunChart) -> str:
    median = f"Median {run.median:.1f}"
    if run.signal is None:
        return f"{median}, on trial: the chart can show a shift from ten points off the median on."
    if run.signal:
        return f"{median}. Something shifted: the points do not lie as by chance alone."
    return f"{median}. No shift to be seen: the points lie as chance would have it."


def _mean_of(snapshot: Snapshot, code: str) -> float | None:
    sections = cast(SnapshotPayload, snapshot.payload)["sections"]
    return next((one["mean"] for one in sections if one["code"] == code), None)
