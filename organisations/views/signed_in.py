"""Where a person is signed in: their own sessions and remembered devices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisations.actions import sessions as actions
from organisations.carriers.session_store import SessionRequest
from organisations.models import Role, User
from organisations.queries.sessions import devices_of, sessions_of


class OwnRequest(SessionRequest):
    """A request of somebody who is signed in."""

    user: User


@require_safe
@login_not_required
def here(request: HttpRequest) -> HttpResponse:
    """204 while signed in, else 401: a page that Back brings from memory asks before it shows.

    Writes nothing, so that it keeps no session in use.
    """
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@require_safe
def sessions(request: OwnRequest) -> HttpResponse:
    """Every place, this one first."""
    own = _own_key(request)
    found = sorted(sessions_of(request.user), key=lambda one: one.pk != own)
    context = {
        "sessions": found,
        "own": own,
        "devices": devices_of(request.user),
        "is_administrator": request.user.memberships.filter(
            role=Role.ADMINISTRATOR, is_active=True
        ).exists(),
    }
    return render(request, "account/sessions.html", context)


@require_POST
def end(request: OwnRequest) -> HttpResponse:
    """Signs out one place."""
    key = request.POST.get("session", "")
    if "\x00" in key or not actions.end_session(request.user, key=key):
        raise Http404
    messages.success(request, "You are signed out there.")
    return redirect("account_sessions")


@require_POST
def end_others(request: OwnRequest) -> HttpResponse:
    """Signs out every place but this one."""
    actions.end_sessions(request.user, but=_own_key(request))
    messages.success(request, "You are signed out everywhere else.")
    return redirect("account_sessions")


@require_POST
def forget_device(request: OwnRequest, device_id: int) -> HttpResponse:
    """Forgets one remembered device."""
    if not actions.forget_device(request.user, device_id=device_id):
        raise Http404
    messages.success(request, "We no longer remember that device.")
    return redirect("account_sessions")


def _own_key(request: OwnRequest) -> str:
    return request.session.row.pk if request.session.row else ""
