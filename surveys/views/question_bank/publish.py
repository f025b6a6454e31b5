"""Two versions word by word; publishing after reading that; retiring."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from organisations.membership import MemberRequest
from organisations.refusal import Refused
from surveys.actions.publish_version import hindrances, publish_version, retire_version
from surveys.models import Version
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.presenters.version_difference import difference_rows, lead_sentence
from surveys.queries import question_bank as bank
from surveys.queries.wording_changes import difference
from surveys.views.question_bank.bank import editors


def _difference(request: MemberRequest, found: Version, refused: str = "") -> HttpResponse:
    other = request.GET.get("with", "")
    before = bank.version_for(request.organisation, int(other[:18])) if other.isdecimal() else None
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
    context: dict[str, Any] = {
        "version": found,
        "before": compared.before,
        "asked_before": bank.asked_in(compared.before, request.organisation)
        if compared.before
        else 0,
        "edition": edition,
        "editions": editions,
        "rows": difference_rows(compared, edition),
        "lead": lead_sentence(compared, edition),
        "same": compared.unchanged.get(edition.code, []),
        "others": earlier,
        "hindrances": hindrances(found) if is_draft else [],
        "is_draft": is_draft,
        "refused": refused,
        "crumbs": bank_crumbs(request.organisation, found),
    }
    status = 422 if refused else 200
    return render(request, "surveys/question_bank/difference.html", context, status=status)


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
        return _difference(request, found, str(refused))
    messages.success(request, f"Version {found.number} is published and locked.")
    return redirect("question_bank_version", request.organisation.slug, found.pk)


@editors
def retire(request: MemberRequest, version_id: int) -> HttpResponse:
    """Asks first; then no new survey can use the version."""
    found = bank.own_version_for(request.organisation, version_id)
    context: dict[str, Any] = {
        "version": found,
        "refused": "",
        "asked_in": bank.asked_in(found, request.organisation),
        "crumbs": bank_crumbs(request.organisation, found),
    }
    if request.method == "POST":
        try:
            retire_version(version=found, by=request.user)
        except Refused as refused:
            context["refused"] = str(refused)
        else:
            messages.success(request, f"Version {found.number} is retired.")
            return redirect("question_bank", request.organisation.slug)
    status = 422 if context["refused"] else 200
    return render(request, "surveys/question_bank/retire.html", context, status=status)
