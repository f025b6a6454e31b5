"""How a survey goes, in what may be said of it: never who, never when, never a number too early."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from surveys.models import Contact, Message, SurveyUnit, Tally


def answered(units: Iterable[SurveyUnit]) -> dict[int, dict[str, int]]:
    """Sheets by channel, of those units whose result is out and was not too few. One query."""
    out = [
        unit.pk
        for unit in units
        if unit.way == SurveyUnit.Way.WARD
        and unit.state == SurveyUnit.State.COUNTED
        and unit.published_at is not None
    ]
    found: dict[int, dict[str, int]] = {}
    if out:
        for tally in Tally.objects.filter(survey_unit__in=out):
            found.setdefault(tally.survey_unit_id, {})[tally.channel] = tally.count
    return found


@dataclass(frozen=True, slots=True)
class Reached:
    """How many people of a unit have an address here; of them those who work nights, and those
    with nothing but a mobile number.
    """

    people: int = 0
    nights: int = 0
    mobile_only: int = 0


def reached(units: Iterable[SurveyUnit]) -> dict[int, Reached]:
    """The staff lists of these units, by survey unit. One query."""
    rows = (
        Contact.objects.filter(survey_unit__in=[unit.pk for unit in units])
        .order_by()
        .values_list("survey_unit")
        .annotate(
            people=Count("pk"),
            nights=Count("pk", filter=Q(works_nights=True)),
            mobile_only=Count("pk", filter=Q(email="")),
        )
    )
    return {unit: Reached(*numbers) for unit, *numbers in rows}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Long work: `done` of `total` invitations dealt with, or units counted."""

    done: int
    total: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to wait for."""
        return self.done >= self.total


def invitations_under_way(units: Iterable[SurveyUnit]) -> UnderWay:
    """Invitations to staff that are due by now. One query."""
    due = Message.objects.filter(
        survey_unit__in=[unit.pk for unit in units if unit.state == SurveyUnit.State.OPEN],
        step=Message.Step.INVITATION,
        invitation__isnull=False,
        due_at__lte=timezone.now(),
    )
    waiting = (*Message.WAITING, Message.State.SENDING)
    found = due.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(state__in=waiting)))
    return UnderWay(found["total"] - found["waiting"], found["total"])


def counts_under_way(units: Iterable[SurveyUnit]) -> UnderWay:
    """Units whose answering is over, and those of them that are counted. No query."""
    over = [
        unit.state
        for unit in units
        if unit.state not in (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN)
    ]
    return UnderWay(sum(1 for state in over if state != SurveyUnit.State.CLOSED), len(over))
