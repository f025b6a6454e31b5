"""deploy/nginx.conf in a real nginx: no link in a log, real addresses, nobody refused."""

import asyncio
import contextlib
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from devtools import ROOT, processes
from tests.servers import free_port, wait_until

pytestmark = [
    pytest.mark.long,
    pytest.mark.sqlite,
    pytest.mark.skipif(
        shutil.which("nginx") is None, reason="nginx is missing: apt-get install nginx-light"
    ),
]
LINK = "Zk3-secret-link-9fQ"
PREFIXES = ("a", "q", "l", "w", "stop", "ask")


@dataclass
class Proxy:
    """nginx by our file, and behind it a program that keeps the headers it was given."""

    port: int
    folder: Path
    upstream: ThreadingHTTPServer
    gone: threading.Event
    seen: list[dict[str, str]] = field(default_factory=list)

    def ask(self, request: bytes, *, seconds: float = 15) -> bytes:
        """What one connection answers to these bytes, until it is closed.

        Nothing, if nginx was done with it while it still sent.
        """
        answer = b""
        with self.connect(seconds) as line, contextlib.suppress(ConnectionError, ssl.SSLError):
            line.sendall(request)
            while more := line.recv(65536):
                answer += more
        return answer

    def connect(self, seconds: float) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        return trusting().wrap_socket(plain, server_hostname="ffit.example.org")

    def get(self, path: str, *headers: str) -> int:
        lines = [f"GET {path} HTTP/1.1", "Host: ffit.example.org", "Connection: close", *headers]
        return status_of(self.ask("\r\n".join([*lines, "", ""]).encode()))

    def logs(self) -> str:
        files = ("access.log", "error.log", "nginx.log")
        return "".join(
            (self.folder / name).read_text("utf-8", "replace")
            for name in files
            if (self.folder / name).exists()
        )


@cache
def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def status_of(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.\d (\d{3})", answer)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o755)
    seen: list[dict[str, str]] = []
    gone = threading.Event()

    class Site(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if gone.is_set():
                self.close_connection = True
                return
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append({name: value for name, value in self.headers.items()})
            self.send_response(500 if self.path.endswith("fails") else 200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    class Many(ThreadingHTTPServer):
        request_queue_size = 1000
        daemon_threads = True

    upstream = Many(("127.0.0.1", 0), Site)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=ffit.example.org", "-keyout", folder / "key", "-out", folder / "crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for ours, here in {
        " /tmp/": f" {folder}/",
        "web:8000": f"127.0.0.1:{upstream.server_address[1]}",
        "listen 8443": f"listen 127.0.0.1:{port}",
        "listen 8080": f"listen 127.0.0.1:{free_port()}",
        "/run/secrets/certificate_key": str(folder / "key"),
        "/run/secrets/certificate": str(folder / "crt"),
        "/dev/stdout": str(folder / "access.log"),
        "/dev/stderr": str(folder / "error.log"),
    }.items():
        assert ours in text, ours
        text = text.replace(ours, here)
    (folder / "nginx.conf").write_text(text)
    server = processes.start(
        ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, log=folder / "nginx.log",
    )  # fmt: skip

    def listens() -> bool:
        assert server.poll() is None, processes.last_lines(folder / "nginx.log", 20)
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(listens, what="nginx listens")
        yield Proxy(port, folder, upstream, gone, seen)
    finally:
        processes.stop([server])
        upstream.shutdown()
        upstream.server_close()


def request(path: str, *headers: str, method: str = "GET", body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: ffit.example.org", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


NINE_WAYS = {
    "answered": request(f"/a/{LINK}"),
    "fails": request(f"/a/{LINK}/fails"),
    "too large": request(f"/a/{LINK}", "Content-Length: 900000", method="POST"),
    "encoded prefix": request(f"/%61/{LINK}"),
    "double slash": request(f"//a/{LINK}"),
    "dots": request(f"/x/../a/{LINK}"),
    "an address of 40 kB": request(f"/a/{LINK}{'x' * 40_000}"),
    "broken HTTP": f"GET /a/{LINK} HTTP/9.9\r\nHost\r\n\r\n".encode(),
    "as referrer, agent and query": request(
        f"/help?next=/a/{LINK}", f"Referer: https://x/a/{LINK}", f"User-Agent: {LINK}"
    ),
}


@pytest.mark.parametrize("way", NINE_WAYS)
def test_no_way_of_asking_leaves_a_link_in_a_log(proxy: Proxy, way: str) -> None:
    assert status_of(proxy.ask(NINE_WAYS[way])) or way == "an address of 40 kB"
    assert LINK not in proxy.logs()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_of_respondents_only_failures_are_logged_and_no_address(proxy: Proxy, prefix: str) -> None:
    before = proxy.logs()
    for path in (f"/{prefix}/{LINK}", f"/{prefix.upper()}/{LINK}", f"/{prefix}/{LINK}%20x%0Ay"):
        assert proxy.get(path) == 200
    assert proxy.logs() == before
    assert proxy.get(f"/{prefix}/{LINK}/fails") == 500
    wait_until(lambda: proxy.logs() != before, what="a line")
    line = proxy.logs().removeprefix(before)
    assert f'"path":"/{prefix}/","status":500' in line
    assert '"who":"-"' in line


def test_other_addresses_are_logged_without_their_query(proxy: Proxy) -> None:
    assert proxy.get("/o/trust/surveys?q=somebody") == 200
    wait_until(lambda: '"path":"/o/trust/surveys","status":200' in proxy.logs(), what="a line")
    assert "somebody" not in proxy.logs()


def test_what_a_client_claims_does_not_arrive(proxy: Proxy) -> None:
    proxy.seen.clear()
    claims = ("X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: http", "X-Real-IP: 192.0.2.2",
              "X-Forwarded-Host: evil.example", "Forwarded: for=192.0.2.3")  # fmt: skip
    assert proxy.get("/", *claims) == 200
    (headers,) = proxy.seen
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https"
    assert not {"X-Real-IP", "X-Forwarded-Host", "Forwarded"} & headers.keys()
    assert "192.0.2" not in str(headers)


def test_a_request_has_one_name_in_both_logs_and_a_respondents_none(proxy: Proxy) -> None:
    proxy.seen.clear()
    assert proxy.get("/named", "X-Request-ID: what-a-client-claims") == 200
    (headers,) = proxy.seen
    name = headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    wait_until(lambda: f'"request":"{name}"' in proxy.logs(), what="a line")
    for prefix in PREFIXES:
        proxy.seen.clear()
        assert proxy.get(f"/{prefix}/{LINK}", f"X-Request-ID: {name}") == 200
        assert "X-Request-ID" not in proxy.seen[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("/metrics", 404), ("/watchz", 404), ("//metrics", 404), ("/x/../watchz", 404)),
        *(("/livez", 200), ("/healthz", 200), ("/readyz", 200)),
    ],
)
def test_what_is_for_the_inside_stays_there(proxy: Proxy, path: str, status: int) -> None:
    assert proxy.get(path) == status


def test_four_hundred_phones_behind_one_address_are_all_answered(proxy: Proxy) -> None:
    """Each keeps its connection, as phones do, and asks three times."""

    async def phone(number: int) -> list[int]:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port, ssl=trusting())
        met = []
        for _ in range(3):
            writer.write(
                f"GET /a/{LINK}{number} HTTP/1.1\r\nHost: ffit.example.org\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(2)
            met.append(status_of(head))
        connected.append(number)
        while len(connected) < 400:
            await asyncio.sleep(0.05)
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()
        return met

    async def hospital() -> list[list[int]]:
        return await asyncio.gather(*map(phone, range(400)))

    connected: list[int] = []
    assert asyncio.run(hospital()) == [[200] * 3] * 400


def is_silent(line: ssl.SSLSocket) -> bool:
    """Whether nothing came on this connection yet, not even its end."""
    line.setblocking(False)
    try:
        line.recv(1)
    except ssl.SSLWantReadError:
        return True
    finally:
        line.settimeout(30)  # three times what nginx waits
    return False


def test_bodies_that_never_end_hold_up_nobody_and_are_let_go(proxy: Proxy) -> None:
    lines = [proxy.connect(30) for _ in range(40)]
    for line in lines:
        line.sendall(request(f"/q/{LINK}", "Content-Length: 1000", method="POST"))
    began = time.monotonic()
    assert proxy.get("/") == 200
    assert all(is_silent(line) for line in lines), "it came while all of them were held"
    for line in lines:
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            assert status_of(line.recv(1000)) in (0, 408)
        line.close()
    assert time.monotonic() - began > 8, "a slow phone has its time"


def test_with_the_site_away_no_link_is_logged_either(proxy: Proxy) -> None:
    proxy.gone.set()
    proxy.upstream.shutdown()
    proxy.upstream.server_close()
    assert proxy.get(f"/a/{LINK}") in (502, 504)
    assert LINK not in proxy.logs()
