"""Drafts of the FFIT, and words put into them."""

from organisations.models import User
from surveys.actions.wording import Place, save_text
from surveys.models import Edition, ItemWording, Version


def front_line(version: Version) -> Edition:
    return version.editions.get(is_verbatim=False)


def place_of(version: Version, code: str, *, language: str = "en-GB") -> Place:
    return Place("text", version.items.get(code=code).pk, front_line(version).pk, language)


def reword(version: Version, code: str, text: str, by: User, *, language: str = "en-GB") -> None:
    place = place_of(version, code, language=language)
    found = ItemWording.objects.filter(
        item=place.of_id, edition=place.edition_id, language=language
    ).first()
    save_text(version=version, place=place, seen=found.text if found else "", text=text, by=by)
