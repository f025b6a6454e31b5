"""The status of an improvement changes: on one unit, or for the lead of all its units on all.

Whoever changes it says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from initiatives import access
from initiatives.actions.status import NO_START
from initiatives.forms.status import StartForm, StatusForm
from initiatives.models import Commitment, Initiative
from initiatives.presenters.crumbs import crumbs
from initiatives.presenters.status import START
from initiatives.queries.register import last_change_of
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.models import Unit
from organisations.queries.units import is_open
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import no_more_words
from overview.actions.status import change_with_surveys


@dataclass(frozen=True)
class Page:
    """What one of the pages says and does."""

    to: Initiative.State
    heading: str
    lede: str
    help_text: str
    submit: str
    done: str


PAGES = {
    START: Page(
        Initiative.State.ACTIVE,
        "Start this improvement?",
        "Its hours will count towards the unit’s total from the day it starts. A unit that has "
        "not decided yet still decides in its debrief.",
        "Why is now the right time to start?",
        "Start it",
        "The improvement has started.",
    ),
    "pause": Page(
        Initiative.State.ON_HOLD,
        "Put this improvement on hold?",
        "It will stop counting towards staff hours. You can start it again later.",
        "What needs to happen before it can continue?",
        "Put on hold",
        "The improvement is on hold.",
    ),
    "finish": Page(
        Initiative.State.FINISHED,
        "Mark this improvement as finished?",
        "Do this when the improvement has done what it set out to do. It will stop counting "
        "towards staff hours. Its results, plans and decisions are kept.",
        "Where does it live now? For example, in the handover notes.",
        "Finish it",
        "The improvement is finished.",
    ),
    "stop": Page(
        Initiative.State.STOPPED,
        "Stop this improvement?",
        "It will end before it is finished and stop counting towards staff hours. Surveys that "
        "have not opened are cancelled, and open ones send no more reminders. Everything "
        "recorded so far is kept. You can start it again later.",
        "It is kept with the improvement. Say it so that nobody on the units is blamed.",
        "Stop it",
        "The improvement is stopped.",
    ),
}


@members_only(*access.REGISTER)
def status_of_all(request: MemberRequest, initiative_id: int, word: str) -> HttpResponse:
    """On all its units: for whoever leads each of them, or ends what they are responsible for."""
    initiative = access.initiative_to_change(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        starts=word == START,
    )
    return _status(request, word, initiative, initiative.units.all(), initiative.title)


@members_only(*access.DECIDING)
def status_of_unit(
    request: MemberRequest, initiative_id: int, unit_id: int, word: str
) -> HttpResponse:
    """On one unit, for its manager or the lead."""
    here: Commitment = access.commitment_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    caption = f"{here.initiative.title}, {here.unit.name}"
    return _status(request, word, here.initiative, [here.unit], caption)


def _status(
    request: MemberRequest,
    word: str,
    initiative: Initiative,
    units: Iterable[Unit],
    caption: str,
) -> HttpResponse:
    """Asks why, then changes it."""
    page = PAGES.get(word)
    if page is None:
        raise Http404
    kind = StartForm if word == START else StatusForm
    units = list(units)
    begins = word == START and request.method != "POST"
    if begins and not any(is_open(unit) for unit in units):
        messages.warning(request, no_more_words(units[0], more=NO_START))
        return redirect("initiative", request.organisation.slug, initiative.pk)
    form = kind(
        posted(request),
        submit=page.submit,
        help_text=page.help_text,
        seen=last_change_of(initiative, units),
    )
    if form.is_bound and form.is_valid():
        day = form.cleaned_data.get("day")
        with shown_on(form):
            change_with_surveys(
                initiative=initiative,
                units=units,
                to=Initiative.State.PLANNED if day else page.to,
                why=form.cleaned_data["why"],
                day=day,
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
            messages.success(request, "The start day is saved." if day else page.done)
            return redirect("initiative", request.organisation.slug, initiative.pk)
    return form_page(
        request,
        form,
        heading=page.heading,
        caption=caption,
        lede=page.lede,
        crumbs=crumbs(request.organisation, initiative),
    )
