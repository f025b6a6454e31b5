"""A whole answer on a phone with an empty cache, every byte of it counted on the way."""

import socket
import threading
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from devtools.chromium import launch_options
from devtools.steps import Refused

READING = 750  # ms; a tap sooner than anyone can read is taken for a slip


class Meter:
    """A relay on loopback that counts what passes in both directions."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.bytes = 0
        self._counting = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._to)
            for source, target in ((client, server), (server, client)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with closing(target):
            try:
                while piece := source.recv(65536):
                    with self._counting:
                        self.bytes += len(piece)
                    target.sendall(piece)
            except OSError:
                return

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()


def _answer(page: Page, address: str) -> int:
    taps = 0

    def tap(selector: str) -> None:
        nonlocal taps
        page.wait_for_timeout(READING)
        page.locator(selector).filter(visible=True).first.tap()
        taps += 1

    page.goto(address)
    tap("[data-do=own]")
    statements = page.locator("#sheet select").count()
    for number in range(statements):
        shown = page.title()
        tap(f"#rows input[value='{number % 6}']")
        page.wait_for_function("before => document.title !== before", arg=shown)
        if page.locator("#between").is_visible():
            tap("#between .go")
    tap("#review [data-do=send]")
    page.locator("#sent").wait_for(state="visible")
    return taps


def phone(address: str) -> dict[str, int]:
    """Requests, bytes on the wire both ways, and taps from opening the link to the thanks."""
    options: dict[str, Any] = launch_options()
    if options["executable_path"] is None:
        raise Refused("chromium is missing: apt-get install chromium (as root).")
    parts = urlsplit(address)
    assert parts.hostname and parts.port
    meter = Meter(parts.hostname, parts.port)
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
        page.on("request", lambda request: requests.append(request.url))
        taps = _answer(page, f"http://127.0.0.1:{meter.port}{parts.path}")
        browser.close()
    meter.close()
    over_the_wire = [url for url in requests if not url.startswith("data:")]
    return {"requests": len(over_the_wire), "bytes": meter.bytes, "taps": taps}
