"""The hours that an improvement takes from a unit; if it is still done after it was finished."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from initiatives import access
from initiatives.actions.look_back import say_still_done
from initiatives.actions.register import set_hours
from initiatives.forms.hours import HoursForm
from initiatives.forms.look_back import StillDoneForm
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.form_page import form_page
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
    return form_page(
        request,
        form,
        heading="Hours a week",
        caption=f"{initiative.title}, {unit.name}",
        lede="Improvements take staff time, for example for training, checks and "
        "meetings. We add up the hours to show how busy the unit is before its next "
        "survey.",
        crumbs=crumbs(request.organisation, initiative),
    )


@members_only(*access.REGISTER)
def still_done(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """Half a year after it was finished: yes, partly or no."""
    commitment = access.working_unit(
        user=request.user,
        organisation=request.organisation,
        memberships=request.memberships,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    initiative, unit = commitment.initiative, commitment.unit
    form = StillDoneForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            say_still_done(
                commitment=commitment, answer=form.cleaned_data["answer"], by=request.user
            )
            messages.success(request, "Answer saved")
            return redirect("initiative", request.organisation.slug, initiative.pk)
    return form_page(
        request,
        form,
        heading="Is it still done?",
        caption=f"{initiative.title}, {unit.name}",
        lede=f"“{initiative.title}” was finished on {unit.name}. We only ask once.",
        crumbs=crumbs(request.organisation, initiative),
    )
