"""A part of a result: the same page for members, and for everyone who has the ward page's link."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisations.views.membership import MemberRequest
from results import access

Context = Callable[[access.Result], dict[str, object]]


def wants_figures(request: HttpRequest) -> bool:
    """Whether the page's address asks for the figures beside the words; a link can carry it."""
    return request.GET.get("figures") == "1"


def shown_to_member(
    request: MemberRequest, survey_unit_id: int, template: str, context: Context
) -> HttpResponse:
    """The part of the result of a unit that the member may read; 404 or 403 as `access` says."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    return render(request, template, context(found))


def shown_to_ward(request: HttpRequest, code: str, template: str, context: Context) -> HttpResponse:
    """The same by the ward page's code, with times as on the ward's own clock."""
    found = access.result_by_code(code=code)
    place = found.survey_unit.survey.organisation
    with timezone.override(place.zone):
        return render(request, template, {**context(found), "place": place})
