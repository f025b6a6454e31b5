"""The short path: some words changed in a draft, made first where the version is locked."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from instruments.actions.draft import copy_to_draft
from instruments.actions.wording import TextKey, save_text
from instruments.models import Edition, Item, Section, Version
from organisations.models import Organisation, User


@transaction.atomic
def change_words(
    *,
    version: Version,
    organisation: Organisation,
    texts: Sequence[tuple[TextKey, str, str]],
    by: User,
) -> tuple[Version, int]:
    """The draft and the edition changed; `texts` (place, seen, new) are saved all or none."""
    draft = version
    is_own = version.instrument.organisation_id == organisation.pk
    if not is_own or version.state != Version.State.DRAFT:
        draft = copy_to_draft(version=version, organisation=organisation, by=by)
    edition_id = 0
    for place, seen, text in texts:
        there = place if draft is version else _same_place(place, version, draft)
        save_text(version=draft, place=there, seen=seen, text=text, by=by)
        edition_id = there.edition_id
    return draft, edition_id


def _same_place(place: TextKey, before: Version, after: Version) -> TextKey:
    """The text of the same codes in the copy."""
    edition = Edition.objects.get(version=before, pk=place.edition_id).code
    of_id = (
        Item.objects.get(version=after, code=Item.objects.get(pk=place.of_id).code).pk
        if place.is_item
        else Section.objects.get(version=after, code=Section.objects.get(pk=place.of_id).code).pk
    )
    edition_id = Edition.objects.get(version=after, code=edition).pk
    return replace(place, of_id=of_id, edition_id=edition_id)
