"""The register of improvements: all within reach, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives import access as register
from initiatives.presenters.turns import ways_of
from initiatives.queries.register import (
    NOT_RUNNING,
    RUNNING,
    commitments_in,
    commitments_of,
    decisions_of,
    turns_of,
)
from organisations.forms.search import MANY, searched
from organisations.membership import MemberRequest, member_of
from organisations.presenters.pages import page_links
from surveys import access
from surveys.presenters.initiative_rows import initiative_rows
from surveys.queries.standing import standings_of

A_PAGE = 25


@require_safe
@member_of(*register.REGISTER)
def initiatives(request: MemberRequest) -> HttpResponse:
    """Every running improvement on every unit within reach, by name; `?show=over` the others."""
    organisation = request.organisation
    units = register.register_units(user=request.user, organisation=organisation)
    wanted, is_over = searched(request), request.GET.get("show") == "over"
    found = commitments_in(units, wanted=wanted, states=NOT_RUNNING if is_over else RUNNING)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    steers = bool(request.roles.intersection(access.STEERING))
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "rows": initiative_rows(
            standings_of(page.object_list), organisation=organisation, steers=steers
        ),
        "wanted": wanted,
        "is_over": is_over,
        "has_search": bool(wanted) or page.paginator.count > MANY,
        "steers": steers,
        "crumbs": _crumbs(request)[:1],
    }
    return render(request, "surveys/initiatives/list.html", context)


@require_safe
@member_of(*register.REGISTER)
def initiative(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """One improvement: what it is, where it stands on each unit, what was decided and why."""
    organisation = request.organisation
    one = register.initiative_for(
        user=request.user, organisation=organisation, initiative_id=initiative_id
    )
    units = register.register_units(user=request.user, organisation=organisation)
    page = Paginator(commitments_of(one, units), A_PAGE).get_page(request.GET.get("page"))
    deciding = register.register_units(
        user=request.user, organisation=organisation, roles=register.DECIDING
    )
    steers = bool(request.roles.intersection(access.STEERING))
    may_turn = register.may_turn(memberships=request.memberships, initiative=one)
    context = {
        "initiative": one,
        "page": page,
        "links": page_links(page, request.GET),
        "rows": initiative_rows(
            standings_of(page.object_list), organisation=organisation, steers=steers
        ),
        "decisions": decisions_of(one, units),
        "turns": turns_of(one),
        "ways": ways_of(one) if may_turn else (),
        "may_decide": set(
            deciding.filter(pk__in=[row.unit_id for row in page.object_list]).values_list(
                "pk", flat=True
            )
        ),
        "crumbs": _crumbs(request),
    }
    return render(request, "surveys/initiatives/initiative.html", context)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Start", "href": reverse("start_of", args=[slug])},
        {"text": "Initiatives", "href": reverse("initiatives", args=[slug])},
    ]
