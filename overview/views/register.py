"""The register of improvements: all within reach, and the page of one."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from initiatives import access as register
from initiatives.presenters.status import transitions_from
from initiatives.queries.register import (
    ReadableRegister,
    decisions_of,
    status_changes_of,
)
from initiatives.queries.reviews import reviews_of
from organisations.access import roles_over
from organisations.forms.search import MANY
from organisations.models import Role
from organisations.presenters.pages import page_links
from organisations.views.membership import MemberRequest, members_only
from overview.forms.register import RegisterFilter
from overview.presenters.register_groups import grouped_rows
from overview.presenters.register_rows import initiative_rows
from overview.queries.unit_progress import progress_of_groups, progress_of_units
from results import access as results
from surveys import access

A_PAGE = 60


@require_safe
@members_only(*register.REGISTER)
def initiatives(request: MemberRequest) -> HttpResponse:
    """Every running improvement within reach, by name; `?show=over` the others."""
    organisation = request.organisation
    units = register.units_held(memberships=request.memberships, organisation=organisation)
    readable = ReadableRegister(organisation, units, request.user)
    is_over = request.GET.get("show") == "over"
    divisions = register.divisions_for(memberships=request.memberships, organisation=organisation)
    form = RegisterFilter(request.GET.dict(), is_over=is_over, divisions=divisions)
    page = Paginator(readable.found(form.sought), A_PAGE).get_page(request.GET.get("page"))
    groups = readable.grouped(list(page.object_list))
    improvements, on_units = readable.runs_on()
    steers = bool(request.roles.intersection(access.STEERING))
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "rows": grouped_rows(
            progress_of_groups(groups),
            organisation=organisation,
            steers=steers,
            reads=partial(results.is_own, memberships=request.memberships),
        ),
        "form": form,
        "improvements": improvements,
        "on_units": on_units,
        "is_over": is_over,
        "has_guess": any(one.is_guess for group in groups for one in group),
        "has_filters": form.is_narrow or page.paginator.count > MANY or len(divisions) > 1,
        "has_divisions": len(divisions) > 1,
        "steers": steers,
        "crumbs": _crumbs(request)[:1],
    }
    return render(request, "overview/register/list.html", context)


@require_safe
@members_only(*register.REGISTER)
def initiative(request: MemberRequest, initiative_id: int) -> HttpResponse:
    """One improvement: what it is, where it stands on each unit, what was decided and why."""
    organisation = request.organisation
    opened = register.opened_initiative(
        user=request.user,
        organisation=organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
    )
    one, units = opened.initiative, [here.unit_id for here in opened.commitments]
    page = Paginator(opened.commitments, A_PAGE).get_page(request.GET.get("page"))
    roles = {
        here.unit_id: roles_over(here.unit, request.memberships) for here in opened.commitments
    }
    context = {
        "initiative": one,
        # Its status is the sum of its units, also of those that the reader does not see.
        "is_mixed": any(here.state != one.state for here in opened.commitments),
        "page": page,
        "links": page_links(page, request.GET),
        "rows": initiative_rows(
            progress_of_units(page.object_list),
            organisation=organisation,
            steers=bool(request.roles.intersection(access.STEERING)),
            reads=partial(results.is_own, memberships=request.memberships),
        ),
        "responsible": opened.responsible,
        "owns": Role.REVIEWER in request.roles
        and not register.may_review(user=request.user, initiative=one),
        "reviews": reviews_of(one, units),
        "today": timezone.localdate(),
        "decisions": decisions_of(one, units),
        "turns": status_changes_of(one, units),
        "ways": transitions_from(one.state, starts=opened.may_start) if opened.may_end else (),
        "may_see_checks": bool(request.roles & {*register.DECIDING, Role.REVIEWER}),
        "may_decide": {unit for unit, held in roles.items() if held & set(register.DECIDING)},
        "may_set_hours": {
            unit for unit, held in roles.items() if held & set(register.SETTING_HOURS)
        },
        "crumbs": _crumbs(request),
    }
    return render(request, "overview/register/initiative.html", context)


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Improvements", "href": reverse("initiatives", args=[slug])},
    ]
