"""What the units do about their priorities, in one list."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.forms.search import searched
from organisations.membership import MemberRequest, member_of
from organisations.presenters.pages import page_links
from reports import access
from reports.presenters.action_list import SHOWS, listed
from reports.queries.action_list import in_order, listed_actions

ACTIONS_A_PAGE = 50


@require_safe
@member_of(*access.OWN)
def action_list(request: MemberRequest) -> HttpResponse:
    """By the unit's name, then by the day; the filters stay in the address."""
    organisation, today = request.organisation, timezone.localdate()
    reach = access.own_actions(request.memberships)
    show, wanted = request.GET.get("show", ""), searched(request)
    keys = listed_actions(reach, show=show, wanted=wanted, today=today)
    page = Paginator(keys, ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reports/actions/list.html",
        {
            "actions": listed(organisation, in_order(list(page), reach), today=today),
            "shows": SHOWS,
            "show": show,
            "wanted": wanted,
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
