"""Which units another improvement would fill."""

from collections.abc import Collection
from decimal import Decimal

from initiatives.rules.hours import Load, counted
from organisations.models import Organisation, Unit
from surveys.queries.load import loads_of


def full_with(
    organisation: Organisation, units: Collection[Unit], hours: Decimal | None
) -> dict[int, Load]:
    """The loads, with one more improvement of so many hours, that reach a limit. One query."""
    more = counted(hours, organisation.hours_guess)
    loads = {pk: load.with_one_more(more) for pk, load in loads_of(organisation, units).items()}
    limits = {unit.pk: unit.limits(organisation) for unit in units}
    return {pk: load for pk, load in loads.items() if load.reaches(limits[pk])}
