"""The ward's own page: no sign-in, an unguessable link, the same for the whole team."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instruments.queries.item_mappings import mappings_of
from instruments.queries.wording import wording_of
from responses.queries.comments import comments_beside
from results import access
from results.presenters.cached_fragments import Reader, cached_fragments, team_sections
from results.presenters.comments import result_comments
from results.presenters.context_notes import notes_on_result
from results.presenters.now import now_view
from results.presenters.page import page_of
from results.presenters.state import state_of
from results.queries.decision import decided_of
from results.queries.earlier_surveys import audits_beside
from results.queries.now import now_of
from results.queries.questions import questions_of
from results.views.part_of_result import wants_figures
from surveys.rules.tokens import stop_token


@login_not_required
@require_safe
def ward_page(request: HttpRequest, code: str) -> HttpResponse:
    """The result once it is published; before that, when it will be here."""
    found = access.result_by_code(code=code)
    unit = found.survey_unit
    context: dict[str, object] = {
        "unit": unit,
        "place": unit.survey.organisation,
        "stop": stop_token(request.GET.get("stop", "")),
    }
    with timezone.override(unit.survey.organisation.zone):
        if found.snapshot is None:
            context["state"] = state_of(unit)
            return render(request, "results/ward_page/waiting.html", context)
        audits = audits_beside(unit, snapshot=found.snapshot)
        context["page"] = page_of(found, found.snapshot, audits=audits, decided=decided_of(unit))
        context["now"] = now_view(now_of(unit) if found.has_news else None)
        context["context_notes"] = notes_on_result(found.notes, unit, audits)
        context["parts"] = cached_fragments(
            found.snapshot,
            unit.survey,
            partial(mappings_of, unit.survey.version),
            partial(questions_of, unit.survey),
            Reader(team_sections(code), with_figures=wants_figures(request)),
        )
        context["comments"] = result_comments(comments_beside(unit))
        return render(request, "results/ward_page/result.html", context)


@login_not_required
@require_safe
def ward_statements(request: HttpRequest, code: str) -> HttpResponse:
    """Each statement and section with its question, to print and discuss without a score."""
    unit = access.result_by_code(code=code).survey_unit
    wording = wording_of(edition=unit.survey.ward_edition, language=unit.survey.version.language)
    return render(
        request,
        "results/ward_page/statements.html",
        {
            "unit": unit,
            "place": unit.survey.organisation,
            "sections": wording,
            "questions": questions_of(unit.survey),
            "notice": unit.survey.version.notice,
        },
    )
