"""The A4 poster of one unit: one page, printed by the browser."""

from django.http import HttpResponse
from django.shortcuts import render

from organisations.membership import MemberRequest, member_of
from surveys import access
from surveys.presenters.poster import poster_context


@member_of(*access.STEERING)
def poster(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The poster, with a bar above it on screen only."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    return render(request, "surveys/survey/poster.html", poster_context(survey=survey, unit=unit))
