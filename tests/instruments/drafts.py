"""Drafts of the FFIT, and words put into them."""

from instruments.actions.wording import NewText, TextKey, save_together
from instruments.models import Edition, ItemWording, Version
from organisations.models import User


def front_line(version: Version) -> Edition:
    return version.editions.get(is_verbatim=False)


def place_of(version: Version, code: str, *, language: str = "en-GB") -> TextKey:
    return TextKey("text", version.items.get(code=code).pk, front_line(version).pk, language)


def reword(version: Version, code: str, text: str, by: User, *, language: str = "en-GB") -> None:
    place = place_of(version, code, language=language)
    found = ItemWording.objects.filter(
        item=place.of_id, edition=place.edition_id, language=language
    ).first()
    new = NewText(place, found.text if found else "", text)
    save_together(version=version, texts=[new], by=by)
