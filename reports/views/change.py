"""Change since the last audit: for members, and the same on the ward's own page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.membership import MemberRequest, member_of
from reports import access
from reports.presenters.change import change_page
from reports.queries.audits import rounds_before


@require_safe
@member_of(*access.READERS)
def change(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What changed since the unit's last audit, and how sure that is."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    return render(request, "reports/change/change.html", _context(found))


@login_not_required
@require_safe
def ward_change(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    found = access.result_by_code(code=code)
    place = found.survey_unit.survey.organisation
    with timezone.override(place.zone):
        context = {**_context(found), "place": place}
        return render(request, "reports/change/ward_change.html", context)


def _context(found: access.Result) -> dict[str, Any]:
    if found.snapshot is None:
        raise Http404
    page = change_page(found, found.snapshot, rounds_before(found.snapshot))
    return {"unit": found.survey_unit, "change": page}
