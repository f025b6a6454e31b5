"""Every page of the demonstration on a phone, a tablet and a desk, with a word of 58 letters in
every name.

Only what scrolls by itself may hold more: a table or a program text that the keyboard reaches. And
what shows as a table stands in its columns.
"""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from debriefs.models import Debrief, Note
from initiatives.models import (
    Action,
    CheckAnswer,
    DepartmentRequest,
    Idea,
    Initiative,
    Point,
    Priority,
    SmallTest,
)
from organisations.models import Organisation, Unit, User
from surveys.models import Survey, SurveyUnit
from tests.demo.crawl import opened_by
from tests.demo.test_links import EACH_ROLE

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
NAMES = (
    *((Unit, "name"), (SurveyUnit, "unit_name"), (Initiative, "title"), (Survey, "title")),
    *((Organisation, "name"), (User, "name"), (Action, "what"), (Priority, "title")),
    *((Action, "owner"), (Action, "outcome"), (SmallTest, "what"), (CheckAnswer, "answer")),
    *((DepartmentRequest, "needs"), (Idea, "words"), (Point, "note")),
    *((Debrief, "name"), (Note, "text")),
)
# The narrowest, a usual phone, the narrowest with a tablet's columns, a desk.
WIDTHS = (320, 390, 768, 1280)
# The page and its main part, and the first element of each kind that ends beyond the screen.
TOO_WIDE = """
() => {
    const screen = document.documentElement.clientWidth
    const main = document.querySelector("main")
    const scrolls = (element) =>
        element !== document.body &&
        element !== document.documentElement &&
        /auto|scroll/.test(getComputedStyle(element).overflowX) &&
        element.tabIndex === 0
    const isLetIn = (element) =>
        element !== null && (scrolls(element) || isLetIn(element.parentElement))
    const found = {
        page: document.documentElement.scrollWidth,
        // What a page fetches into itself has no main part; its elements are measured all the same.
        main: main === null ? 0 : main.getBoundingClientRect().left + main.scrollWidth,
    }
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect()
        const isSeen = box.width > 1 && box.height > 1
        if (isSeen && box.right > screen + 0.5 && !isLetIn(element.parentElement)) {
            found[`${element.localName}.${element.getAttribute("class") ?? ""}`] ??= box.right
        }
    }
    return Object.fromEntries(Object.entries(found).filter(([, right]) => right > screen + 0.5))
}
"""
# Cells that do not begin where the first row's cell of their column does.
OUT_OF_COLUMN = """
() => {
    const found = []
    for (const table of document.querySelectorAll("table")) {
        const [first, ...rows] = table.rows
        if (!first || table.offsetWidth === 0 || getComputedStyle(first).display !== "table-row")
            continue
        for (const row of rows) {
            if (row.cells.length !== first.cells.length) continue  // some cells span columns
            for (const [place, cell] of [...row.cells].entries()) {
                const head = first.cells[place].getBoundingClientRect()
                if (Math.abs(cell.getBoundingClientRect().left - head.left) > 1)
                    found.push(`${table.className}: ${cell.textContent.trim().slice(0, 40)}`)
            }
        }
    }
    return found.slice(0, 3)
}
"""


def with_long_names() -> None:
    for model, field in NAMES:
        model._default_manager.update(**{field: LONG})
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def seeded(transactional_db: None) -> None:
    """Committed, for what a page fetches into itself is answered on another connection."""
    call_command("load_instrument")
    call_command("seed_demo")


@contextmanager
def served(client: Client, pages: dict[str, bytes]) -> Iterator[str]:
    """The address of a server that answers pages as they were crawled, files from where they are
    built, and by the client what a page fetches into itself.

    A server, for whoever answers in the browser's place switches off what it keeps of files, and
    each page would ask for all of them again.
    """
    one_at_a_time = threading.Lock()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (the standard library's name)
            path = urlsplit(self.path).path
            if self.path in pages:
                self._give(200, "text/html; charset=utf-8", pages[self.path])
            elif path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                if isinstance(found, str):
                    self._give(200, kind, Path(found).read_bytes())
                else:
                    self.send_error(404)
            else:
                with one_at_a_time:
                    given = client.get(self.path)
                    # Each request has a thread and so a connection to the database of its own.
                    connections.close_all()
                kind = given.headers.get("Content-Type", "text/html")
                self._give(given.status_code, kind, given.content)

        def _give(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.mark.usefixtures("seeded")
@pytest.mark.timeout(600)
@EACH_ROLE
def test_each_page_fits_its_screen(page: Page, role: str) -> None:
    with_long_names()
    client, opened = opened_by(role)
    pages = {
        address: answer.content
        for address, _, answer, _ in opened
        if answer.headers.get("Content-Type", "").startswith("text/html")
        and isinstance(answer, HttpResponse)
        and answer.status_code == 200
    }
    crooked = []
    with served(client, pages) as site:
        for address in pages:
            page.goto(f"{site}{address}", wait_until="load")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 700})
                found = page.evaluate(TOO_WIDE) or page.evaluate(OUT_OF_COLUMN)
                if found:
                    crooked.append(f"{address} at {width}: {found}")
    assert not crooked, "\n".join(crooked)
    assert len(pages) > 20
