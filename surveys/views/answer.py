"""The respondent's addresses: opening a sheet, sending it. No session, no sign-in; the only cookie
is a browser's own count of sheets sent by an open QR code.

A post carries its own credential in its address and needs no CSRF token. Reading a link never uses
it up. Whatever is not ours answers with one and the same 404.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from surveys.actions.answering import Outcome, cast_sheet, send_named_sheet, takes_more_from
from surveys.answer_string import BadSheet
from surveys.forms.answer_sheet import SentSheet, largest_body, read_sheet
from surveys.models import SurveyUnit
from surveys.presenters.answer_document import (
    Mode,
    document_response,
    sent_response,
    statement_codes,
)
from surveys.presenters.answer_message import message_response
from surveys.presenters.answer_values import calendar_event
from surveys.presenters.answer_words import language_of
from surveys.presenters.calendar_file import calendar_file
from surveys.queries import answer_page
from surveys.queries.answer_page import AnswerPage, Sheet, Standing
from surveys.tokens import typed_code
from surveys.views.sheet_count import remember, sheets_sent

_FORM = "application/x-www-form-urlencoded"


_LONGEST_CREDENTIAL = 64


def _is_readable(credential: str) -> bool:
    return len(credential) <= _LONGEST_CREDENTIAL and credential.isprintable()


def _respondent(
    find: Callable[[str], AnswerPage | None],
    name: str,
    *,
    canonical: Callable[[str], str] = str,
) -> Callable[..., HttpResponse]:
    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, credential: str) -> HttpResponse:
        page = find(credential) if _is_readable(credential) else None
        if page is None:
            return message_response(request, "unknown", status=404)
        address = reverse(name, args=[canonical(credential)])
        if request.method == "POST":
            return _send(request, page, address)
        standing = page.standing()
        if standing is not Standing.OPEN:
            return message_response(request, standing.value, page=page, address=address)
        sent = sheets_sent(request, page)
        if not takes_more_from(page, sent):
            return message_response(request, "browser full", page=page, address=address)
        return document_response(request, page, address=address, asks=bool(sent))

    return view


by_token = _respondent(answer_page.find_by_token, "answer_by_token")
by_code = _respondent(answer_page.find_by_code, "answer_by_code", canonical=typed_code)
named_sheet = _respondent(answer_page.find_by_sheet_token, "named_sheet")


def _length(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() else 0


def _send(request: HttpRequest, page: AnswerPage, address: str) -> HttpResponse:
    def refused(kind: str, status: int, sentence: str = "") -> HttpResponse:
        return message_response(
            request, kind, status=status, page=page, address=address, sentence=sentence
        )

    fields = answer_page.comment_fields(page)
    if _length(request) > largest_body(page.comments, fields=len(fields)):
        return refused("large", 413)
    if request.content_type != _FORM:
        return refused("bad", 415, "Please send this page’s own form.")
    sent = sheets_sent(request, page)
    try:
        sheet = read_sheet(
            request.body,
            codes=statement_codes(page),
            options=page.options,
            ask=page.comments,
            fields=fields,
        )
        outcome = _put(page, sheet, sent)
    except BadSheet as error:
        return refused("bad", 400, str(error))
    if not outcome.is_acknowledged:
        return refused(f"sending {outcome.value}", 409)
    if request.headers.get("Accept") == "application/json":
        response: HttpResponse = JsonResponse({"sent": True})
    else:
        response = sent_response(request, page, address=address)
    if page.is_open_to_all:
        # The answer to an earlier try may have been lost, and its count with it.
        remember(response, page, sent + 1 if outcome is Outcome.SENT else max(sent, 1))
    return response


def _put(page: AnswerPage, sheet: SentSheet, sent: int) -> Outcome:
    if page.sheet is Sheet.WARD:
        return cast_sheet(
            page=page,
            secret=sheet.secret,
            answers=sheet.answers,
            written=sheet.written,
            from_browser=sent,
        )
    return send_named_sheet(page=page, answers=sheet.answers)


@login_not_required
@require_GET
def again(request: HttpRequest) -> HttpResponse:
    """The neutral address that the script leaves in the address bar; it finds the way back."""
    return message_response(request, "again")


@login_not_required
@require_GET
def calendar(request: HttpRequest, ward_page_code: str) -> HttpResponse:
    """The team talk for the diary, or the day of the result. Carries no credential."""
    is_readable = _is_readable(ward_page_code)
    page = answer_page.find_by_ward_page(ward_page_code) if is_readable else None
    if page is None:
        return message_response(request, "unknown", status=404)
    event = calendar_event(page, language=language_of(request.GET.get("lang", "")))
    return HttpResponse(
        calendar_file(event, made_at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="team-talk.ics"'},
    )


def render_preview(
    request: HttpRequest, *, survey_unit: SurveyUnit, mode: Mode, leaders: bool = False
) -> HttpResponse:
    """The very document that respondents get, for the launch page's views; it sends nowhere."""
    page = answer_page.page_for_preview(survey_unit, leaders=leaders, name=str(request.user))
    return document_response(request, page, address=request.path, mode=mode)
