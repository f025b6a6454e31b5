"""Extending, closing early, a new poster code, cancelling: each page asks first and says what will
happen.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from fieldwork.actions.closing import close_early, extend_once
from fieldwork.actions.life import cancel_survey
from fieldwork.actions.poster import can_renew, renew_poster
from fieldwork.forms.cancel import CancelForm
from fieldwork.presenters.cancelling import what_cancelling_did, what_cancelling_does
from fieldwork.presenters.cautions import said_of_bars
from fieldwork.presenters.survey_page import unit_card
from fieldwork.queries.near_bars import bars_if_closed_on
from instruments.queries.wording import statement_count
from organisations.forms.posted import posted
from organisations.forms.refusals import said_in, said_to, shown_on, status_of
from organisations.views.membership import MemberRequest, members_only
from surveys import access
from surveys.actions.plan import pause_messages, resume_messages
from surveys.models import Survey, SurveyUnit
from surveys.presenters.crumbs import crumbs
from surveys.presenters.message_plan import extension_words


@members_only(*access.STEERING)
def extend(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Seven more days, once."""
    return _ask(request, survey_id, survey_unit_id, "extend", extend_once, "Survey extended")


@members_only(*access.STEERING)
def close(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """Closes now, once the page says that there is enough for a result."""
    return _ask(request, survey_id, survey_unit_id, "close", close_early, "It is closed.")


@members_only(*access.STEERING)
def new_poster(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """A new code for a poster that may have got about."""
    done = "The poster has a new code. Print the new poster and take the old one down."
    return _ask(request, survey_id, survey_unit_id, "new_poster", renew_poster, done)


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
    context: dict[str, object] = {"problem": ""}
    if request.method == "POST":
        with said_in(context, "problem"):
            act(survey_unit=unit, by=request.user)
            messages.success(request, f"{unit.unit_name}: {done[0].lower()}{done[1:]}")
            return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    statements = statement_count(survey.ward_edition_id)
    card = unit_card(survey=survey, unit=unit, statements=statements)
    context |= {
        "survey": survey,
        "card": card,
        "possible": _possible(page, unit),
        "bars": _said_of_bars(survey, unit) if page == "close" else "",
        "reminder": extension_words(survey, card.later),
        "crumbs": crumbs(request.organisation, survey),
    }
    return render(
        request, f"fieldwork/survey/{page}.html", context, status=409 if context["problem"] else 200
    )


def _said_of_bars(survey: Survey, unit: SurveyUnit) -> str:
    today = timezone.localtime(timezone.now(), survey.organisation.zone).date()
    return said_of_bars(bars_if_closed_on(unit, today))


def _possible(page: str, unit: SurveyUnit) -> bool:
    if page == "new_poster":
        return can_renew(unit)
    if unit.state != SurveyUnit.State.OPEN:
        return False
    return unit.enough if page == "close" else not unit.extended


@members_only(*access.STEERING)
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
        with shown_on(form):
            cancel_survey(survey=survey, by=request.user)
            messages.success(request, what_cancelling_did(units))
            return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    context = {
        "survey": survey,
        "units": units,
        "form": form,
        "possible": possible,
        "does": what_cancelling_does(units),
        "crumbs": crumbs(request.organisation, survey),
    }
    status = status_of(form)
    return render(request, "fieldwork/survey/cancel.html", context, status=status)


@require_POST
@members_only(*access.STEERING)
def pause(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Keeps back what is planned, or lets it go on."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    units = access.survey_units_for(user=request.user, survey=survey)
    access.require_whole(units=units, survey=survey)
    resume = request.POST.get("do") == "resume"
    with said_to(request, messages.ERROR):
        (resume_messages if resume else pause_messages)(survey=survey, by=request.user)
        said = "Messages restarted" if resume else "Messages paused"
        messages.success(request, said)
    return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
