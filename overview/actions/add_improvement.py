"""Adding an improvement to the register from its own page, without a survey."""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from initiatives.actions.register import add_initiative
from initiatives.models import Initiative
from organisations.models import Organisation, Unit, User
from overview.queries.full_units import full_with


@transaction.atomic
def add_improvement(
    *,
    organisation: Organisation,
    units: Collection[Unit],
    title: str,
    problem: str,
    change: str,
    hours: Decimal | None,
    led_by: str,
    why_now: str,
    by: User,
) -> Initiative:
    """A proposed improvement on these units. The same again by the same person is one.

    What a unit carries is kept where that reaches a limit, with what was said about it.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    same = Initiative.objects.filter(
        organisation=organisation, title=title, problem=problem, change=change, added_by=by
    ).first()
    if same is not None and same.state == Initiative.State.PROPOSED:
        return same
    full = {pk: load.all for pk, load in full_with(organisation, units, hours).items()}
    return add_initiative(
        organisation=organisation,
        title=title,
        problem=problem,
        change=change,
        units=units,
        hours=hours,
        led_by=led_by,
        why_now=why_now,
        full=full,
        by=by,
    )
