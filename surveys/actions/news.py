"""News after the close: everybody on a unit's staff list gets the same, answered or not.

Two messages at most, and the database holds it: one about the result, one about what was decided
or that the improvement stopped. Nobody can switch them off for others; whoever opted out gets none.
They go within `KEPT_FOR` of the unit's closing, for then the addresses are erased.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from initiatives.models import Commitment, Initiative, StatusChange
from organisations.actions.audit_log import record
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import User
from surveys.actions.erasure import KEPT_FOR
from surveys.actions.outbox_leases import hours_of
from surveys.models import Invitation, Message, SurveyUnit
from surveys.models.distribution import ABOUT_DECISION, ABOUT_RESULT

_CLOSED = (SurveyUnit.State.CLOSED, SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW)


@transaction.atomic
def tell_result(*, survey_unit: SurveyUnit, answered: int | None) -> None:
    """Says that there is a result, or none where `answered` is None. Part of its publication."""
    SurveyUnit.objects.filter(pk=survey_unit.pk).update(answered=answered)
    step = Message.Step.TOO_FEW if answered is None else Message.Step.RESULT
    _tell(survey_unit, step, by=None)


@transaction.atomic
def tell_decided(*, survey_unit: SurveyUnit, by: User) -> None:
    """Says what the team decided, once; a later decision is on the team page alone."""
    _tell(survey_unit, Message.Step.DECIDED, by=by)


@transaction.atomic
def withdraw_decided(*, survey_unit: SurveyUnit) -> None:
    """Debriefs differ again: what has not gone out is not said, and may be said later."""
    Message.objects.filter(
        survey_unit=survey_unit, step=Message.Step.DECIDED, state__in=Message.WAITING
    ).delete()


def tell_stopped(changes: QuerySet[StatusChange]) -> None:
    """Says that the improvement stopped on these units, to all who heard of no decision.

    Each unit in a transaction of its own; what was said before adds none.
    """
    since = timezone.now() - KEPT_FOR
    stops = changes.filter(state=Initiative.State.STOPPED, changed_at__gt=since)
    for stop in stops.select_related("changed_by").order_by("pk"):
        units = SurveyUnit.objects.filter(
            survey__initiative=stop.initiative_id,
            unit=stop.unit_id,
            state__in=_CLOSED,
            closes_at__gt=since,
            closes_at__lte=stop.changed_at,
        )
        for unit in units.select_related("survey__organisation").order_by("pk"):
            _tell_stopped(unit, by=stop.changed_by)


@transaction.atomic
def _tell_stopped(unit: SurveyUnit, *, by: User | None) -> None:
    Message.objects.filter(
        survey_unit=unit, step=Message.Step.DECIDED, state__in=Message.WAITING
    ).update(step=Message.Step.STOPPED)
    _tell(unit, Message.Step.STOPPED, by=by)


def when_improvement_stopped(*, changes: Collection[int], **_: object) -> None:
    """The news of a stop."""
    tell_stopped(StatusChange.objects.filter(pk__in=changes))


def repair_stops() -> None:
    """Tells of stops of which the news was lost, where the improvement is still stopped."""
    still = Commitment.objects.filter(
        initiative=OuterRef("initiative"), unit=OuterRef("unit"), state=Initiative.State.STOPPED
    )
    tell_stopped(StatusChange.objects.filter(Exists(still)))


def _tell(unit: SurveyUnit, step: Message.Step, *, by: User | None) -> None:
    """A planned message for each person on the list who had none about this, in their hours."""
    now, organisation = timezone.now(), unit.survey.organisation
    hours = hours_of(organisation)
    due = {nights: hours.first_from(now, works_nights=nights) for nights in (False, True)}
    last = unit.closes_at + KEPT_FOR
    group = next(steps for steps in (ABOUT_RESULT, ABOUT_DECISION) if step in steps)
    had_one = Message.objects.filter(invitation=OuterRef("pk"), step__in=group)
    on_list = (
        Invitation.objects.filter(~Exists(had_one), survey_unit=unit, contact__isnull=False)
        .order_by("pk")
        .values_list("pk", "channel", "contact__works_nights")
    )
    planned = [
        Message(
            survey_id=unit.survey_id,
            survey_unit=unit,
            invitation_id=invitation,
            channel=channel,
            step=step,
            due_at=due[works_nights],
        )
        for invitation, channel, works_nights in on_list
        if due[works_nights] < last
    ]
    if not planned:
        return
    Message.objects.bulk_create(planned, ignore_conflicts=True)
    record(
        action="staff list messaged",
        on=unit,
        organisation=organisation,
        by=by,
        step=str(step),
        number=len(planned),
    )
    enqueue_on_commit("surveys.send_due_messages")
