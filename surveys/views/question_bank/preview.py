"""Any version, edition and language on a phone: the very document that respondents get."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organisations.membership import MemberRequest
from surveys.models import Edition, Version
from surveys.presenters.answer_document import draft_response
from surveys.presenters.languages import language_name
from surveys.presenters.preview import preview_page, preview_words
from surveys.presenters.question_bank_crumbs import bank_crumbs
from surveys.queries import question_bank as bank
from surveys.queries.answer_page import Sheet
from surveys.views.framing import framed_by_us
from surveys.views.question_bank.bank import editors

SHEETS = {"ward": "Ward sheet", "leaders": "Leaders’ sheet", "joint": "Joint sheet"}


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
    return render(request, "surveys/question_bank/preview.html", context)


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
        words=preview_words({}),
        joint=sheet == "joint",
    )
    if sheet == "leaders":
        page = replace(page, sheet=Sheet.LEADERS, name="A leader’s name", channel="")
    return draft_response(page, language=request.GET.get("lang", ""), address=request.path)
