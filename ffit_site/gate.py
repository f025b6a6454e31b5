"""What is refused by a request's first line and headers alone, before anything is read of it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from organisations.rules import typed
from reports.api.problems import problem

METHODS = ("GET", "HEAD", "POST")
# A test holds it above the largest answers of any form. The settings say the most of a form and of
# a file of somebody who is signed in.
MOST_WITHOUT_SIGN_IN = 256 * 1024
# The routes that take a file; a test finds them all.
UPLOADS = frozenset(
    {
        "debrief_attach",
        "initiative_import",
        "launch",
        "launch_preview",
        "question_bank_import",
        "staff_list",
        "unit_import",
    }
)

UNREADABLE = (
    "This address or form has an invisible character in it (NUL). Nothing was changed. "
    "Go back and type it again."
)
_NO_METHOD = "This site answers GET, HEAD and POST only. Nothing was changed."
_NO_LENGTH = "Send this with its length (Content-Length). Nothing was changed."
_NOT_UTF_8 = "Send this in UTF-8. Nothing was changed."
_TOO_LARGE = "This is too large. Nothing was changed. Go back and send less, or a smaller file."
# UTF-8 of half a character: no text that anybody can type, and no database keeps it.
_HALF_A_CHARACTER = re.compile(r"%ED%[AB][0-9A-F]%[89AB][0-9A-F]", re.IGNORECASE)


class GateMiddleware:
    """405, 400, 415, 411 or 413 with one sentence; what passes has a method, text and a length."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _refused(request) or self.get_response(request)


def stated_length(request: HttpRequest) -> int | None:
    """The bytes that a request says it brings; None where it does not say."""
    return typed.key(request.META.get("CONTENT_LENGTH") or "")


def unreadable() -> HttpResponse:
    """400 in plain text: this may be said before there is a session to show a page with."""
    return _said(400, UNREADABLE)


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.method not in METHODS:
        answer = _said(405, _NO_METHOD)
        # The API is only read.
        reads = request.path_info.startswith("/api/")
        answer["Allow"] = ", ".join(METHODS[:2] if reads else METHODS)
        return answer
    if _is_odd(request):
        # The API says every refusal in one form.
        reads = request.path_info.startswith("/api/")
        return problem(400, UNREADABLE) if reads else unreadable()
    # Django would read a form by any codec of Python's, such as base64, and fail.
    if (request.content_params or {}).get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        return _said(415, _NOT_UTF_8)
    length = stated_length(request)
    if "HTTP_TRANSFER_ENCODING" in request.META or (length is None and request.method == "POST"):
        return _said(411, _NO_LENGTH)
    if length and length > _most(request.path_info, length):
        return _said(413, _TOO_LARGE)
    return None


def _is_odd(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if "%" in query and ("%00" in query or _HALF_A_CHARACTER.search(query)):
        return True
    # Django leaves escaped in a path what is no UTF-8.
    path = request.path_info
    return "\x00" in path or bool("%" in path and _HALF_A_CHARACTER.search(path))


def _most(path: str, length: int) -> int:
    if not path.startswith("/o/"):
        return MOST_WITHOUT_SIGN_IN
    if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return length
    try:
        is_upload = resolve(path).url_name in UPLOADS
    except Resolver404:
        is_upload = False
    return (
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    )


def _said(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
