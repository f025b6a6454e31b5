"""A version as a whole: copied, described, given up, exported, its history."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from instruments.access import own_version_for, section_links, version_for
from instruments.actions.describe_version import describe_version
from instruments.actions.draft import copy_to_draft, discard_draft
from instruments.exchange.write_json import as_json
from instruments.exchange.write_xlsx import as_xlsx
from instruments.forms.question_bank import DescribeForm
from instruments.models import Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.queries.stored_version import stored_version
from instruments.queries.wording_history import wording_history
from instruments.views.bank import editors
from organisations.forms.posted import posted
from organisations.forms.refusals import said_in, said_to, shown_on
from organisations.views.membership import MemberRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@editors
def version(request: MemberRequest, version_id: int) -> HttpResponse:
    """The first section, to read or to edit."""
    found = version_for(request.organisation, version_id)
    first = section_links(found)[0].section
    return redirect("question_bank_section", request.organisation.slug, found.pk, first.pk)


@require_POST
@editors
def copy(request: MemberRequest, version_id: int) -> HttpResponse:
    """A draft with every word of this version."""
    found = version_for(request.organisation, version_id)
    with said_to(request, messages.ERROR):
        draft = copy_to_draft(version=found, organisation=request.organisation, by=request.user)
        messages.success(
            request,
            f"This is a draft, version {draft.number}. It cannot be used in a survey until you "
            "publish it.",
        )
        return redirect("question_bank_version", request.organisation.slug, draft.pk)
    return redirect("question_bank", request.organisation.slug)


@editors
def describe(request: MemberRequest, version_id: int) -> HttpResponse:
    """Title, purpose, notice and source of a draft."""
    found = own_version_for(request.organisation, version_id)
    fields = ("title", "purpose", "notice", "source")
    form = DescribeForm(posted(request), initial={name: getattr(found, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            describe_version(version=found, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("question_bank_version", request.organisation.slug, found.pk)
    context = {
        "form": form,
        "heading": "Title, purpose and notice",
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/form.html", context, status=status)


@editors
def discard(request: MemberRequest, version_id: int) -> HttpResponse:
    """Asks first; then the draft is gone."""
    found = own_version_for(request.organisation, version_id)
    context: dict[str, object] = {
        "version": found,
        "crumbs": bank_crumbs(request.organisation, found),
        "refused": "",
    }
    if request.method == "POST":
        with said_in(context):
            discard_draft(version=found, by=request.user)
            messages.success(request, "Draft deleted")
            return redirect("question_bank", request.organisation.slug)
    status = 422 if context["refused"] else 200
    return render(request, "instruments/discard.html", context, status=status)


def _file_name(found: Version, kind: str) -> str:
    return f"{found.instrument.code}-version-{found.number}.{kind}".replace('"', "")


@require_safe
@editors
def export_json(request: MemberRequest, version_id: int) -> HttpResponse:
    """The whole version as JSON."""
    found = version_for(request.organisation, version_id)
    document = as_json(stored_version(found))
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = _file_name(found, "json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@editors
def export_xlsx(request: MemberRequest, version_id: int) -> HttpResponse:
    """The whole version as a spreadsheet."""
    found = version_for(request.organisation, version_id)
    response = HttpResponse(as_xlsx(stored_version(found)), content_type=XLSX)
    name = _file_name(found, "xlsx")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@editors
def history(request: MemberRequest, version_id: int) -> HttpResponse:
    """Who changed which words, when; the newest first."""
    found = version_for(request.organisation, version_id)
    context = {
        "version": found,
        "changes": wording_history(found),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    return render(request, "instruments/history.html", context)
