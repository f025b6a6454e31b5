"""The A4 posters of one unit, before and after: one page each, printed by the browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fieldwork.presenters.poster import poster_context, thanks_context
from fieldwork.presenters.progress import thanks_words
from fieldwork.queries.progress import answered_by_channel
from instruments.queries.wording import statement_count
from organisations.views.membership import MemberRequest, members_only
from surveys import access


@members_only(*access.STEERING)
def poster(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The poster, with a bar above it on screen only."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    statements = statement_count(survey.ward_edition_id)
    context = poster_context(survey=survey, unit=unit, statements=statements)
    return render(request, "fieldwork/survey/poster.html", context)


@members_only(*access.STEERING)
def thanks(request: MemberRequest, survey_id: int, survey_unit_id: int) -> HttpResponse:
    """The poster afterwards: how many answered, and thank you. Only once the result is out."""
    survey = access.survey_for(
        user=request.user, organisation=request.organisation, survey_id=survey_id
    )
    unit = access.survey_unit_for(user=request.user, survey=survey, survey_unit_id=survey_unit_id)
    answered = thanks_words(unit, answered_by_channel([unit]).get(unit.pk, {}))
    if not answered:
        return redirect("survey", slug=request.organisation.slug, survey_id=survey.pk)
    context = thanks_context(survey=survey, unit=unit, answered=answered)
    return render(request, "fieldwork/survey/thanks.html", context)
