"""The units of an organisation with their latest surveys: what an overview is made of."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When

from organisations.models import Organisation
from organisations.queries.units import open_units
from organisations.unit_list import reading_order
from scoring.models import Snapshot
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
class Place:
    """A unit where people work, under its division."""

    pk: int
    name: str
    division: Division


@dataclass(slots=True)
class Latest:
    """A unit's latest result, and what is under way since."""

    result: SurveyUnit | None = None
    snapshot: Snapshot | None = None
    running: SurveyUnit | None = None


@dataclass(slots=True)
class Overview:
    """Every place in reach, by division and name, and which have what."""

    places: list[Place] = field(default_factory=list)
    with_result: set[int] = field(default_factory=set)
    running: set[int] = field(default_factory=set)


def overview_of(*, organisation: Organisation, reach: Q) -> Overview:
    """The open units in reach (`access.own_units`) that have no units below. Two queries."""
    is_within = Case(When(reach, then=Value(True)), default=Value(False))
    rows = open_units(organisation).annotate(is_within=is_within)
    units: dict[int, tuple[str, str]] = {}
    within = set()
    for pk, name, path, reached in rows.values_list("pk", "name", "path", "is_within"):
        units[pk] = (name, path)
        if reached:
            within.add(pk)
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
        made.places.append(Place(pk, name, division))
    made.places.sort(key=lambda place: (reading_order(place.division.name), place.division.pk))
    for unit, is_published, state in (
        SurveyUnit.objects.filter(survey__organisation=organisation)
        .exclude(survey__state__in=_HIDDEN)
        .values_list("unit_id", "published_at", "state")
    ):
        if is_published and state == SurveyUnit.State.COUNTED:
            made.with_result.add(unit)
        elif state in (SurveyUnit.State.OPEN, SurveyUnit.State.WAITING):
            made.running.add(unit)
    for place in made.places:
        place.division.with_result += place.pk in made.with_result
    return made


def latest_of(*, units: Collection[int], reach: Q) -> dict[int, Latest]:
    """By unit, its latest result, with its snapshot, and what runs. Two queries.

    `reach` is `access.own_survey_units`.
    """
    found: dict[int, Latest] = {unit: Latest() for unit in units}
    asked = (
        SurveyUnit.objects.filter(reach, unit__in=units)
        .exclude(survey__state__in=_HIDDEN)
        .exclude(state=SurveyUnit.State.CANCELLED)
        .select_related("survey")
        .order_by("-survey__opens_at", "-pk")
    )
    for one in asked:
        latest = found[one.unit_id]
        if one.published_at is None:
            latest.running = latest.running or one
        else:
            latest.result = latest.result or one
    shown = {one.result.pk: one for one in found.values() if one.result}
    for snapshot in Snapshot.objects.filter(survey_unit__in=shown, replaced_by=None):
        shown[snapshot.survey_unit_id].snapshot = snapshot
    return found
