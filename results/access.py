"""The only way from a member to results: who sees which unit's result, and from when.

It takes the memberships that `members_only` has read already (`MemberRequest.memberships`).
Reach follows where a unit stands in the tree today, not where it stood when it was asked.
Over 300 lines: one door is easier to guard than two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from organisations.access import roles_over, scope
from organisations.models import Membership, Organisation, Role, Unit, User
from organisations.queries.prepared import Prepared
from organisations.rules.reading_order import reading_order
from results.models import ContextNote
from results.queries.context_notes import gathered_notes, notes_beside
from results.queries.now import has_news
from scoring.models import ParentSnapshot, Snapshot
from scoring.queries.leaders_forms import LeaderScores, leaders_scores
from surveys.models import NamedResponse, Survey, SurveyUnit
from surveys.queries.told import staff_told_at
from surveys.rules.form_kind import FormKind

# Senior reviewers see a result once the team has had time to talk it through.
REVIEWERS_WAIT = timedelta(days=14)
OWN = frozenset({Role.MANAGER, Role.LEAD})
READERS = OWN | {Role.REVIEWER}
NOT_LAUNCHED = (Survey.State.DRAFT, Survey.State.PREPARING)
RELATED = (
    *("unit", "survey__organisation", "survey__leaders_edition"),
    *("survey__version", "survey__ward_edition", "survey__initiative"),
)


@dataclass(frozen=True)
class Result:
    """A unit in a survey and what was released of it: no snapshot before publication.

    `is_own`: the reader is its manager or lead, not a reviewer or the ward; `is_lead`: its lead.
    `is_debriefed`: the team has talked it through. `notes`: every note on its unit.
    `staff_told_at`: when the staff list was first messaged about it. `has_news`: something else
    than its debriefs may have changed the improvement's status.
    """

    survey_unit: SurveyUnit
    snapshot: Snapshot | None
    is_own: bool = False
    is_lead: bool = False
    is_debriefed: bool = False
    notes: tuple[ContextNote, ...] = ()
    staff_told_at: datetime | None = None
    has_news: bool = False


def is_own(unit: Unit, *, memberships: Collection[Membership]) -> bool:
    """Whether these memberships read this unit's results as its manager or lead."""
    return bool(roles_over(unit, memberships) & OWN)


def listed_for(
    *, organisation: Organisation, memberships: Collection[Membership], name: str = ""
) -> list[int]:
    """Keys of the survey units in the list of results, by name, the latest survey first.

    A reviewer's list has only what is published.
    """
    own = scope(memberships, OWN, unit="unit")
    reviewed = scope(memberships, {Role.REVIEWER}, unit="unit") & Q(published_at__isnull=False)
    found = (
        SurveyUnit.objects.filter(own | reviewed, survey__organisation=organisation)
        .filter(unit_name__icontains=name)
        .exclude(survey__state__in=NOT_LAUNCHED)
        .exclude(state=SurveyUnit.State.CANCELLED)
        .order_by("-survey__opens_at", "pk")
        .values_list("pk", "unit_name")
    )
    return [pk for pk, _ in sorted(found, key=lambda one: reading_order(one[1]))]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list; `is_readable` whether its reader may open the result by now."""

    survey_unit: SurveyUnit
    is_readable: bool


def listed(keys: Sequence[int], memberships: Collection[Membership]) -> list[Listed]:
    """These survey units in this order; `listed_for` chose what the reader may see."""
    units = SurveyUnit.objects.select_related("survey", "unit").in_bulk(keys)
    return [
        Listed(
            one,
            bool(roles_over(one.unit, memberships) & OWN)
            or one.debriefed_at is not None
            or reviewers_may_read(one.published_at),
        )
        for one in (units[key] for key in keys)
    ]


def result_for(
    *,
    organisation: Organisation,
    memberships: Collection[Membership],
    survey_unit_id: int,
) -> Result:
    """One unit's result: 404 where it is none of the organisation's.

    403 beyond the user's reach, and to a reviewer before the debrief or the team's 14 days.
    """
    found = _result("id", survey_unit_id)
    unit = found.survey_unit
    if unit.survey.organisation_id != organisation.pk:
        raise Http404
    roles = roles_over(unit.unit, memberships)
    is_own = bool(roles & OWN)
    may_review = found.is_debriefed or reviewers_may_read(unit.published_at)
    if not is_own and not (Role.REVIEWER in roles and may_review):
        raise PermissionDenied
    return replace(found, is_own=is_own, is_lead=Role.LEAD in roles)


def own_result_for(
    *, organisation: Organisation, memberships: Collection[Membership], survey_unit_id: int
) -> Result:
    """A result for those who hold its debriefs and keep its plan: its manager and lead."""
    found = result_for(
        organisation=organisation, memberships=memberships, survey_unit_id=survey_unit_id
    )
    if not found.is_own:
        raise PermissionDenied
    return found


def latest_snapshots(
    *,
    organisation: Organisation,
    memberships: Collection[Membership],
    after: int,
    limit: int,
) -> list[Snapshot]:
    """The latest snapshot of each result that these memberships may read, by survey unit.

    From the first survey unit behind `after`. Two queries.
    """
    found = readable(organisation, memberships).filter(pk__gt=after)
    keys = found.order_by("pk").values_list("pk", flat=True)[:limit]
    return list(
        Snapshot.objects.filter(survey_unit__in=list(keys), replaced_by=None)
        .select_related("survey_unit__survey")
        .order_by("survey_unit")
    )


def snapshots_of_units(
    *, organisation: Organisation, memberships: Collection[Membership]
) -> list[int]:
    """Keys of what stands of each unit's latest result, by the unit's name. Two queries.

    Only of results that these memberships may read and that have figures or words.
    """
    rows = (
        readable(organisation, memberships)
        .filter(state=SurveyUnit.State.COUNTED)
        .order_by("survey__opens_at", "pk")
        .values_list("unit", "pk", "unit_name")
    )
    latest = {unit: (pk, name) for unit, pk, name in rows}
    ordered = sorted(latest.values(), key=lambda one: reading_order(one[1]))
    standing = dict(
        Snapshot.objects.filter(
            survey_unit__in=[pk for pk, _ in ordered], replaced_by=None
        ).values_list("survey_unit", "pk")
    )
    return [standing[pk] for pk, _ in ordered if pk in standing]


def readable(
    organisation: Organisation, memberships: Collection[Membership]
) -> QuerySet[SurveyUnit]:
    """Published results within reach; a reviewer's from the debrief or the team's 14 days on."""
    return SurveyUnit.objects.filter(
        overview_reach(memberships).results,
        survey__organisation=organisation,
        published_at__isnull=False,
    ).exclude(survey__state__in=NOT_LAUNCHED)


def result_by_code(*, code: str) -> Result:
    """The result behind a ward page's code, which is all the right it takes; else one 404."""
    return _result("ward_page_code", code)


def leaders_for(*, user: User, result: Result) -> tuple[LeaderScores, ...]:
    """The leaders who answered and whose mark is whose: for the lead and for these leaders."""
    if not result.is_own or result.snapshot is None:
        return ()
    if not result.is_lead and not _is_leader(user, result.survey_unit):
        return ()
    return tuple(leaders_scores(result.survey_unit))


def require_leader(*, user: User, result: Result) -> None:
    """Refuses with 403 whoever is neither the unit's lead nor one of its leaders who answered."""
    if not is_leader(user=user, result=result):
        raise PermissionDenied


def is_leader(*, user: User, result: Result) -> bool:
    """Whether this is the unit's lead or one of its leaders who answered."""
    return result.is_own and (result.is_lead or _is_leader(user, result.survey_unit))


def _is_leader(user: User, unit: SurveyUnit) -> bool:
    sent = NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.LEADERS, user=user).exclude(
        answers=""
    )
    return sent.exists()


def sums_for(
    *, organisation: Organisation, memberships: Collection[Membership], survey_id: int
) -> tuple[Survey, list[ParentSnapshot]]:
    """The latest sums of a survey whose whole unit the lead reaches; 403 beyond their reach."""
    survey = Survey.objects.filter(organisation=organisation, pk=survey_id).first()
    if survey is None:
        raise Http404
    led = scope(memberships, {Role.LEAD}, unit="unit")
    if not SurveyUnit.objects.filter(led, survey=survey).exists():
        raise PermissionDenied
    latest: dict[int | None, ParentSnapshot] = {}
    for one in ParentSnapshot.objects.filter(survey=survey).select_related("unit"):
        if _leads(one.unit, memberships):
            known = latest.get(one.unit_id)
            latest[one.unit_id] = one if known is None or known.number < one.number else known
    return survey, list(latest.values())


def summed_surveys(
    *, organisation: Organisation, memberships: Collection[Membership]
) -> list[Survey]:
    """Surveys with a sum that this lead may read, the latest first."""
    surveys: dict[int, Survey] = {}
    for one in (
        ParentSnapshot.objects.filter(survey__organisation=organisation, number=1)
        .select_related("unit", "survey")
        .only("unit__path", "survey__title", "survey__opens_at")
        .order_by("-survey__opens_at", "-survey_id")
    ):
        if _leads(one.unit, memberships):
            surveys[one.survey_id] = one.survey
    return list(surveys.values())


def _leads(unit: Unit | None, memberships: Collection[Membership]) -> bool:
    """Whether a lead's role reaches all of this unit; None is all units of the organisation."""
    if unit is not None:
        return Role.LEAD in roles_over(unit, memberships)
    return any(held.role == Role.LEAD and held.unit is None for held in memberships)


def reviewers_may_read(published_at: datetime | None) -> bool:
    """Whether senior reviewers see by now what was published then."""
    return published_at is not None and published_at + REVIEWERS_WAIT <= timezone.now()


@dataclass(frozen=True, slots=True)
class OverviewReach:
    """What the pages about many units are made of: `units` and, of these, the reader's `own`;
    `results` are the survey units they may read now, a senior reviewer's once they may.
    """

    units: Q
    own: Q
    results: Q


def overview_reach(memberships: Collection[Membership]) -> OverviewReach:
    """For managers, leads and senior reviewers."""
    return OverviewReach(
        scope(memberships, READERS),
        scope(memberships, OWN),
        own_survey_units(memberships)
        | (reviewed_survey_units(memberships) & _reviewers_may_read_now()),
    )


def _reviewers_may_read_now() -> Q:
    return Q(published_at__lte=timezone.now() - REVIEWERS_WAIT) | Q(debriefed_at__isnull=False)


def reviewed_survey_units(memberships: Collection[Membership]) -> Q:
    """The survey units whose initiatives the reader reviews."""
    return scope(memberships, {Role.REVIEWER}, unit="unit")


def own_survey_units(memberships: Collection[Membership]) -> Q:
    """The survey units whose results are the reader's own."""
    return scope(memberships, OWN, unit="unit")


# The latest snapshot of a published result with all that its page asks, by what leads to its unit.
_RELEASED = {
    column: Prepared(
        lambda: (
            Snapshot.objects.filter(survey_unit__published_at__isnull=False)
            .annotate(
                is_debriefed=Q(survey_unit__debriefed_at__isnull=False),
                notes=notes_beside("survey_unit__unit"),
                staff_told_at=staff_told_at("survey_unit"),
                has_news=has_news("survey_unit"),
            )
            .select_related(*(f"survey_unit__{path}" for path in RELATED))
            .order_by("-number")
        ),
        column=f"survey_unit__{column}",
    )
    for column in ("id", "ward_page_code")
}


def _result(column: str, value: object) -> Result:
    """The unit with its latest snapshot in one query; before publication it takes two."""
    snapshot = _RELEASED[column].first(value)
    if snapshot is not None and snapshot.survey_unit.survey.state not in NOT_LAUNCHED:
        return Result(
            snapshot.survey_unit,
            snapshot,
            is_debriefed=snapshot.is_debriefed,
            notes=gathered_notes(snapshot.notes),
            staff_told_at=snapshot.staff_told_at,
            has_news=snapshot.has_news,
        )
    units = SurveyUnit.objects.filter(**{column: value}).exclude(survey__state__in=NOT_LAUNCHED)
    unit = units.select_related(*RELATED).first()
    if unit is None:
        raise Http404
    return Result(unit, None)


def context_note_for(*, survey_unit: SurveyUnit, note_id: int) -> ContextNote:
    """One note on the unit of this result; else 404."""
    notes = ContextNote.objects.filter(unit=survey_unit.unit_id)
    found = notes.select_related("unit__organisation").filter(pk=note_id).first()
    if found is None:
        raise Http404
    return found
