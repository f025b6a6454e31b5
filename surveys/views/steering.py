"""Extending, closing early, cancelling: each page asks first and says what will happen."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.membership import MemberRequest, member_of
from surveys import access
from surveys.actions.closing import close_early, extend_once
from surveys.actions.life import cancel_survey
from surveys.actions.plan import pause_messages, resume_messages
from surveys.actions.turning import NotPossible
from surveys.forms.cancel import CancelForm
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.message_plan import extension_words
from surveys.presenters.survey_page import unit_card


@member_of(*access.STEERING)
def extend(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Seven more days, once."""
    return _ask(request, survey_id, survey_unit_id, "extend", extend_once, "It is open longer.")


@member_of(*access.STEERING)
def close(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Closes now, once the page says that there is enough for a result."""
    return _ask(request, survey_id, survey_unit_id, "close", close_early, "It is closed.")


def _ask(
    request: MemberRequest,
    survey_id: int,
    survey_unit_id: int,
    page: str,
    act: Callable[..., None],
    done: str,
) -> HttpResponse:
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    problem = ""
    if request.method == "POST":
        try:
            act(survey_unit=unit, by=request.user)
        except NotPossible as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"{unit.unit_name}: {done[0].lower()}{done[1:]}")
            return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    card = unit_card(survey=survey, unit=unit)
    context = {
        "survey": survey,
        "card": card,
        "possible": _possible(page, unit),
        "reminder": extension_words(survey, card.later),
        "problem": problem,
        "crumbs": crumbs(request.organisation, survey),
    }
    return render(request, f"surveys/survey/{page}.html", context, status=409 if problem else 200)


def _possible(page: str, unit: SurveyUnit) -> bool:
    if unit.state != SurveyUnit.State.OPEN:
        return False
    return unit.enough if page == "close" else not unit.extended


@member_of(*access.STEERING)
def cancel(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Deletes everything but the row and the audit trail; asks to type the unit's name first."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=survey)
    access.require_whole(units=units, survey=survey)
    possible = survey.state not in (
        Survey.State.COUNTED,
        Survey.State.PUBLISHED,
        Survey.State.CANCELLED,
    )
    form = CancelForm(posted(request), units=units)
    if request.method == "POST" and possible and form.is_valid():
        try:
            cancel_survey(survey=survey, by=request.user)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The survey is cancelled. Everything in it was deleted.")
            return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    context = {
        "survey": survey,
        "units": units,
        "form": form,
        "possible": possible,
        "crumbs": crumbs(request.organisation, survey),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/survey/cancel.html", context, status=status)


@member_of(*access.STEERING)
@require_POST
def pause(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Keeps back what is planned, or lets it go on."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=survey)
    access.require_whole(units=units, survey=survey)
    resume = request.POST.get("do") == "resume"
    try:
        (resume_messages if resume else pause_messages)(survey=survey, by=request.user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        said = "Messages go on." if resume else "Messages are paused. Nothing goes out."
        messages.success(request, said)
    return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
