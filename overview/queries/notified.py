"""Who is told about improvements: who works with them or is responsible for them."""

from collections.abc import Collection

from initiatives.models import Commitment, Initiative, Review
from initiatives.queries.responsible import holders_of
from organisations.models import Membership, Organisation, Role, Unit

DECIDING = (Role.MANAGER, Role.LEAD)


def told_of_review(review: Review, units: Collection[Unit]) -> dict[int, bool]:
    """User ids, and whether they may reply: managers and leads of these units, and whoever is
    responsible; not the reviewer, who knows. Three queries.
    """
    initiative = review.initiative
    found = dict.fromkeys(_members(initiative, holders_of([initiative])[initiative.pk]), False)
    for held in _held(initiative.organisation, DECIDING):
        path = held.unit.path if held.unit else "/"
        if any(unit.path.startswith(path) for unit in units):
            found[held.user_id] = True
    found.pop(review.reviewer_id, None)
    return found


def told_of_unit(here: Commitment) -> set[int]:
    """User ids: whoever is responsible, and the managers of exactly this unit. Three queries."""
    initiative = here.initiative
    managers = {
        held.user_id
        for held in _held(initiative.organisation, (Role.MANAGER,))
        if held.unit_id == here.unit_id
    }
    return managers | _members(initiative, holders_of([initiative])[initiative.pk])


def reviewers_of(organisation: Organisation) -> dict[int, list[Membership]]:
    """Each reviewer's roles as one, by user id. One query."""
    found: dict[int, list[Membership]] = {}
    for held in _held(organisation, (Role.REVIEWER,)):
        found.setdefault(held.user_id, []).append(held)
    return found


def _held(organisation: Organisation, roles: Collection[Role]) -> list[Membership]:
    return list(
        Membership.objects.filter(
            organisation=organisation, role__in=roles, is_active=True, user__is_active=True
        ).select_related("unit", "user")
    )


def _members(initiative: Initiative, users: Collection[int]) -> set[int]:
    """Those who still have a role there."""
    return set(
        Membership.objects.filter(
            organisation=initiative.organisation_id,
            user__in=users,
            is_active=True,
            user__is_active=True,
        ).values_list("user", flat=True)
    )
