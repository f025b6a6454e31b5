"""Bringing a file: checked and shown first, then taken whole or not at all."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.forms.posted import posted
from organisations.membership import MemberRequest
from surveys.actions.import_instrument import import_instrument, newest_version
from surveys.exchange_document import as_json
from surveys.exchange_file import LARGEST, read_content
from surveys.exchange_json import read_document
from surveys.forms.question_bank import ImportForm
from surveys.presenters.exchange_summary import differences
from surveys.presenters.languages import language_name
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.queries.stored_version import stored_version
from surveys.views.question_bank.bank import editors

SALT = "question bank import"
SHOWN = 200


@editors
def upload(request: MemberRequest) -> HttpResponse:
    """A file, read and compared with what is there; nothing is stored."""
    form = ImportForm(posted(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "crumbs": bank_crumbs(request.organisation)}
        status = 422 if form.errors else 200
        return render(request, "surveys/question_bank/import.html", context, status=status)
    file = form.cleaned_data["file"]
    found = read_content(file.read(LARGEST + 1), file.name)
    context = {
        "name": file.name,
        "found": found,
        "crumbs": bank_crumbs(request.organisation),
        "errors": found.errors,
    }
    if found.version is not None and not found.errors:
        context |= _compared(request, found.version)
    status = 422 if found.errors else 200
    return render(request, "surveys/question_bank/check.html", context, status=status)


def _compared(request: MemberRequest, version: Any) -> dict[str, Any]:
    before = newest_version(organisation=request.organisation, code=version.instrument.code)
    changes = differences(stored_version(before) if before else None, version)
    return {
        "version": version,
        "before": before,
        "changes": {kind: rows[:SHOWN] for kind, rows in changes.items()},
        "counts": {kind: len(rows) for kind, rows in changes.items()},
        "languages": [language_name(language) for language in version.languages],
        "statements": sum(len(section.items) for section in version.instrument.sections),
        "kept": signing.dumps(as_json(version), salt=SALT, compress=True),
    }


@require_POST
@editors
def confirm(request: MemberRequest) -> HttpResponse:
    """Stores what was shown, as a draft; the same again changes nothing."""
    try:
        document = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        messages.error(request, "That took too long or was changed. Choose the file again.")
        return redirect("question_bank_import", request.organisation.slug)
    version = read_document(document).version
    if version is None:
        return redirect("question_bank_import", request.organisation.slug)
    stored, is_new = import_instrument(
        text=version, organisation=request.organisation, by=request.user
    )
    words = "is a draft now." if is_new else "says the same already. Nothing was changed."
    messages.success(request, f"{stored.title}, version {stored.number}, {words}")
    return redirect("question_bank_version", request.organisation.slug, stored.pk)
