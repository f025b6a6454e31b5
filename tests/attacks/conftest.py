"""Attacks over real HTTP: our gunicorn on PostgreSQL behind one proxy, which we play.

Each test ends with a look at the server's log: no trace of a fault, no link and no code of a
respondent. `unchanged` compares every table before and after.
"""

import http.client
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from organisations.models import User
from tests import servers
from tests.attacks.visitor import Visitor
from tests.servers import Mailbox, Server

HERE = Path(__file__).parent
# A clear sentence comes at once; only a server that hangs takes so long.
PATIENCE = 15
CSRF = "c" * 32
_SECRET = re.compile(r"/(a|q|l|w|stop|ask)/(?!talk)[\w-]{4,}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.postgresql)


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        """As a person reads it."""
        return self.content.decode()


@dataclass(frozen=True)
class Attacker:
    """Somebody with a socket. `network` is what the proxy says of where they are."""

    url: str
    network: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def at(self, network: str) -> "Attacker":
        """The same from another place."""
        return replace(self, network=network)

    def send(
        self,
        method: str,
        target: str,
        body: bytes | str = b"",
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """One request as it stands, with the token of forms for whoever is signed in."""
        told = self._told()
        if body or method == "POST":
            told["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(self._connected()) as connected:
            connected.request(method, target, body or None, {**told, **(headers or {})})
            return _read(connected)

    def get(self, target: str, **headers: str) -> Reply:
        """A page."""
        return self.send("GET", target, headers=headers)

    def post(self, target: str, body: bytes | str, **headers: str) -> Reply:
        """A form."""
        return self.send("POST", target, body, headers)

    def begin(self, method: str, target: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        """Sends these headers and this much of a body, and waits for an answer all the same."""
        with closing(self.hold(method, target, headers, body)) as connected:
            return _read(connected)

    def hold(
        self, method: str, target: str, headers: dict[str, str], body: bytes = b""
    ) -> http.client.HTTPConnection:
        """The same, and does not wait; whoever asked closes it."""
        connected = self._connected()
        connected.putrequest(method, target)
        for name, value in {**self._told(), **headers}.items():
            connected.putheader(name, value)
        connected.endheaders(body or None)
        return connected

    def _told(self) -> dict[str, str]:
        told = {"X-Forwarded-For": self.network, "X-Forwarded-Proto": "http"}
        if self.cookies:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            told |= {"Cookie": cookies, "X-CSRFToken": CSRF}
        return told

    def _connected(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)


def _read(connected: http.client.HTTPConnection) -> Reply:
    answer = connected.getresponse()
    return Reply(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="session")
def _attacked(
    folder: Path, _valkey: Server, _mailbox: Mailbox, django_db_setup: None
) -> Iterator[tuple[str, Server]]:
    port = servers.free_port()
    url = f"http://127.0.0.1:{port}"
    env = servers.process_environment(
        FFIT_PROXIES="1",
        FFIT_EMAIL_HOST="127.0.0.1",
        FFIT_EMAIL_PORT=str(_mailbox.port),
        FFIT_PUBLIC_URL=url,
    )
    server = servers.gunicorn(folder, port, env)
    server.log = folder / "attacked.log"
    yield url, server
    server.stop()


@pytest.fixture
def attacker(
    _attacked: tuple[str, Server], mailbox: Mailbox, valkey: Server, transactional_db: None
) -> Iterator[Attacker]:
    """A stranger before the running site."""
    url, server = _attacked
    server.start()
    heard = server.log.stat().st_size
    yield Attacker(url)
    said = server.log.read_bytes()[heard:].decode()
    assert "Traceback" not in said, said
    assert not _SECRET.search(said), said


@pytest.fixture
def visitor(attacker: Attacker) -> Callable[[], Visitor]:
    """`visitor()` is one more browser: it keeps cookies and signs in like a person."""
    return lambda: Visitor(attacker.url)


@pytest.fixture
def signed_in(attacker: Attacker) -> Callable[[User], Attacker]:
    """`signed_in(user)`: the same as somebody with a session, and with a form's token."""

    def enter(user: User) -> Attacker:
        client = Client()
        client.force_login(user)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        return replace(attacker, cookies={**cookies, settings.CSRF_COOKIE_NAME: CSRF})

    return enter


def contents() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a hash of them; sessions come and go by themselves."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if "session" in table:
                continue
            cursor.execute(
                "SELECT count(*), md5(coalesce(string_agg(one::text, '' ORDER BY one::text), '')) "
                f'FROM "{table}" one'
            )
            found[table] = cursor.fetchone()
    return found


@contextmanager
def unchanged() -> Iterator[None]:
    """Every table is afterwards what it was before."""
    before = contents()
    yield
    after = contents()
    assert after == before, {name for name in after if after[name] != before.get(name)}


def multipart(
    content: bytes, *, name: str, field: str = "file", kind: str = "application/octet-stream",
    fields: dict[str, str] | None = None,
) -> tuple[bytes, str]:  # fmt: skip
    """A form with one file: its body and its content type."""
    mark = "a-mark-between-parts"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in (fields or {}).items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="'
    parts.append(
        head.encode() + name.encode() + f'"\r\nContent-Type: {kind}\r\n\r\n'.encode() + content
    )
    return b"".join(parts) + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
