"""The one document that holds a whole survey, rendered once per wording and kept in the process.

45 statements cost some 20 ms to render, so a request only fills in its own values: the credential,
a random send secret, the unit, the improvement, k and the dates.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from surveys import comments
from surveys.answering_time import minutes
from surveys.models import Channel
from surveys.presenters.answer_pieces import Pieces, gap
from surveys.presenters.answer_values import answer_values, has_same_day_result
from surveys.presenters.answer_words import Language, language_of
from surveys.presenters.languages import language_direction, language_name
from surveys.queries.answer_page import AnswerPage, Sheet
from surveys.queries.answer_wording import SheetWording, edition_languages, sheet_wording
from surveys.queries.wording import version_codes


class Mode(StrEnum):
    """Whether answers count. In a preview and in a test nothing is kept, posted or taken."""

    LIVE = "live"
    PREVIEW = "preview"
    TEST = "test"


@dataclass(frozen=True)
class Shape:
    """All that changes the document's form; what changes only its values is filled in."""

    edition_id: int
    language: str
    sheet: Sheet
    is_poster: bool
    mode: Mode
    has_talk: bool
    same_day: bool
    sent_before: bool
    comments: str
    reminds_everyone: bool
    asks: bool

    @property
    def key(self) -> str:
        """Its name in the cache of documents."""
        return "document:" + ":".join(map(str, vars(self).values()))


def statement_codes(page: AnswerPage) -> tuple[str, ...]:
    """Every code in the order of an answer string, without a query once known.

    Codes that the page's edition leaves out are among them: they must stay skipped.
    """
    key = f"codes:{page.version_id}"
    codes: tuple[str, ...] | None = caches["documents"].get(key)
    if codes is None:
        codes = version_codes(page.version_id)
        caches["documents"].set(key, codes)
    return codes


def _say(language: Language) -> Callable[..., str]:
    """For templates; an unknown key is an error, never an empty line."""

    def say(key: str, **values: str) -> str:
        return language.page[key].format(**values)

    return say


def script_words(language: Language) -> str:
    """The script's words as JSON that may stand inside a script element."""
    words = json.dumps(language.script, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", "\\u003c")


def _render(shape: Shape, wording: SheetWording, language: Language) -> Pieces:
    return Pieces.cut(
        render_to_string(
            "surveys/answer/document.html",
            {
                "shape": shape,
                "wording": wording,
                "language": language,
                "languages": [(tag, language_name(tag)) for tag in wording.languages],
                "direction_of": language_direction,
                "say": _say(language),
                "script_words": script_words(language),
                "gap": gap,
                "rules": comments,
                "minutes": minutes(len(wording.codes)),
            },
        )
    )


def _spoken(page: AnswerPage, asked: str) -> str:
    """The asked language if the edition has it, else its own; without a query once known."""
    key = f"languages:{page.edition_id}"
    languages: tuple[str, ...] | None = caches["documents"].get(key)
    if languages is None:
        languages = edition_languages(page.edition_id)
        caches["documents"].set(key, languages)
    return asked if asked in languages else languages[0]


def _path(page: AnswerPage, shape: Shape, address: str) -> str:
    """The document's address, which keeps the language that was chosen."""
    usual = shape.language == _spoken(page, "")
    return address if usual else f"{address}?lang={shape.language}"


def _pieces(shape: Shape) -> tuple[Pieces, Language]:
    language = language_of(shape.language)
    pieces: Pieces | None = caches["documents"].get(shape.key)
    if pieces is None:
        wording = sheet_wording(edition_id=shape.edition_id, language=shape.language)
        pieces = _render(shape, wording, language)
        caches["documents"].set(shape.key, pieces)
    return pieces, language


def shape_of(
    page: AnswerPage, *, mode: Mode = Mode.LIVE, language: str = "", asks: bool = False
) -> Shape:
    """The form that this page's document has."""
    return Shape(
        edition_id=page.edition_id,
        language=_spoken(page, language),
        sheet=page.sheet,
        is_poster=page.channel == Channel.QR,
        mode=mode,
        has_talk=page.talk_at is not None,
        same_day=has_same_day_result(page),
        sent_before=bool(page.answers),
        comments=page.comments,
        reminds_everyone=page.reminds_everyone,
        asks=asks,
    )


def document_response(
    request: HttpRequest,
    page: AnswerPage,
    *,
    address: str,
    mode: Mode = Mode.LIVE,
    asks: bool = False,
) -> HttpResponse:
    """The document for this page, compressed where the browser takes gzip.

    `asks` first whether the person has answered already: this browser has sent a sheet before.
    """
    shape = shape_of(page, mode=mode, language=request.GET.get("lang", ""), asks=asks)
    pieces, language = _pieces(shape)
    values = answer_values(page, language=language, address=address)
    values["path"] = _path(page, shape, address)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return HttpResponse(pieces.fill_compressed(values), headers=headers)
    return HttpResponse(pieces.fill(values), headers={"Vary": "Accept-Encoding"})


def draft_response(page: AnswerPage, *, language: str, address: str) -> HttpResponse:
    """The document of words that may still change, as a preview: rendered each time, never kept."""
    languages = edition_languages(page.edition_id)
    spoken = language if language in languages else languages[0]
    shape = replace(shape_of(page, mode=Mode.PREVIEW), language=spoken)
    wording = sheet_wording(edition_id=page.edition_id, language=spoken)
    interface = language_of(spoken)
    pieces = _render(shape, wording, interface)
    values = answer_values(page, language=interface, address=address)
    values["path"] = f"{address}?lang={spoken}"
    return HttpResponse(pieces.fill(values))


def sent_response(request: HttpRequest, page: AnswerPage, *, address: str) -> HttpResponse:
    """Thanks after a plain POST: the same words as the document's, only after it is in the box."""
    shape = shape_of(page, language=request.GET.get("lang", ""))
    language = language_of(shape.language)
    values = answer_values(page, language=language, address=address)
    values["path"] = _path(page, shape, address)
    return HttpResponse(
        render_to_string(
            "surveys/answer/sent.html",
            {
                "shape": shape,
                "language": language,
                "say": _say(language),
                "gap": values.__getitem__,
            },
        )
    )
