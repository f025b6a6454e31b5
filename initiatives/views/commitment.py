"""The hours that an improvement takes from a unit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.register import set_hours
from initiatives.forms.hours import HoursForm
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.membership import MemberRequest, members_only


@members_only(*access.SETTING_HOURS)
def hours(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """How many hours a week the improvement takes from the unit."""
    commitment = access.commitment_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
        roles=access.SETTING_HOURS,
    )
    initiative, unit = commitment.initiative, commitment.unit
    form = HoursForm(
        posted(request), before=commitment.hours_a_week, is_said=not commitment.is_guess
    )
    if form.is_bound and form.is_valid():
        with shown_on(form):
            set_hours(
                initiative=initiative, unit=unit, hours=form.cleaned_data["said"], by=request.user
            )
            messages.success(request, "Staff hours saved")
            return redirect("initiative", request.organisation.slug, initiative.pk)
    context = {
        "form": form,
        "heading": "Hours a week",
        "caption": f"{initiative.title}, {unit.name}",
        "lede": "Improvements take staff time, for example for training, checks and "
        "meetings. We add up the hours to show how busy the unit is before its next "
        "survey.",
        "crumbs": crumbs(request.organisation, initiative),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/form.html", context, status=status)
