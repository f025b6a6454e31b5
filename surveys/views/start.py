"""The start page of an organisation and the list of its surveys."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from surveys import access
from surveys.presenters.crumbs import crumbs
from surveys.presenters.survey_list import survey_rows
from surveys.presenters.waiting import SHOWN, waiting_list
from surveys.queries.launching import launchable_units
from surveys.queries.waiting import own_sheets, running_units, with_units

A_PAGE = 25


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
        several=len(places) != 1,
    )
    context = {
        "rows": rows[:SHOWN],
        "more": rows[SHOWN:],
        "where": places[0].name if len(places) == 1 else organisation.name,
        "steers": bool(request.roles.intersection(access.STEERING)) and bool(places),
        "administers": Role.ADMINISTRATOR in request.roles,
        "reads": bool(request.roles.intersection((Role.REVIEWER, Role.LEAD, Role.MANAGER))),
    }
    return render(request, "surveys/survey/start.html", context)


@member_of(*access.STEERING)
def surveys(request: MemberRequest) -> HttpResponse:
    """All surveys within reach, the newest first; with none, what a survey gives."""
    organisation = request.organisation
    reach = access.units_in_reach(user=request.user, organisation=organisation)
    mine = access.surveys_for(user=request.user, organisation=organisation)
    page = Paginator(with_units(mine), A_PAGE).get_page(request.GET.get("page"))
    places = launchable_units(organisation=organisation, reach=reach)
    context = {
        "page": page,
        "rows": survey_rows(page.object_list, reach={unit.pk for unit in reach}),
        "where": places[0].name if len(places) == 1 else organisation.name,
        "can_launch": bool(places),
        "crumbs": crumbs(organisation)[:1],
    }
    return render(request, "surveys/survey/list.html", context)
