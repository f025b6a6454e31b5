"""The one document that holds a whole survey: its text, and the end that is one request's own.

What a unit's survey says is compressed once and kept (`document_cache`); the end holds the send
secret, the server's time and how many forms this browser says it sent.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from instruments.queries.answer_wording import FormWording
from instruments.rules.answering_time import minutes
from instruments.words.languages import language_direction, language_name
from responses.presenters.answer_values import answer_values, has_same_day_result
from responses.presenters.inlined import inlined, on_one_line, policy, small_page, tight
from responses.presenters.joined import PLAIN, QUICK, Beginning, begin, best_encoding, join
from responses.queries.answer_page import AnswerPage
from responses.words.answer_page import LANGUAGES, Language, language_of
from surveys.models import Channel
from surveys.rules import comments
from surveys.rules.form_kind import FormKind


class Mode(StrEnum):
    """Whether answers count. In a preview and in a test nothing is kept, posted or taken."""

    LIVE = "live"
    PREVIEW = "preview"
    TEST = "test"


@dataclass(frozen=True)
class Shape:
    """All that a document says, but for the instrument's published words and the request's own."""

    edition_id: int
    language: str
    form_kind: FormKind
    is_poster: bool
    mode: Mode
    has_debrief: bool
    same_day: bool
    sent_before: bool
    comments: str
    reminds_everyone: bool
    has_staff_list: bool
    leaders_together: bool
    values: Mapping[str, str] = field(hash=False)

    @property
    def key(self) -> str:
        """Its name in a cache: another closing time, k, text, style or script makes another one."""
        built = (inlined("answer.css").hash, inlined("answer.js").hash, settings.DEMO)
        said = repr((built, *vars(self).values()))
        return f"answer-page:{hashlib.sha256(said.encode()).hexdigest()}"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plain form that was sent, and every field as it was sent."""

    sentence: str
    sent: Mapping[str, str]


def shape_of(page: AnswerPage, *, language: str, mode: Mode = Mode.LIVE) -> Shape:
    """The document that this page has in a language."""
    return Shape(
        edition_id=page.edition_id,
        language=language,
        form_kind=page.form_kind,
        is_poster=page.channel == Channel.QR,
        mode=mode,
        has_debrief=page.debrief_at is not None,
        same_day=has_same_day_result(page),
        sent_before=bool(page.answers),
        comments=page.comments,
        reminds_everyone=page.reminds_everyone,
        has_staff_list=page.has_staff_list,
        leaders_together=page.form_kind is FormKind.LEADERS and page.leaders_together,
        values=answer_values(page, language=language_of(language)),
    )


def _say(language: Language) -> Callable[..., str]:
    """For templates; an unknown key is an error, never an empty line."""

    def say(key: str, **values: str) -> str:
        return language.page[key].format(**values)

    return say


def _script_words(language: Language) -> str:
    """The script's words as JSON that may stand inside a script element."""
    words = json.dumps(language.script, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", "\\u003c")


def document_text(shape: Shape, wording: FormWording, *, problem: Problem | None = None) -> bytes:
    """The document without its end. A problem is told at its top, with every tick as it was."""
    language = language_of(shape.language)
    html = render_to_string(
        "responses/answer/document.html",
        {
            "shape": shape,
            "v": shape.values,
            "wording": wording,
            "language": language,
            "without": [LANGUAGES[one] for one in wording.without if one in LANGUAGES],
            "direction_of": language_direction,
            "name_of": language_name,
            "say": _say(language),
            "script_words": _script_words(language),
            "inlined": inlined,
            "on_one_line": on_one_line,
            "rules": comments,
            "minutes": minutes(len(wording.codes)),
            "problem": problem,
            "ticks": problem.sent if problem else {},
        },
    )
    return tight(html).encode()


def stop_link(page: AnswerPage, *, language: Language) -> str:
    """Where a person's own page stops messages to them; empty on everybody else's."""
    if not page.stop_token:
        return ""
    address = reverse("opt_out", args=[page.stop_token])
    words = escape(language.page["stop_messages"])
    return f'<footer class=front><a href="{address}">{words}</a></footer>'


def end_of(*, secret: str, sent: int, stop: str = "") -> bytes:
    """The end of the document's last element, and what else is one request's own."""
    now = int(time.time() * 1000)
    count = f" data-sent={sent}" if sent else ""
    return f' data-now={now}{count} value="{escape(secret)}">{stop}'.encode()


def respond(
    beginning: Beginning,
    *,
    mode: Mode,
    secret: str = "",
    sent: int = 0,
    stop: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole document; the send secret is new each time."""
    end = end_of(secret=secret or secrets.token_urlsafe(16), sent=sent, stop=stop)
    response = HttpResponse(join(beginning, end), status=status)
    if beginning.encoding != PLAIN:
        response["Content-Encoding"] = beginning.encoding
    response["Content-Security-Policy"] = policy("answer.js", framed=mode is not Mode.LIVE)
    # Shorter than on other pages, to fit one first window: only our own script can run here.
    response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if mode is Mode.LIVE:
        # The policy forbids frames already, to every browser that takes brotli.
        response.xframe_options_exempt = True
    return response


def rendered_response(
    request: HttpRequest,
    shape: Shape,
    wording: FormWording,
    *,
    problem: Problem | None = None,
    secret: str = "",
) -> HttpResponse:
    """A document that is made for this request alone: a preview, a leader's, one with a problem."""
    beginning = begin(
        document_text(shape, wording, problem=problem),
        encoding=best_encoding(request.headers.get("Accept-Encoding", "")),
        quality=QUICK,
    )
    status = 422 if problem else 200
    return respond(beginning, mode=shape.mode, secret=secret, status=status)


def draft_response(request: HttpRequest, page: AnswerPage, *, wording: FormWording) -> HttpResponse:
    """The document of words that may still change, as a preview: rendered each time, never kept."""
    shape = shape_of(page, language=wording.language, mode=Mode.PREVIEW)
    return rendered_response(request, shape, wording)


def sent_response(request: HttpRequest, page: AnswerPage, *, language: str) -> HttpResponse:
    """Thanks after a plain POST: the same words as the document's, only after it is in the box."""
    shape = shape_of(page, language=language)
    words = language_of(language)
    context = {"shape": shape, "v": shape.values, "language": words, "say": _say(words)}
    return small_page(request, "responses/answer/sent.html", context)
