"""Files are read two at a time; nobody who breaks off keeps a place."""

from threading import Event, Thread

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from ffit_site import uploads
from ffit_site.uploads import AT_A_TIME, UploadsMiddleware
from tests.servers import PATIENCE


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WAITS", 0.05)


def upload(path: str = "/o/x/units/import", **sent: object) -> HttpRequest:
    request = RequestFactory().post(path, sent)
    request.resolver_match = resolve(path)
    return request


def answered(request: HttpRequest, view: object = None) -> HttpResponse:
    """As Django calls a middleware: `process_view` inside `__call__`."""

    def inner(request: HttpRequest) -> HttpResponse:
        refused = middleware.process_view(request, BaseHandler, (), {})  # type: ignore[arg-type]
        return refused or (view() if callable(view) else HttpResponse("read"))

    middleware = UploadsMiddleware(inner)
    return middleware(request)


def test_the_third_waits_and_is_told() -> None:
    go_on, begun = Event(), [Event() for _ in range(AT_A_TIME)]

    def slow(number: int) -> HttpResponse:
        begun[number].set()
        go_on.wait(PATIENCE)
        return HttpResponse("read")

    threads = [
        Thread(target=answered, args=(upload(), lambda number=number: slow(number)))
        for number in range(AT_A_TIME)
    ]
    for thread in threads:
        thread.start()
    assert all(one.wait(PATIENCE) for one in begun)
    refused = answered(upload())
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert "Nothing was changed" in refused.text
    # Who sends no file waits for nobody.
    assert answered(upload("/o/x/units/add")).text == "read"
    go_on.set()
    for thread in threads:
        thread.join()
    assert answered(upload()).text == "read"


def test_a_fault_gives_the_place_back() -> None:
    def fault() -> HttpResponse:
        raise OSError("broken off")

    for _ in range(AT_A_TIME + 1):
        with pytest.raises(OSError, match="broken off"):
            answered(upload(), fault)
    assert answered(upload()).text == "read"
