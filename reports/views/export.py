"""The released figures of all units as a file: asked for, made by the worker, fetched."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organisations.forms.refusals import said_to
from organisations.views.limited import EXPORTS, limited
from organisations.views.membership import MemberRequest, members_only
from reports.actions.documents import ask_for_export
from reports.models import Export
from reports.presenters.export_list import file_of, listed_exports
from reports.queries.documents import exports_of, ready_export
from results import access


@require_safe
@members_only(*access.READERS)
def exports(request: MemberRequest) -> HttpResponse:
    """Both kinds, and how far each is; asks again by itself while one is being made."""
    rows = listed_exports(exports_of(request.organisation, request.user))
    page = "_list" if request.headers.get("HX-Request") else "list"
    return render(
        request,
        f"reports/export/{page}.html",
        {
            "exports": rows,
            "number": len(_in_scope(request)),
            "is_waiting": any(row.is_waiting for row in rows),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(*access.READERS)
@limited("downloads", EXPORTS)
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """The file; a POST asks for it.

    It opens only while its reader may still read all that is in it, as it stands: a unit out of
    reach, or a correction since, and it has to be made anew.
    """
    if kind not in Export.Kind.values:
        raise Http404
    organisation, allowed = request.organisation, _in_scope(request)
    if request.method == "POST":
        with said_to(request):
            ask_for_export(
                organisation=organisation,
                kind=Export.Kind(kind),
                snapshots=allowed,
                by=request.user,
            )
        return redirect("exports", organisation.slug)
    found = ready_export(organisation, request.user, kind)
    if not set(found.snapshots) <= set(allowed):
        messages.warning(
            request, "Results have changed since this file was created. Create it again."
        )
        return redirect("exports", organisation.slug)
    name, content_type = file_of(organisation, kind)
    return HttpResponse(
        bytes(found.content),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _in_scope(request: MemberRequest) -> list[int]:
    return access.snapshots_of_units(
        organisation=request.organisation, memberships=request.memberships
    )
