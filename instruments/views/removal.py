"""The page that asks before something goes from a draft."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render

from instruments.models import Version
from instruments.presenters.crumbs import bank_crumbs
from organisations.forms.refusals import said_in
from organisations.views.membership import MemberRequest


def asked_removal(
    request: MemberRequest,
    version: Version,
    act: Callable[[], object],
    *,
    what: str,
    back: str,
    then: str,
) -> HttpResponse:
    """Asks whether `what` is to go; once that is said, does it and goes to the address `then`."""
    context: dict[str, object] = {
        "what": what,
        "back": back,
        "refused": "",
        "crumbs": bank_crumbs(request.organisation, version),
    }
    if request.method == "POST":
        with said_in(context):
            act()
            return redirect(then)
    status = 422 if context["refused"] else 200
    return render(request, "instruments/remove.html", context, status=status)
