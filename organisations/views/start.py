"""`/`: where a person belongs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisations import access
from organisations.views.membership import MemberRequest


def start(request: MemberRequest) -> HttpResponse:
    """Straight to the one organisation of most people; a choice for those with several."""
    found = list(access.organisations_of(user=request.user))
    if len(found) == 1:
        return redirect("start_of", found[0].slug)
    return render(request, "organisations/start/choose.html", {"organisations": found})
