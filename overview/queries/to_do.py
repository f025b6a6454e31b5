"""What waits for one member of surveys, forms and results: each kind finds its survey units, one
statement reads them all, compiled once for all whose roles are alike.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from debriefs.models import Debrief, EarlyPlan
from debriefs.queries.action_list import OPEN
from fieldwork.access import to_screen
from initiatives import access as register
from initiatives.models import Action, Commitment
from initiatives.queries.register import RUNNING
from organisations.access import scope
from organisations.models import Membership, Organisation, Role, Unit, User
from organisations.queries.for_member import Member, MembersRows
from organisations.queries.prepared import GivenKeys
from organisations.queries.units import works
from overview.queries.ended import ended_here
from overview.queries.unit_progress import asked_about, asked_since
from results.access import OWN, own_survey_units
from surveys.access import STEERING
from surveys.models import SurveyUnit
from surveys.rules.between_surveys import ASK_AGAIN_AFTER
from surveys.rules.form_kind import FormKind

# So long a manager has to bring debriefs together before the improvement lead is told, too.
LEADS_WAIT = timedelta(days=14)
# So long a survey without a result stands on the start page.
TOO_FEW_WAITS = timedelta(days=30)
STATES = SurveyUnit.State
NEVER = datetime.min.replace(tzinfo=UTC)
# What a line on the start page tells of a unit and its survey.
TOLD = (
    *("unit", "unit_name", "closes_at", "published_at", "debriefed_at", "differ_since"),
    *("state", "mode", "enough", "leaders_together", "survey__title", "survey__opens_at"),
    *("survey__debrief_at", "survey__result_at", "survey__count_failure", "survey__initiative"),
    *("survey__hours_at_launch", "survey__why_now", "survey__launched_at"),
)


class Kind(StrEnum):
    """Why a survey unit waits; or that it was asked about an improvement that Home shows."""

    RUNS = "runs"
    FORM = "form"
    SCREENING = "screening"
    TALK = "talk"
    DIFFER = "differ"
    AGAIN = "again"
    EARLY = "early"
    BEYOND = "beyond"
    ASKED = "asked"


# Of some kinds: a debrief has begun; the plan was opened without one, when and why; an action is
# open; the key and the seed of a leader's own form.
NOT_SAID: dict[str, Combinable] = {
    "has_begun": Value(False),
    "has_plan": Value(False),
    "has_open": Value(False),
    "form_key": Value(0),
    "form_seed": Value(""),
    "plan_reason": Value(""),
    "plan_opened_at": F("closes_at"),
}


def _of_kind(
    kind: Kind, found: QuerySet[SurveyUnit], **said: Combinable | Exists
) -> QuerySet[SurveyUnit]:
    """Each kind with the same columns, so that one statement can read several."""
    columns = {**NOT_SAID, **said}
    return (
        found.order_by()
        .select_related("survey")
        .only(*TOLD)
        .annotate(kind=Value(kind.value), **columns)
    )


def waiting_units(
    member: Member, running: Collection[Commitment] = ()
) -> dict[str, list[SurveyUnit]]:
    """All that waits for this member by `kind`, the earliest first; and what was asked about these
    improvements. One query.
    """
    found: dict[str, list[SurveyUnit]] = {kind: [] for kind in Kind}
    units = _WAITING.all(
        member,
        initiatives={one.initiative_id for one in running},
        units={one.unit_id for one in running},
    )
    for unit in sorted(units, key=_earliest):
        found[unit.kind].append(unit)  # type: ignore[attr-defined]
    return found


def _waiting(member: Member) -> QuerySet[SurveyUnit]:
    first, *others = _kinds(member)
    return first.union(*others, all=True)


_WAITING = MembersRows(_waiting)


def _kinds(member: Member) -> Iterator[QuerySet[SurveyUnit]]:
    """Those that can wait for these roles."""
    organisation, held, now = member.organisation, member.memberships, member.now
    yield own_leaders_forms(user=member.user, organisation=organisation)
    yield screened_units(organisation=organisation, memberships=held)
    if member.roles & set(STEERING):
        steered = register.units_held(memberships=held, organisation=organisation, roles=STEERING)
        yield running_units(steered, now=now)
    if member.roles & OWN:
        own = own_survey_units(held)
        yield debriefs_due(own)
        yield debriefs_differ(held, now=now)
        yield to_ask_again(own, today=member.today, now=now)
    if Role.REVIEWER in member.roles:
        reviewed = register.units_held(
            memberships=held, organisation=organisation, roles=(Role.REVIEWER,)
        )
        yield opened_early(reviewed)
        yield launched_beyond(reviewed)
    if member.roles & set(register.DECIDING):
        asked = asked_about(GivenKeys("initiatives"), GivenKeys("units"))
        yield _of_kind(Kind.ASKED, asked)


def _earliest(unit: SurveyUnit) -> tuple[datetime, str, int]:
    return unit.differ_since or unit.published_at or unit.closes_at, unit.unit_name, unit.pk


def running_units(units: QuerySet[Unit], *, now: datetime) -> QuerySet[SurveyUnit]:
    """Units under way, and those that have newly ended without a result."""
    under_way = Q(state__in=(STATES.NOT_OPEN, STATES.OPEN, STATES.CLOSED))
    without = Q(~asked_since(), state=STATES.TOO_FEW, published_at__gt=now - TOO_FEW_WAITS)
    return _of_kind(Kind.RUNS, SurveyUnit.objects.filter(under_way | without, unit__in=units))


def own_leaders_forms(*, user: User, organisation: Organisation) -> QuerySet[SurveyUnit]:
    """Units with a leaders’ form in this person's name that is open and not sent."""
    found = SurveyUnit.objects.filter(
        state=STATES.OPEN,
        survey__organisation=organisation,
        named_responses__user=user,
        named_responses__kind=FormKind.LEADERS,
        named_responses__sent_at=None,
    )
    key, seed = F("named_responses__pk"), F("named_responses__seed")
    return _of_kind(Kind.FORM, found, form_key=key, form_seed=seed)


def screened_units(
    *, organisation: Organisation, memberships: Collection[Membership]
) -> QuerySet[SurveyUnit]:
    """Units whose comments wait for this member."""
    waiting = to_screen(organisation=organisation, memberships=memberships)
    found = SurveyUnit.objects.filter(pk__in=waiting.order_by().values("survey_unit"))
    return _of_kind(Kind.SCREENING, found)


def debriefs_due(own: Q) -> QuerySet[SurveyUnit]:
    """Results of what has not ended that their team has not talked through.

    `has_begun`: a meeting is going on. `has_plan`: the plan was opened without a debrief.
    """
    meetings = Debrief.objects.filter(survey_unit=OuterRef("pk"))
    early = EarlyPlan.objects.filter(survey_unit=OuterRef("pk"))
    found = SurveyUnit.objects.filter(
        own,
        Q(debriefed_at=None),
        ~asked_since(),
        ~ended_here(),
        state=STATES.COUNTED,
        published_at__isnull=False,
    )
    return _of_kind(Kind.TALK, found, has_begun=Exists(meetings), has_plan=Exists(early))


def debriefs_differ(memberships: Collection[Membership], *, now: datetime) -> QuerySet[SurveyUnit]:
    """Latest results whose debriefs differ, of what has not ended: a manager's at once, a lead's
    later.
    """
    managed = scope(memberships, {Role.MANAGER}, unit="unit")
    led = scope(memberships, {Role.LEAD}, unit="unit")
    long_ago = Q(differ_since__lte=now - LEADS_WAIT)
    found = SurveyUnit.objects.filter(
        managed | (led & long_ago),
        ~asked_since(),
        ~ended_here(),
        debrief_state=SurveyUnit.DebriefState.DIFFER,
    )
    return _of_kind(Kind.DIFFER, found)


def to_ask_again(own: Q, *, today: date, now: datetime) -> QuerySet[SurveyUnit]:
    """Results whose plan is done, or that are twelve weeks old, of what still runs on units that
    work.

    `has_open`: an action is still open.
    """
    actions = Action.objects.filter(result=OuterRef("pk"))
    is_open = Exists(actions.filter(state__in=OPEN))
    found = SurveyUnit.objects.filter(
        own,
        Q(debriefed_at__isnull=False),
        ~Q(debrief_state=SurveyUnit.DebriefState.DIFFER),
        ~asked_since(),
        ~ended_here(),
        works(today, unit="unit"),
        Q(published_at__lt=now - ASK_AGAIN_AFTER) | (Q(Exists(actions)) & ~Q(is_open)),
        state=STATES.COUNTED,
        survey__initiative__state__in=RUNNING,
    )
    return _of_kind(Kind.AGAIN, found, has_open=is_open)


def opened_early(units: QuerySet[Unit]) -> QuerySet[SurveyUnit]:
    """For a reviewer: plans of latest results that were opened before their team had talked, of
    what has not ended.
    """
    found = SurveyUnit.objects.filter(
        ~asked_since(),
        ~ended_here(),
        unit__in=units,
        early_plan__isnull=False,
        debriefed_at=None,
    )
    reason, opened_at = F("early_plan__reason"), F("early_plan__opened_at")
    return _of_kind(Kind.EARLY, found, plan_reason=reason, plan_opened_at=opened_at)


def launched_beyond(units: QuerySet[Unit]) -> QuerySet[SurveyUnit]:
    """For a reviewer: surveys that were launched on a full week and still run."""
    found = SurveyUnit.objects.filter(
        unit__in=units,
        survey__hours_at_launch__isnull=False,
        state__in=(STATES.NOT_OPEN, STATES.OPEN, STATES.CLOSED),
    )
    return _of_kind(Kind.BEYOND, found)


def latest_launched(found: Iterable[SurveyUnit]) -> list[SurveyUnit]:
    """These in the order of their launch, the latest first."""
    return sorted(found, key=lambda one: one.survey.launched_at or NEVER, reverse=True)
