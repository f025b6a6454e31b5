"""Changes to the register of improvements."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from initiatives.models import Commitment, Initiative
from organisations.audit import record
from organisations.models import Organisation, Unit, User


@transaction.atomic
def add_initiative(
    *,
    organisation: Organisation,
    title: str,
    problem: str,
    change: str,
    units: Iterable[Unit],
    by: User,
) -> Initiative:
    """A proposed improvement, with each unit it concerns; its hours are not known yet."""
    initiative = Initiative.objects.create(
        organisation=organisation, title=title, problem=problem, change=change, added_by=by
    )
    record(action="initiative added", on=initiative, organisation=organisation, by=by)
    commit_units(initiative=initiative, units=units)
    return initiative


def commit_units(*, initiative: Initiative, units: Iterable[Unit]) -> None:
    """Lists the units on the initiative, with no hours yet; those it has already keep theirs."""
    today = timezone.localdate(timezone=initiative.organisation.zone)
    Commitment.objects.bulk_create(
        (Commitment(initiative=initiative, unit=unit, begins_on=today) for unit in units),
        ignore_conflicts=True,
    )
