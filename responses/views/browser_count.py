"""The browser's own count of the sheets it sent through a unit's open QR code.

A signed number in a cookie and nothing else: no time, no random mark, nothing kept by us. All
browsers with the same number hold the same cookie, so it tells nobody apart.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from responses.queries.answer_page import AnswerPage

# Until after the one extension.
_KEPT_BEYOND = timedelta(days=8)
_COUNT = re.compile(r"[0-9]{1,4}")


def _name(page: AnswerPage) -> str:
    # Under TLS browsers take it over TLS alone; "__Host-" would ask for a path of "/".
    before = "__Secure-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{before}sheets_{page.survey_unit_id}"


def _signer(page: AnswerPage) -> Signer:
    # Not Django's signed cookie: that one carries the time of its signing.
    return Signer(salt=f"sheets of {page.survey_unit_id}")  # words: quote


def sheets_sent(request: HttpRequest, page: AnswerPage) -> int:
    """How many this browser sent here; 0 for any cookie that is not ours."""
    try:
        number = _signer(page).unsign(request.COOKIES.get(_name(page), ""))
    except BadSignature:
        return 0
    return int(number) if _COUNT.fullmatch(number) else 0


def remember(response: HttpResponse, page: AnswerPage, number: int) -> None:
    """Gives the browser its new count, for this site's QR addresses alone."""
    response.set_cookie(
        _name(page),
        _signer(page).sign(str(number)),
        expires=page.closes_at + _KEPT_BEYOND,
        path="/q/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
