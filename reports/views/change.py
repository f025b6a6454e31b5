"""Change since the last audit: for members, and the same on the ward's own page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from organisations.membership import MemberRequest, member_of
from reports import access
from reports.presenters.change import change_page
from reports.queries.audits import rounds_before
from reports.views.part_of_result import shown_to_member, shown_to_ward


@require_safe
@member_of(*access.READERS)
def change(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """What changed since the unit's last audit, and how sure that is."""
    return shown_to_member(request, survey_unit_id, "reports/change/change.html", _context)


@login_not_required
@require_safe
def ward_change(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    return shown_to_ward(request, code, "reports/change/ward_change.html", _context)


def _context(found: access.Result) -> dict[str, Any]:
    if found.snapshot is None:
        raise Http404
    page = change_page(found, found.snapshot, rounds_before(found.snapshot))
    return {"unit": found.survey_unit, "change": page}
