"""Bringing a file: checked and shown first, then taken whole or not at all."""

from dataclasses import astuple

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from instruments.actions.import_instrument import import_instrument, newest_version
from instruments.exchange.read_file import LARGEST, read_content
from instruments.exchange.read_json import read_document
from instruments.exchange.write_json import as_json
from instruments.forms.question_bank import ImportForm
from instruments.presenters.crumbs import bank_crumbs
from instruments.presenters.exchange_summary import differences
from instruments.queries.stored_version import stored_version
from instruments.rules.version_text import Asked, Found, NotCarried, VersionText
from instruments.views.bank import editors
from instruments.words.languages import language_name
from organisations.forms.posted import posted
from organisations.views.limited import IMPORTS, limited
from organisations.views.membership import MemberRequest

SALT = "question bank import"
SHOWN = 200


@editors
@limited("uploads", IMPORTS)
def upload(request: MemberRequest) -> HttpResponse:
    """A file, read and compared with what is there; nothing is stored."""
    form = ImportForm(posted(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "crumbs": bank_crumbs(request.organisation)}
        status = 422 if form.errors else 200
        return render(request, "instruments/import.html", context, status=status)
    file = form.cleaned_data["file"]
    return _check(request, file.name, read_content(file.read(LARGEST + 1), file.name))


def _check(request: MemberRequest, name: str, found: Found, unanswered: str = "") -> HttpResponse:
    """What was found; `unanswered` is what must be said before it is taken."""
    context = {
        "name": name,
        "found": found,
        "crumbs": bank_crumbs(request.organisation),
        "errors": found.errors,
        "unanswered": unanswered,
    }
    if found.version is not None and not found.errors:
        context |= _compared(request, found.version)
        context["kept"] = signing.dumps(
            {
                "name": name,
                "document": as_json(found.version),
                "not_carried": [astuple(one) for one in found.not_carried],
                "said": found.said,
                "asked": [astuple(one) for one in found.asked],
            },
            salt=SALT,
            compress=True,
        )
    status = 422 if found.errors or unanswered else 200
    return render(request, "instruments/check.html", context, status=status)


def _compared(request: MemberRequest, version: VersionText) -> dict[str, object]:
    before = newest_version(organisation=request.organisation, code=version.instrument.code)
    changes = differences(stored_version(before) if before else None, version)
    return {
        "version": version,
        "before": before,
        "changes": {kind: rows[:SHOWN] for kind, rows in changes.items()},
        "counts": {kind: len(rows) for kind, rows in changes.items()},
        "languages": [language_name(language) for language in version.languages],
        "statements": sum(len(section.items) for section in version.instrument.sections),
    }


@require_POST
@editors
def confirm(request: MemberRequest) -> HttpResponse:
    """Stores what was shown, as a draft; the same again changes nothing."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        messages.error(request, "This file has expired or changed. Choose it again.")
        return redirect("question_bank_import", request.organisation.slug)
    version = read_document(kept["document"]).version
    if version is None:
        return redirect("question_bank_import", request.organisation.slug)
    if kept["asked"]:
        high = request.POST.get("high", "")
        if high not in ("first", "last"):
            found = Found(
                version,
                tuple(NotCarried(*one) for one in kept["not_carried"]),
                said=tuple(kept["said"]),
                asked=tuple(Asked(where, what, tuple(ends)) for where, what, ends in kept["asked"]),
            )
            return _check(request, kept["name"], found, "Say which end is high.")
        version = version.turned() if high == "first" else version
    stored, is_new = import_instrument(
        text=version, organisation=request.organisation, by=request.user
    )
    words = "is a draft now." if is_new else "is already the same. Nothing was changed."
    messages.success(request, f"{stored.title}, version {stored.number}, {words}")
    return redirect("question_bank_version", request.organisation.slug, stored.pk)
