"""What concerns every request of somebody who is signed in."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from organisations.actions.sessions import session_seen
from organisations.carriers.session_store import SessionRequest

WRITTEN_EVERY = timedelta(minutes=1)


class SessionAgeMiddleware:
    """Notes that a session is in use, at most once a minute; its ends hang on it.

    That a session has ended is seen where it is loaded, which costs no statement of its own.
    """

    def __init__(self, get_response: Callable[[SessionRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SessionRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session.row if request.session.accessed else None
        if session is None or session.account_id is None or request.path == reverse("account_here"):
            return response
        now = timezone.now()
        is_due = now - session.seen_at >= WRITTEN_EVERY and response.status_code < 500
        if is_due and request.user.is_authenticated:
            session_seen(session, by=request.user, now=now)
        return response
