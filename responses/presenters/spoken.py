"""The language in which a respondent is spoken to."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]


def spoken_language(request: HttpRequest, languages: Sequence[str]) -> str:
    """What is asked for by `?lang`, else what the browser likes best, else the first of them."""
    if len(languages) == 1:
        return languages[0]
    asked = request.GET.get("lang", "")
    if asked in languages:
        return asked
    for liked, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        for same in (str.lower, _primary):
            found = [one for one in languages if same(one) == same(liked)]
            if found:
                return found[0]
    return languages[0]
