"""The sums over a survey's units, for improvement leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.membership import MemberRequest, member_of
from organisations.models import Role
from reports import access
from reports.presenters.explanations import CANT_SAY, SCORE, WITHHELD
from reports.presenters.together import notice_of, sums


@require_safe
@member_of(Role.LEAD)
def together(request: MemberRequest, survey_id: int) -> HttpResponse:
    """Each unit above several of the survey's, within the lead's reach."""
    survey, found = access.sums_for(
        organisation=request.organisation, memberships=request.memberships, survey_id=survey_id
    )
    return render(
        request,
        "reports/together/together.html",
        {
            "survey": survey,
            "sums": sums(found),
            "notice": notice_of(found),
            "explanations": (SCORE, CANT_SAY, WITHHELD),
        },
    )
