"""The way back from a page of one improvement."""

from django.urls import reverse

from initiatives.models import Initiative
from organisations.models import Organisation


def crumbs(organisation: Organisation, initiative: Initiative) -> list[dict[str, str]]:
    """Home, Improvements, the improvement."""
    slug = organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Improvements", "href": reverse("initiatives", args=[slug])},
        {"text": initiative.title, "href": reverse("initiative", args=[slug, initiative.pk])},
    ]
