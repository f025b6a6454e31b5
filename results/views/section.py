"""One section of a result: for members, and the same on the ward's own page."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from initiatives.queries.suggestions import local_suggestions
from organisations.views.membership import MemberRequest, members_only
from results import access
from results.presenters.section_detail import section_page
from results.queries.questions import questions_of
from results.queries.suggestions import served_by
from results.views.part_of_result import shown_to_member, shown_to_ward, wants_figures
from results.words.sentences import correction_of


@require_safe
@members_only(*access.READERS)
def section(request: MemberRequest, survey_unit_id: int, section_code: str) -> HttpResponse:
    """A section's score, statements and suggestions."""
    return shown_to_member(
        request,
        survey_unit_id,
        "results/section/section.html",
        partial(_context, section_code=section_code, with_figures=wants_figures(request)),
    )


@login_not_required
@require_safe
def ward_section(request: HttpRequest, code: str, section_code: str) -> HttpResponse:
    """The same for everyone who has the ward page's link."""
    return shown_to_ward(
        request,
        code,
        "results/section/ward_section.html",
        partial(_context, section_code=section_code, with_figures=wants_figures(request)),
    )


def _context(found: access.Result, section_code: str, *, with_figures: bool) -> dict[str, object]:
    unit, snapshot = found.survey_unit, found.snapshot
    if snapshot is None:
        raise Http404
    payload = snapshot.payload
    helps = served_by(unit, local_suggestions(unit.survey.organisation))
    questions = questions_of(unit.survey)
    page = section_page(payload, section_code, helps, questions, with_figures=with_figures)
    if page is None:
        raise Http404
    return {
        "unit": unit,
        "page": page,
        "notice": payload["notice"],
        "correction": correction_of(snapshot),
    }
