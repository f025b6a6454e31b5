"""After older records were put back: what may have gone out is held, and work goes on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Subquery

from organisations.actions.audit_log import record
from organisations.actions.deployment import end_hold
from organisations.models import Deployment
from organisations.rules.refusal import Refused
from surveys.models import Message, Survey, SurveyUnit
from surveys.models.distribution import ABOUT_DECISION, ABOUT_RESULT, REMINDERS

# So long at least people may answer again whose answers are gone.
MORE_TIME = timedelta(days=2)
MAY_HAVE_GONE = (
    "This may have been sent before records were restored, so we will not send it automatically."
)
_RESPONDENTS = Q(invitation__isnull=False) | Q(named_response__isnull=False)


@dataclass(slots=True)
class Release:
    """What a release does, by survey."""

    held: dict[int, int] = field(default_factory=dict)
    dropped: dict[int, int] = field(default_factory=dict)
    kept_open: list[int] = field(default_factory=list)


def release_shown(*, lost_from: datetime, now: datetime) -> Release:
    """What a release would do now; changes nothing."""
    held, dropped = _in_doubt(now)
    return Release(
        _by_survey(held),
        _by_survey(dropped),
        list(_cut_short(lost_from, now).values_list("pk", flat=True)),
    )


@transaction.atomic
def release_after_restore(*, lost_from: datetime, now: datetime) -> Release:
    """Ends the hold. Whatever was due to staff or leaders by now may have gone out: it is held for
    a manager, and a reminder is dropped. Units that were open in the lost time stay open for two
    days more, so that people may answer again.
    """
    row = Deployment.objects.select_for_update().exclude(hold_since=None).first()
    if row is None:
        raise Refused("The site is not on hold.")
    if lost_from > now:
        raise Refused("Records cannot have been lost from a moment that is still to come.")
    done = release_shown(lost_from=lost_from, now=now)
    held, dropped = _in_doubt(now)
    held.update(state=Message.State.HELD, failure=MAY_HAVE_GONE)
    dropped.update(state=Message.State.DROPPED)
    for unit in _cut_short(lost_from, now).select_related("survey__organisation"):
        unit.closes_at = now + MORE_TIME
        unit.save(update_fields=["closes_at"])
        record(
            action="survey extended",
            on=unit,
            organisation=unit.survey.organisation,
            by=None,
            reason="records restored",
        )
    record(
        action="records released",
        on=row,
        organisation=None,
        by=None,
        lost_from=lost_from.isoformat(),
        held=sum(done.held.values()),
        dropped=sum(done.dropped.values()),
    )
    end_hold(row=row)
    return done


def _in_doubt(now: datetime) -> tuple[QuerySet[Message], QuerySet[Message]]:
    """What waits to be held, and to be dropped.

    Also what was due before the lost time: it still waited in these records, and may have gone out
    a moment later. Not what was decided on hold, nor a result whose time came on hold: both are
    said for the first time. A result of before may have been published in the lost time.
    """
    since = Subquery(Deployment.objects.values("hold_since")[:1])
    first_said = Q(step__in=ABOUT_DECISION) | Q(step__in=ABOUT_RESULT, survey__result_at__gt=since)
    waiting = Message.objects.filter(
        _RESPONDENTS, state__in=(*Message.WAITING, Message.State.SENDING), due_at__lte=now
    ).exclude(first_said, due_at__gt=since)
    return waiting.exclude(step__in=REMINDERS), waiting.filter(step__in=REMINDERS)


def _cut_short(lost_from: datetime, now: datetime) -> QuerySet[SurveyUnit]:
    """Units that took answers in the lost time and would close too soon for them to come again."""
    is_open = Q(state=SurveyUnit.State.OPEN)
    opens = Q(
        state=SurveyUnit.State.NOT_OPEN,
        survey__state=Survey.State.SCHEDULED,
        survey__opens_at__lte=now,
    )
    return SurveyUnit.objects.filter(
        is_open | opens, closes_at__gte=lost_from, closes_at__lt=now + MORE_TIME
    ).order_by("pk")


def _by_survey(rows: QuerySet[Message]) -> dict[int, int]:
    counted = rows.values_list("survey").annotate(number=Count("pk")).order_by("survey")
    return dict(counted)
