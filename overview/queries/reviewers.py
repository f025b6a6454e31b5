"""Who can review an improvement: the reviewers in reach who are not responsible for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.queries.responsible import owners_by_key
from organisations.models import Membership, Organisation, Role
from overview.queries.reviews import Reviews, ToReview


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An improvement to review, with the user ids of who is responsible and who can review it."""

    review: ToReview
    owners: set[int]
    reviewers: set[int]


def reviewable(
    organisation: Organisation,
    found: Sequence[ToReview],
    reviews: Reviews,
    *,
    reader: int | None = None,
) -> list[Reviewable]:
    """These in the same order. Two queries.

    One if `reader`, who reviews all these units, is responsible for none: the others are then not
    read.
    """
    owners = owners_by_key({one.initiative: one.added_by for one in found})
    if reader is not None and not any(reader in held for held in owners.values()):
        reach = [(reader, "/")]
    else:
        reach = _reviewers(organisation)
    return [
        Reviewable(
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


def _reviewers(organisation: Organisation) -> list[tuple[int, str]]:
    """User ids, each with the path that the role begins at. One query."""
    held = Membership.objects.filter(
        organisation=organisation, role=Role.REVIEWER, is_active=True, user__is_active=True
    )
    return [(user, path or "/") for user, path in held.values_list("user", "unit__path")]
