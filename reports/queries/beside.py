"""What is shown beside a released result in its documents."""

from dataclasses import dataclass, field
from decimal import Decimal

from debriefs.models import Debrief
from debriefs.queries.debriefs import Plan, debriefs_of, plan_of
from initiatives.models import Commitment, Decision
from instruments.queries.item_mappings import StatementMapping, mappings_of
from results.models import ContextNote
from results.queries.context_notes import notes_of
from results.queries.decision import decided_of
from results.queries.earlier_surveys import ALONE, Audits, audits_beside
from results.queries.now import Now, now_of
from results.queries.now import has_news as may_have_news
from results.queries.questions import Questions, questions_of
from scoring.models import Snapshot
from surveys.models import SurveyUnit

NOTHING_DECIDED = Plan((), {}, None)


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed from a result so far: its debriefs, what they decided, their plan.

    `hours` is what the improvement takes from the unit each week; `now` is the last word about it,
    where that was not of these debriefs.
    """

    debriefs: tuple[Debrief, ...] = ()
    decision: Decision | None = None
    plan: Plan = NOTHING_DECIDED
    hours: Decimal | None = None
    now: Now | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Notes on the unit, the surveys next to this one, what each statement is about and asks.

    Without arguments: figures alone, as the files of many results have them.
    """

    notes: tuple[ContextNote, ...] = ()
    audits: Audits = ALONE
    mappings: dict[str, StatementMapping] = field(default_factory=dict)
    questions: Questions = field(default_factory=lambda: Questions({}, ()))
    followed: Followed = field(default_factory=Followed)


def beside(survey_unit: SurveyUnit) -> Beside:
    """All of it. 22 queries at most."""
    return Beside(
        notes=notes_of(survey_unit),
        audits=audits_beside(survey_unit),
        mappings=mappings_of(survey_unit.survey.version),
        questions=questions_of(survey_unit.survey),
        followed=followed(survey_unit),
    )


def followed(survey_unit: SurveyUnit, *, has_news: bool | None = None) -> Followed:
    """What followed from this unit's result so far. Eleven queries at most, with news fourteen.

    `has_news` is that of the result (`access.Result`), where that was read; else a query more.
    """
    if has_news is None:
        there = Snapshot.objects.filter(survey_unit=survey_unit)
        has_news = there.filter(may_have_news("survey_unit")).exists()
    decided = decided_of(survey_unit)
    hours = Commitment.objects.filter(
        initiative=survey_unit.survey.initiative_id, unit=survey_unit.unit_id
    ).values_list("hours_a_week", flat=True)
    return Followed(
        debriefs=tuple(debriefs_of(survey_unit)),
        decision=decided.decision if decided else None,
        plan=plan_of(survey_unit),
        hours=hours.first(),
        now=now_of(survey_unit) if has_news else None,
    )
