"""The migrated database that is kept between runs is a whole one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.kept_database import is_migrated, keep

pytestmark = pytest.mark.sqlite


def test_a_migrated_database_is_kept_and_older_ones_go(db: None, tmp_path: Path) -> None:
    (tmp_path / "older.sqlite3").touch()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as whole:
        keep(whole, tmp_path / "kept.sqlite3")
    assert is_migrated(tmp_path / "kept.sqlite3")
    assert [file.name for file in tmp_path.iterdir()] == ["kept.sqlite3"]


@pytest.mark.parametrize(
    "statement", ["PRAGMA journal_mode = WAL", "CREATE TABLE django_migrations (app, name)"]
)
def test_one_that_was_cut_off_is_not(tmp_path: Path, statement: str) -> None:
    with closing(sqlite3.connect(tmp_path / "cut")) as cut:
        cut.execute(statement)
        keep(cut, tmp_path / "kept.sqlite3")
    assert [file.name for file in tmp_path.iterdir()] == ["cut"]


@pytest.mark.parametrize("content", [None, b"", b"no database"])
def test_what_is_no_whole_database_is_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "kept.sqlite3").write_bytes(content)
    assert not is_migrated(tmp_path / "kept.sqlite3")
