"""The way back from a page of surveys."""

from django.urls import reverse

from organisations.models import Organisation
from surveys.models import Survey


def crumbs(organisation: Organisation, survey: Survey | None = None) -> list[dict[str, str]]:
    """Start, Surveys and, on the pages below a survey, the survey."""
    slug = organisation.slug
    rows = [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Surveys", "href": reverse("surveys", args=[slug])},
    ]
    if survey is not None:
        rows.append({"text": survey.title, "href": reverse("survey", args=[slug, survey.pk])})
    return rows
