"""The sums over a survey's units, for improvement leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.models import Role
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.presenters.combined import notice_of, sums
from results.words.explanations import CANT_SAY, SCORE, WITHHELD


@require_safe
@members_only(Role.LEAD)
def together(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Each unit above several of the survey's, within the lead's reach."""
    survey, found = access.sums_for(
        organisation=request.organisation, memberships=request.memberships, survey_id=survey_id
    )
    return render(
        request,
        "results/combined/combined.html",
        {
            "survey": survey,
            "sums": sums(found),
            "notice": notice_of(found),
            "explanations": (SCORE, CANT_SAY, WITHHELD),
        },
    )
