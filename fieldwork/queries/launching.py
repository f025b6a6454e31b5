"""What the launch page offers: units within reach, wordings, leaders, and cautions by unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from fieldwork.queries.near_bars import with_enough_for_bars
from initiatives.models import Commitment
from initiatives.queries.plans import open_actions_of
from initiatives.queries.register import load_of
from initiatives.rules.hours import Load
from instruments.models import Edition, Version
from instruments.queries.wording import statement_count
from organisations.models import Membership, Organisation, Role, Unit, User
from organisations.queries.units import open_units
from organisations.rules.reading_order import reading_order
from surveys.models import SurveyUnit
from surveys.queries.load import loads_of
from surveys.rules.between_surveys import BETWEEN_BARS

_UNDER_WAY = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED)


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


def usual_statements(organisation: Organisation) -> int:
    """How many statements the wording asks that is offered first; 0 while none is published."""
    editions = editions_on_offer(organisation)
    return statement_count(editions[0].pk) if editions else 0


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
    """Why a unit may have enough on its hands already: it never stops a launch.

    `is_over`: its load reaches a limit. `shown` is its last survey with enough answers for bars,
    while a new one may still close too soon behind it.
    """

    running: list[SurveyUnit]
    commitments: list[Commitment]
    load: Load
    is_over: bool
    open_actions: int = 0
    shown: SurveyUnit | None = None


def cautions_of(*, organisation: Organisation, units: Iterable[Unit]) -> dict[int, Caution]:
    """A caution by unit id, for units with a survey under way or one just behind them, a full week
    or open actions. Five queries.
    """
    units = list(units)
    running: dict[int, list[SurveyUnit]] = {}
    for one in SurveyUnit.objects.filter(unit__in=units, state__in=_UNDER_WAY).select_related(
        "survey"
    ):
        running.setdefault(one.unit_id, []).append(one)
    active = load_of(units)
    loads = loads_of(organisation, units)
    actions = open_actions_of(units)
    shown = _shown_lately(units)
    found = {}
    for unit in units:
        commitments, load = active.get(unit.pk, []), loads[unit.pk]
        is_over = load.reaches(unit.limits(organisation))
        is_full = is_over or len(commitments) > 1
        if is_full or unit.pk in running or unit.pk in actions or unit.pk in shown:
            found[unit.pk] = Caution(
                running.get(unit.pk, []),
                commitments,
                load,
                is_over,
                actions.get(unit.pk, 0),
                shown.get(unit.pk),
            )
    return found


def _shown_lately(units: Iterable[Unit]) -> dict[int, SurveyUnit]:
    """The last survey of each unit with enough answers for bars that closed in the last 42 days."""
    lately = SurveyUnit.objects.filter(
        unit__in=units, closes_at__gt=timezone.now() - BETWEEN_BARS - timedelta(days=1)
    )
    counted = with_enough_for_bars(lately).select_related("survey").order_by("closes_at", "pk")
    return {one.unit_id: one for one in counted}


def past_answers(organisation: Organisation) -> list[tuple[int, int]]:
    """Answers and staff of each unit's past survey, the latest 200; one query."""
    found = (
        SurveyUnit.objects.filter(
            survey__organisation=organisation,
            state__in=(SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW),
            mode=SurveyUnit.Mode.SEALED,
        )
        .annotate(answers=Sum("tallies__count"))
        .order_by("-closes_at", "-pk")
        .values_list("answers", "headcount")[:200]
    )
    return [(answers or 0, headcount) for answers, headcount in found]
