"""The door from a member to requests to departments and members."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from initiatives.models import Action, Commitment, DepartmentRequest, Priority
from initiatives.queries.requests import RequestStanding, requests_read, with_standing
from initiatives.queries.responsible import holders_of
from organisations.access import roles_over
from organisations.models import Membership, Organisation, Role, User

STEERING = (Role.MANAGER, Role.LEAD)


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """A request as one member has it: who is asked `may_answer`, the team's own `may_steer`."""

    found: RequestStanding
    may_answer: bool
    may_steer: bool


def request_for(
    *,
    user: User,
    organisation: Organisation,
    memberships: Collection[Membership],
    request_id: int,
) -> OpenedRequest:
    """For whoever reads its unit, sent it or is asked; else 404 or 403.

    Managers and leads of the unit steer it, whoever is responsible and whoever sent it; nobody
    answers what they sent. Three queries.
    """
    here = DepartmentRequest.objects.filter(initiative__organisation=organisation, pk=request_id)
    if not here.exists():
        raise Http404
    for found in with_standing(requests_read(memberships, user=user) & here):
        one = found.request
        return OpenedRequest(
            found,
            may_answer=one.member_id == user.pk and one.asked_by_id != user.pk,
            may_steer=one.pk in steered([one], user=user, memberships=memberships),
        )
    raise PermissionDenied


def steered(
    found: Collection[DepartmentRequest], *, user: User, memberships: Collection[Membership]
) -> set[int]:
    """Keys of those of these requests that this member steers. One query; none of none."""
    held = holders_of([one.initiative for one in found]) if found else {}
    return {
        one.pk
        for one in found
        if one.asked_by_id == user.pk
        or roles_over(one.unit, memberships) & set(STEERING)
        or user.pk in held[one.initiative_id]
    }


def action_on(*, commitment: Commitment, action_id: int) -> Action:
    """One action of this improvement on this unit; else 404. One query."""
    found = (
        Action.objects.filter(
            initiative=commitment.initiative_id, unit=commitment.unit_id, pk=action_id
        )
        .select_related("priority")
        .first()
    )
    if found is None:
        raise Http404
    return found


def priority_on(*, commitment: Commitment, priority_id: int) -> Priority:
    """One priority in a plan of this improvement on this unit; else 404. One query."""
    found = Priority.objects.filter(
        initiative=commitment.initiative_id,
        unit=commitment.unit_id,
        pk=priority_id,
        chosen_at__isnull=False,
    ).first()
    if found is None:
        raise Http404
    return found


def commitment_of(one: DepartmentRequest) -> Commitment:
    """The improvement on the unit that a request is for; 404 if it concerns it no more."""
    found = Commitment.objects.filter(initiative=one.initiative_id, unit=one.unit_id).first()
    if found is None:
        raise Http404
    found.initiative, found.unit = one.initiative, one.unit
    return found
