"""The organisational base of every unit within reach."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.presenters.organisational_base import shown
from overview.presenters.overview import chosen, divisions, readable_words
from overview.queries.organisational_base import bases_of
from overview.queries.overview import latest_results, overview_of
from results import access

UNITS_A_PAGE = 60


@require_safe
@members_only(*access.READERS)
def base(request: MemberRequest) -> HttpResponse:
    """How it is spread over the units, then unit by unit in the order of names."""
    reach = access.overview_reach(request.memberships)
    found = overview_of(organisation=request.organisation, reach=reach)
    division = request.GET.get("division", "")
    places = chosen(found, division=division, show="", name="")
    bases = bases_of(latest_results(reach.results))
    with_levels = {unit for one in bases for unit in one.levels}
    page = Paginator([place for place in places if place.pk in with_levels], UNITS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "overview/organisational_base.html",
        {
            "bases": [one for one in (shown(base, places, page) for base in bases) if one],
            "divisions": divisions(found),
            "division": division,
            "in_all": len(places),
            "readable": readable_words(found),
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
