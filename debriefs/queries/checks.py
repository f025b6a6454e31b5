"""Reads for which priorities an action from one of the ten checks can be."""

from collections.abc import Collection

from initiatives.models import Initiative, Priority
from organisations.models import Unit


def priorities_on(initiative: Initiative, units: Collection[Unit]) -> list[Priority]:
    """Those of its plans on these units, by the unit's name. One query."""
    found = Priority.objects.filter(initiative=initiative, unit__in=units, choices__isnull=False)
    return list(found.select_related("unit").order_by("unit__name", "pk").distinct())
