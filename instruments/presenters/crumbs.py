"""The way back from a page of the question bank."""

from django.urls import reverse

from instruments.models import Version
from organisations.models import Organisation


def bank_crumbs(organisation: Organisation, version: Version | None = None) -> list[dict[str, str]]:
    """Question bank and, on the pages below a version, the version."""
    slug = organisation.slug
    rows = [{"text": "Question bank", "href": reverse("question_bank", args=[slug])}]
    if version is not None:
        name = f"{version.instrument.code}, version {version.number}"
        rows.append(
            {"text": name, "href": reverse("question_bank_version", args=[slug, version.pk])}
        )
    return rows
