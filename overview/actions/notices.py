"""Messages about improvements: who gets which, once each. The outbox sends them in its hours."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from initiatives.access import units_held
from initiatives.models import Commitment, Initiative, Review, StatusChange
from initiatives.rules.notices import (
    BEFORE_START,
    LOOK_AFTER,
    LOOK_AT_LATEST,
    asks_if_still_done,
    month_before,
    month_of,
    tells_of_start,
)
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation, Role, Unit
from organisations.queries.units import works
from overview.queries.notified import reviewers_of, told_of_review, told_of_unit
from overview.queries.reviewers import reviewable
from overview.queries.reviewers_home import late_requests, lately, protected_between
from overview.queries.reviews import reviews_of
from surveys.actions.outbox_leases import hours_of
from surveys.models import Message
from surveys.words.improvement_messages import NAMED

STATES, STEPS = Initiative.State, Message.Step
A_DAY = timedelta(days=1)


def tell_of_review(review: Review, units: Collection[Unit]) -> None:
    """Tells those who work with it what was decided. Part of the review's transaction."""
    organisation, now = review.initiative.organisation, timezone.now()
    due_at = hours_of(organisation).first_from(now)
    _plan(
        Message(
            organisation=organisation,
            review=review,
            user_id=user,
            step=STEPS.REVIEWED,
            due_at=due_at,
            facts={"may_reply": may_reply},
        )
        for user, may_reply in told_of_review(review, units).items()
    )


def tell_of_starts(now: datetime) -> None:
    """Asks 7 days before a planned start if its day is still right."""
    changed = StatusChange.objects.filter(
        initiative=OuterRef("initiative"), unit=OuterRef("unit"), state=STATES.PLANNED
    )
    latest = now.date() + BEFORE_START + A_DAY
    here = Commitment.objects.filter(state=STATES.PLANNED, begins_on__lte=latest)
    for one in _unsaid(here, STEPS.STARTS_SOON, "begins_on").annotate(
        planned_at=Subquery(changed.order_by("-pk").values("changed_at")[:1])
    ):
        zone = one.initiative.organisation.zone
        planned_at = one.planned_at or one.initiative.added_at
        if one.begins_on is not None and tells_of_start(
            begins_on=one.begins_on,
            planned_on=timezone.localdate(planned_at, zone),
            today=timezone.localdate(now, zone),
        ):
            _tell_of_unit(one, STEPS.STARTS_SOON, one.begins_on, now)


def ask_if_still_done(now: datetime) -> None:
    """Asks 26 weeks after an improvement was finished if it is still done."""
    first = now.date() - LOOK_AFTER - LOOK_AT_LATEST - A_DAY
    last = now.date() - LOOK_AFTER + A_DAY
    here = Commitment.objects.filter(
        state=STATES.FINISHED, still_done="", ends_on__gte=first, ends_on__lte=last
    )
    for one in _unsaid(here, STEPS.STILL_DONE, "ends_on"):
        today = timezone.localdate(now, one.initiative.organisation.zone)
        if one.ends_on is not None and asks_if_still_done(ended_on=one.ends_on, today=today):
            _tell_of_unit(one, STEPS.STILL_DONE, one.ends_on, now)


def tell_reviewers(now: datetime) -> None:
    """What is due for review, on the first Monday of a month; nothing due, no message."""
    for organisation in Organisation.objects.all():
        month = month_of(timezone.localtime(now, organisation.zone))
        if month is None:
            continue
        told = Message.objects.filter(
            organisation=organisation, step=STEPS.REVIEWS_DUE, day=month
        ).values_list("user", flat=True)
        for user, held in reviewers_of(organisation).items():
            if user in set(told):
                continue
            units = units_held(memberships=held, organisation=organisation, roles=(Role.REVIEWER,))
            facts = _facts(organisation, units, user, now, month)
            if facts is not None:
                _plan(
                    [
                        Message(
                            organisation=organisation,
                            user_id=user,
                            step=STEPS.REVIEWS_DUE,
                            day=month,
                            due_at=hours_of(organisation).first_from(now),
                            facts=facts,
                        )
                    ]
                )


def _unsaid(here: QuerySet[Commitment], step: str, day: str) -> QuerySet[Commitment]:
    """Those about whose day nobody was told, on units that work."""
    told = Message.objects.filter(commitment=OuterRef("pk"), step=step, day=OuterRef(day))
    found = here.filter(~Exists(told), works(timezone.localdate(), unit="unit"))
    return found.select_related("initiative__organisation", "unit")


def _tell_of_unit(here: Commitment, step: str, day: date, now: datetime) -> None:
    organisation = here.initiative.organisation
    due_at = hours_of(organisation).first_from(now)
    _plan(
        Message(
            organisation=organisation,
            commitment=here,
            user_id=user,
            step=step,
            day=day,
            due_at=due_at,
        )
        for user in told_of_unit(here)
    )


def _facts(
    organisation: Organisation, units: QuerySet[Unit], user: int, now: datetime, month: date
) -> dict[str, object] | None:
    """What a reviewer hears of; None where nothing is due and no unit is at a limit."""
    found = reviews_of(organisation, units)
    due = [
        one.review.title
        for one in reviewable(organisation, found.due, found)
        if user not in one.owners
    ]
    full = sorted(found.units[unit].name for unit in found.full)
    if not due and not full:
        return None
    today = timezone.localdate(now, organisation.zone)
    said = lately(units, today=today, now=now)
    below = found.below_limit()
    protected = protected_between(units, *month_before(month, organisation.zone))
    return {
        "due": due[:NAMED],
        "due_in_all": len(due),
        "full": full[:NAMED],
        "full_in_all": len(full),
        "below_limit": [below.number, below.all],
        "protected": [protected.number, protected.all],
        "closed": [said.closed.number, said.closed.all],
        "discussed": [said.discussed.number, said.discussed.all],
        "late_requests": late_requests(units, today=today),
    }


@transaction.atomic
def _plan(messages: Iterable[Message]) -> None:
    """Those of them that are not there yet; the database holds that each is one."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    enqueue_on_commit("surveys.send_due_messages")
