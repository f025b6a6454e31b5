"""The weekly message to owners and managers: what is due, on Mondays; nothing due, no message."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from initiatives.rules.notices import week_of
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation
from overview.queries.weekly import DueItem, due_by_user, full_by_user
from surveys.actions.outbox_leases import hours_of
from surveys.models import Message
from surveys.words.weekly_message import SHOWN, DueLine


def tell_of_week(now: datetime) -> None:
    """From 7:30am on Monday, once to each person. Once planned, a week is not looked at again."""
    for organisation in Organisation.objects.all():
        monday = week_of(timezone.localtime(now, organisation.zone))
        planned = Message.objects.filter(
            organisation=organisation, step=Message.Step.WEEK, day=monday
        )
        if monday is None or planned.exists():
            continue
        due_at = hours_of(organisation).first_from(now)
        due = due_by_user(organisation, monday=monday)
        full = full_by_user(organisation, due.keys(), monday=monday)
        with transaction.atomic():
            # All of a week's at once, or none: who is killed here begins again.
            Message.objects.bulk_create(
                (
                    Message(
                        organisation=organisation,
                        user_id=user,
                        step=Message.Step.WEEK,
                        day=monday,
                        due_at=due_at,
                        facts={
                            "due": [_line(one) for one in items[:SHOWN]],
                            "due_in_all": len(items),
                            "full": full.get(user, [])[:SHOWN],
                        },
                    )
                    for user, items in due.items()
                ),
                ignore_conflicts=True,
            )
            enqueue_on_commit("surveys.send_due_messages")


def _line(one: DueItem) -> DueLine:
    return {
        "kind": one.kind,
        "what": one.what,
        "unit": one.unit_name,
        "day": one.day.isoformat(),
        "number": one.number,
    }
