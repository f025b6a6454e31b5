"""Every unit within reach, in small multiples."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.forms.search import searched
from organisations.membership import MemberRequest, member_of
from organisations.presenters.pages import page_links
from reports import access
from reports.charts import legend_mark
from reports.presenters import overview as presenter
from reports.presenters.waiting_results import talk_row
from reports.queries.overview import latest_of, overview_of
from reports.queries.waiting import debriefs_due

CARDS_A_PAGE = 60
MOST_DUE = 10


@require_safe
@member_of(*access.OWN)
def overview(request: MemberRequest) -> HttpResponse:
    """By name under their divisions; the filters stay in the address."""
    organisation = request.organisation
    found = overview_of(organisation=organisation, reach=access.own_units(request.memberships))
    division, show = request.GET.get("division", ""), request.GET.get("show", "")
    wanted = searched(request)
    places = presenter.chosen(found, division=division, show=show, name=wanted)
    page = Paginator(places, CARDS_A_PAGE).get_page(request.GET.get("page"))
    reach = access.own_survey_units(request.memberships)
    latest = latest_of(units=[place.pk for place in page], reach=reach)
    return render(
        request,
        "reports/overview/units.html",
        {
            "due": [
                talk_row(organisation, unit, several=True)
                for unit in debriefs_due(reach, most=MOST_DUE)
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
            "matching": len(places),
            "mark_ward": legend_mark("ward"),
            "mark_leaders": legend_mark("mean"),
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
