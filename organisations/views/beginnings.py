"""What happens the moment somebody signed in, or changed what they sign in with."""

import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse

from organisations.actions.sessions import end_sessions, remember_device
from organisations.carriers.session_store import SessionRequest
from organisations.forms.sign_in import ASKED
from organisations.models import User
from organisations.queries.people import is_privileged
from organisations.rules.browsers import device_words, network_words
from organisations.rules.session_ends import DEVICE_KEPT, limits_of


def begin_session(request: SessionRequest, user: User, **of_signal: object) -> None:
    """Gives the session its limits, and the words by which its person knows it again."""
    privileged = is_privileged(user)
    asked = request.session.pop(ASKED, {})
    remembered = bool(asked.get("remember")) and not privileged
    request.session.begin(
        limits=limits_of(remembered=remembered, privileged=privileged),
        remembered=remembered,
        device=device_words(request.headers.get("User-Agent", "")),
        network=network_words(_address_of(request)),
    )


def end_others(request: SessionRequest, user: User, **of_signal: object) -> None:
    """Whoever changed what they sign in with stays signed in here and nowhere else."""
    row = request.session.row
    end_sessions(user, but=row.pk if row else None)


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Gives the browser the cookie of a remembered device."""
    cookie = secrets.token_urlsafe(16)
    remember_device(
        user,
        cookie=cookie,
        device=device_words(request.headers.get("User-Agent", "")),
        before=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""),
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        cookie,
        max_age=DEVICE_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _address_of(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""
