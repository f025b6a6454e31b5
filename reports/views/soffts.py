"""What a change takes: for members, and the same on the ward's own page."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from initiatives.queries.suggestions import local_suggestions
from organisations.membership import MemberRequest, member_of
from reports import access
from reports.presenters.result import correction_of
from reports.presenters.soffts import what_it_takes
from reports.queries.debriefs import served_by
from scoring.payload import SnapshotPayload


@require_safe
@member_of(*access.READERS)
def soffts(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The tasks and the pyramid beside a unit's result, with what could help."""
    found = access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )
    return render(request, "reports/soffts/soffts.html", _context(found))


@login_not_required
@require_safe
def ward_soffts(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    found = access.result_by_code(code=code)
    place = found.survey_unit.survey.organisation
    with timezone.override(place.zone):
        context = {**_context(found), "place": place}
        return render(request, "reports/soffts/ward_soffts.html", context)


def _context(found: access.Result) -> dict[str, Any]:
    unit, snapshot = found.survey_unit, found.snapshot
    if snapshot is None:
        raise Http404
    payload = cast(SnapshotPayload, snapshot.payload)
    helps = served_by(unit, local_suggestions(unit.survey.organisation))
    takes = what_it_takes(payload, helps.spoken, helps)
    if takes is None:
        raise Http404
    return {
        "unit": unit,
        "takes": takes,
        "notice": payload["notice"],
        "correction": correction_of(snapshot),
    }
