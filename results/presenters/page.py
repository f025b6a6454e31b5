"""What stands at the top of a published result and beside it: the same for all who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from results.access import Result
from results.presenters.decision import DecidedView, decided_view, undecided_lines
from results.presenters.leaders import Lettered, lettered
from results.queries.decision import Decided
from results.queries.earlier_surveys import ALONE, Audit, Audits
from results.words import sentences
from results.words.decision import progress_in_words
from results.words.findings import Finding, findings
from results.words.phrases import full_date
from scoring.models import Snapshot
from scoring.queries.leaders_forms import LeaderScores
from scoring.rules.payload import Tier
from surveys.models import SurveyUnit

LONG_NAME = 48


@dataclass(frozen=True)
class Page:
    """The top: who answered, what they said in three sentences; and what stands beside it.

    `who` is the bold beginning of a sentence and the rest; `no_result` says
    that there is none, and how many had not answered. `progress` says how far what was decided
    is, `undecided` what each debrief says while they differ. `debrief_at` is a day still to come.
    """

    survey_unit: SurveyUnit
    tier: Tier
    published_on: str
    has_long_name: bool
    is_debriefed: bool
    debrief_at: datetime | None
    decision: DecidedView | None
    progress: str
    undecided: tuple[str, ...]
    correction: str
    who: tuple[str, str]
    no_result: tuple[str, str]
    caution: str
    findings: tuple[Finding, ...]
    notice: str
    has_sections: bool
    leaders: tuple[Lettered, ...]
    leaders_together: bool
    small_print: tuple[str, ...]
    audits: Audits
    audit_days: tuple[str, str]
    change_since: str
    staff_told: str


def page_of(
    result: Result,
    snapshot: Snapshot,
    leaders: Sequence[LeaderScores] = (),
    audits: Audits = ALONE,
    decided: Decided | None = None,
) -> Page:
    """`leaders` for those who may know whose mark is whose."""
    payload, unit = snapshot.payload, result.survey_unit
    few = payload["tier"] == "too_few"
    return Page(
        survey_unit=unit,
        tier=payload["tier"],
        published_on=full_date(unit.published_at or snapshot.released_at),
        has_long_name=len(unit.unit_name) > LONG_NAME,
        is_debriefed=result.is_debriefed,
        debrief_at=to_come(unit.survey.debrief_at),
        decision=decided_view(decided.decision) if decided else None,
        progress=progress_in_words(decided.progress) if decided else "",
        undecided=undecided_lines(unit.debrief_views)
        if unit.debrief_state == SurveyUnit.DebriefState.DIFFER
        else (),
        correction=sentences.correction_of(snapshot),
        who=sentences.who_answered(payload),
        no_result=sentences.no_result(unit) if few else ("", ""),
        caution=sentences.who_did_not(payload),
        findings=findings(payload),
        notice=payload["notice"],
        has_sections=not few,
        leaders=lettered(leaders),
        leaders_together=unit.leaders_together,
        small_print=(sentences.below_k_print(payload),)
        if few
        else sentences.small_print(payload, unit),
        audits=audits,
        audit_days=(_closed_on(audits.before), _closed_on(audits.after)),
        change_since=f"{timezone.localtime(audits.compared.closed_at):%B %Y}"
        if audits.compared
        else "",
        staff_told=staff_told(result),
    )


def staff_told(result: Result) -> str:
    """What its manager and its lead are told of the messages to staff."""
    if not result.is_own or result.staff_told_at is None:
        return ""
    return f"We messaged your staff list on {full_date(result.staff_told_at)}."


def to_come(moment: datetime | None) -> datetime | None:
    """The moment while its day has not passed."""
    if moment is None or timezone.localdate(moment) < timezone.localdate():
        return None
    return moment


def _closed_on(audit: Audit | None) -> str:
    return "" if audit is None else full_date(audit.closed_at)
