"""`/demo`: who one can be, where to answer, and what was "sent"."""

import json

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from demo import access
from demo.actions.fast_forward import colleagues_answer
from demo.carriers.outbox import keep_message
from demo.presenters.demo import state
from organisations.carriers.session_store import DEMO


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page for people."""
    return render(request, "demo/home.html", {"state": state(access.shown())})


@login_not_required
@require_safe
def state_json(request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    return JsonResponse(state(access.shown()))


@login_not_required
@require_safe
def sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Signs in as one of the sample people with one click; 404 for anybody else.

    The session says how it was made, and is worth nothing where there is no demonstration.
    """
    person = access.person(user_id=user_id)
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    record_authentication(request, person, method=DEMO)
    return redirect("start")


@login_not_required
@require_POST
def colleagues(request: HttpRequest, survey_unit_id: int) -> HttpResponse:
    """Lets made-up colleagues answer, so that nobody has to tap 45 statements seven times."""
    survey_unit = access.open_unit(survey_unit_id=survey_unit_id)
    if survey_unit is None:
        raise Http404
    sent = colleagues_answer(survey_unit=survey_unit)
    forms = "1 form" if sent == 1 else f"{sent} forms"
    messages.success(request, f"{survey_unit}: made-up colleagues have sent {forms}.")
    return redirect("demo")


@login_not_required
@csrf_exempt
@require_POST
def take_message(request: HttpRequest) -> HttpResponse:
    """A copy of what the fake GOV.UK Notify of `./dev run` took, for the visible outbox."""
    token = settings.NOTIFY_CALLBACK_TOKEN
    if not token or request.headers.get("Authorization") != f"Bearer {token}":
        raise Http404
    keep_message(**json.loads(request.body))
    return HttpResponse(status=204)
