"""What waits for one member: surveys under way, what follows from results, drafts."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from debriefs.models import Debrief, EarlyPlan
from debriefs.queries.action_list import OPEN
from initiatives.models import Action
from initiatives.queries.register import RUNNING
from instruments.models import Version
from organisations import access
from organisations.models import Membership, Organisation, Role, Unit, User
from surveys.models import NamedResponse, SurveyUnit
from surveys.rules.between_surveys import ASK_AGAIN_AFTER
from surveys.rules.form_kind import FormKind

# So long a manager has to bring debriefs together before the improvement lead is told, too.
LEADS_WAIT = timedelta(days=14)
# So long a survey without a result stands on the start page.
TOO_FEW_WAITS = timedelta(days=30)
STATES = SurveyUnit.State
# What a line on the start page tells of a unit and its survey.
TOLD = (
    *("unit", "unit_name", "closes_at", "published_at"),
    *("survey__title", "survey__opens_at", "survey__debrief_at", "survey__count_failure"),
)


def running_units(units: QuerySet[Unit], *, now: datetime) -> list[SurveyUnit]:
    """Units under way, and those that have newly ended without a result. One query."""
    under_way = SurveyUnit.objects.filter(
        unit__in=units, state__in=(STATES.NOT_OPEN, STATES.OPEN, STATES.CLOSED)
    )
    without = SurveyUnit.objects.filter(
        ~asked_since(), unit__in=units, state=STATES.TOO_FEW, published_at__gt=now - TOO_FEW_WAITS
    )
    found = (under_way | without).select_related("survey").only(*TOLD, "state", "mode", "enough")
    return list(found.order_by("closes_at", "unit_name"))


def own_leaders_forms(*, user: User, organisation: Organisation) -> list[NamedResponse]:
    """Leaders' sheets in this person's name that are open and not sent. One query."""
    return list(
        NamedResponse.objects.filter(
            user=user,
            kind=FormKind.LEADERS,
            sent_at=None,
            survey_unit__state=STATES.OPEN,
            survey_unit__survey__organisation=organisation,
        )
        .select_related("survey_unit__survey")
        .order_by("survey_unit__closes_at", "pk")
    )


def asked_since() -> Exists:
    """Whether the survey unit's unit was asked about the same improvement once more since."""
    later = SurveyUnit.objects.filter(
        unit=OuterRef("unit"),
        survey__initiative=OuterRef("survey__initiative"),
        survey__opens_at__gt=OuterRef("survey__opens_at"),
    )
    return Exists(later.exclude(state=STATES.CANCELLED))


def debriefs_due(scope: Q, *, most: int | None = None) -> list[SurveyUnit]:
    """Results that their team has not talked through, the oldest first. One query.

    `has_begun`: a meeting is going on. `has_plan`: the plan was opened without a debrief.
    """
    meetings = Debrief.objects.filter(survey_unit=OuterRef("pk"))
    return list(
        SurveyUnit.objects.filter(
            scope,
            Q(debriefed_at=None),
            ~asked_since(),
            state=STATES.COUNTED,
            published_at__isnull=False,
        )
        .annotate(
            has_begun=Exists(meetings),
            has_plan=Exists(EarlyPlan.objects.filter(survey_unit=OuterRef("pk"))),
        )
        .select_related("survey")
        .only(*TOLD)
        .order_by("published_at", "pk")[:most]
    )


def debriefs_differ(memberships: Collection[Membership], *, now: datetime) -> list[SurveyUnit]:
    """Results whose debriefs differ, the longest first: a manager's at once, a lead's in time.

    One query.
    """
    managed = access.scope(memberships, {Role.MANAGER}, unit="unit")
    led = access.scope(memberships, {Role.LEAD}, unit="unit")
    long_ago = Q(differ_since__lte=now - LEADS_WAIT)
    return list(
        SurveyUnit.objects.filter(
            managed | (led & long_ago), debrief_state=SurveyUnit.DebriefState.DIFFER
        )
        .select_related("survey")
        .only(*TOLD, "differ_since")
        .order_by("differ_since", "pk")
    )


def to_ask_again(scope: Q, *, now: datetime) -> list[SurveyUnit]:
    """Results whose plan is done, or that are twelve weeks old, of what still runs. One query.

    `has_open`: an action is still open.
    """
    actions = Action.objects.filter(
        Q(priority__choices__survey_unit=OuterRef("pk")) | Q(result=OuterRef("pk"))
    )
    is_open = Exists(actions.filter(state__in=OPEN))
    return list(
        SurveyUnit.objects.filter(
            scope,
            Q(debriefed_at__isnull=False),
            ~Q(debrief_state=SurveyUnit.DebriefState.DIFFER),
            ~asked_since(),
            Q(published_at__lt=now - ASK_AGAIN_AFTER) | (Q(Exists(actions)) & ~Q(is_open)),
            state=STATES.COUNTED,
            survey__initiative__state__in=RUNNING,
        )
        .annotate(has_open=is_open)
        .select_related("survey")
        .only(*TOLD)
        .order_by("published_at", "pk")
    )


def drafts_of(organisation: Organisation) -> list[Version]:
    """The organisation's own drafts in the question bank, the latest saved first. One query."""
    return list(
        Version.objects.filter(instrument__organisation=organisation, state=Version.State.DRAFT)
        .select_related("instrument")
        .order_by("-saved_at", "-pk")
    )
