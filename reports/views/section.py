"""One section of a result: for members, and the same on the ward's own page."""

from functools import partial
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from initiatives.queries.suggestions import local_suggestions
from organisations.membership import MemberRequest, member_of
from reports import access
from reports.presenters.result import correction_of
from reports.presenters.section_detail import section_detail
from reports.queries.debriefs import served_by
from reports.views.part_of_result import shown_to_member, shown_to_ward
from scoring.payload import SnapshotPayload


@require_safe
@member_of(*access.READERS)
def section(request: MemberRequest, survey_unit_id: int, section_code: str) -> HttpResponse:
    """A section's score, statements and suggestions."""
    return shown_to_member(
        request,
        survey_unit_id,
        "reports/section/section.html",
        partial(_context, section_code=section_code),
    )


@login_not_required
@require_safe
def ward_section(request: HttpRequest, code: str, section_code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    return shown_to_ward(
        request,
        code,
        "reports/section/ward_section.html",
        partial(_context, section_code=section_code),
    )


def _context(found: access.Result, section_code: str) -> dict[str, Any]:
    unit, snapshot = found.survey_unit, found.snapshot
    if snapshot is None:
        raise Http404
    payload = cast(SnapshotPayload, snapshot.payload)
    helps = served_by(unit, local_suggestions(unit.survey.organisation))
    detail = section_detail(payload, section_code, helps)
    if detail is None:
        raise Http404
    return {
        "unit": unit,
        "detail": detail,
        "notice": payload["notice"],
        "correction": correction_of(snapshot),
    }
