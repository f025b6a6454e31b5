"""The only doors from a member to improvements, and to what an organisation suggests.

Over 300 lines: all of them stand side by side, so that a missing check is seen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from initiatives.models import (
    Action,
    Commitment,
    Idea,
    Initiative,
    Measure,
    Responsibility,
    Review,
    SmallTest,
    Suggestion,
)
from initiatives.queries.ideas import ideas_read
from initiatives.queries.responsible import holders_of, owners_of
from initiatives.rules.responsible import holders
from organisations.access import roles_over, scope, unit_for, units_for
from organisations.models import Membership, Organisation, Role, Unit, User

# Who reads the register, each within their units; and who decides about an improvement.
REGISTER = (Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR)
DECIDING = (Role.MANAGER, Role.LEAD)
# A reviewer changes hours too, and decides by review.
SETTING_HOURS = (*DECIDING, Role.REVIEWER)
IMPORTING = (Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR)
READING = (Role.MANAGER, Role.LEAD, Role.EDITOR, Role.ADMINISTRATOR)
WRITING = (Role.LEAD, Role.EDITOR, Role.ADMINISTRATOR)


def suggestion_for(*, organisation: Organisation, suggestion_id: int) -> Suggestion:
    """One of the organisation's own that is still on offer; else 404."""
    found = Suggestion.objects.filter(
        organisation=organisation, pk=suggestion_id, withdrawn_at=None
    ).first()
    if found is None:
        raise Http404
    found.organisation = organisation
    return found


def register_units(
    *, user: User, organisation: Organisation, roles: tuple[Role, ...] = REGISTER
) -> QuerySet[Unit]:
    """Units whose improvements this member may read, or decide about."""
    return units_for(user=user, organisation=organisation, roles=roles)


def units_held(
    *,
    memberships: Collection[Membership],
    organisation: Organisation,
    roles: tuple[Role, ...] = REGISTER,
) -> QuerySet[Unit]:
    """The same for a member whose roles are known already. No query of its own."""
    return Unit.objects.filter(scope(memberships, roles), organisation=organisation)


def divisions_for(*, memberships: Collection[Membership], organisation: Organisation) -> list[Unit]:
    """The divisions in which this member reads the register, by name. One query."""
    reach = [held.unit.path if held.unit else "/" for held in memberships if held.role in REGISTER]
    tops = Unit.objects.filter(organisation=organisation, parent=None)
    return [
        top
        for top in tops.filter(Exists(Unit.objects.filter(parent=OuterRef("pk"))))
        if any(top.path.startswith(path) or path.startswith(top.path) for path in reach)
    ]


def initiative_for(
    *,
    user: User,
    organisation: Organisation,
    initiative_id: int,
    roles: tuple[Role, ...] = REGISTER,
) -> Initiative:
    """One improvement that concerns a unit within reach; else 404 or 403.

    Whoever is responsible for it reads it too, wherever it is.
    """
    found = (
        Initiative.objects.filter(organisation=organisation, pk=initiative_id)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404
    units = register_units(user=user, organisation=organisation, roles=roles)
    if Commitment.objects.filter(initiative=found, unit__in=units).exists():
        return found
    if roles != REGISTER or not found.responsibilities.filter(user=user).exists():
        raise PermissionDenied
    return found


@dataclass(frozen=True, slots=True)
class OpenedInitiative:
    """One improvement as one member has it.

    `commitments` are its units that they read, by name; who `may_work` decides on one of them or is
    responsible; `may_start` and `may_end` are about all of
    its units.
    """

    initiative: Initiative
    commitments: list[Commitment]
    responsible: list[Responsibility]
    may_work: bool
    may_start: bool
    may_end: bool


def opened_initiative(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
) -> OpenedInitiative:
    """The same for its page, with all that follows from who reads it. Three queries."""
    found = Initiative.objects.filter(organisation=organisation, pk=initiative_id).first()
    if found is None:
        raise Http404
    found.organisation = organisation
    everywhere = list(
        Commitment.objects.filter(initiative=found)
        .select_related("unit")
        .order_by("unit__name", "pk")
    )
    order = [str(part) for part in Responsibility.Part]
    responsible = sorted(
        found.responsibilities.select_related("user"), key=lambda one: order.index(one.part)
    )
    named = [(one.part, one.user_id) for one in responsible if one.user_id is not None]
    here = everywhere
    if user.pk not in {holder for _, holder in named}:
        here = [one for one in everywhere if roles_over(one.unit, memberships) & set(REGISTER)]
    if not here:
        raise PermissionDenied
    for one in here:
        one.initiative = found
    holds_it = user.pk in holders(found.added_by_id, named)
    leads_all = all(Role.LEAD in roles_over(one.unit, memberships) for one in everywhere)
    return OpenedInitiative(
        found,
        here,
        responsible,
        may_work=holds_it or any(roles_over(one.unit, memberships) & set(DECIDING) for one in here),
        may_start=leads_all,
        may_end=leads_all or holds_it,
    )


def holds(*, user: User, initiative: Initiative) -> bool:
    """Whether this user leads it, steps in, backs it, or added it and no lead is a user."""
    return user.pk in holders_of([initiative])[initiative.pk]


def may_change_status(*, memberships: Collection[Membership], initiative: Initiative) -> bool:
    """Whether this member leads every unit that the improvement concerns. One query."""
    led = tuple(
        held.unit.path if held.unit else "/" for held in memberships if held.role == Role.LEAD
    )
    concerned = Commitment.objects.filter(initiative=initiative).values_list(
        "unit__path", flat=True
    )
    return bool(led) and all(path.startswith(led) for path in concerned)


def initiative_to_change(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
    starts: bool,
) -> Initiative:
    """One improvement for who starts or ends it on all its units; else 404 or 403."""
    found = initiative_for(user=user, organisation=organisation, initiative_id=initiative_id)
    may = may_change_status(memberships=memberships, initiative=found) or (
        not starts and holds(user=user, initiative=found)
    )
    if not may:
        raise PermissionDenied
    return found


def initiatives_for(*, user: User, organisation: Organisation) -> QuerySet[Initiative]:
    """Improvements that concern a unit within reach."""
    units = register_units(user=user, organisation=organisation)
    concerned = Commitment.objects.filter(unit__in=units).values("initiative")
    return Initiative.objects.filter(organisation=organisation, pk__in=concerned)


def actions_for(*, user: User, organisation: Organisation) -> QuerySet[Action]:
    """What units within reach do about their priorities."""
    units = register_units(user=user, organisation=organisation)
    return Action.objects.filter(unit__in=units).select_related("priority")


def may_review(*, user: User, initiative: Initiative) -> bool:
    """Whether this user is not responsible for it: nobody decides about what is their own."""
    return user.pk not in owners_of([initiative])[initiative.pk]


def initiative_to_review(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
) -> tuple[Initiative, bool]:
    """One improvement for a reviewer of a unit it concerns, else 404 or 403; and whether they may
    decide about it (`may_review`). One query.
    """
    reach = units_held(memberships=memberships, organisation=organisation, roles=(Role.REVIEWER,))
    managed = [held.unit_id for held in memberships if held.role == Role.MANAGER and held.unit_id]
    here = Commitment.objects.filter(initiative=OuterRef("pk"))
    named = Responsibility.objects.filter(initiative=OuterRef("pk"))
    found = (
        Initiative.objects.filter(organisation=organisation, pk=initiative_id)
        .annotate(
            is_within=Exists(here.filter(unit__in=reach)),
            is_managed=Exists(here.filter(unit__in=managed)),
            is_named=Exists(named.filter(user=user)),
            has_lead=Exists(named.filter(part=Responsibility.Part.LED_BY, user__isnull=False)),
        )
        .first()
    )
    if found is None:
        raise Http404
    if not found.is_within:
        raise PermissionDenied
    found.organisation = organisation
    has_added = found.added_by_id == user.pk and not found.has_lead
    return found, not (found.is_managed or found.is_named or has_added)


def review_for(
    *,
    user: User,
    organisation: Organisation,
    initiative_id: int,
    review_id: int,
    roles: tuple[Role, ...],
) -> Review:
    """One review of an improvement, of a unit within reach; else 404 or 403."""
    found = (
        Review.objects.filter(
            initiative__organisation=organisation, initiative=initiative_id, pk=review_id
        )
        .select_related("initiative__organisation")
        .first()
    )
    if found is None:
        raise Http404
    units = register_units(user=user, organisation=organisation, roles=roles)
    if not found.units.filter(pk__in=units).exists():
        raise PermissionDenied
    return found


def commitment_for(
    *,
    user: User,
    organisation: Organisation,
    initiative_id: int,
    unit_id: int,
    roles: tuple[Role, ...] = DECIDING,
) -> Commitment:
    """One improvement on one unit, for whoever decides there; 404 where it does not concern it."""
    initiative = initiative_for(
        user=user, organisation=organisation, initiative_id=initiative_id, roles=roles
    )
    unit = unit_for(user=user, organisation=organisation, roles=roles, unit_id=unit_id)
    found = Commitment.objects.filter(initiative=initiative, unit=unit).first()
    if found is None:
        raise Http404
    found.initiative, found.unit = initiative, unit
    return found


@dataclass(frozen=True, slots=True)
class OpenedUnit:
    """An improvement on one unit as one member has it. Who `may_work` counts, tries and acts."""

    commitment: Commitment
    may_work: bool


def opened_unit(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
    unit_id: int,
) -> OpenedUnit:
    """For who reads the register there, or is responsible for the improvement; else 404 or 403.

    Managers and leads of the unit work on it, and whoever is responsible. Two queries.
    """
    found = (
        Commitment.objects.filter(
            initiative__in=Initiative.objects.filter(organisation=organisation, pk=initiative_id),
            unit__in=Unit.objects.filter(pk=unit_id),
        )
        .select_related("initiative", "unit")
        .first()
    )
    if found is None:
        raise Http404
    found.initiative.organisation = organisation
    roles = roles_over(found.unit, memberships)
    named = found.initiative.responsibilities.exclude(user=None).values_list("part", "user")
    is_responsible = user.pk in holders(found.initiative.added_by_id, named)
    if not is_responsible and not roles & set(REGISTER):
        raise PermissionDenied
    return OpenedUnit(found, may_work=is_responsible or bool(roles & set(DECIDING)))


def working_unit(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
    unit_id: int,
) -> Commitment:
    """The same for who works on it; 403 for who only reads."""
    opened = opened_unit(
        user=user,
        organisation=organisation,
        memberships=memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    if not opened.may_work:
        raise PermissionDenied
    return opened.commitment


def measure_on(*, commitment: Commitment, measure_id: int) -> Measure:
    """One that this unit counts of this improvement; else 404. One query."""
    found = Measure.objects.filter(
        initiative=commitment.initiative_id, unit=commitment.unit_id, pk=measure_id
    ).first()
    if found is None:
        raise Http404
    found.initiative, found.unit = commitment.initiative, commitment.unit
    return found


def small_test_on(*, commitment: Commitment, test_id: int) -> SmallTest:
    """One small test of this unit; else 404. One query."""
    found = SmallTest.objects.filter(
        initiative=commitment.initiative_id, unit=commitment.unit_id, pk=test_id
    ).first()
    if found is None:
        raise Http404
    found.initiative, found.unit = commitment.initiative, commitment.unit
    return found


def idea_for(
    *, organisation: Organisation, memberships: Collection[Membership], idea_id: UUID
) -> Idea:
    """One idea that was shown to this member; else 404 or 403. Two queries."""
    shown = Idea.objects.filter(unit__organisation=organisation, shown_on__isnull=False, pk=idea_id)
    if not shown.exists():
        raise Http404
    found = ideas_read(memberships).filter(pk=idea_id).first()
    if found is None:
        raise PermissionDenied
    return found
