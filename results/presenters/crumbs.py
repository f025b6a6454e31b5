"""The way back from a page of a result."""

from django.urls import reverse

from organisations.models import Organisation
from surveys.models import SurveyUnit


def crumbs(
    organisation: Organisation, unit: SurveyUnit, *, debrief: bool = False, plan: bool = False
) -> list[dict[str, str]]:
    """The way back: Start, Results, the result, and below it."""
    slug = organisation.slug
    rows = [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Results", "href": reverse("results", args=[slug])},
        {"text": unit.unit_name, "href": reverse("result", args=[slug, unit.pk])},
    ]
    if debrief:
        rows.append({"text": "Debrief", "href": reverse("debrief", args=[slug, unit.pk])})
    if plan:
        rows.append({"text": "Plan", "href": reverse("plan", args=[slug, unit.pk])})
    return rows
