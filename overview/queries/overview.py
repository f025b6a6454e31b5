"""The units of an organisation with their latest surveys: what an overview is made of."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from debriefs.queries.debriefs import leaders_met
from organisations.models import Organisation
from organisations.queries.units import open_units
from organisations.rules.reading_order import reading_order
from overview.queries.ended import ended_here
from overview.queries.summaries import ResultSummary, summaries_of
from results.access import OverviewReach
from results.queries.decision import Decided, decided_of_all
from surveys.models import Survey, SurveyUnit

_HIDDEN = (Survey.State.DRAFT, Survey.State.PREPARING, Survey.State.CANCELLED)


@dataclass(slots=True)
class Division:
    """A unit at the top of the tree, and how many of its units in reach have a result."""

    pk: int
    name: str
    with_result: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True)
class OverviewUnit:
    """A unit where people work, under its division. `is_own`: its reader is its manager or lead."""

    pk: int
    name: str
    division: Division
    is_own: bool = True


@dataclass(slots=True)
class Latest:
    """A unit's latest result, what became of it, and what is under way since.

    `leaders_met`: its leaders held their preparation. `has_ended`: the improvement, there.
    """

    result: SurveyUnit | None = None
    digest: ResultSummary | None = None
    running: SurveyUnit | None = None
    decided: Decided | None = None
    leaders_met: bool = False
    has_ended: bool = False


@dataclass(slots=True)
class Overview:
    """Every place in reach, by division and name, and which have what."""

    places: list[OverviewUnit] = field(default_factory=list)
    with_result: set[int] = field(default_factory=set)
    running: set[int] = field(default_factory=set)


def overview_of(*, organisation: Organisation, reach: OverviewReach) -> Overview:
    """The open units in reach that have no units below. Two queries."""
    rows = open_units(organisation).annotate(is_within=reach.units, is_own=reach.own)
    units: dict[int, tuple[str, str]] = {}
    within, own = set(), set()
    for pk, name, path, is_within, is_own in rows.values_list(
        "pk", "name", "path", "is_within", "is_own"
    ):
        units[pk] = (name, path)
        if is_within:
            within.add(pk)
        if is_own:
            own.add(pk)
    parents = {int(part) for _, path in units.values() for part in path.strip("/").split("/")[:-1]}
    divisions: dict[int, Division] = {}
    made = Overview()
    for pk in sorted(within - parents, key=lambda key: reading_order(units[key][0])):
        name, path = units[pk]
        top = int(path.strip("/").split("/")[0])
        # A ward at the top of the tree stands under the organisation itself.
        key, above = (0, organisation.name) if top == pk else (top, units.get(top, (name,))[0])
        division = divisions.setdefault(key, Division(key, above))
        division.units += 1
        made.places.append(OverviewUnit(pk, name, division, is_own=pk in own))
    made.places.sort(key=lambda place: (reading_order(place.division.name), place.division.pk))
    for unit, is_published, state in (
        SurveyUnit.objects.filter(reach.results, survey__organisation=organisation)
        .exclude(survey__state__in=_HIDDEN)
        .values_list("unit_id", "published_at", "state")
    ):
        if is_published and state == SurveyUnit.State.COUNTED:
            made.with_result.add(unit)
        elif state in (SurveyUnit.State.OPEN, SurveyUnit.State.NOT_OPEN):
            made.running.add(unit)
    for place in made.places:
        place.division.with_result += place.pk in made.with_result
    return made


def latest_of(*, units: Collection[int], scope: Q) -> dict[int, Latest]:
    """By unit, its latest result, with its digest, what runs and what was decided.

    Six queries at most.

    `scope` is what the reader may read (`access.OverviewReach.results`).
    """
    found: dict[int, Latest] = {unit: Latest() for unit in units}
    asked = (
        SurveyUnit.objects.filter(scope, unit__in=units)
        .exclude(survey__state__in=_HIDDEN)
        .exclude(state=SurveyUnit.State.CANCELLED)
        .select_related("survey")
        .annotate(has_ended=ended_here())
        .order_by("-survey__opens_at", "-pk")
    )
    for one in asked:
        latest = found[one.unit_id]
        if one.published_at is None:
            latest.running = latest.running or one
        else:
            latest.result = latest.result or one
    results = [one.result for one in found.values() if one.result]
    digests = summaries_of([one.pk for one in results])
    decided = decided_of_all(results)
    met = leaders_met([one.pk for one in results])
    for latest in found.values():
        if latest.result is not None:
            latest.digest = digests.get(latest.result.pk)
            latest.decided = decided.get(latest.result.pk)
            latest.leaders_met = latest.result.pk in met
            latest.has_ended = getattr(latest.result, "has_ended", False)
    return found


@dataclass(frozen=True, slots=True)
class LatestResult:
    """The latest result of a unit, in as few words as a page of hundreds needs."""

    survey_unit: int
    survey: int
    title: str
    edition: int
    version: int
    published_at: datetime
    is_counted: bool
    is_debriefed: bool
    has_ended: bool


def latest_results(scope: Q) -> dict[int, LatestResult]:
    """By unit, its latest result that is out. One query. `scope` is what may be read."""
    rows = (
        SurveyUnit.objects.filter(scope, published_at__isnull=False)
        .exclude(survey__state__in=_HIDDEN)
        .annotate(
            is_counted=Q(state=SurveyUnit.State.COUNTED),
            is_debriefed=Q(debriefed_at__isnull=False),
            has_ended=ended_here(),
        )
        .order_by("survey__opens_at", "pk")
        .values_list(
            *("unit", "pk", "survey", "survey__title", "survey__ward_edition", "survey__version"),
            *("published_at", "is_counted", "is_debriefed", "has_ended"),
        )
    )
    return {unit: LatestResult(*about) for unit, *about in rows}
