"""Who hears of a survey's life: people who work with its units, never its respondents."""

from collections.abc import Iterable

from organisations.models import Membership, Role, Unit, User
from surveys.models import Survey


def people_of(*, survey: Survey, units: Iterable[Unit]) -> list[User]:
    """Managers and leads whose subtree holds one of the units, and the launcher if still a member.

    One query.
    """
    paths = [unit.path for unit in units]
    found: dict[int, User] = {}
    for membership in Membership.objects.filter(
        organisation=survey.organisation_id, is_active=True, user__is_active=True
    ).select_related("user", "unit"):
        within = membership.unit is None or any(
            path.startswith(membership.unit.path) for path in paths
        )
        concerned = membership.role in (Role.MANAGER, Role.LEAD) and within
        if concerned or membership.user_id == survey.launched_by_id:
            found[membership.user_id] = membership.user
    return sorted(found.values(), key=lambda user: user.pk)
