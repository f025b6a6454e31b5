"""Reads requests to departments and members: one by its link, those of a unit, those on Home."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from initiatives.models import Action, DepartmentRequest, Responsibility
from initiatives.queries.register import stands_as
from initiatives.rules.requests import (
    REVIEWER_AFTER,
    Facts,
    Standing,
    link_opens,
    may_ask_another,
    standing,
)
from initiatives.rules.status import TAKES_NO_MORE
from organisations.access import scope
from organisations.models import Department, Membership, Organisation, Role, Unit, User
from organisations.queries.departments import departments_of
from organisations.queries.units import is_open
from organisations.rules.personal_links import token_hash

ANSWERS = DepartmentRequest.Answer
OPEN_ACTIONS = (Action.State.PLANNED, Action.State.DOING)
# Who opens the pages of requests, and so can answer one.
READERS = (Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR)


def _has_left() -> Q:
    """The member who is asked has no role any more with which to answer."""
    held = Membership.objects.filter(
        organisation=OuterRef("initiative__organisation"),
        user=OuterRef("member"),
        user__is_active=True,
        is_active=True,
        role__in=READERS,
    )
    return Q(member__isnull=False) & Q(~Exists(held))


@dataclass(frozen=True, slots=True)
class RequestStanding:
    """A request with what it is about, and how it stands. `has_left`: it waits for a member who has
    no role any more; `may_ask_another`: the same can be asked of somebody else.
    """

    request: DepartmentRequest
    standing: Standing
    has_left: bool
    may_ask_another: bool


def _with_facts(found: QuerySet[DepartmentRequest]) -> QuerySet[DepartmentRequest]:
    return found.select_related(
        "initiative__organisation",
        *("unit", "action", "priority", "member", "asked_by", "moved_to", "moved_from"),
    ).annotate(is_over=stands_as(TAKES_NO_MORE), has_left=_has_left())


def with_standing(found: QuerySet[DepartmentRequest]) -> list[RequestStanding]:
    """Each with all that its page and its lines need. One query."""
    return [_stands(one) for one in _with_facts(found)]


def _stands(one: DepartmentRequest) -> RequestStanding:
    is_wanted = one.action is None or one.action.state in OPEN_ACTIONS
    is_wanted = is_wanted and not getattr(one, "is_over", False)
    stands = standing(
        Facts(
            one.answer,
            has_moved=hasattr(one, "moved_to"),
            is_withdrawn=one.withdrawn_at is not None,
            is_wanted=is_wanted,
        )
    )
    has_left = stands is Standing.WAITING and getattr(one, "has_left", False)
    another = may_ask_another(
        stands, answer=one.answer, has_left=has_left, is_wanted=is_wanted and is_open(one.unit)
    )
    return RequestStanding(one, stands, has_left, another)


def is_unanswered() -> Q:
    """Waits for an answer that its action still wants."""
    return (Q(action=None) | Q(action__state__in=OPEN_ACTIONS)) & Q(answer="", withdrawn_at=None)


def unanswered() -> QuerySet[DepartmentRequest]:
    """The same, where the improvement is not over either."""
    return DepartmentRequest.objects.filter(is_unanswered(), ~stands_as(TAKES_NO_MORE))


def request_by_link(token: str) -> RequestStanding | None:
    """The request that this link opens; None where it opens none or opens nothing any more.

    One query.
    """
    found = with_standing(DepartmentRequest.objects.filter(token_hash=token_hash(token)))
    for one in found:
        zone = one.request.initiative.organisation.zone
        if link_opens(one.request.answer_by, today=timezone.localdate(timezone=zone)):
            return one
    return None


def requests_on(initiative_id: int, unit_id: int) -> list[RequestStanding]:
    """What was asked for an improvement on one unit, the latest first. One query."""
    found = DepartmentRequest.objects.filter(initiative=initiative_id, unit=unit_id)
    return with_standing(found.order_by("-pk"))


def requests_for(actions: Iterable[Action]) -> list[RequestStanding]:
    """What was asked for these actions. One query."""
    keys = [one.pk for one in actions]
    return with_standing(DepartmentRequest.objects.filter(action__in=keys).order_by("pk"))


def requests_read(
    memberships: Collection[Membership], *, user: User
) -> QuerySet[DepartmentRequest]:
    """What this member reads: of units within reach or improvements they are responsible for,
    what they sent and what they are asked.
    """
    roles = set(READERS)
    named = Responsibility.objects.filter(initiative=OuterRef("initiative"), user=user)
    own = Q(member=user) | Q(asked_by=user) | Exists(named)
    here = Q(initiative__organisation__in={held.organisation_id for held in memberships})
    return DepartmentRequest.objects.filter(scope(memberships, roles, unit="unit") | (own & here))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who can be asked: a department or a member. `key` is the choice of a form."""

    key: str
    whom: str
    department: Department | None = None
    member: User | None = None


def recipients(organisation: Organisation, unit: Unit, *, asker: User | None) -> list[Recipient]:
    """The departments of the settings, then senior reviewers of the unit and managers above it.

    Nobody asks themselves. Two queries.
    """
    above = [int(part) for part in unit.path.strip("/").split("/")]
    departments = [
        Recipient(f"department-{one.pk}", one.name, department=one)
        for one in departments_of(organisation)
    ]
    manages = Q(role=Role.MANAGER) & (Q(unit=None) | Q(unit__in=above[:-1]))
    reviews = Q(role=Role.REVIEWER) & (Q(unit=None) | Q(unit__in=above))
    held = (
        Membership.objects.filter(
            manages | reviews, organisation=organisation, is_active=True, user__is_active=True
        )
        .exclude(user=asker)
        .select_related("user", "unit")
        .order_by("-role", "unit__name", "user__name", "user__email")
    )
    people: dict[str, Recipient] = {}
    for one in held:
        key = f"member-{one.user_id}"
        people.setdefault(key, Recipient(key, _role_in_words(one), member=one.user))
    return [*departments, *people.values()]


def _role_in_words(held: Membership) -> str:
    if held.role == Role.REVIEWER:
        return "the senior reviewer"
    return f"the manager of {held.unit.name if held.unit else 'the organisation'}"


def departments_besides(one: DepartmentRequest) -> list[Department]:
    """Those that a request could move to. One query."""
    found = departments_of(one.initiative.organisation)
    return [other for other in found if other.name != one.whom]


def requests_to_do(
    memberships: Collection[Membership], *, user: User, organisation: Organisation, today: date
) -> QuerySet[DepartmentRequest]:
    """What this member has to do about requests.

    What waits for their own answer; for managers, and whoever asked, what could not be delivered,
    what waits for a member who has left, what is overdue and what was promised for a day that has
    come; what was returned, also for leads; and for senior reviewers what has had no answer for 3
    days.
    """
    here = Q(initiative__organisation=organisation)
    own = Q(asked_by=user) & here
    managed = scope(memberships, {Role.MANAGER}, unit="unit")
    led = scope(memberships, {Role.LEAD}, unit="unit")
    reviewed = scope(memberships, {Role.REVIEWER}, unit="unit")
    wanted = Q(action=None) | Q(action__state__in=OPEN_ACTIONS)
    waiting = is_unanswered()
    late = waiting & Q(answer_by__lt=today)
    long_late = waiting & Q(answer_by__lte=today - REVIEWER_AFTER)
    promised = Q(answer=ANSWERS.YES, promised_on__lte=today, has_come="")
    returned = Q(answer=ANSWERS.NOT_OURS, moved_to=None, withdrawn_at=None) & wanted
    undelivered = waiting & ~Q(undelivered="")
    return DepartmentRequest.objects.filter(
        (Q(member=user) & here & waiting)
        | ((own | managed) & (late | promised | undelivered | (waiting & _has_left())))
        | ((own | led) & returned)
        | (reviewed & long_late),
        ~stands_as(TAKES_NO_MORE),
    )
