"""Documents as they are kept: one compressed beginning for each unit, language and form.

The best brotli takes half a second, so a task makes it when a survey is scheduled; who comes before
it gets the quick one. Kept in the shared cache, and near at hand in each process: answering goes on
while Redis is away.
"""

from collections.abc import Callable
from dataclasses import replace

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from instruments.queries.answer_wording import FormWording
from organisations.carriers.task_queue import enqueue_on_commit
from responses.presenters.answer_document import (
    Mode,
    Shape,
    document_text,
    rendered_response,
    respond,
    shape_of,
    stop_link,
)
from responses.presenters.joined import BEST, BROTLI, QUICK, Beginning, begin, best_encoding
from responses.queries.answer_page import AnswerPage
from responses.words.answer_page import language_of
from surveys.models import Channel
from surveys.rules.form_kind import FormKind

_A_SURVEYS_LIFE = 60 * 24 * 3600
_A_MINUTE = 60
_TASK = "responses.compress_documents"

# Asked for its words only where the document is not yet there.
Wording = Callable[..., FormWording]


def document_response(
    request: HttpRequest,
    page: AnswerPage,
    *,
    language: str,
    wording: Wording,
    mode: Mode = Mode.LIVE,
    sent: int = 0,
) -> HttpResponse:
    """The document for this page, compressed as the browser takes it; `sent` is its own count."""
    shape = shape_of(page, language=language, mode=mode)
    if mode is not Mode.LIVE or page.form_kind is FormKind.LEADERS:
        # A leader's name is in it, so it is nobody else's.
        own = wording(edition_id=page.edition_id, language=language)
        return rendered_response(request, shape, own)
    encoding = best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    beginning = _beginning(page, shape, encoding, wording)
    stop = stop_link(page, language=language_of(language))
    return respond(beginning, mode=mode, sent=sent, stop=stop)


def _beginning(page: AnswerPage, shape: Shape, encoding: str, wording: Wording) -> Beginning:
    key = f"{shape.key}:{encoding}"
    near: Beginning | None = caches["documents"].get(key)
    if near is not None:
        return near
    best = caches["default"].get(key) if encoding == BROTLI else None
    if isinstance(best, Beginning):
        caches["documents"].set(key, best)
        return best
    text = document_text(shape, wording(edition_id=shape.edition_id, language=shape.language))
    if encoding != BROTLI:
        made = begin(text, encoding=encoding, quality=BEST)
        caches["documents"].set(key, made)
        return made
    made = begin(text, encoding=encoding, quality=QUICK)
    caches["documents"].set(key, made, _A_MINUTE)
    if caches["default"].add(f"{key}:asked", 1, 10 * _A_MINUTE):
        enqueue_on_commit(_TASK, page.survey_unit_id)
    return made


def compress(page: AnswerPage, *, languages: tuple[str, ...], wording: Wording) -> int:
    """Keeps the best brotli of a unit's documents, by poster and by link; how many were made."""
    made = 0
    channels = ["", Channel.QR] if page.form_kind is FormKind.STAFF else [Channel.QR]
    for language in languages:
        words = wording(edition_id=page.edition_id, language=language)
        for channel in channels:
            shape = shape_of(replace(page, channel=channel), language=language)
            key = f"{shape.key}:{BROTLI}"
            if caches["default"].get(key) is None:
                best = begin(document_text(shape, words), encoding=BROTLI, quality=BEST)
                caches["default"].set(key, best, _A_SURVEYS_LIFE)
                made += 1
    return made
