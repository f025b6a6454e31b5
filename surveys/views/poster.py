"""The A4 posters of one unit, before and after: one page each, printed by the browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from organisations.membership import MemberRequest, member_of
from surveys import access
from surveys.presenters.following import thanks_words
from surveys.presenters.poster import poster_context, thanks_context


@member_of(*access.STEERING)
def poster(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The poster, with a bar above it on screen only."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    return render(request, "surveys/survey/poster.html", poster_context(survey=survey, unit=unit))


@member_of(*access.STEERING)
def thanks(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The poster afterwards: how many answered, and thank you. Only once the result is out."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    answered = thanks_words(unit)
    if not answered:
        return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    context = thanks_context(survey=survey, unit=unit, answered=answered)
    return render(request, "surveys/survey/thanks.html", context)
