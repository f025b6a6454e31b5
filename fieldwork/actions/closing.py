"""Closing a unit: at its time, early, or a week later. No sheet enters behind a closing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from responses.models import Envelope, Tally
from responses.signals import survey_counted
from surveys.actions.locks import NotPossible, lock_survey_unit, update_survey_state
from surveys.actions.notices import drop_messages, drop_notices, plan_notice
from surveys.actions.plan import remind_in_added_week
from surveys.actions.staff import RESULT_TOO_LATE
from surveys.models import Contact, Message, NamedResponse, Survey, SurveyUnit
from surveys.rules import closing_times
from surveys.rules.form_kind import FormKind

DAY = timedelta(days=1)


@transaction.atomic
def close_survey_unit(*, survey_unit: SurveyUnit) -> SurveyUnit.State | None:
    """Closes a unit whose time has come, or extends it once where it is short of k.

    Still short after the extension, its envelopes are destroyed unopened. None if nothing was due.
    """
    survey, unit = lock_survey_unit(survey_unit.pk)
    now = timezone.now()
    if unit.state != SurveyUnit.State.OPEN or unit.closes_at > now:
        return None
    has_enough = _has_enough(unit)
    if not has_enough and not unit.extended:
        _extend(survey, unit, now=now, by=None)
    else:
        _close(survey, unit, now=now, has_enough=has_enough, by=None)
    return SurveyUnit.State(unit.state)


@transaction.atomic
def close_early(*, survey_unit: SurveyUnit, by: User) -> None:
    """Closes an open unit now; only once its page says "Enough for a result"."""
    refuse_while_held()
    survey, unit = lock_survey_unit(survey_unit.pk)
    now = timezone.now()
    if unit.state not in (SurveyUnit.State.OPEN, SurveyUnit.State.NOT_OPEN):
        return
    if unit.state == SurveyUnit.State.NOT_OPEN:
        raise NotPossible("This survey is not open yet.")
    if not unit.enough:
        raise NotPossible("You can only close early when the page says “Enough for a result”.")
    has_list = Contact.objects.filter(survey_unit=unit).exists()
    if has_list and closing_times.is_result_too_late(now, survey.result_at):
        raise NotPossible(f"{RESULT_TOO_LATE}. Close it later.")
    has_enough = _has_enough(unit)
    unit.closes_at = now
    _close(survey, unit, now=now, has_enough=has_enough, by=by)


@transaction.atomic
def extend_once(*, survey_unit: SurveyUnit, by: User) -> None:
    """Gives an open unit seven more days; there is no second extension, by hand or by clock."""
    refuse_while_held()
    survey, unit = lock_survey_unit(survey_unit.pk)
    if unit.state != SurveyUnit.State.OPEN:
        raise NotPossible("Only an open survey can be extended.")
    if unit.extended:
        raise NotPossible("This survey has already been extended. You can only extend it once.")
    _extend(survey, unit, now=unit.closes_at, by=by)


def _has_enough(unit: SurveyUnit) -> bool:
    """Whether k is reached. From here to the end of the transaction no sheet comes in."""
    if unit.mode == SurveyUnit.Mode.JOINT:
        sheets = NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.JOINT)
        return sheets.exclude(answers="").exists()
    tallies = Tally.objects.filter(survey_unit=unit).order_by("pk").select_for_update(no_key=True)
    return sum(tally.count for tally in tallies) >= unit.minimum_group


def _extend(survey: Survey, unit: SurveyUnit, *, now: datetime, by: User | None) -> None:
    unit.closes_at = closing_times.extended(unit.closes_at, zone=survey.organisation.zone, now=now)
    unit.extended = True
    unit.save(update_fields=["closes_at", "extended"])
    _plan_last_call(survey, unit)
    reminder = remind_in_added_week(survey, unit)
    record(
        action="survey extended",
        on=unit,
        organisation=survey.organisation,
        by=by,
        **({"reminder": str(reminder)} if reminder else {}),
    )


def _plan_last_call(survey: Survey, unit: SurveyUnit) -> None:
    """The word of tomorrow's closing once more, for this unit and its new day.

    The survey's own word still goes while another unit keeps the first day.
    """
    step = Message.Step.CLOSES_TOMORROW
    plan_notice(survey=survey, survey_unit=unit, step=step, due_at=unit.closes_at - DAY)
    if not survey.survey_units.filter(state=SurveyUnit.State.OPEN, extended=False).exists():
        drop_notices(survey=survey, steps=(step,), survey_unit=None)


def _close(
    survey: Survey, unit: SurveyUnit, *, now: datetime, has_enough: bool, by: User | None
) -> None:
    Tally.objects.filter(survey_unit=unit).update(open=False)
    drop_messages(survey_unit=unit)
    no_longer = (Message.Step.CLOSES_TOMORROW, Message.Step.POSTER_FULL)
    drop_notices(survey=survey, steps=no_longer, survey_unit=unit)
    if not has_enough:
        Envelope.objects.filter(survey_unit=unit).delete()
        unit.state = SurveyUnit.State.TOO_FEW
    elif unit.mode == SurveyUnit.Mode.JOINT:
        unit.state = SurveyUnit.State.COUNTED
    else:
        unit.state = SurveyUnit.State.CLOSED
    unit.enough = has_enough
    unit.save(update_fields=["state", "closes_at", "enough"])
    update_survey_state(survey=survey, now=now)
    if survey.state != Survey.State.OPEN:
        drop_notices(survey=survey, steps=(Message.Step.CLOSES_TOMORROW,), survey_unit=None)
    record(
        action="survey closed",
        on=unit,
        organisation=survey.organisation,
        by=by,
        outcome=str(unit.state),
    )
    if unit.state == SurveyUnit.State.CLOSED:
        enqueue_on_commit("fieldwork.counting.count_survey_unit", unit.pk)
    else:
        transaction.on_commit(
            lambda: survey_counted.send(sender=SurveyUnit, survey_unit_id=unit.pk), robust=True
        )
