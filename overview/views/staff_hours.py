"""Staff hours a week, unit by unit."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fieldwork.queries.launching import is_wanted, launchable_units
from initiatives import access as register
from organisations.access import LIMITING, holds_whole, roles_over
from organisations.forms.search import MANY, searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.presenters.unit_load import limit_words, load_rows
from surveys.queries.load import later_of, loads_of

A_PAGE = 60


@require_safe
@members_only(*register.REGISTER)
def staff_hours(request: MemberRequest) -> HttpResponse:
    """What each unit within reach carries this week; `?show=full` those at a limit."""
    organisation = request.organisation
    reach = register.register_units(user=request.user, organisation=organisation)
    units = launchable_units(organisation=organisation, reach=reach)
    loads = loads_of(organisation, units)
    full = [unit for unit in units if loads[unit.pk].reaches(unit.limits(organisation))]
    wanted, is_full = searched(request), request.GET.get("show") == "full"
    listed = [unit for unit in (full if is_full else units) if is_wanted(unit, wanted)]
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    listed_here = list(page.object_list)
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "rows": load_rows(organisation, listed_here, loads, later_of(organisation, listed_here)),
        "full": len(full),
        "is_full": is_full,
        "wanted": wanted,
        "has_search": bool(wanted) or len(units) > MANY,
        "limit": limit_words(organisation),
        "limited": {
            unit.pk for unit in listed_here if roles_over(unit, request.memberships) & set(LIMITING)
        },
        "sets_limits": holds_whole(request.memberships, LIMITING),
        "crumbs": [
            {"text": "Home", "href": reverse("start_of", args=[organisation.slug])},
            {"text": "Improvements", "href": reverse("initiatives", args=[organisation.slug])},
        ],
    }
    return render(request, "overview/register/staff_hours.html", context)
