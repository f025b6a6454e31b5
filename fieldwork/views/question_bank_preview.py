"""Any version, edition and language on a phone: the very document that respondents get."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fieldwork.presenters.preview import Preview, preview_page
from fieldwork.views.framing import framed_by_us
from instruments import access as bank
from instruments.models import Edition, Version
from instruments.presenters.crumbs import bank_crumbs
from instruments.queries.answer_wording import form_wording
from instruments.queries.wording import version_codes
from instruments.views.bank import editors
from instruments.words.languages import language_name
from organisations.views.membership import MemberRequest
from responses.presenters.answer_document import draft_response
from surveys.rules.form_kind import FormKind

SHEETS = {"ward": "Staff form", "leaders": "Leaders’ form", "joint": "Joint form"}


def _choice(version: Version, asked: str) -> Edition:
    """The asked edition, else the adapted one."""
    editions = bank.editions_of(version)
    usual = next((one for one in editions if not one.is_verbatim), editions[0])
    return next((one for one in editions if str(one.pk) == asked), usual)


@require_safe
@editors
def preview(request: MemberRequest, version_id: int) -> HttpResponse:
    """The phone's frame, with what to look at chosen above it."""
    version = bank.version_for(request.organisation, version_id)
    edition = _choice(version, request.GET.get("edition", ""))
    sheet = request.GET.get("sheet", "")
    sheet = sheet if sheet in SHEETS else "ward"
    spoken = dict.fromkeys(one.language for one in bank.translations_of(version))
    language = request.GET.get("lang", "")
    language = language if language in spoken else version.language
    place = [request.organisation.slug, version.pk, edition.pk, sheet]
    context = {
        "version": version,
        "edition": edition,
        "editions": bank.editions_of(version),
        "language": language,
        "languages": [(tag, language_name(tag)) for tag in spoken],
        "sheet": sheet,
        "sheets": SHEETS,
        "document": f"{reverse('question_bank_preview_document', args=place)}?lang={language}",
        "crumbs": bank_crumbs(request.organisation, version),
    }
    return render(request, "fieldwork/question_bank_preview.html", context)


@require_safe
@framed_by_us
@editors
def preview_document(
    request: MemberRequest, version_id: int, edition_id: int, sheet: str
) -> HttpResponse:
    """The document itself; its answers go nowhere."""
    version = bank.version_for(request.organisation, version_id)
    if sheet not in SHEETS:
        raise Http404
    page = preview_page(
        organisation=request.organisation,
        edition=bank.edition_of(version, edition_id),
        statements=len(version_codes(version.pk)),
        preview=Preview(),
        joint=sheet == "joint",
    )
    if sheet == "leaders":
        page = replace(page, form_kind=FormKind.LEADERS, name="A leader’s name", channel="")
    wording = form_wording(edition_id=page.edition_id, language=request.GET.get("lang", ""))
    return draft_response(request, page, wording=wording)
