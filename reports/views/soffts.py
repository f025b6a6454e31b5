"""What a change takes: for members, and the same on the ward's own page."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from initiatives.queries.suggestions import local_suggestions
from organisations.membership import MemberRequest, member_of
from reports import access
from reports.presenters.result import correction_of
from reports.presenters.soffts import what_it_takes
from reports.queries.debriefs import served_by
from reports.views.part_of_result import shown_to_member, shown_to_ward
from scoring.payload import SnapshotPayload


@require_safe
@member_of(*access.READERS)
def soffts(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The tasks and the pyramid beside a unit's result, with what could help."""
    return shown_to_member(request, survey_unit_id, "reports/soffts/soffts.html", _context)


@login_not_required
@require_safe
def ward_soffts(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    return shown_to_ward(request, code, "reports/soffts/ward_soffts.html", _context)


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
