"""What is refused by first line and headers alone; `tests/attacks/test_bodies.py` sends it."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from ffit_site.gate import MOST_WITHOUT_SIGN_IN, UPLOADS, GateMiddleware
from instruments.rules.version_text import MOST_SECTIONS
from responses.forms.answer_form import largest_body
from surveys.rules import comments


def passes(request: HttpRequest) -> bool:
    return GateMiddleware(lambda _: HttpResponse("in"))(request).content == b"in"


def sent(path: str, length: int) -> HttpRequest:
    request = RequestFactory().post(path)
    request.META["CONTENT_LENGTH"] = str(length)
    return request


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/account/login", MOST_WITHOUT_SIGN_IN),
        ("/q/ABCDEFGHJK", MOST_WITHOUT_SIGN_IN),
        ("/o/x/units/add", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        ("/o/x/nowhere/at-all", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        ("/o/x/units/import", settings.FILE_UPLOAD_MAX_MEMORY_SIZE),
        ("/o/x/question-bank/import", settings.FILE_UPLOAD_MAX_MEMORY_SIZE),
    ],
)
def test_each_page_takes_so_much_and_no_byte_more(path: str, most: int) -> None:
    assert passes(sent(path, most))
    assert not passes(sent(path, most + 1))


def test_the_fullest_answers_of_any_form_come_through() -> None:
    assert largest_body(comments.WHOLE, fields=1) < MOST_WITHOUT_SIGN_IN
    assert largest_body(comments.PARTS, fields=MOST_SECTIONS) < MOST_WITHOUT_SIGN_IN


def patterns(found: Any = None) -> Iterator[URLPattern]:
    for one in (found or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            yield from patterns(one)
        else:
            yield one


def test_the_routes_that_take_a_file_are_those_that_read_one() -> None:
    reading = {
        one.name
        for one in patterns()
        if inspect.isfunction(view := inspect.unwrap(one.callback))
        and not view.__module__.startswith("django.")
        and "request.FILES" in inspect.getsource(view)
    }
    assert reading == UPLOADS


@pytest.mark.parametrize("query", ["q=%00", "q=%ED%A0%80", "a=1&q=x%ed%bf%bfy"])
def test_text_that_nobody_can_type_is_refused(query: str) -> None:
    assert not passes(RequestFactory().get(f"/o/x/units/?{query}"))
    assert not passes(RequestFactory().get(f"/o/{query[2:]}/units/"))


@pytest.mark.parametrize("query", ["q=%ED%9F%BF", "q=%EE%80%80", "q=%F0%9F%92%9A", "q=%2500"])
def test_every_other_text_comes_through(query: str) -> None:
    assert passes(RequestFactory().get(f"/o/x/units/?{query}"))


@pytest.mark.parametrize(
    ("charset", "comes_in"),
    [
        *(("; charset=utf-8", True), ("; charset=UTF-8", True), ('; charset="utf8"', True)),
        *(("", True), ("; charset=", False), ("; charset=latin-1", False)),
        # Codecs of Python's that are none of text.
        *(
            (f"; charset={name}", False)
            for name in ("base64", "idna", "rot13", "zlib", "undefined")
        ),
    ],
)
def test_a_form_is_in_utf_8(charset: str, comes_in: bool) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        request = RequestFactory().generic("POST", "/account/login", b"a=1", f"{kind}{charset}")
        assert passes(request) is comes_in


def test_a_post_says_its_length() -> None:
    request = RequestFactory().post("/account/login")
    for stated in ("", "-1", "1e3", "٣", "9" * 30):
        request.META["CONTENT_LENGTH"] = stated
        assert GateMiddleware(lambda _: HttpResponse())(request).status_code == 411, stated
    request.META["CONTENT_LENGTH"] = "0"
    assert passes(request)
    request.META["HTTP_TRANSFER_ENCODING"] = "chunked"
    assert not passes(request)
