"""What the launch page offers: units within reach, wordings, leaders, and cautions by unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from initiatives.models import Commitment
from initiatives.queries.register import load_of, sum_of
from organisations.models import Membership, Organisation, Role, Unit, User
from organisations.queries.units import open_units
from organisations.unit_list import reading_order
from surveys.models import Edition, SurveyUnit, Version

_UNDER_WAY = (SurveyUnit.State.WAITING, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED)


def launchable_units(*, organisation: Organisation, reach: QuerySet[Unit]) -> list[Unit]:
    """Open units without open units below them: those where people work, by name. Two queries."""
    parents = open_units(organisation).exclude(parent=None).values("parent")
    units = reach.filter(pk__in=open_units(organisation).values("pk")).exclude(pk__in=parents)
    return sorted(units.select_related("parent"), key=lambda unit: reading_order(unit.name))


def is_wanted(unit: Unit, wanted: str) -> bool:
    """Whether the text stands in the unit's name or in that of the unit above it."""
    names = f"{unit.name}\n{unit.parent.name if unit.parent else ''}"
    return wanted.casefold() in names.casefold()


def editions_on_offer(organisation: Organisation) -> list[Edition]:
    """Wordings of the newest published version of each instrument; the organisation's usual first.

    An organisation's own copy comes before the shared instrument that it was made of. Two queries.
    """
    own_or_shared = Q(instrument__organisation=None) | Q(instrument__organisation=organisation)
    versions = {
        version.instrument_id: version
        for version in Version.objects.filter(own_or_shared, state=Version.State.PUBLISHED)
        .select_related("instrument")
        .order_by("instrument", "published_at", "pk")
    }
    editions = Edition.objects.filter(version__in=versions.values()).select_related(
        "version", "version__instrument"
    )
    usual = not organisation.front_line_by_default
    shared = {v.instrument.code for v in versions.values() if v.instrument.organisation_id is None}
    copies = [
        v.pk
        for v in versions.values()
        if v.instrument.organisation_id is not None and v.instrument.code in shared
    ]
    order = {version.pk: place for place, version in enumerate(versions.values())}
    return sorted(
        editions,
        key=lambda one: (
            one.version_id not in copies,
            order[one.version_id],
            one.is_verbatim != usual,
            one.pk,
        ),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A manager or lead who may be invited to the leaders' sheet of units under `path`."""

    user: User
    path: str
    where: str


def leaders_of(*, organisation: Organisation, units: Iterable[Unit]) -> list[Candidate]:
    """Managers and leads of any of these units; each person once. One query."""
    paths = [unit.path for unit in units]
    found: dict[int, Candidate] = {}
    for membership in (
        Membership.objects.filter(
            organisation=organisation,
            role__in=(Role.MANAGER, Role.LEAD),
            is_active=True,
            user__is_active=True,
        )
        .select_related("user", "unit")
        .order_by("user__name", "user__email")
    ):
        path = membership.unit.path if membership.unit else "/"
        known = found.get(membership.user_id)
        if any(one.startswith(path) for one in paths) and (
            known is None or len(path) < len(known.path)
        ):
            where = membership.unit.name if membership.unit else organisation.name
            found[membership.user_id] = Candidate(membership.user, path, where)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a unit may have enough on its hands already: it never stops a launch."""

    running: list[SurveyUnit]
    commitments: list[Commitment]
    hours: Decimal
    limit: int

    @property
    def is_over(self) -> bool:
        """Whether the hours reach what the organisation asks its units to stay below."""
        return self.hours >= self.limit


def cautions_of(*, organisation: Organisation, units: Iterable[Unit]) -> dict[int, Caution]:
    """A caution by unit id, for units with a survey under way or a full week. Two queries."""
    units = list(units)
    running: dict[int, list[SurveyUnit]] = {}
    for one in SurveyUnit.objects.filter(unit__in=units, state__in=_UNDER_WAY).select_related(
        "survey"
    ):
        running.setdefault(one.unit_id, []).append(one)
    load = load_of(units)
    limit = organisation.weekly_hours_limit
    found = {}
    for unit in units:
        commitments = load.get(unit.pk, [])
        hours = sum_of(commitments)
        if unit.pk in running or hours >= limit or len(commitments) > 1:
            found[unit.pk] = Caution(running.get(unit.pk, []), commitments, hours, limit)
    return found
