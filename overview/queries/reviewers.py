"""Who can review an improvement: the reviewers in reach who are not responsible for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.models import Initiative
from initiatives.queries.responsible import owners_of
from organisations.models import Membership, Organisation, Role
from overview.queries.reviews import Reviews, ToReview


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An improvement to review, with the user ids of who is responsible and who can review it."""

    initiative: Initiative
    review: ToReview
    owners: set[int]
    reviewers: set[int]


def reviewable(
    organisation: Organisation, found: Sequence[ToReview], reviews: Reviews
) -> list[Reviewable]:
    """These in the same order. Four queries."""
    by_key = Initiative.objects.in_bulk([one.initiative for one in found])
    owners = owners_of(by_key.values())
    reach = [
        (user, path or "/")
        for user, path in Membership.objects.filter(
            organisation=organisation, role=Role.REVIEWER, is_active=True, user__is_active=True
        ).values_list("user", "unit__path")
    ]
    return [
        Reviewable(
            by_key[one.initiative],
            one,
            owners[one.initiative],
            {
                user
                for user, path in reach
                if user not in owners[one.initiative]
                and any(reviews.units[unit].path.startswith(path) for unit in one.units)
            },
        )
        for one in found
    ]
