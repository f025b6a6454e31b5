"""What a change takes: for members, and the same on the ward's own page."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from initiatives.queries.suggestions import local_suggestions
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.presenters.soffts import sofft_view
from results.queries.suggestions import served_by
from results.views.part_of_result import shown_to_member, shown_to_ward
from results.words.sentences import correction_of


@require_safe
@members_only(*access.READERS)
def soffts(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """The tasks and the pyramid beside a unit's result, with what could help."""
    return shown_to_member(request, survey_unit_id, "results/soffts/soffts.html", _context)


@login_not_required
@require_safe
def ward_soffts(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    return shown_to_ward(request, code, "results/soffts/ward_soffts.html", _context)


def _context(found: access.Result) -> dict[str, object]:
    unit, snapshot = found.survey_unit, found.snapshot
    if snapshot is None:
        raise Http404
    payload = snapshot.payload
    helps = served_by(unit, local_suggestions(unit.survey.organisation))
    takes = sofft_view(payload, helps.spoken, helps)
    if takes is None:
        raise Http404
    return {
        "unit": unit,
        "takes": takes,
        "notice": payload["notice"],
        "correction": correction_of(snapshot),
    }
