"""Reads for which priorities an action from one of the ten checks can be."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from initiatives.models import Initiative, Priority
from organisations.models import Unit
from surveys.models import SurveyUnit


def priorities_on(initiative: Initiative, units: Collection[Unit]) -> list[Priority]:
    """Those of the latest plan that each of these units has for it, by the unit's name. One query.

    What an earlier result's plan was for is asked anew by the next survey.
    """
    out = SurveyUnit.objects.filter(pk=OuterRef("result")).values("published_at")
    found = list(
        Priority.objects.filter(initiative=initiative, unit__in=units, chosen_at__isnull=False)
        .annotate(since=Subquery(out[:1]))
        .select_related("unit")
        .order_by("unit__name", "since", "result", "pk")
    )
    latest = {one.unit_id: one.result for one in found}
    return [one for one in found if one.result == latest[one.unit_id]]
