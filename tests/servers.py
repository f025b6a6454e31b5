"""Real servers for tests: Valkey, an SMTP sink, gunicorn and the Celery worker."""

import logging
import os
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from pathlib import Path
from urllib.parse import quote, urlencode

import aiosmtpd.controller
import aiosmtpd.handlers
import aiosmtpd.smtp
from django.db import connection

from devtools import processes
from devtools.embedded import valkey_command

logging.getLogger("mail.log").setLevel(logging.WARNING)  # each line that a letter is made of


def free_port() -> int:
    """A port nobody uses at this moment."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


# No test waits so long unless something hangs: a busy machine is slow, not broken.
PATIENCE = 120.0


def wait_until(true: Callable[[], bool], *, what: str, seconds: float = PATIENCE) -> None:
    """Return once `true()` holds; fail the test if that takes too long."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"After {seconds:.0f} s still not: {what}")
        time.sleep(0.05)


def test_database_url() -> str:
    """DATABASE_URL of the database that the running tests use."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}@" if settings["USER"] else ""
    host, query = settings["HOST"], ""
    if host.startswith("/"):
        host, query = "", "?" + urlencode({"host": host})
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{user}{host}{port}/{quote(settings['NAME'])}{query}"


@dataclass
class Server:
    """A process of ours that can be stopped, killed and started again within a test."""

    command: list[str]
    log: Path
    env: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    is_up: Callable[[], bool] = lambda: True
    process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def begin(self) -> None:
        """Start, and do not wait; nothing if it runs already."""
        if not self.running:
            self.process = processes.start(self.command, env=self.env, log=self.log)

    def start(self) -> None:
        """Start and wait until it serves, which takes a busy machine a while."""
        self.begin()
        deadline = time.monotonic() + PATIENCE
        while self.running and not self.is_up() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert self.running and self.is_up(), processes.last_lines(self.log, 30)

    def stop(self) -> None:
        """The polite way: SIGTERM."""
        if self.process:
            processes.stop([self.process])

    def kill(self) -> None:
        """The rude way: SIGKILL, to the process and its children at once."""
        if self.process:
            processes.stop([self.process], seconds=0)


def valkey(folder: Path) -> Server:
    """A Valkey on the socket that the tests' settings name."""
    path = folder / "valkey.sock"

    def answers() -> bool:
        # It takes connections before it has read what it kept.
        with closing(socket.socket(socket.AF_UNIX)) as client:
            if client.connect_ex(str(path)):
                return False
            client.sendall(b"PING\r\n")
            return client.recv(7) == b"+PONG\r\n"

    return Server(valkey_command(path, folder / "valkey"), folder / "valkey.log", is_up=answers)


def process_environment(**more: str) -> dict[str, str]:
    """What a process of the product gets, so that it shares the tests' database and queue."""
    return {
        **os.environ,
        "DATABASE_URL": test_database_url(),
        "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
        **more,
    }


def gunicorn(folder: Path, port: int, env: dict[str, str], *, workers: int = 2) -> Server:
    """The web process as `./dev run` starts it."""

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    command = [
        processes.tool("gunicorn"), "ffit_site.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", "4", "--no-control-socket",
        "--graceful-timeout", "2",
    ]  # fmt: skip
    return Server(command, folder / "gunicorn.log", env, answers)


def worker(folder: Path, env: dict[str, str]) -> Server:
    """One Celery worker for both queues."""
    log = folder / "worker.log"

    def is_up() -> bool:
        return log.exists() and " ready." in log.read_text(encoding="utf-8")

    command = [
        processes.tool("celery"), "--app", "ffit_site.celery:app", "worker", "--concurrency", "1",
        "--queues", "default,counting", "--without-gossip",
        "--without-mingle",
    ]  # fmt: skip
    return Server(command, log, env, is_up)


def beat(folder: Path, env: dict[str, str]) -> Server:
    """The clock."""
    command = [
        processes.tool("celery"), "--app", "ffit_site.celery:app", "beat", "--pidfile=",
        "--schedule", str(folder / "beat-schedule"),
    ]  # fmt: skip
    return Server(command, folder / "beat.log", env)


class Mailbox(aiosmtpd.handlers.Message):
    """An SMTP server that keeps what it gets and can be told to refuse; `tls` is for STARTTLS."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        super().__init__(message_class=EmailMessage)
        self.messages: list[Message] = []
        self.refusal: str | None = None
        self.delay = 0.0
        self.port = free_port()
        self._controller = aiosmtpd.controller.Controller(self, host, self.port, tls_context=tls)

    def handle_message(self, message: Message) -> None:
        time.sleep(self.delay)
        self.messages.append(message)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self,
        server: aiosmtpd.smtp.SMTP,
        session: aiosmtpd.smtp.Session,
        envelope: aiosmtpd.smtp.Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def clear(self) -> None:
        self.messages.clear()
        self.refusal = None
        self.delay = 0.0

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()
