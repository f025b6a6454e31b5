"""Two versions word by word; publishing after reading that; retiring."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from instruments import access as bank
from instruments.actions.publish_version import (
    publication_blockers,
    publish_version,
    retire_version,
)
from instruments.models import Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.presenters.version_difference import (
    described_rows,
    difference_rows,
    lead_sentence,
)
from instruments.queries.wording_changes import difference
from instruments.views.bank import editors
from organisations.forms.refusals import said_in
from organisations.rules import typed
from organisations.rules.refusal import Refused
from organisations.views.membership import MemberRequest


def _difference(request: MemberRequest, found: Version, refused: str = "") -> HttpResponse:
    other = typed.key(request.GET.get("with", ""))
    before = None if other is None else bank.version_for(request.organisation, other)
    compared = difference(found, before)
    editions = bank.editions_of(found)
    asked = request.GET.get("edition", "")
    usual = next((one for one in editions if not one.is_verbatim), editions[0])
    edition = next((one for one in editions if str(one.pk) == asked), usual)
    is_own = found.instrument.organisation_id == request.organisation.pk
    is_draft = is_own and found.state == Version.State.DRAFT
    earlier = [
        one
        for one in bank.versions_for(request.organisation).order_by("-pk")
        if one.pk != found.pk and one.instrument.code == found.instrument.code
    ]
    context: dict[str, object] = {
        "version": found,
        "before": compared.before,
        "asked_before": bank.asked_in(compared.before, request.organisation)
        if compared.before
        else 0,
        "edition": edition,
        "editions": editions,
        "rows": difference_rows(compared, edition),
        "described": described_rows(compared),
        "lead": lead_sentence(compared, edition),
        "same": compared.unchanged.get(edition.code, []),
        "others": earlier,
        "publication_blockers": publication_blockers(found) if is_draft else [],
        "is_draft": is_draft,
        "refused": refused,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if refused else 200
    return render(request, "instruments/difference.html", context, status=status)


@editors
def compare(request: MemberRequest, version_id: int) -> HttpResponse:
    """What is different from the version before, and what that means for change over audits."""
    return _difference(request, bank.version_for(request.organisation, version_id))


@require_POST
@editors
def publish(request: MemberRequest, version_id: int) -> HttpResponse:
    """Locks the version for good; refused with the reasons where something is missing."""
    found = bank.own_version_for(request.organisation, version_id)
    try:
        publish_version(version=found, by=request.user)
    except Refused as refused:
        if bank.is_there(found.pk):
            return _difference(request, found, str(refused))
        messages.error(request, str(refused))
        return redirect("question_bank", request.organisation.slug)
    messages.success(request, f"Version {found.number} is published and locked.")
    return redirect("question_bank_version", request.organisation.slug, found.pk)


@editors
def retire(request: MemberRequest, version_id: int) -> HttpResponse:
    """Asks first; then no new survey can use the version."""
    found = bank.own_version_for(request.organisation, version_id)
    context: dict[str, object] = {
        "version": found,
        "refused": "",
        "asked_in": bank.asked_in(found, request.organisation),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    if request.method == "POST":
        with said_in(context):
            retire_version(version=found, by=request.user)
            messages.success(request, f"Version {found.number} is retired.")
            return redirect("question_bank", request.organisation.slug)
    status = 422 if context["refused"] else 200
    return render(request, "instruments/retire.html", context, status=status)
