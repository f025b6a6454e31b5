"""The way back from a page of one improvement."""

from django.urls import reverse

from initiatives.models import Commitment, Initiative
from organisations.models import Organisation


def crumbs(organisation: Organisation, initiative: Initiative) -> list[dict[str, str]]:
    """Home, Improvements, the improvement."""
    slug = organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Improvements", "href": reverse("initiatives", args=[slug])},
        {"text": initiative.title, "href": reverse("initiative", args=[slug, initiative.pk])},
    ]


def unit_crumbs(organisation: Organisation, here: Commitment) -> list[dict[str, str]]:
    """The same and the improvement's page for one unit."""
    address = reverse(
        "initiative_on_unit", args=[organisation.slug, here.initiative_id, here.unit_id]
    )
    return [*crumbs(organisation, here.initiative), {"text": here.unit.name, "href": address}]


def idea_crumbs(organisation: Organisation) -> list[dict[str, str]]:
    """Above a page about one idea from staff."""
    return [
        {"text": "Home", "href": reverse("start_of", args=[organisation.slug])},
        {"text": "Ideas from staff", "href": reverse("ideas", args=[organisation.slug])},
    ]
