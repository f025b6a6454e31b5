"""Every unit within reach, in small multiples."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.forms.search import searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.presenters import overview as presenter
from overview.presenters.to_do_results import debrief_item
from overview.queries.overview import latest_of, overview_of
from overview.queries.to_do import debriefs_due
from results import access
from results.presenters.charts import legend_mark

CARDS_A_PAGE = 60
MOST_DUE = 10


@require_safe
@members_only(*access.READERS)
def overview(request: MemberRequest) -> HttpResponse:
    """By name under their divisions; the filters stay in the address."""
    organisation = request.organisation
    reach = access.overview_reach(request.memberships)
    found = overview_of(organisation=organisation, reach=reach)
    division, show = request.GET.get("division", ""), request.GET.get("show", "")
    wanted = searched(request)
    places = presenter.chosen(found, division=division, show=show, name=wanted)
    page = Paginator(places, CARDS_A_PAGE).get_page(request.GET.get("page"))
    latest = latest_of(units=[place.pk for place in page], scope=reach.results)
    own = access.own_survey_units(request.memberships)
    return render(
        request,
        "overview/units.html",
        {
            "due": [
                debrief_item(organisation, unit, several=True)
                for unit in debriefs_due(own).order_by("published_at", "pk")[:MOST_DUE]
            ],
            "groups": presenter.card_groups(organisation, page, latest),
            "heads": presenter.table_heads(latest),
            "lines": presenter.as_table(page, latest),
            "notices": presenter.notices(latest),
            "divisions": presenter.divisions(found),
            "shows": presenter.SHOWS,
            "division": division,
            "show": show,
            "wanted": wanted,
            "in_all": len(found.places),
            "readable": presenter.readable_words(found),
            "matching": len(places),
            "mark_ward": legend_mark("ward"),
            "mark_leaders": legend_mark("mean"),
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
