"""Sets what units are asked to stay below. Limits warn and never block."""

from dataclasses import dataclass

from django.db import transaction

from organisations.actions.audit_log import record
from organisations.models import Organisation, Unit, User


@dataclass(frozen=True)
class HouseLimits:
    """The limits of a whole organisation, its guess at hours, and the weeks between reviews."""

    weekly_hours_limit: int
    improvements_limit: int
    hours_guess: int
    review_weeks: int


@transaction.atomic
def change_limits(*, organisation: Organisation, limits: HouseLimits, by: User) -> None:
    """New limits, from now on. What was set for a unit or an improvement stays."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = {
        name: value for name, value in vars(limits).items() if getattr(organisation, name) != value
    }
    if not changed:
        return
    for name, value in changed.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changed))
    record(action="limits changed", on=organisation, organisation=organisation, by=by, **changed)


@transaction.atomic
def set_own_limits(*, unit: Unit, hours: int | None, improvements: int | None, by: User) -> None:
    """A unit's own limits; None is the organisation's, also when that changes."""
    unit = (
        Unit.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=unit.pk)
    )
    if (unit.own_hours_limit, unit.own_improvements_limit) == (hours, improvements):
        return
    unit.own_hours_limit, unit.own_improvements_limit = hours, improvements
    unit.save(update_fields=["own_hours_limit", "own_improvements_limit"])
    record(
        action="unit limits changed",
        on=unit,
        organisation=unit.organisation,
        by=by,
        hours=hours,
        improvements=improvements,
    )
