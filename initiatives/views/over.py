"""What is over takes no more: whoever opens a form of it is told so before filling it in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from initiatives.actions.measures import refuse_over
from initiatives.models import Commitment
from organisations.rules.refusal import Refused
from organisations.views.membership import MemberRequest


def back_if_over(request: MemberRequest, here: Commitment) -> HttpResponse | None:
    """To the unit's page with a sentence; a POST is left to the action, which keeps its words."""
    if request.method == "POST":
        return None
    try:
        refuse_over(here)
    except Refused as refused:
        messages.warning(request, str(refused))
        slug = request.organisation.slug
        return redirect("initiative_on_unit", slug, here.initiative_id, here.unit_id)
    return None
