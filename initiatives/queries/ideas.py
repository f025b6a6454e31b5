"""Reads ideas from staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from initiatives.models import ClosedIdeaBox, Idea
from initiatives.rules.ideas import late_since
from organisations.access import scope
from organisations.models import Membership, Role, Unit
from organisations.queries.units import works

HIDDEN = Idea.Answer.HIDDEN


def read_by(memberships: Collection[Membership]) -> Q:
    """Ideas that these memberships read: a manager's units without those for the lead alone."""
    managed = scope(memberships, {Role.MANAGER}, unit="unit") & Q(for_lead_only=False)
    return managed | scope(memberships, {Role.LEAD}, unit="unit")


def ideas_read(memberships: Collection[Membership]) -> QuerySet[Idea]:
    """What has been shown to them, the longest first."""
    return (
        Idea.objects.filter(read_by(memberships), shown_on__isnull=False)
        .select_related("unit", "action")
        .order_by("shown_on", "id")
    )


def ideas_waiting(memberships: Collection[Membership], *, today: date) -> QuerySet[Idea]:
    """Those to answer: a manager's from the day they are shown, a lead's alone or once they are
    late.
    """
    managed = scope(memberships, {Role.MANAGER}, unit="unit") & Q(for_lead_only=False)
    led = scope(memberships, {Role.LEAD}, unit="unit") & (is_late(today) | Q(for_lead_only=True))
    return Idea.objects.filter(managed | led, answer="", shown_on__isnull=False)


def is_late(today: date) -> Q:
    """Shown 14 days ago or longer."""
    return Q(shown_on__lte=late_since(today))


@dataclass(frozen=True, slots=True)
class IdeasTold:
    """What the team reads of its ideas: those with an answer, and how many were not shown."""

    answered: list[Idea]
    hidden: int


def ideas_told(unit: Unit) -> IdeasTold:
    """The latest answer first, each with its action; none that is for the lead alone. One query, of
    a year's ideas.
    """
    found = Idea.objects.filter(unit=unit, answered_on__isnull=False)
    ideas = list(found.select_related("action").order_by("-answered_on", "id"))
    return IdeasTold(
        [one for one in ideas if one.answer != HIDDEN and not one.for_lead_only],
        sum(one.answer == HIDDEN for one in ideas),
    )


def closed_box(unit: Unit) -> ClosedIdeaBox | None:
    """Until when the unit takes no ideas, and why; None while it does. One query."""
    today = timezone.localdate(timezone=unit.organisation.zone)
    return ClosedIdeaBox.objects.filter(unit=unit, until__gt=today).first()


def closed_boxes(memberships: Collection[Membership]) -> list[ClosedIdeaBox]:
    """Those of the units that these memberships lead and that work, by name. One query."""
    led, today = scope(memberships, {Role.LEAD}, unit="unit"), timezone.localdate()
    found = ClosedIdeaBox.objects.filter(led, works(today, unit="unit"), until__gt=today)
    return list(found.select_related("unit").order_by("unit__name"))


def has_another_lead(unit: Unit) -> bool:
    """Whether somebody leads the unit who is not its manager. One query."""
    above = [int(pk) for pk in unit.path.strip("/").split("/")]
    reach = Q(unit=None) | Q(unit__in=above)
    held = Membership.objects.filter(reach, organisation=unit.organisation_id)
    managers = held.filter(role=Role.MANAGER).values("user")
    return held.filter(role=Role.LEAD).exclude(user__in=managers).exists()
