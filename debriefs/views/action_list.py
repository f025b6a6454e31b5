"""What the units do about their priorities, in one list."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from debriefs.access import readable_actions
from debriefs.presenters.action_list import SHOWS, listed, none_shown
from debriefs.queries.action_list import closed_on_time, in_order, listed_actions
from initiatives.presenters.requests import latest_by_action
from initiatives.queries.requests import requests_for
from organisations.forms.search import searched
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from results import access

ACTIONS_A_PAGE = 50


@require_safe
@members_only(*access.READERS)
def action_list(request: MemberRequest) -> HttpResponse:
    """By the unit's name, then by the day; the filters stay in the address."""
    organisation, today = request.organisation, timezone.localdate()
    scope = readable_actions(request.memberships)
    show, wanted = request.GET.get("show", ""), searched(request)
    show = show if show in SHOWS else ""
    keys = listed_actions(scope, show=show, wanted=wanted, today=today)
    on_time = partial(closed_on_time, scope, today=today)
    page = Paginator(keys, ACTIONS_A_PAGE).get_page(request.GET.get("page"))
    actions = in_order(list(page), scope)
    return render(
        request,
        "debriefs/actions/list.html",
        {
            "actions": listed(
                organisation,
                actions,
                today=today,
                changes=partial(access.is_own, memberships=request.memberships),
                requests=latest_by_action(requests_for(actions)),
                says_why=show == "missed",
            ),
            "shows": SHOWS,
            "show": show,
            "none_shown": "" if actions else none_shown(show, on_time),
            "wanted": wanted,
            "page": page,
            "links": page_links(page, request.GET),
        },
    )
