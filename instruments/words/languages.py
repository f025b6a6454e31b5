"""What languages call themselves, and which are written from right to left."""

from collections.abc import Sequence

from django.utils.translation import get_language_info


def language_name(tag: str) -> str:
    """`Cymraeg` for cy; the code where nobody told us the name."""
    try:
        return str(get_language_info(tag)["name_local"]).capitalize()
    except KeyError:
        return tag


def language_direction(tag: str) -> str:
    """`rtl` or `ltr`."""
    try:
        return "rtl" if get_language_info(tag)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def languages_apart(editions: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Which languages some of the editions have and others lack: `In Cymraeg: Front-line edition
    only.`
    """
    having: dict[str, list[str]] = {}
    for name, languages in editions:
        for language in languages:
            having.setdefault(language, []).append(name)
    return " ".join(
        f"In {language_name(language)}: {', '.join(names)} only."
        for language, names in having.items()
        if len(names) < len(editions)
    )
