"""Limits: the organisation's, and a unit's own. Whoever reviews or administers sets them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisations import access
from organisations.actions.limits import change_limits, set_own_limits
from organisations.forms.limits import LimitsForm, OwnLimitsForm
from organisations.forms.posted import posted
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only


@members_only(*access.LIMITING)
def limits(request: MemberRequest) -> HttpResponse:
    """The limits of the whole organisation."""
    if not access.holds_whole(request.memberships, access.LIMITING):
        raise PermissionDenied
    organisation = request.organisation
    form = LimitsForm(posted(request), organisation=organisation)
    if form.is_bound and form.is_valid():
        change_limits(organisation=organisation, limits=form.limits(), by=request.user)
        messages.success(request, "Limits saved")
        return redirect("staff_hours", organisation.slug)
    return form_page(
        request,
        form,
        heading="Limits and reviews",
        caption=organisation.name,
        lede="They are for all units. A unit can have limits of its own.",
        crumbs=_crumbs(request),
    )


@members_only(*access.LIMITING)
def own_limits(request: MemberRequest, unit_id: int) -> HttpResponse:
    """The limits of one unit."""
    organisation = request.organisation
    unit = access.unit_for(
        user=request.user, organisation=organisation, roles=access.LIMITING, unit_id=unit_id
    )
    form = OwnLimitsForm(posted(request), unit=unit)
    if form.is_bound and form.is_valid():
        set_own_limits(unit=unit, **form.cleaned_data, by=request.user)
        messages.success(request, "Limits saved")
        return redirect("staff_hours", organisation.slug)
    return form_page(
        request,
        form,
        heading="This unit’s own limits",
        caption=unit.name,
        lede=f"Leave a limit blank to use that of {organisation.name}: "
        f"{organisation.weekly_hours_limit} hours and {organisation.improvements_limit} "
        "improvements. A unit that reaches a limit is shown with a warning. It never blocks.",
        crumbs=_crumbs(request),
    )


def _crumbs(request: MemberRequest) -> list[dict[str, str]]:
    slug = request.organisation.slug
    return [
        {"text": "Home", "href": reverse("start_of", args=[slug])},
        {"text": "Staff hours", "href": reverse("staff_hours", args=[slug])},
    ]
