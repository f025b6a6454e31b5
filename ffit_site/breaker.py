"""While the database is away nobody waits for it: one request a second asks whether it is back."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ffit_site.health import probe
from ffit_site.metrics import DATABASE_AWAY
from responses.middleware import form_to_send_again

AWAY = "Sorry, the service is not available. Nothing has been lost. Try again in a minute."
ASKED_EVERY = 1.0


class Breaker:
    """Open from the first request that met no database until a look finds it again."""

    def __init__(self) -> None:
        self.is_open = False
        self._next_look = 0.0

    def met_none(self) -> None:
        """A request failed; what it met may also have been a fault of its own."""
        if not self.is_open and not probe.answers(kept_for=0.2):
            self._next_look = time.monotonic() + ASKED_EVERY
            self.is_open = True

    def lets_through(self) -> bool:
        """Whether a request may go on; the one that is due to look does so first."""
        if not self.is_open:
            return True
        now = time.monotonic()
        if now < self._next_look:
            return False
        self._next_look = now + ASKED_EVERY
        if probe.answers(kept_for=0):
            self.is_open = False
        return not self.is_open


breaker = Breaker()


def database_away(request: HttpRequest) -> HttpResponse:
    """503: a respondent's form comes back to be sent once more, all others read a sentence."""
    DATABASE_AWAY.inc()
    answer = form_to_send_again(request) or HttpResponse(
        AWAY, status=503, content_type="text/plain; charset=utf-8"
    )
    answer["Retry-After"] = "30"
    return answer


class BreakerMiddleware:
    """Answers 503 with one clear sentence while the database is gone; no trace, never "Sent"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The watch says itself what it cannot ask.
        if request.path_info not in {"/readyz", "/watchz"} and not breaker.lets_through():
            return database_away(request)
        return self.get_response(request)
