"""Reads the outbox for pages: what is planned, what has gone, whom the invitation reached.

Of reminders a page may say no more than a band, or it would tell who has not answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Min, Q

from surveys.models import Channel, Contact, Message, NamedSheet, SurveyUnit

# Their link was taken back with the address.
_RETIRED = Q(invitation__isnull=False, invitation__token_hash=None)


@dataclass(slots=True)
class StepCount:
    """The messages of one step: how many to staff and to leaders, by state; staff on nights, staff
    by text message, and those whose hours come only after their unit has closed.
    """

    step: Message.Step
    due_at: datetime
    nights: int = 0
    mobiles: int = 0
    too_late: int = 0
    staff: dict[str, int] = field(default_factory=dict)
    leaders: dict[str, int] = field(default_factory=dict)


def steps_of(units: Iterable[SurveyUnit]) -> list[StepCount]:
    """Steps to staff and leaders of these units, in order of time. One query.

    Who was taken off the list is not among the invited. Of reminders every row counts, or taking
    somebody off would tell by the number whether they got one.
    """
    found: dict[str, StepCount] = {}
    too_late = Q(state__in=Message.WAITING, due_at__gte=F("survey_unit__closes_at"))
    for row in (
        Message.objects.filter(survey_unit__in=[one.pk for one in units], user=None)
        .exclude(_RETIRED, step=Message.Step.INVITATION)
        .values("step", "state", "named_sheet__kind")
        .annotate(
            number=Count("pk"),
            first=Min("due_at"),
            nights=Count("pk", filter=Q(invitation__contact__works_nights=True)),
            mobiles=Count("pk", filter=Q(channel=Channel.SMS)),
            too_late=Count("pk", filter=too_late),
        )
        .order_by("first", "step")
    ):
        count = found.setdefault(row["step"], StepCount(Message.Step(row["step"]), row["first"]))
        people = count.leaders if row["named_sheet__kind"] else count.staff
        people[row["state"]] = people.get(row["state"], 0) + row["number"]
        count.nights += row["nights"]
        count.mobiles += row["mobiles"]
        count.too_late += row["too_late"]
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address and what became of its invitation; nothing about answering."""

    email: str
    mobile: str
    name: str
    unit: str
    contact_id: int
    message_id: int
    state: str
    failure: str
    again_at: datetime | None


def recipients_of(units: Sequence[SurveyUnit]) -> list[Recipient]:
    """Staff with a personal link, by address. One query, whatever their number."""
    names = {one.pk: one.unit_name for one in units}
    invitation = Message.Step.INVITATION
    return [
        Recipient(
            row["email"],
            row["mobile"],
            row["name"],
            names[row["survey_unit_id"]],
            row["pk"],
            row["invitation__messages__pk"],
            row["invitation__messages__state"],
            row["invitation__messages__failure"],
            row["invitation__messages__again_at"],
        )
        for row in Contact.objects.filter(
            survey_unit__in=names, invitation__messages__step=invitation
        )
        .order_by("survey_unit__unit_name", "email", "mobile")
        .values(
            *("pk", "email", "mobile", "name", "survey_unit_id"),
            *("invitation__messages__pk", "invitation__messages__state"),
            *("invitation__messages__failure", "invitation__messages__again_at"),
        )
    ]


def leaders_sheets(units: Sequence[SurveyUnit]) -> list[NamedSheet]:
    """Leaders' sheets of these units with their invitations, by unit and name. Two queries."""
    return list(
        NamedSheet.objects.filter(survey_unit__in=units, kind=NamedSheet.Kind.LEADERS)
        .select_related("survey_unit")
        .prefetch_related("messages")
        .order_by("survey_unit__unit_name", "name", "pk")
    )
