"""Fixtures for every test: the network is loopback, Valkey is real, nothing leaks between tests."""

import gc
import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.database
import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from devtools.test import BOTH
from ffit_site.cache import LimitsCache
from organisations.actions.deployment import tick
from organisations.models import Deployment
from tests import servers
from tests.kept_database import _one_migrates, django_db_keepdb, django_db_setup
from tests.published_house import house
from tests.settings import FOLDER

__all__ = ["_one_migrates", "django_db_keepdb", "django_db_setup", "house"]

# A plugin, for a hook of this file is not asked about what a whole run shares.
pytest_plugins = ["tests.time_limits"]

# In CI the same examples every time, so that a red run can be repeated; here new ones.
IN_CI = bool(os.environ.get("CI"))
hypothesis.settings.register_profile(
    "ffit",
    deadline=None,
    derandomize=IN_CI,
    database=None
    if IN_CI
    else hypothesis.database.DirectoryBasedExampleDatabase(".ffit/hypothesis"),
)
hypothesis.settings.load_profile("ffit")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end, so nobody looks through it for garbage:
    that took a fifth of collecting, in each process, and a second whenever a test made much."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what `./dev test` runs on both databases; leave out what belongs to the other one.

    `devtools.test.embedded_files` finds the files: a mark is written out in the file it is for.
    """
    for item in items:
        tasks = "tasks" in item.path.stem or item.get_closest_marker("worker")
        journey = item.get_closest_marker("browser")
        if not journey and (tasks or BOTH & set(item.path.parts)):
            item.add_marker(pytest.mark.both)
    engine = str(django_settings.DATABASES["default"]["ENGINE"])
    on_sqlite = engine.endswith("sqlite3")
    other = "postgresql" if on_sqlite else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """A connection to anything but this machine fails the test that tries it."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        assert _is_local(address), f"A test tried to reach {address}"
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        assert _is_local(address), f"A test tried to reach {address}"
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded_ex)
        yield


@pytest.fixture(scope="session", autouse=True)
def flush_past_locks() -> Iterator[None]:
    """Emptying SQLite between tests deletes row by row, which the append-only tables refuse:
    their triggers go before and come back after, in the same transaction."""
    if connection.vendor != "sqlite":  # PostgreSQL truncates
        yield
        return
    # The class, for inside Playwright's event loop Django has another connection.
    operations = type(connection.ops)
    flush = operations.sql_flush

    def without_triggers(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drop, *flush(self, *args, **kwargs), *(sql for _, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", without_triggers)
        yield


@pytest.fixture(scope="session")
def folder() -> Path:
    """This test process's own folder: database, keys, socket, logs."""
    return FOLDER


@pytest.fixture(scope="session")
def _valkey(folder: Path) -> Iterator[servers.Server]:
    server = servers.valkey(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def valkey(_valkey: servers.Server) -> servers.Server:
    """The real Valkey, empty; a test may stop it, the next test finds it running again."""
    _valkey.start()
    caches["redis"].clear()  # also empties the queues, which share its database
    caches["documents"].clear()
    caches["results"].clear()
    # What the test before noticed of a Valkey that it stopped.
    LimitsCache._away_until = 0.0
    LocMemCache("limits", {}).clear()
    return _valkey


@pytest.fixture(autouse=True)
def looked_at(request: pytest.FixtureRequest) -> None:
    """The counting worker has just looked at the records, so that sweeps act."""
    with_database = {"db", "transactional_db"} & set(request.fixturenames)
    if with_database or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        look_at_records()


def look_at_records() -> None:
    """As if the site began with these records; else ones that were emptied look put back."""
    (Path(django_settings.KEYS_DIR) / "clock").unlink(missing_ok=True)
    tick([])
    # However slow the machine is, no test waits for the next look.
    Deployment.objects.update(ticked_at=timezone.now() + timedelta(days=1))


@pytest.fixture(scope="session")
def _mailbox() -> Iterator[servers.Mailbox]:
    mailbox = servers.Mailbox()
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture
def mailbox(_mailbox: servers.Mailbox, settings: Settings) -> servers.Mailbox:
    """A real SMTP server: what is sent from the test or a worker ends in `mailbox.messages`."""
    _mailbox.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _mailbox.port
    return _mailbox


@dataclass
class Site:
    """The product as people meet it, on the database of the test."""

    url: str
    web: servers.Server
    worker: servers.Server


@pytest.fixture(scope="session")
def _processes(
    folder: Path,
    _valkey: servers.Server,
    _mailbox: servers.Mailbox,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    port = servers.free_port()
    url = f"http://127.0.0.1:{port}"
    env = servers.process_environment(
        FFIT_EMAIL_HOST="127.0.0.1", FFIT_EMAIL_PORT=str(_mailbox.port), FFIT_PUBLIC_URL=url
    )
    site = Site(url, servers.gunicorn(folder, port, env), servers.worker(folder, env))
    yield site
    site.web.stop()
    site.worker.stop()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            _end_other_connections()


def _end_other_connections() -> None:
    """PostgreSQL drops no database that is in use: by a thread of a test, or by a pool."""
    import psycopg

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    said = connection.settings_dict
    with psycopg.connect(
        dbname=said["NAME"],
        user=said["USER"],
        password=said["PASSWORD"],
        host=said["HOST"],
        port=said["PORT"] or None,
        autocommit=True,
    ) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def worker(
    _processes: Site, mailbox: servers.Mailbox, valkey: servers.Server, transactional_db: None
) -> Iterator[servers.Server]:
    """A real Celery worker on the test's database; what it sends ends in `mailbox`.

    It ends with the test, or it would do the work of the next one.
    """
    _processes.worker.start()
    yield _processes.worker
    _processes.worker.stop()


@pytest.fixture
def site(
    _processes: Site,
    mailbox: servers.Mailbox,
    valkey: servers.Server,
    transactional_db: None,
    settings: Settings,
) -> Site:
    """Real gunicorn at `site.url` on the test's database; add `worker` for what happens later."""
    settings.PUBLIC_URL = _processes.url
    _processes.web.start()
    return _processes
