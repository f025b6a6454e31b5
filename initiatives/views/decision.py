"""Deciding about an improvement on one unit without a result."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.decision import decide_without_survey
from initiatives.forms.decision import DecisionForm
from initiatives.models import Decision
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused

LEDE = (
    "You decide without knowing what the staff think. The decision and your reason stay on the "
    "register, where the improvement lead and the senior reviewer read them."
)


@member_of(*access.DECIDING)
def decide(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """Asks for the decision and its reason."""
    organisation = request.organisation
    commitment = access.commitment_for(
        user=request.user,
        organisation=organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    initiative, unit = commitment.initiative, commitment.unit
    form = DecisionForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            decide_without_survey(
                initiative=initiative,
                unit=unit,
                word=Decision.Word(form.cleaned_data["word"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The decision is on the register.")
            return redirect("initiative", organisation.slug, initiative.pk)
    context = {
        "form": form,
        "heading": "Decide without a survey",
        "caption": f"{initiative.title}, {unit.name}",
        "lede": LEDE,
        "crumbs": crumbs(organisation, initiative),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/form.html", context, status=status)
