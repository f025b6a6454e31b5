"""The empty, migrated SQLite database, kept between runs: migrating takes longer than tests."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker

from devtools import MADE
from devtools.run import fingerprint


def kept_file() -> Path:
    """Where it lies while no migration changes; it is there once a test has had the database."""
    schema = fingerprint(
        "*/migrations/*.py", "*/management/commands/migrate.py", "requirements.txt"
    )
    return MADE / "test-databases" / f"{schema}.sqlite3"


def is_migrated(file: Path) -> bool:
    """Whether all migrations were applied there; a run that was cut off can leave fewer.

    Only the file itself counts, for it is copied without what SQLite keeps beside it.
    """
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            applied = set(database.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error:
        return False
    return MigrationLoader(None).disk_migrations.keys() <= applied


@pytest.fixture(scope="session")
def _one_migrates() -> Iterator[IO[str]]:
    """Of the processes of a run the first migrates, and the others wait for what it keeps."""
    kept_file().parent.mkdir(parents=True, exist_ok=True)
    with (kept_file().parent / "lock").open("w") as lock:
        if connection.vendor == "sqlite":
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, _one_migrates: IO[str]) -> bool:
    """On SQLite begin with a copy of what is kept."""
    if connection.vendor == "sqlite" and is_migrated(kept_file()):
        shutil.copy(kept_file(), connection.settings_dict["TEST"]["NAME"])
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _one_migrates: IO[str]
) -> None:
    """Keep the migrated database for the next run."""
    if connection.vendor == "sqlite" and not is_migrated(kept_file()):
        with django_db_blocker.unblock():
            connection.ensure_connection()
            keep(connection.connection, kept_file())
    fcntl.flock(_one_migrates, fcntl.LOCK_UN)


def keep(database: sqlite3.Connection, place: Path) -> None:
    """Keep a copy there, in place of all older ones; nothing unless it is migrated."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(draft)) as copy:
        database.backup(copy)
    if not is_migrated(draft):
        draft.unlink()
        return
    for old in place.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    draft.replace(place)
