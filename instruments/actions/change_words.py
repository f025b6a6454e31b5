"""The short path: some words changed in a draft, made first where the version is locked."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from instruments.actions.draft import copy_to_draft
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.models import Edition, Item, Section, Version
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused


@transaction.atomic
def change_words(
    *, version: Version, organisation: Organisation, texts: Sequence[NewText], by: User
) -> tuple[Version, int]:
    """The draft and the edition changed; `texts` are saved all or none."""
    draft = version
    is_own = version.instrument.organisation_id == organisation.pk
    if not is_own or version.state != Version.State.DRAFT:
        draft = copy_to_draft(version=version, organisation=organisation, by=by)
        copied = _Copied(version, draft)
        texts = [replace(one, place=copied.place(one.place)) for one in texts]
    save_together(version=draft, texts=texts, by=by)
    return draft, texts[-1].place.edition_id if texts else 0


class _Copied:
    """Where in the copy the texts of the same codes are."""

    def __init__(self, before: Version, after: Version) -> None:
        self.editions, self.sections, self.items = (
            _keys(model, before, after) for model in (Edition, Section, Item)
        )

    def place(self, place: TextKey) -> TextKey:
        of = self.items if place.is_item else self.sections
        if place.of_id not in of or place.edition_id not in self.editions:
            raise Refused("This version has no such text. Find the word again.")
        return replace(place, of_id=of[place.of_id], edition_id=self.editions[place.edition_id])


def _keys(model: type[Edition | Section | Item], before: Version, after: Version) -> dict[int, int]:
    """The key in the copy by the key before."""
    now = dict(model._default_manager.filter(version=after).values_list("code", "pk"))
    old = model._default_manager.filter(version=before).values_list("pk", "code")
    return {pk: now[code] for pk, code in old}
