"""What a debrief says about the improvement, and when that is the unit's decision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from debriefs.actions.locks import locked_debrief, locked_unit, record_debrief
from debriefs.actions.promises import keep_promises
from debriefs.actions.showing import show
from debriefs.models import Debrief
from debriefs.queries.views import survey_that_ran, views_of
from debriefs.rules.steps import COURSES
from debriefs.rules.views import State, View, is_named, state_of, unanswered
from initiatives.actions import decision as decisions
from initiatives.actions.decision import decide, join_decision
from initiatives.actions.plan import settle_priorities
from initiatives.models import DebriefReply, DebriefSaid, Decision, Initiative, Priority
from organisations.models import Unit, User
from organisations.rules.refusal import Refused
from results.queries.decision import decision_of
from surveys.actions.news import tell_decided, withdraw_decided
from surveys.models import SurveyUnit

DECIDING = tuple(kind for kind, course in COURSES.items() if course.decides)
ASKED = "A survey about this improvement ran on this unit, so the team decides in a debrief."
NO_REPLY = "Say what becomes of what each other debrief said."


@dataclass(frozen=True)
class Says:
    """How a debrief would go on, why, and who tells those who were not there, by when.

    `protected_time` is whether it was held in protected time, or empty.
    """

    choice: str
    reason: str
    teller: str
    names_itself: bool = False
    protected_time: str = ""


@transaction.atomic
def end_debrief(
    *,
    debrief: Debrief,
    says: Says | None,
    notes: Collection[int],
    pictures: Collection[int],
    by: User,
    replies: Mapping[int, str] | None = None,
) -> State:
    """Keeps what the debrief says. The decision follows where all debriefs say the same.

    A debrief together records the decision, with `replies` to each that said something else.
    A leaders' debrief says nothing about the improvement: `says` is None. What leaders promised
    are actions from then on.
    """
    unit = locked_unit(debrief.survey_unit_id)
    debrief = locked_debrief(debrief)
    decides = COURSES[debrief.kind].decides
    if decides and says is None:
        raise Refused("Choose how you continue.", field="choice")
    show(debrief=debrief, notes=notes, pictures=pictures, by=by)
    if decides and says is not None:
        debrief.choice, debrief.reason = says.choice, says.reason
        debrief.teller, debrief.names_itself = says.teller, says.names_itself
        debrief.protected_time = says.protected_time
    debrief.ended_at = timezone.now()
    debrief.save()
    record_debrief("debrief ended", debrief, by, unit=unit.unit_id)
    settle_priorities(Priority.objects.filter(choices__debrief=debrief))
    keep_promises(debrief, unit, by)
    if not decides or says is None:
        return follow_debriefs(unit)
    SurveyUnit.objects.filter(pk=unit.pk, debriefed_at=None).update(debriefed_at=debrief.ended_at)
    if debrief.kind == Debrief.Kind.TOGETHER:
        _decide(unit, says.choice, says.reason, replies or {}, by)
    else:
        _agree(unit, debrief, by)
    return follow_debriefs(unit)


@transaction.atomic
def record_decision(
    *, survey_unit: SurveyUnit, choice: str, reason: str, replies: Mapping[int, str], by: User
) -> Decision:
    """One decision where debriefs differ, with what becomes of each view it does not follow."""
    unit = locked_unit(survey_unit.pk)
    if unit.debrief_state != SurveyUnit.DebriefState.DIFFER:
        raise Refused("These debriefs do not differ any more. Someone else recorded the decision.")
    decision = _decide(unit, choice, reason, replies, by)
    follow_debriefs(unit)
    return decision


@transaction.atomic
def decide_without_survey(
    *, initiative: Initiative, unit: Unit, choice: Decision.Choice, reason: str, by: User
) -> Decision:
    """Decides for a unit that was never asked. Raises `Refused` where a survey of it ran."""
    if survey_that_ran(initiative, unit) is not None:
        raise Refused(ASKED)
    return decisions.decide_without_survey(
        initiative=initiative, unit=unit, choice=choice, reason=reason, by=by
    )


def follow_debriefs(unit: SurveyUnit) -> State:
    """The unit's row says how far its debriefs are; call it with the row locked."""
    ended, decision = views_of(unit), decision_of(unit)
    state = state_of(
        [View(one.pk, one.choice) for one in ended],
        decided=decision.choice if decision else "",
        rests_on=[one["debrief"] for one in decision.debriefs] if decision else (),
        open_=Debrief.objects.filter(survey_unit=unit, kind__in=DECIDING, ended_at=None).exists(),
    )
    unit.debrief_state = SurveyUnit.DebriefState(state)
    if state != "differ":
        unit.differ_since = None
    elif unit.differ_since is None:
        unit.differ_since = timezone.now()
    if state == "differ":
        withdraw_decided(survey_unit=unit)
    unit.debrief_views = [said_by(one) for one in ended]
    unit.save(update_fields=["debrief_state", "differ_since", "debrief_views"])
    return state


def _agree(unit: SurveyUnit, debrief: Debrief, by: User) -> None:
    """The first view, and every later one like it, is the decision at once."""
    decision = decision_of(unit)
    ended = views_of(unit)
    if decision is None:
        if all(one.choice == debrief.choice for one in ended):
            _write(unit, debrief.choice, debrief.reason, ended, {}, by)
    elif decision.choice == debrief.choice:
        join_decision(decision=decision, said=said_by(debrief), by=by)


def _decide(
    unit: SurveyUnit, choice: str, reason: str, replies: Mapping[int, str], by: User
) -> Decision:
    ended = views_of(unit)
    views = [View(one.pk, one.choice) for one in ended]
    if unanswered(views, choice=choice, replies=replies):
        raise Refused(NO_REPLY)
    return _write(unit, choice, reason, ended, replies, by)


def _write(
    unit: SurveyUnit,
    choice: str,
    reason: str,
    ended: Collection[Debrief],
    replies: Mapping[int, str],
    by: User,
) -> Decision:
    decision = decide(
        initiative=unit.survey.initiative,
        unit=unit.unit,
        result=unit.pk,
        choice=choice,
        reason=reason,
        debriefs=[said_by(one) for one in ended],
        replies=[
            DebriefReply(**said_by(one), reply=replies[one.pk].strip())
            for one in ended
            if one.choice != choice
        ],
        by=by,
    )
    tell_decided(survey_unit=unit, by=by)
    return decision


def said_by(debrief: Debrief) -> DebriefSaid:
    """What the debrief said, as the team's page and the decision keep it."""
    named = is_named(debrief.people, agreed=debrief.names_itself)
    day = timezone.localdate(debrief.ended_at or debrief.started_at)
    return DebriefSaid(
        debrief=debrief.pk,
        name=debrief.name if named else "",
        day=day.isoformat(),
        choice=debrief.choice,
    )
