"""Closing a unit's idea box for a time, by its improvement lead."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from initiatives import access
from initiatives.actions.idea_box import close_idea_box, open_idea_box
from initiatives.forms.ideas import CloseIdeasForm
from initiatives.presenters.crumbs import idea_crumbs
from organisations.access import unit_for
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.models import Role
from organisations.views.form_page import form_page
from organisations.views.membership import MemberRequest, members_only

LEADING = (Role.LEAD,)


@members_only(*LEADING)
def close(request: MemberRequest) -> HttpResponse:
    """Of which unit, until when and why."""
    organisation = request.organisation
    held = access.units_held(
        memberships=request.memberships, organisation=organisation, roles=LEADING
    )
    units = list(held.filter(children=None, valid_to=None).order_by("name"))
    form = CloseIdeasForm(posted(request), units=units)
    if form.is_bound and form.is_valid():
        with shown_on(form):
            close_idea_box(
                unit=next(one for one in units if str(one.pk) == form.cleaned_data["unit"]),
                until=form.cleaned_data["until"],
                why=form.cleaned_data["why"],
                today=timezone.localdate(),
                by=request.user,
            )
            messages.success(request, "Ideas are closed. The team page says until when and why.")
            return redirect("ideas", organisation.slug)
    return form_page(
        request,
        form,
        heading="Close ideas for a time",
        caption=organisation.name,
        lede="For example, during a holiday. You can still answer ideas that were sent.",
        crumbs=idea_crumbs(organisation),
    )


@require_POST
@members_only(*LEADING)
def open_again(request: MemberRequest, unit_id: int) -> HttpResponse:
    """Before its day."""
    unit = unit_for(
        user=request.user, organisation=request.organisation, roles=LEADING, unit_id=unit_id
    )
    open_idea_box(unit=unit, by=request.user)
    messages.success(request, f"{unit.name} takes ideas again.")
    return redirect("ideas", request.organisation.slug)
