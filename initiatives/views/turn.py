"""Starting, finishing and stopping an improvement, for the lead of all its units."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.register import finish_initiative, start_initiative, stop_initiative
from initiatives.forms.turn import TurnForm
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from organisations.refusal import Refused


@dataclass(frozen=True)
class Page:
    """What one of the three pages says and does."""

    act: Callable[..., None]
    heading: str
    lede: str
    help_text: str
    submit: str
    done: str


PAGES = {
    "start": Page(
        start_initiative,
        "Start this improvement?",
        "It runs from today on all its units, and its hours count as their load. Where a unit has "
        "not decided yet, its debrief still does.",
        "What makes it right to start now.",
        "Start it",
        "The improvement has started.",
    ),
    "finish": Page(
        finish_initiative,
        "Finish this improvement?",
        "What it set out to do is done. It takes no hours any more, and its results, plans and "
        "decisions stay.",
        "What has become different on the units.",
        "Finish it",
        "The improvement is done.",
    ),
    "stop": Page(
        stop_initiative,
        "Stop this improvement?",
        "It ends without being done. It takes no hours any more, and what was learned stays. It "
        "can be started again.",
        "Say it so that the units know that it was not their fault.",
        "Stop it",
        "The improvement is stopped.",
    ),
}


@member_of(Role.LEAD)
def turn(request: MemberRequest, initiative_id: int, word: str) -> HttpResponse:
    """Asks why, then turns it."""
    initiative = access.initiative_to_turn(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
    )
    page = PAGES.get(word)
    if page is None:
        raise Http404
    form = TurnForm(posted(request), submit=page.submit, help_text=page.help_text)
    if form.is_bound and form.is_valid():
        try:
            page.act(initiative=initiative, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, page.done)
            return redirect("initiative", request.organisation.slug, initiative.pk)
    context = {
        "form": form,
        "heading": page.heading,
        "caption": initiative.title,
        "lede": page.lede,
        "crumbs": crumbs(request.organisation, initiative),
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/form.html", context, status=status)
