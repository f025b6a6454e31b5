"""What languages call themselves, and which are written from right to left."""

from django.utils.translation import get_language_info

from surveys.presenters.answer_words import LANGUAGES


def language_name(tag: str) -> str:
    """`Cymraeg` for cy; the code where nobody told us the name."""
    if tag in LANGUAGES:
        return LANGUAGES[tag].name
    try:
        return str(get_language_info(tag)["name_local"]).capitalize()
    except KeyError:
        return tag


def language_direction(tag: str) -> str:
    """`rtl` or `ltr`."""
    if tag in LANGUAGES:
        return LANGUAGES[tag].direction
    try:
        return "rtl" if get_language_info(tag)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
