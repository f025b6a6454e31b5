"""Which units may need support."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from debriefs.access import readable_actions
from organisations.forms.search import searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.presenters.overview import chosen, divisions, readable_words
from overview.presenters.support import WHYS, units_in_need
from overview.queries.overview import overview_of
from overview.queries.support import signs_of
from results import access

UNITS_A_PAGE = 60


@require_safe
@members_only(*access.READERS)
def support(request: MemberRequest) -> HttpResponse:
    """By name under their divisions; the filters stay in the address."""
    organisation, held = request.organisation, request.memberships
    reach = access.overview_reach(held)
    found = overview_of(organisation=organisation, reach=reach)
    division, why = request.GET.get("division", ""), request.GET.get("why", "")
    wanted = searched(request)
    signs = signs_of(
        organisation,
        scope=reach.results,
        actions=readable_actions(held),
        today=timezone.localdate(),
    )
    places = chosen(found, division=division, show="", name=wanted)
    units = units_in_need(organisation, places, signs, why=why)
    page = Paginator(units, UNITS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "overview/support.html",
        {
            "units": list(page),
            "divisions": divisions(found),
            "whys": WHYS,
            "division": division,
            "why": why,
            "wanted": wanted,
            "is_filtered": bool(division or why or wanted),
            "in_all": len(found.places),
            "readable": readable_words(found),
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
