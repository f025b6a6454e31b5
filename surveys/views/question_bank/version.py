"""A version as a whole: copied, described, given up, exported, its history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisations.forms.posted import posted
from organisations.membership import MemberRequest
from organisations.refusal import Refused
from surveys.actions.describe_version import describe_version
from surveys.actions.draft import copy_to_draft, discard_draft
from surveys.exchange_document import as_json
from surveys.exchange_sheets import as_xlsx
from surveys.forms.question_bank import DescribeForm
from surveys.models import Version
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.queries.question_bank import own_version_for, section_links, version_for
from surveys.queries.stored_version import stored_version
from surveys.queries.wording_history import wording_history
from surveys.views.question_bank.bank import editors

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
    draft = copy_to_draft(version=found, organisation=request.organisation, by=request.user)
    messages.success(request, f"This is a draft, version {draft.number}. Nobody is asked it yet.")
    return redirect("question_bank_version", request.organisation.slug, draft.pk)


@editors
def describe(request: MemberRequest, version_id: int) -> HttpResponse:
    """Title, purpose, notice and source of a draft."""
    found = own_version_for(request.organisation, version_id)
    fields = ("title", "purpose", "notice", "source")
    form = DescribeForm(posted(request), initial={name: getattr(found, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        try:
            describe_version(version=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("question_bank_version", request.organisation.slug, found.pk)
    context = {
        "form": form,
        "heading": "What the instrument says of itself",
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/question_bank/form.html", context, status=status)


@editors
def discard(request: MemberRequest, version_id: int) -> HttpResponse:
    """Asks first; then the draft is gone."""
    found = own_version_for(request.organisation, version_id)
    context: dict[str, Any] = {
        "version": found,
        "crumbs": bank_crumbs(request.organisation, found),
        "refused": "",
    }
    if request.method == "POST":
        try:
            discard_draft(version=found, by=request.user)
        except Refused as refused:
            context["refused"] = str(refused)
        else:
            messages.success(request, "The draft is gone.")
            return redirect("question_bank", request.organisation.slug)
    status = 422 if context["refused"] else 200
    return render(request, "surveys/question_bank/discard.html", context, status=status)


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
    return render(request, "surveys/question_bank/history.html", context)
