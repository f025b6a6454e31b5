"""A request by its personal link: no sign-in, no cookie. Opening it changes nothing.

The link carries its own credential, so a POST needs no CSRF token.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from initiatives.actions.requests import answer_request
from initiatives.presenters.requests import CHOICES, request_view
from initiatives.queries.requests import request_by_link
from initiatives.views.requests import answer_form
from organisations.forms.refusals import shown_on

TEMPLATE = "initiatives/requests/by_link.html"


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is needed, then three answers, then what the chosen one needs; answered, it is closed.

    404 where the link opens nothing any more.
    """
    found = request_by_link(token)
    if found is None:
        return render(request, "initiatives/requests/ended.html", status=404)
    one = found.request
    organisation = one.initiative.organisation
    context: dict[str, object] = {"place": organisation, "here": request.path}
    status = 200
    with timezone.override(organisation.zone):
        form = answer_form(request, one)
        if form is None and request.method == "POST":
            context["refused"], status = "Choose an answer.", 422
        elif form is not None and form.is_bound:
            status = 422
            if form.is_valid():
                with shown_on(form):
                    answer_request(one=one, said=form.said, by=None)
                    return redirect("request_by_link", token)
        # What somebody else with the link has answered is shown, not what was read before.
        view = request_view((request_by_link(token) if status == 422 else None) or found)
        context |= {"one": view, "form": form, "choices": CHOICES if view.is_waiting else {}}
        return render(request, TEMPLATE, context, status=status)
