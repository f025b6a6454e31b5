"""Reviews that are due, over all units within reach."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives import access as register
from organisations.models import Role
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.presenters.reviews import full_units, review_rows
from overview.queries.reviewers import reviewable
from overview.queries.reviews import reviews_of

A_PAGE = 30


@require_safe
@members_only(Role.REVIEWER)
def reviews(request: MemberRequest) -> HttpResponse:
    """Each improvement that is due, with every reason, the oldest first."""
    organisation = request.organisation
    units = register.units_held(
        memberships=request.memberships, organisation=organisation, roles=(Role.REVIEWER,)
    )
    found = reviews_of(organisation, units)
    page = Paginator(found.due, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "rows": review_rows(
            reviewable(organisation, list(page.object_list), found), found, reader=request.user
        ),
        "next": found.ahead[0][0] if found.ahead else None,
        "full": full_units(found),
        "full_in_all": len(found.full),
        "crumbs": [
            {"text": "Home", "href": reverse("start_of", args=[organisation.slug])},
            {"text": "Improvements", "href": reverse("initiatives", args=[organisation.slug])},
        ],
    }
    return render(request, "overview/reviews/list.html", context)
