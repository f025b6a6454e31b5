"""Requests as the answer page sends them, without a client library in the way."""

import base64
import io
import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

CODES: list[str] = []
CHOICES = ["0", "1", "2", "3", "4", "4", "5", "%3F"]


def statement_codes() -> list[str]:
    """The codes of FFIT's statements in order, asked of the database once."""
    if not CODES:
        from instruments.models import Item

        CODES.extend(
            Item.objects.order_by("section__position", "position").values_list("code", flat=True)
        )
    return CODES


def body() -> bytes:
    """A whole sheet under a fresh send secret: 45 answers, a few of them "I can't say"."""
    secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    answers = zip(statement_codes(), random.choices(CHOICES, k=len(CODES)), strict=True)
    return f"secret={secret}&{'&'.join(map('='.join, answers))}".encode()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile, transactions' begin and end aside."""
    from django.db import connection

    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def call(
    application: Callable[..., Iterable[bytes]],
    path: str,
    sent: bytes | None = None,
    *,
    cookie: str = "",
) -> str:
    """The status of one request, handed straight to the WSGI application."""
    status = ""

    def start_response(line: str, headers: Any, exc_info: Any = None) -> None:
        nonlocal status
        status = line

    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET" if sent is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT": "text/html" if sent is None else "application/json",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "HTTP_COOKIE": cookie,
        "CONTENT_LENGTH": str(len(sent or b"")),
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if sent else "",
        "wsgi.input": io.BytesIO(sent or b""),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    answer = application(environ, start_response)
    for _ in answer:
        pass
    if hasattr(answer, "close"):
        answer.close()
    return status


def over_http(code: str, sent: bytes | None = None) -> bytes:
    """The same request in bytes, for a connection that is kept open."""
    if sent is None:
        return (
            f"GET /q/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip, br\r\n\r\n"
        ).encode()
    head = (
        f"POST /q/{code} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return head.encode() + sent
