"""Kind pages: what to do when a link takes no answers now, or is none of ours."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from responses.presenters.answer_values import opening_words, ward_page_address
from responses.presenters.inlined import small_page
from responses.presenters.spoken import spoken_language
from responses.queries.answer_page import AnswerPage
from responses.words.answer_page import LANGUAGES, language_of

# Answers that were refused, or wait on the device, may go by a code slip instead.
_TAKES_SLIP = frozenset({"browser full", "full", "replaced", "used", "unknown", "restored"})
_OVER = frozenset({"closed", "cancelled"})
_RESULT_FOLLOWS = frozenset({"closed", "used"})


def message_response(
    request: HttpRequest,
    kind: str,
    *,
    status: int = 200,
    page: AnswerPage | None = None,
    sentence: str = "",
    by: datetime | None = None,
    fields: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The kind page named `kind`; for the script, which asks for JSON, its words, and whether the
    answers could go by a `slip` or it is `over`.

    With `fields` a button sends once more what was sent, as it was.
    """
    language = language_of(spoken_language(request, tuple(LANGUAGES)))
    opens = opening_words(page, language=language) if page else ""
    if kind == "not open" and page and page.opens_at <= timezone.now():
        kind = "opening"
    reason = kind.removeprefix("sending ")
    title, text = language.refusals.get(kind) or language.refusals[reason]
    if kind not in language.refusals:
        text = f"{language.page['not_sent']} {text}"
    day = language.day(timezone.localtime(by)) if by else ""
    text = text.format(sentence=sentence, opens=opens, day=day)
    if request.headers.get("Accept") == "application/json":
        can = {"slip": reason in {*_TAKES_SLIP, "too many"}, "over": reason in _OVER}
        return JsonResponse({"sent": False, "title": title, "text": text, **can}, status=status)
    context = {
        "kind": kind,
        "language": language,
        "title": title,
        "text": text,
        "unit": page.unit_name if page else "Fitness for Improvement",
        "ward_page": ward_page_address(page) if page and reason in _RESULT_FOLLOWS else "",
        "fields": fields,
        "takes_slip": _TAKES_SLIP,
        "stop": page.stop_token if page else "",
    }
    return small_page(request, "responses/answer/message.html", context, status=status)
