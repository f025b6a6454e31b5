"""A decision about an improvement on a unit where no survey of it ran."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from debriefs.actions.deciding import decide_without_survey
from debriefs.forms.without_survey import DecisionForm
from debriefs.queries.views import survey_that_ran
from initiatives import access
from initiatives.models import Decision
from initiatives.presenters.crumbs import crumbs
from organisations.forms.posted import posted
from organisations.forms.refusals import shown_on
from organisations.views.membership import MemberRequest, members_only
from organisations.words.units import no_more_words


@members_only(*access.DECIDING)
def decide(request: MemberRequest, initiative_id: int, unit_id: int) -> HttpResponse:
    """Asks for a decision and its reason; 409 where the team was asked, for then it decides."""
    commitment = access.commitment_for(
        user=request.user,
        organisation=request.organisation,
        initiative_id=initiative_id,
        unit_id=unit_id,
    )
    initiative, unit = commitment.initiative, commitment.unit
    if request.method != "POST" and (closed := no_more_words(unit)):
        messages.warning(request, closed)
        return redirect("initiative", request.organisation.slug, initiative.pk)
    context: dict[str, object] = {
        "heading": "Decide without a survey",
        "caption": f"{initiative.title}, {unit.name}",
        "crumbs": crumbs(request.organisation, initiative),
    }
    asked = survey_that_ran(initiative, unit)
    if asked is not None:
        page, status = "debriefs/asked_already.html", HTTPStatus.CONFLICT
        return render(request, page, {**context, "asked": asked}, status=status)
    form = DecisionForm(posted(request))
    if form.is_bound and form.is_valid():
        with shown_on(form):
            decide_without_survey(
                initiative=initiative,
                unit=unit,
                choice=Decision.Choice(form.cleaned_data["choice"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            messages.success(request, "Decision saved")
            return redirect("initiative", request.organisation.slug, initiative.pk)
    context |= {
        "form": form,
        "lede": "You’ll be deciding without knowing what staff think. Your decision and "
        "reason stay on the register. The improvement lead and the senior reviewer "
        "can read them.",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "organisations/form.html", context, status=status)
