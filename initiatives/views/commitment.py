"""What is decided or set of an improvement on one unit."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from initiatives import access
from initiatives.actions.decision import decide_without_survey
from initiatives.actions.register import set_hours
from initiatives.forms.decision import DecisionForm
from initiatives.forms.hours import HoursForm
from initiatives.models import Commitment, Decision
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from organisations.refusal import Refused


@member_of(*access.DECIDING)
def decide(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """Asks for a decision without a result, and its reason."""
    commitment = _commitment(request, initiative_id, unit_id)

    def act(*, word: str, reason: str) -> None:
        decide_without_survey(
            initiative=commitment.initiative,
            unit=commitment.unit,
            word=Decision.Word(word),
            reason=reason,
            by=request.user,
        )

    return _asked(
        request,
        commitment,
        DecisionForm(posted(request)),
        act,
        heading="Decide without a survey",
        lede="You decide without knowing what the staff think. The decision and your reason stay "
        "on the register, where the improvement lead and the senior reviewer read them.",
        done="The decision is on the register.",
    )


@member_of(*access.DECIDING)
def hours(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """How many hours a week the improvement takes from the unit."""
    commitment = _commitment(request, initiative_id, unit_id)
    act = partial(
        set_hours, initiative=commitment.initiative, unit=commitment.unit, by=request.user
    )
    return _asked(
        request,
        commitment,
        HoursForm(posted(request), before=commitment.hours_a_week),
        act,
        heading="Hours a week",
        lede="Each improvement takes hours from a unit: training, checks, meetings. Together they "
        "are the load that is weighed before the next survey.",
        done="The hours are saved.",
    )


def _commitment(request: MemberRequest, initiative_id: int, unit_id: int) -> Commitment:
    return access.commitment_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )


def _asked(
    request: MemberRequest,
    commitment: Commitment,
    form: Form,
    act: Callable[..., object],
    *,
    heading: str,
    lede: str,
    done: str,
) -> HttpResponse:
    """The form on a page of its own; `act` takes its fields and may refuse."""
    initiative = commitment.initiative
    if form.is_bound and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, done)
            return redirect("initiative", request.organisation.slug, initiative.pk)
    context = {
        "form": form,
        "heading": heading,
        "caption": f"{initiative.title}, {commitment.unit.name}",
        "lede": lede,
        "crumbs": crumbs(request.organisation, initiative),
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/form.html", context, status=status)
