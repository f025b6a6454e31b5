"""Kind pages: what to do when a link takes no answers now, or is none of ours."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from surveys.presenters.answer_document import script_words
from surveys.presenters.answer_values import opening_words, ward_page_address
from surveys.presenters.answer_words import language_of
from surveys.queries.answer_page import AnswerPage

_RESULT_FOLLOWS = frozenset({"closed", "used"})


def message_response(
    request: HttpRequest,
    kind: str,
    *,
    status: int = 200,
    page: AnswerPage | None = None,
    address: str = "",
    sentence: str = "",
) -> HttpResponse:
    """The kind page named `kind`; for the script, which asks for JSON, its words alone."""
    language = language_of(request.GET.get("lang", "") if page else "")
    opens = opening_words(page, language=language) if page else ""
    if kind == "not open" and page and page.opens_at <= timezone.now():
        kind = "opening"
    title, text = language.refusals[kind]
    text = text.format(sentence=sentence, opens=opens)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"sent": False, "title": title, "text": text}, status=status)
    context = {
        "kind": kind,
        "language": language,
        "title": title,
        "text": text,
        "address": address,
        "unit": page.unit_name if page else "Fitness for Improvement",
        "ward_page": ward_page_address(page) if page and kind in _RESULT_FOLLOWS else "",
        "script_words": script_words(language),
    }
    return HttpResponse(render_to_string("surveys/answer/message.html", context), status=status)
