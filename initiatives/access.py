"""The only doors from a member to improvements, and to what an organisation suggests."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from initiatives.models import Action, Commitment, Initiative, Suggestion
from organisations.access import unit_for, units_for
from organisations.models import Membership, Organisation, Role, Unit, User

# Who reads the register, each within their units; and who decides about an improvement.
REGISTER = (Role.MANAGER, Role.LEAD, Role.REVIEWER, Role.ADMINISTRATOR)
DECIDING = (Role.MANAGER, Role.LEAD)
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


def initiative_for(
    *,
    user: User,
    organisation: Organisation,
    initiative_id: int,
    roles: tuple[Role, ...] = REGISTER,
) -> Initiative:
    """One improvement that concerns a unit within reach; else 404 or 403."""
    found = (
        Initiative.objects.filter(organisation=organisation, pk=initiative_id)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404
    units = register_units(user=user, organisation=organisation, roles=roles)
    if not Commitment.objects.filter(initiative=found, unit__in=units).exists():
        raise PermissionDenied
    return found


def may_turn(*, memberships: Collection[Membership], initiative: Initiative) -> bool:
    """Whether this member leads every unit that the improvement concerns. One query."""
    led = tuple(
        held.unit.path if held.unit else "/" for held in memberships if held.role == Role.LEAD
    )
    concerned = Commitment.objects.filter(initiative=initiative).values_list(
        "unit__path", flat=True
    )
    return bool(led) and all(path.startswith(led) for path in concerned)


def initiative_to_turn(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    initiative_id: int,
) -> Initiative:
    """One improvement for the lead who starts, finishes or stops it; else 404 or 403."""
    found = initiative_for(
        user=user, organisation=organisation, initiative_id=initiative_id, roles=(Role.LEAD,)
    )
    if not may_turn(memberships=memberships, initiative=found):
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
    return Action.objects.filter(priority__unit__in=units).select_related("priority")


def commitment_for(
    *, user: User, organisation: Organisation, initiative_id: int, unit_id: int
) -> Commitment:
    """One improvement on one unit, for whoever decides there; 404 where it does not concern it."""
    initiative = initiative_for(
        user=user, organisation=organisation, initiative_id=initiative_id, roles=DECIDING
    )
    unit = unit_for(user=user, organisation=organisation, roles=DECIDING, unit_id=unit_id)
    found = Commitment.objects.filter(initiative=initiative, unit=unit).first()
    if found is None:
        raise Http404
    found.initiative, found.unit = initiative, unit
    return found
