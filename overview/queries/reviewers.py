"""Who can review an improvement: the reviewers in reach who are not responsible for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigAutoField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from initiatives.models import Responsibility
from initiatives.queries.responsible import owners_by_key, parts_of
from organisations.models import Membership, Organisation, Role
from organisations.queries.prepared import Given, GivenKeys, PreparedRows
from overview.queries.reviews import Reviews, ToReview

# In the place of an improvement's key, where a row is a reviewer.
_NONE = 0


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An improvement to review, with the user ids of who is responsible and who can review it."""

    review: ToReview
    owners: set[int]
    reviewers: set[int]


def reviewable(
    organisation: Organisation, found: Sequence[ToReview], reviews: Reviews
) -> list[Reviewable]:
    """These in the same order. One query; none of none."""
    if not found:
        return []
    added_by = {one.initiative: one.added_by for one in found}
    rows = _ROWS.all(initiatives=added_by, organisation=organisation.pk)
    owners = owners_by_key(added_by, (row for row in rows if row[0] != _NONE))
    reach = [(user, path) for key, path, user in rows if key == _NONE]
    able = []
    for one in found:
        held, paths = owners[one.initiative], [reviews.units[unit].path for unit in one.units]
        reviewers = {
            user
            for user, begins_at in reach
            if user not in held and any(path.startswith(begins_at) for path in paths)
        }
        able.append(Reviewable(one, held, reviewers))
    return able


def _rows() -> QuerySet[Responsibility, tuple[int, str, int]]:
    """The parts of these improvements, and the reviewers, each with the path that the role begins
    at.
    """
    named, held = parts_of(GivenKeys("initiatives"))
    reviewers = Membership.objects.filter(
        organisation=Given("organisation", BigAutoField()),
        role=Role.REVIEWER,
        is_active=True,
        user__is_active=True,
    ).annotate(none=Value(_NONE), path=Coalesce(F("unit__path"), Value("/")))
    return named.union(held, reviewers.values_list("none", "path", "user"), all=True)


_ROWS = PreparedRows(_rows)
