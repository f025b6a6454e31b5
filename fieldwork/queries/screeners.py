"""Who may read a unit's comments first: outside its line management."""

from organisations.models import Membership, Organisation, Role, Unit

SCREENING = (Role.LEAD, Role.ADMINISTRATOR)


def has_screener(organisation: Organisation, unit: Unit) -> bool:
    """Whether a lead or an administrator reaches the unit who manages nothing above it."""
    held = Membership.objects.filter(
        organisation=organisation,
        role__in=(*SCREENING, Role.MANAGER),
        is_active=True,
        user__is_active=True,
    ).select_related("unit")
    reaching = [one for one in held if one.unit is None or unit.path.startswith(one.unit.path)]
    managing = {one.user_id for one in reaching if one.role == Role.MANAGER}
    return any(one.role in SCREENING and one.user_id not in managing for one in reaching)
