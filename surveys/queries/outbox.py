"""Reads the outbox for pages: what is planned, what has gone, whom the invitation reached.

Of reminders a page may say no more than a band, or it would tell who has not answered.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from django.db.models import Case, Count, F, Min, Q, QuerySet, When

from surveys.models import Channel, Contact, Invitation, Message, NamedResponse, SurveyUnit
from surveys.rules.form_kind import FormKind

# Fewer digits are part of a name, not of a mobile number.
FEWEST_DIGITS = 4
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
        .values("step", "state", "named_response__kind")
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
        people = count.leaders if row["named_response__kind"] else count.staff
        people[row["state"]] = people.get(row["state"], 0) + row["number"]
        count.nights += row["nights"]
        count.mobiles += row["mobiles"]
        count.too_late += row["too_late"]
    return list(found.values())


class Recipient(TypedDict):
    """One person with a personal link, and their invitation."""

    pk: int
    email: str
    mobile: str
    name: str
    unit: str
    message_id: int
    state: str
    failure: str
    again_at: datetime | None


def recipients_of(units: Sequence[SurveyUnit], *, wanted: str = "") -> QuerySet[Contact, Recipient]:
    """Staff with a personal link and what became of their invitation; nothing about answering.

    What needs a look first, then by unit and address; `wanted` is part of a name or an address.
    """
    message = "invitation__messages"
    found = Contact.objects.filter(
        survey_unit__in=[one.pk for one in units],
        **{f"{message}__step": Message.Step.INVITATION},
    )
    if wanted:
        is_meant = Q(name__icontains=wanted) | Q(email__icontains=wanted)
        digits = re.sub(r"\D", "", wanted).removeprefix("44").removeprefix("0")
        if len(digits) >= FEWEST_DIGITS:
            is_meant |= Q(mobile__contains=digits)
        found = found.filter(is_meant)
    is_stuck = Case(When(**{f"{message}__state__in": Message.STUCK}, then=0), default=1)
    rows: QuerySet[Contact, Recipient] = found.order_by(
        is_stuck, "survey_unit__unit_name", "email", "mobile"
    ).values(
        *("pk", "email", "mobile", "name"),
        unit=F("survey_unit__unit_name"),
        message_id=F(f"{message}__pk"),
        state=F(f"{message}__state"),
        failure=F(f"{message}__failure"),
        again_at=F(f"{message}__again_at"),
    )
    return rows


def leaders_forms(units: Sequence[SurveyUnit]) -> list[NamedResponse]:
    """Leaders' sheets of these units with their invitations, by unit and name. Two queries."""
    return list(
        NamedResponse.objects.filter(survey_unit__in=units, kind=FormKind.LEADERS)
        .select_related("survey_unit")
        .prefetch_related("messages")
        .order_by("survey_unit__unit_name", "name", "pk")
    )


@dataclass(frozen=True, slots=True)
class MessageReaders:
    """Who gets a message: to staff unit, channel and language; `led` is the first unit with
    leaders. A person may stand for many.
    """

    staff: tuple[tuple[SurveyUnit, str, str], ...]
    led: SurveyUnit | None


def message_readers(units: Iterable[SurveyUnit]) -> MessageReaders:
    """For showing how a message reads, by the units' names. Two queries."""
    by_key = {unit.pk: unit for unit in units}
    staff = (
        Invitation.objects.filter(survey_unit__in=by_key)
        .exclude(channel=Channel.SLIP)
        .order_by("survey_unit__unit_name")
        .values_list("survey_unit", "channel", "contact__language")
    )
    led = (
        NamedResponse.objects.filter(survey_unit__in=by_key, kind=FormKind.LEADERS)
        .order_by("survey_unit__unit_name")
        .values_list("survey_unit", flat=True)
        .first()
    )
    return MessageReaders(
        staff=tuple((by_key[unit], channel, language or "") for unit, channel, language in staff),
        led=by_key.get(led) if led is not None else None,
    )
