"""The ward's own page: no sign-in, an unguessable link, the same for the whole team."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import access
from reports.presenters.comments import result_comments
from reports.presenters.context_notes import notes_on_result
from reports.presenters.kept_parts import kept_parts
from reports.presenters.plan import you_said
from reports.presenters.result import result_page
from reports.presenters.state import state_of
from reports.queries.audits import audits_beside
from reports.queries.debriefs import debriefs_of, plan_of
from surveys.queries.wording import wording_of


@login_not_required
@require_safe
def ward_page(request: HttpRequest, code: str) -> HttpResponse:
    """The result once it is published; before that, when it will be here."""
    found = access.result_by_code(code=code)
    unit = found.survey_unit
    context: dict[str, Any] = {"unit": unit, "place": unit.survey.organisation}
    with timezone.override(unit.survey.organisation.zone):
        if found.snapshot is None:
            context["state"] = state_of(unit)
            return render(request, "reports/ward_page/waiting.html", context)
        audits = audits_beside(unit)
        context["result"] = result_page(found, found.snapshot, audits=audits)
        context["context_notes"] = notes_on_result(found.notes, unit, audits)
        context["parts"] = kept_parts(found.snapshot, unit.survey)
        context["comments"] = result_comments(unit)
        context["was_debriefed"] = found.is_debriefed
        return render(request, "reports/ward_page/result.html", context)


@login_not_required
@require_safe
def you_said_we_did(request: HttpRequest, code: str) -> HttpResponse:
    """What the team said, what was decided, how far the actions are; 404 before its debrief."""
    found = access.result_by_code(code=code)
    unit = found.survey_unit
    with timezone.override(unit.survey.organisation.zone):
        said = you_said(plan_of(unit), debriefs_of(unit)) if found.snapshot else None
        if said is None:
            raise Http404
        context = {"unit": unit, "place": unit.survey.organisation, "said": said}
        return render(request, "reports/ward_page/you_said.html", context)


@login_not_required
@require_safe
def ward_statements(request: HttpRequest, code: str) -> HttpResponse:
    """The statements to print and talk through, without a score."""
    unit = access.result_by_code(code=code).survey_unit
    wording = wording_of(edition=unit.survey.ward_edition, language=unit.survey.version.language)
    return render(
        request,
        "reports/ward_page/statements.html",
        {"unit": unit, "place": unit.survey.organisation, "sections": wording},
    )
