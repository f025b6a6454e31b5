"""Documents of a result: asked for, made by the worker, fetched."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisations.forms.refusals import said_to
from organisations.views.membership import MemberRequest, members_only
from reports.actions.documents import NO_PDF, ask_for_document
from reports.carriers.drawing import draws_pdf
from reports.models import Document
from reports.presenters.brief import brief_of, fingerprint
from reports.presenters.document_list import file_of, is_of_tier, listed_documents
from reports.queries.beside import followed
from reports.queries.documents import documents_of, ready_document
from results import access
from results.presenters.context_notes import notes_on_result
from results.queries.earlier_surveys import audits_beside


@require_safe
@members_only(*access.READERS)
def documents(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """Every kind, and if it is ready; asks again while one is being created."""
    result = _result(request, survey_unit_id)
    snapshot = result.snapshot
    rows = []
    if snapshot:
        rows = listed_documents(
            documents_of(snapshot),
            has_pdf=draws_pdf(),
            tier=snapshot.payload["tier"],
            now_says=_now_says(result),
        )
    page = "_list" if request.headers.get("HX-Request") else "list"
    return render(
        request,
        f"reports/document/{page}.html",
        {
            "unit": result.survey_unit,
            "documents": rows,
            "is_waiting": any(row.is_waiting for row in rows),
            "without_pdf": "" if draws_pdf() else NO_PDF,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(*access.READERS)
def document(request: MemberRequest, survey_unit_id: int, kind: str) -> HttpResponse:
    """The file; a POST asks for it."""
    if kind not in Document.Kind.values:
        raise Http404
    result = _result(request, survey_unit_id)
    snapshot = result.snapshot
    if snapshot is None or not is_of_tier(kind, snapshot.payload["tier"]):
        raise Http404
    if request.method == "POST":
        with said_to(request, messages.ERROR):
            ask_for_document(
                snapshot=snapshot,
                kind=Document.Kind(kind),
                by=request.user,
                now_says=_now_says(result),
            )
        return redirect("documents", request.organisation.slug, survey_unit_id)
    found = ready_document(snapshot, kind)
    name, content_type = file_of(snapshot, kind)
    return HttpResponse(
        bytes(found.content),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _result(request: MemberRequest, survey_unit_id: int) -> access.Result:
    return access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )


def _now_says(result: access.Result) -> str:
    """The fingerprint of what a document that is created now would say."""
    unit = result.survey_unit
    with timezone.override(unit.survey.organisation.zone):
        notes = notes_on_result(result.notes, unit, audits_beside(unit))
        return fingerprint(brief_of(unit, followed(unit, has_news=result.has_news)), notes)
