"""Correcting the number of staff behind a released result; the worker makes the new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisations.forms.refusals import shown_on, status_of
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.forms.correction import CorrectionForm
from scoring.actions.correct import ask_correction


@members_only(*access.OWN)
def correct(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """Asks for the right number and the reason; the released figures stay until the new ones."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    snapshot = found.snapshot
    possible = snapshot is not None and bool(snapshot.payload["sections"])
    if snapshot is None or not possible:
        context = {"unit": found.survey_unit, "possible": False}
        return render(request, "results/correction/correct.html", context)
    form = CorrectionForm(
        request.POST or None,
        initial={"headcount": snapshot.payload["headcount"], "snapshot": snapshot.pk},
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["snapshot"] != snapshot.pk:
            form.add_error(None, "Someone else has corrected this result. Check it again.")
        else:
            with shown_on(form):
                ask_correction(
                    snapshot=snapshot,
                    reason=form.cleaned_data["reason"],
                    headcount=form.cleaned_data["headcount"],
                    by=request.user,
                )
                messages.success(request, "The corrected result will be ready within a minute.")
                return redirect("result", request.organisation.slug, survey_unit_id)
    context = {
        "unit": found.survey_unit,
        "possible": True,
        "answered": snapshot.payload["answered"],
        "form": form,
    }
    status = status_of(form)
    return render(request, "results/correction/correct.html", context, status=status)
