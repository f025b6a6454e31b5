"""Which improvements a reviewer should look at now, over all units within reach.

The database leaves out what cannot be due; `initiatives.rules.review_reasons` decides the rest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from debriefs.queries.action_list import Share
from initiatives.models import Commitment
from initiatives.rules.hours import Load
from initiatives.rules.review_reasons import Due, Improvement, due_since, reasons
from organisations.models import Membership, Organisation, Unit
from organisations.rules.limits import Limits
from overview.queries.review_facts import RUNS, that_may_be_due
from surveys.queries.load import loads_of

# So many whose review day lies ahead are named.
AHEAD = 5


class Place(NamedTuple):
    """What Home and reviews need of a unit: hundreds are read at a time."""

    pk: int
    name: str
    path: str
    parent: int | None
    valid_to: date | None
    limits: Limits


class ToReview(NamedTuple):
    """An improvement that is due, since when, and its units within reach. They sort by that day."""

    since: date
    initiative: int
    title: str
    added_by: int
    facts: Improvement
    today: date

    @property
    def units(self) -> tuple[int, ...]:
        """Their keys, by name."""
        return tuple(here.unit for here in self.facts.units)

    @property
    def due(self) -> list[Due]:
        """Every reason, the oldest first."""
        return reasons(self.facts, today=self.today)

    @property
    def waits_for(self) -> dict[int, str]:
        """Whose answer to a request is due longest, by unit."""
        return {here.unit: here.waits_for for here in self.facts.units if here.waits_for}


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due, the oldest first; if nothing is, the next review days; full units.

    `units` are all within reach, `loads` what each carries.
    """

    due: list[ToReview]
    ahead: list[tuple[date, int]]
    full: set[int]
    loads: dict[int, Load]
    units: dict[int, Place]

    def below_limit(self) -> Share:
        """Of the open units that have none below them, those not at a limit."""
        above = {one.parent for one in self.units.values()}
        open_now = {
            pk for pk, one in self.units.items() if pk not in above and one.valid_to is None
        }
        return Share(len(open_now - self.full), len(open_now))


def reviews_of(
    organisation: Organisation, units: QuerySet[Unit], *, places: Mapping[int, Place] | None = None
) -> Reviews:
    """Of all on these units that runs or was replied about. Four queries, whatever the number;
    three with `places`, the same units where they are at hand.
    """
    today, zone = timezone.localdate(timezone=organisation.zone), organisation.zone
    found = places_in(organisation, units) if places is None else dict(places)
    loads = loads_of(organisation, found.values())
    full = {pk for pk, one in found.items() if loads[pk].reaches(one.limits)}
    due = sorted(
        ToReview(since, *one, today)
        for one in that_may_be_due(found, full, today, zone)
        if (since := due_since(one.facts, today=today))
    )
    ahead = [] if due else _ahead(units, today)
    return Reviews(due, ahead, full, loads, found)


def places_in(
    organisation: Organisation, units: QuerySet[Unit] | Sequence[Unit]
) -> dict[int, Place]:
    """By key. One query; none of units at hand."""
    columns = (
        *("pk", "name", "path", "parent_id", "valid_to"),
        *("own_hours_limit", "own_improvements_limit"),
    )
    rows = (
        units.values_list(*columns)
        if isinstance(units, QuerySet)
        else map(attrgetter(*columns), units)
    )
    limits = organisation.limits
    return {
        pk: Place(pk, name, path, parent, valid_to, limits.with_own(hours, improvements))
        for pk, name, path, parent, valid_to, hours, improvements in rows
    }


def within(
    places: Mapping[int, Place], memberships: Collection[Membership], roles: Collection[str]
) -> dict[int, Place]:
    """Those of them that these memberships reach through any of these roles."""
    reach = tuple(
        held.unit.path if held.unit else "/" for held in memberships if held.role in roles
    )
    return {pk: one for pk, one in places.items() if one.path.startswith(reach)}


def workplaces(places: Mapping[int, Place]) -> list[Place]:
    """Open ones without open ones below: `fieldwork.queries.launching.launchable_units`, of what
    was read already.
    """
    today = timezone.localdate()
    now_open = [one for one in places.values() if one.valid_to is None or one.valid_to > today]
    above = {one.parent for one in now_open}
    return [one for one in now_open if one.pk not in above]


def _ahead(units: QuerySet[Unit], today: date) -> list[tuple[date, int]]:
    """The next review days, each with its improvement. One query."""
    rows = (
        Commitment.objects.filter(unit__in=units, state__in=RUNS, initiative__review_on__gt=today)
        .order_by("initiative__review_on", "initiative")
        .values_list("initiative__review_on", "initiative")
        .distinct()[:AHEAD]
    )
    return [(day, initiative) for day, initiative in rows if day is not None]
