"""WebKitGTK, Safari's kin, driven by WebDriver: a screen of its own and pages of any size."""

import base64
import http.client
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from devtools import processes
from tests.servers import free_port, wait_until

DRIVER = "WebKitWebDriver"
SCREEN = "Xvfb"
PACKAGES = "webkit2gtk-driver xvfb"
WAITS = 120


def missing() -> bool:
    """Whether this machine lacks the engine, its driver or a screen without a screen."""
    return not (shutil.which(DRIVER) and shutil.which(SCREEN) and _browser())


def _browser() -> Path | None:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return found[-1] if found else None


class WebKit:
    """One window; `frame` shows a document in a place of a phone's size, which a window has not."""

    def __init__(self, port: int, documents: dict[str, str], site: str) -> None:
        self._port, self._documents, self._site = port, documents, site
        options = {"binary": str(_browser()), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        found = self._call("POST", "/session", {"capabilities": wanted})
        self._session = f"/session/{found['sessionId']}"
        self._call("POST", f"{self._session}/timeouts", {"script": WAITS * 1000})

    def open(self, address: str) -> None:
        """A page in the whole window."""
        self._call("POST", f"{self._session}/url", {"url": address})

    def frame(self, html: str, width: int, height: int) -> None:
        """A document at an address of its own, so that nothing is kept of another."""
        style = f"width: {width}px; height: {height}px; border: 0"
        place = f"/q/{len(self._documents)}"
        self._documents[place] = html
        inside = f'<iframe src="{place}" style="{style}"></iframe>'
        self._documents["/frame"] = f'<!doctype html><body style="margin: 0">{inside}'
        self.open(f"{self._site}/frame")
        self._call("POST", f"{self._session}/frame", {"id": 0})

    def run(self, script: str) -> Any:
        """What a script returns."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        """A press where the element stands, as a finger does it; WebKit refuses what is hidden."""
        using = {"using": "css selector", "value": selector}
        (found,) = self._call("POST", f"{self._session}/element", using).values()
        self._call("POST", f"{self._session}/element/{found}/click", {})

    def until(self, script: str) -> None:
        """Waits until the script returns something true."""
        wait_until(lambda: bool(self.run(script)), what=script, seconds=WAITS)

    def settle(self, milliseconds: int) -> None:
        """Lets a guard against late taps run out, as a person's reading does."""
        begun = self.run("return performance.now()")
        self.until(f"return performance.now() > {begun + milliseconds}")

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._call("GET", f"{self._session}/screenshot"))

    def close(self) -> None:
        self._call("DELETE", self._session)

    def _call(self, method: str, path: str, body: object = None) -> Any:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=WAITS)) as line:
            line.request(method, path, None if body is None else json.dumps(body))
            answer = line.getresponse()
            value = json.load(answer)["value"]
        assert answer.status == 200, value
        return value


@contextmanager
def _served(documents: dict[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (http.server's name)
            found = documents.get(self.path.partition("?")[0])
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def webkit() -> Iterator[WebKit]:
    """A browser on a screen that nobody sees, for as long as it is used."""
    with TemporaryDirectory(prefix="ffit-webkit-") as name:
        folder = Path(name)
        seen, tells = os.pipe()
        screen = subprocess.Popen(
            [SCREEN, "-displayfd", str(tells), "-screen", "0", "1280x1200x24", "-nolisten", "tcp"],
            pass_fds=[tells], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(tells)
        try:
            with open(seen, encoding="ascii") as told:
                display = f":{told.readline().strip()}"
            # In a container there is no sandbox to be had; the pages are ours.
            env = os.environ | {
                "DISPLAY": display, "GDK_BACKEND": "x11", "HOME": name, "XDG_RUNTIME_DIR": name,
                "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "NO_AT_BRIDGE": "1",
                "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1",
            }  # fmt: skip
            port, documents = free_port(), dict[str, str]()
            driver = processes.start([DRIVER, f"--port={port}"], env=env, log=folder / "driver.log")
            try:
                wait_until(lambda: _listens(port), what=f"{DRIVER} listens")
                with _served(documents) as site, closing(WebKit(port, documents, site)) as browser:
                    yield browser
            finally:
                processes.stop([driver])
        finally:
            screen.terminate()
            screen.wait()


def _listens(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        try:
            line.request("GET", "/status")
            return line.getresponse().status == 200
        except OSError:
            return False
