"""The list of an organisation's surveys."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from fieldwork.presenters.survey_list import survey_rows
from fieldwork.presenters.usual_time import usual_time
from fieldwork.queries.launching import launchable_units, usual_statements
from fieldwork.queries.survey_list import with_units
from organisations.forms.search import MANY, searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.presenters.crumbs import crumbs

A_PAGE = 25


@members_only(*access.STEERING)
def surveys(request: MemberRequest) -> HttpResponse:
    """All surveys within reach, the newest first; with none, what a survey gives."""
    organisation = request.organisation
    reach = access.units_in_scope(user=request.user, organisation=organisation)
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
        "takes": "" if page.object_list or wanted else usual_time(usual_statements(organisation)),
        "crumbs": crumbs(organisation)[:1],
    }
    return render(request, "fieldwork/survey/list.html", context)
