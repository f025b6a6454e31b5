"""Reads in which plan of a unit an action from an idea can be."""

from initiatives.rules.status import OVER
from organisations.models import Unit
from surveys.models import SurveyUnit


def plans_for_ideas(unit: Unit) -> list[SurveyUnit]:
    """The latest published result of each improvement that is not over, the newest first.

    One query.
    """
    results = (
        SurveyUnit.objects.filter(
            unit=unit, state=SurveyUnit.State.COUNTED, published_at__isnull=False
        )
        .exclude(survey__initiative__state__in=OVER)
        .select_related("survey__initiative__organisation")
        .order_by("-published_at", "-pk")
    )
    latest: dict[int, SurveyUnit] = {}
    for one in results:
        latest.setdefault(one.survey.initiative_id, one)
    return list(latest.values())
