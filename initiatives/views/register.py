"""What an improvement takes from one unit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.register import set_hours
from initiatives.forms.hours import HoursForm
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused

LEDE = (
    "Each improvement takes hours from a unit: training, checks, meetings. Together they are the "
    "load that is weighed before the next survey."
)


@member_of(*access.DECIDING)
def hours(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """One number for one unit."""
    organisation = request.organisation
    commitment = access.commitment_for(
        user=request.user,
        organisation=organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    initiative, unit = commitment.initiative, commitment.unit
    form = HoursForm(posted(request), before=commitment.hours_a_week)
    if form.is_bound and form.is_valid():
        try:
            set_hours(
                initiative=initiative,
                unit=unit,
                hours=form.cleaned_data["hours"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The hours are saved.")
            return redirect("initiative", organisation.slug, initiative.pk)
    context = {
        "form": form,
        "heading": "Hours a week",
        "caption": f"{initiative.title}, {unit.name}",
        "lede": LEDE,
        "crumbs": crumbs(organisation, initiative),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/form.html", context, status=status)
