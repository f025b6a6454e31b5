"""Documents of a result: asked for, made by the worker, fetched."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organisations.membership import MemberRequest, member_of
from reports import access
from reports.actions.documents import ask_for_document
from reports.models import Document
from reports.presenters.document_list import file_of, listed_documents
from reports.queries.documents import documents_of, ready_document
from scoring.models import Snapshot


@require_safe
@member_of(*access.READERS)
def documents(request: MemberRequest, survey_unit_id: int) -> HttpResponse:
    """Every kind, and how far it is; asks again by itself while one is being made."""
    result = _result(request, survey_unit_id)
    snapshot = _released(result)
    rows = listed_documents(documents_of(snapshot)) if snapshot else []
    page = "_list" if request.headers.get("HX-Request") else "list"
    return render(
        request,
        f"reports/document/{page}.html",
        {
            "unit": result.survey_unit,
            "documents": rows,
            "is_waiting": any(row.is_waiting for row in rows),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_of(*access.READERS)
def document(request: MemberRequest, survey_unit_id: int, kind: str) -> HttpResponse:
    """The file; a POST asks for it."""
    if kind not in Document.Kind.values:
        raise Http404
    snapshot = _released(_result(request, survey_unit_id))
    if snapshot is None:
        raise Http404
    if request.method == "POST":
        ask_for_document(snapshot=snapshot, kind=Document.Kind(kind), by=request.user)
        return redirect("documents", request.organisation.slug, survey_unit_id)
    found = ready_document(snapshot, kind)
    name, content_type = file_of(snapshot, kind)
    return HttpResponse(
        bytes(found.content),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _result(request: MemberRequest, survey_unit_id: int) -> access.Result:
    return access.result_for(
        organisation=request.organisation,
        memberships=request.memberships,
        survey_unit_id=survey_unit_id,
    )


def _released(result: access.Result) -> Snapshot | None:
    """What there is to make documents of."""
    snapshot = result.snapshot
    return None if snapshot is None or snapshot.payload["tier"] == "too_few" else snapshot
