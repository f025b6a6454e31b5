"""A published result as its page shows it: the same for the ward, its manager and its lead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from markupsafe import Markup

from reports import charts
from reports.access import Result
from reports.presenters import sections, sentences, statements
from reports.presenters.explanations import Explanation, explanations
from reports.presenters.leaders import Lettered, lettered, letters_of
from reports.presenters.phrases import full_date
from reports.presenters.spreads import Spreads, spreads
from reports.queries.audits import ALONE, Audit, Audits
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload, Tier, reason_sentence
from scoring.queries.leaders_sheets import LeaderScores
from surveys.models import Survey, SurveyUnit

LONG_NAME = 48


@dataclass(frozen=True)
class Chart:
    """The chart of the sections with what stands around it."""

    heading: str
    intro: str
    legend: tuple[tuple[Markup, str], ...]
    labels: tuple[sections.AxisLabel, ...]
    ends: tuple[str, str]
    notes_head: str
    has_leaders: bool
    whose: tuple[Lettered, ...]
    rows: tuple[sections.SectionRow, ...]


@dataclass(frozen=True)
class Headcount:
    """`14 of 22 answered`, its dots and its caution."""

    answered: int
    asked: int
    dots: Markup
    caution: str


@dataclass(frozen=True)
class SectionParts:
    """The sections: the chart and the same as a table. The only part with leaders' letters."""

    tier: Tier
    chart: Chart | None
    table: sections.Table
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class StatementParts:
    """The statements: most and least, and all of them, each as far as it was released."""

    lists: tuple[statements.StatementList, ...]
    in_words: tuple[statements.StatementsInWords, ...]
    levels: str
    spreads: Spreads | None
    all_statements: tuple[statements.SectionStatements, ...]
    statement_count: int


@dataclass(frozen=True)
class ResultPage:
    """What stands around the charts; where something is not released, it is not in here."""

    survey_unit: SurveyUnit
    tier: Tier
    published_on: str
    has_long_name: bool
    notice: str = ""
    headcount: Headcount | None = None
    small_group: tuple[str, str] | None = None
    lead: tuple[tuple[str, str], ...] = ()
    leaders: tuple[Lettered, ...] = ()
    small_print: tuple[str, ...] = ()
    correction: str = ""
    audits: Audits = ALONE
    audit_days: tuple[str, str] = ("", "")
    withheld: str = ""
    section_codes: tuple[tuple[str, str], ...] = ()


def result_page(
    result: Result,
    snapshot: Snapshot,
    leaders: Sequence[LeaderScores] = (),
    audits: Audits = ALONE,
) -> ResultPage:
    """What was released, in words; `leaders` for those who may know whose mark is whose."""
    payload = cast(SnapshotPayload, snapshot.payload)
    unit = result.survey_unit
    page = ResultPage(
        survey_unit=unit,
        tier=payload["tier"],
        published_on=full_date(unit.published_at or snapshot.released_at),
        has_long_name=len(unit.unit_name) > LONG_NAME,
        correction=correction_of(snapshot),
        audits=audits,
        audit_days=(_closed_on(audits.before), _closed_on(audits.after)),
        leaders=lettered(leaders),
    )
    if payload["tier"] == "too_few":
        reason = payload["withheld"]
        return replace(
            page,
            withheld=reason_sentence(reason) if reason and reason != "below_k" else "",
            small_print=(sentences.below_k_print(payload),),
        )
    return replace(
        page,
        notice=payload["notice"],
        headcount=_headcount(payload),
        small_group=sentences.small_group(payload),
        lead=sentences.lead_sentences(payload),
        small_print=sentences.small_print(payload, unit),
        section_codes=tuple((one["code"], one["title"]) for one in payload["sections"]),
    )


def section_parts(
    payload: SnapshotPayload, survey: Survey, leaders: Sequence[LeaderScores] = ()
) -> SectionParts:
    """The sections in a chart and in figures, as far as they were released."""
    known = lettered(leaders)
    return SectionParts(
        payload["tier"],
        None if payload["tier"] == "words" else _chart(payload, survey, known),
        sections.table(payload, letters_of(payload, known)),
        explanations(payload),
    )


def statement_parts(payload: SnapshotPayload) -> StatementParts:
    """The statements in lists, words and bars, as far as they were released."""
    in_figures = payload["tier"] in ("figures", "joint")
    return StatementParts(
        lists=statements.statement_lists(payload),
        in_words=() if in_figures else statements.in_words(payload),
        levels="" if in_figures else statements.levels(payload),
        spreads=spreads(payload) if payload["tier"] == "figures" else None,
        all_statements=statements.all_statements(payload) if in_figures else (),
        statement_count=sum(len(section["items"]) for section in payload["sections"]),
    )


def _closed_on(audit: Audit | None) -> str:
    return "" if audit is None else full_date(audit.closed_at)


def _headcount(payload: SnapshotPayload) -> Headcount | None:
    answered, asked = payload["answered"], payload["headcount"]
    if payload["tier"] == "joint" or answered is None or asked is None:
        return None
    dots = charts.people_dots(min(answered, asked), asked)
    return Headcount(answered, asked, dots, sentences.caution(payload))


def _chart(payload: SnapshotPayload, survey: Survey, known: tuple[Lettered, ...]) -> Chart:
    letters = letters_of(payload, known)
    labels = payload["scale"]["labels"]
    return Chart(
        heading=sentences.chart_heading(payload),
        intro=sentences.chart_intro(payload, survey),
        legend=_legend(payload),
        labels=sections.axis_labels(payload),
        ends=(labels[0], labels[-1]) if len(labels) > sections.MOST_WORDS else ("", ""),
        notes_head="Agreement and “I\N{NO-BREAK SPACE}can’t\N{NO-BREAK SPACE}say”"
        if payload["tier"] == "figures"
        else "The score in words",
        has_leaders=payload["leaders"] is not None,
        whose=known if letters else (),
        rows=sections.chart_rows(payload, letters),
    )


def _legend(payload: SnapshotPayload) -> tuple[tuple[Markup, str], ...]:
    ward = "the team’s score" if payload["tier"] == "joint" else "ward’s mean"
    has_range = any(section["interval"] for section in payload["sections"])
    entries = [
        (
            charts.legend_mark("range"),
            f"{ward}; the bar is the likely range had all {payload['headcount']} answered",
        )
        if has_range
        else (charts.legend_mark("ward"), ward)
    ]
    leaders = payload["leaders"]
    if leaders and any(section["mean"] is not None for section in leaders["sections"].values()):
        entries.append((charts.legend_mark("mean"), "leaders’ mean"))
    if leaders:
        entries.append((charts.legend_mark("leader"), "one leader"))
    return tuple(entries)


def correction_of(snapshot: Snapshot) -> str:
    """When and why this replaces an earlier release."""
    if snapshot.number == 1:
        return ""
    released: datetime = snapshot.released_at
    reason = snapshot.reason.rstrip(".")
    return f"Corrected on {full_date(released)}, because: {reason}."
