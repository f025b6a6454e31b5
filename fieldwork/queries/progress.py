"""How a survey goes, in what may be said of it: never who, never when, never a number too early."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from responses.models import Tally
from surveys.models import Contact, Message, Survey, SurveyUnit
from surveys.queries.staff_imports import imports_under_way, people_done


def answered_by_channel(units: Iterable[SurveyUnit]) -> dict[int, dict[str, int]]:
    """Sheets by channel, of those units whose result is out and was not too few. One query."""
    out = [
        unit.pk
        for unit in units
        if unit.mode == SurveyUnit.Mode.SEALED
        and unit.state == SurveyUnit.State.COUNTED
        and unit.published_at is not None
    ]
    found: dict[int, dict[str, int]] = {}
    if out:
        for tally in Tally.objects.filter(survey_unit__in=out):
            found.setdefault(tally.survey_unit_id, {})[tally.channel] = tally.count
    return found


@dataclass(frozen=True, slots=True)
class ContactCoverage:
    """How many people of a unit have an address here; of them those who work nights, and those
    with nothing but a mobile number.
    """

    people: int = 0
    nights: int = 0
    mobile_only: int = 0


def contact_coverage(survey: Survey, units: Iterable[SurveyUnit]) -> dict[int, ContactCoverage]:
    """The staff list of each unit that can still be reached, by survey unit. At most one query."""
    reachable = {
        unit.pk
        for unit in units
        if unit.mode == SurveyUnit.Mode.SEALED
        and unit.state in (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)
    }
    if survey.state not in (Survey.State.SCHEDULED, Survey.State.OPEN) or not reachable:
        return {}
    rows = (
        Contact.objects.filter(survey_unit__in=reachable)
        .order_by()
        .values_list("survey_unit")
        .annotate(
            people=Count("pk"),
            nights=Count("pk", filter=Q(works_nights=True)),
            mobile_only=Count("pk", filter=Q(email="")),
        )
    )
    found = {unit: ContactCoverage(*numbers) for unit, *numbers in rows}
    return {unit: found.get(unit, ContactCoverage()) for unit in reachable}


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
        if unit.state not in (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN)
    ]
    return UnderWay(sum(1 for state in over if state != SurveyUnit.State.CLOSED), len(over))


@dataclass(frozen=True, slots=True)
class LongWork:
    """What takes a while: staff lists being added, invitations while they may go out, counting."""

    imports: tuple[UnderWay, ...]
    invitations: UnderWay
    counts: UnderWay


def long_work(survey: Survey, units: Sequence[SurveyUnit]) -> LongWork:
    """How far it is. At most two queries."""
    goes_out = survey.state == Survey.State.OPEN and not survey.messages_paused
    nothing = UnderWay(0, 0)
    return LongWork(
        imports=tuple(
            UnderWay(people_done(one), one.number) for one in imports_under_way(survey, units)
        ),
        invitations=invitations_under_way(units) if goes_out else nothing,
        counts=nothing if survey.count_failure else counts_under_way(units),
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How a survey goes: see what `long_work`, `contact_coverage`, `answered_by_channel` say."""

    work: LongWork
    coverage: dict[int, ContactCoverage]
    answered: dict[int, dict[str, int]]


def progress_of(survey: Survey, units: Sequence[SurveyUnit]) -> Progress:
    """All of it for the survey's page. At most four queries."""
    return Progress(
        work=long_work(survey, units),
        coverage=contact_coverage(survey, units),
        answered=answered_by_channel(units),
    )
