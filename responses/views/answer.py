"""The respondent's addresses: opening a form, sending it. No session, no sign-in; the only cookie
is a browser's own count of forms sent by an open QR code.

A post carries its own credential in its address and needs no CSRF token. Reading a link never uses
it up. Whatever is not ours answers with one and the same 404.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from instruments.queries.answer_wording import form_wording, published_languages
from instruments.queries.wording import published_codes
from organisations.queries.deployment import restored_by
from organisations.rules import typed
from responses.actions.submission import (
    SubmissionResult,
    submit_named,
    submit_sealed,
    takes_more_from,
)
from responses.exchange.calendar_file import calendar_file
from responses.forms.answer_form import (
    FORM,
    SentForm,
    as_sent,
    largest_body,
    read_form,
    sent_secret,
)
from responses.presenters.answer_document import (
    Mode,
    Problem,
    rendered_response,
    sent_response,
    shape_of,
)
from responses.presenters.answer_message import message_response
from responses.presenters.answer_values import calendar_event, ward_page_address
from responses.presenters.document_cache import document_response
from responses.presenters.spoken import spoken_language
from responses.queries import answer_page
from responses.queries.answer_page import AnswerPage, LinkStatus
from responses.rules.answer_string import BadAnswers
from responses.views.browser_count import remember, sheets_sent
from responses.words.answer_page import language_of
from surveys.models import SurveyUnit
from surveys.rules.form_kind import FormKind

_LONGEST_CREDENTIAL = 64


def _is_readable(credential: str) -> bool:
    return len(credential) <= _LONGEST_CREDENTIAL and credential.isprintable()


def _nothing_replaced(credential: str) -> bool:
    return False


def _respondent(
    find: Callable[[str], AnswerPage | None],
    was_replaced: Callable[[str], bool] = _nothing_replaced,
    *,
    is_link: bool = False,
) -> Callable[..., HttpResponse]:
    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, credential: str) -> HttpResponse:
        is_readable = _is_readable(credential)
        page = find(credential) if is_readable else None
        if page is None:
            tried = "sending " if request.method == "POST" else ""
            if is_readable and was_replaced(credential):
                return message_response(request, f"{tried}replaced", status=410)
            restored = restored_by() if is_link else None
            kind = "unknown" if restored is None else "restored"
            return message_response(request, f"{tried}{kind}", status=404, by=restored)
        if request.method == "POST":
            return _send(request, page)
        if page.published_at is not None and page.is_personal:
            return _to_team_page(page)
        standing = page.standing()
        if standing is not LinkStatus.OPEN:
            return message_response(request, standing.value, page=page)
        sent = sheets_sent(request, page)
        if not takes_more_from(page, sent):
            return message_response(request, "browser full", page=page)
        return _document(request, page, sent=sent)

    return view


by_token = _respondent(answer_page.find_by_token, is_link=True)
by_code = _respondent(answer_page.find_by_code, answer_page.was_replaced)
named_response = _respondent(answer_page.find_named_by_token, is_link=True)


def _to_team_page(page: AnswerPage) -> HttpResponse:
    """A personal link leads there once there is a result or none, used or not.

    It carries what stops messages to this person, since the text message has no second link.
    """
    response = redirect(f"{ward_page_address(page)}?stop={page.stop_token}")
    response["Cache-Control"] = "no-store"
    return response


def _language(request: HttpRequest, page: AnswerPage) -> str:
    return spoken_language(request, published_languages(page.edition_id))


def _document(
    request: HttpRequest, page: AnswerPage, *, mode: Mode = Mode.LIVE, sent: int = 0
) -> HttpResponse:
    language = _language(request, page)
    return document_response(
        request, page, language=language, wording=form_wording, mode=mode, sent=sent
    )


def _length(request: HttpRequest) -> int:
    return typed.key(request.META.get("CONTENT_LENGTH") or "") or 0


def _by_script(request: HttpRequest) -> bool:
    return request.META.get("HTTP_ACCEPT") == "application/json"


def _send(request: HttpRequest, page: AnswerPage) -> HttpResponse:
    fields = answer_page.comment_fields(page)
    if _length(request) > largest_body(page.comments, fields=len(fields)):
        return message_response(request, "large", status=413, page=page)
    if request.content_type != FORM:
        sentence = "Send this page’s own form."
        return message_response(request, "bad", status=415, page=page, sentence=sentence)
    sent = sheets_sent(request, page)
    try:
        sheet = read_form(
            request.body,
            codes=published_codes(page.version_id),
            options=page.options,
            ask=page.comments,
            fields=fields,
        )
        outcome = _put(page, sheet, sent)
    except BadAnswers as error:
        if _by_script(request):
            return message_response(request, "bad", status=400, page=page, sentence=str(error))
        return _once_more(request, page, str(error))
    if not outcome.is_acknowledged:
        return message_response(request, f"sending {outcome.value}", status=409, page=page)
    if _by_script(request):
        response: HttpResponse = JsonResponse({"sent": True})
    else:
        response = sent_response(request, page, language=_language(request, page))
    if page.is_open_to_all:
        # The answer to an earlier try may have been lost, and its count with it.
        remember(response, page, sent + 1 if outcome is SubmissionResult.SENT else max(sent, 1))
    return response


def _once_more(request: HttpRequest, page: AnswerPage, sentence: str) -> HttpResponse:
    """The plain form again, with what is wrong at its top and all that was ticked and written."""
    standing = page.standing()
    if standing is not LinkStatus.OPEN:
        return message_response(request, f"sending {standing.value}", status=409, page=page)
    language = _language(request, page)
    return rendered_response(
        request,
        shape_of(page, language=language),
        form_wording(edition_id=page.edition_id, language=language),
        problem=Problem(sentence, as_sent(request.body)),
        secret=sent_secret(request.body),
    )


def _put(page: AnswerPage, sheet: SentForm, sent: int) -> SubmissionResult:
    if page.form_kind is FormKind.STAFF:
        return submit_sealed(
            page=page,
            secret=sheet.secret,
            answers=sheet.answers,
            written=sheet.written,
            from_browser=sent,
        )
    return submit_named(page=page, answers=sheet.answers)


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
    return _document(request, page, mode=mode)
