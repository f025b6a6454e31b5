"""The start page of an organisation and the list of its surveys."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from initiatives import access as register
from initiatives.queries.register import commitments_in
from organisations.forms.search import MANY, searched
from organisations.membership import MemberRequest, member_of
from organisations.models import Role, Unit
from organisations.presenters.pages import page_links
from surveys import access
from surveys.presenters.crumbs import crumbs
from surveys.presenters.initiative_rows import initiative_rows, load_words
from surveys.presenters.survey_list import survey_rows
from surveys.presenters.waiting import SHOWN, waiting_list
from surveys.queries.launching import launchable_units
from surveys.queries.standing import launched_beyond, standings_of
from surveys.queries.waiting import own_sheets, running_units, with_units

A_PAGE = 25
INITIATIVES_SHOWN = 15
FOLDED = 20


@member_of()
def start_of(request: MemberRequest) -> HttpResponse:
    """What waits for this member, by its date. Those who steer no surveys find their own doors."""
    organisation = request.organisation
    reach = access.units_in_reach(user=request.user, organisation=organisation)
    places = launchable_units(organisation=organisation, reach=reach)
    rows = waiting_list(
        organisation=organisation,
        units=running_units(reach, now=timezone.now()),
        sheets=own_sheets(user=request.user, organisation=organisation),
        screenings=access.to_screen(organisation=organisation, memberships=request.memberships),
        several=len(places) != 1,
    )
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN : SHOWN + FOLDED],
        "beyond_fold": max(0, len(rows) - SHOWN - FOLDED),
        "where": places[0].name if len(places) == 1 else organisation.name,
        "steers": bool(request.roles.intersection(access.STEERING)) and bool(places),
        **_register(request, places),
        "administers": Role.ADMINISTRATOR in request.roles,
        "reads": bool(request.roles.intersection((Role.REVIEWER, Role.LEAD, Role.MANAGER))),
    }
    return render(request, "surveys/survey/start.html", context)


def _register(request: MemberRequest, places: Sequence[Unit]) -> dict[str, Any]:
    """For those who steer, improvements on their units; for a reviewer, full weeks."""
    organisation = request.organisation
    units = register.register_units(user=request.user, organisation=organisation)
    if request.roles.intersection(register.DECIDING):
        running = Paginator(commitments_in(units), INITIATIVES_SHOWN).get_page(1)
        standings = standings_of(running.object_list)
        return {
            "initiatives": initiative_rows(standings, organisation=organisation, steers=True),
            "initiatives_in_all": running.paginator.count,
            "several_units": len(places) != 1,
            "load": load_words(organisation, [one.commitment for one in standings])
            if len(places) == 1
            else "",
        }
    if Role.REVIEWER in request.roles:
        return {"beyond": launched_beyond(units)}
    return {}


@member_of(*access.STEERING)
def surveys(request: MemberRequest) -> HttpResponse:
    """All surveys within reach, the newest first; with none, what a survey gives."""
    organisation = request.organisation
    reach = access.units_in_reach(user=request.user, organisation=organisation)
    mine = access.surveys_for(user=request.user, organisation=organisation)
    wanted = searched(request)
    page = Paginator(with_units(mine, wanted=wanted, units=reach), A_PAGE).get_page(
        request.GET.get("page")
    )
    places = launchable_units(organisation=organisation, reach=reach)
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "wanted": wanted,
        "has_search": bool(wanted) or page.paginator.count > MANY,
        "rows": survey_rows(page.object_list, reach={unit.pk for unit in reach}),
        "where": places[0].name if len(places) == 1 else organisation.name,
        "can_launch": bool(places),
        "crumbs": crumbs(organisation)[:1],
    }
    return render(request, "surveys/survey/list.html", context)
