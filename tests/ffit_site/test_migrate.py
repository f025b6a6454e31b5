"""Data of another schema is refused with a sentence that says what to do."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from devtools import ROOT
from tests import servers
from tests.kept_database import kept_file

pytestmark = pytest.mark.sqlite


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    """A migrated database in a folder of data of its own."""
    return Path(shutil.copy(kept_file(), tmp_path / "db.sqlite3"))


def migrate(data: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value
        for key, value in servers.process_environment(FFIT_DATA=str(data)).items()
        if key != "DATABASE_URL"
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
        env=environment,
        capture_output=True,
        text=True,
    )


def test_data_of_another_schema_is_refused_and_left_alone(file: Path, tmp_path: Path) -> None:
    assert migrate(tmp_path).returncode == 0, "its own data, again"
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE ffit_site_schema SET fingerprint = 'of another version'")
        database.commit()
    before = file.read_bytes()
    refused = migrate(tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        "CommandError: This data was made by another version of FFIT and cannot be taken over. "
        f"Move it away (the folder {tmp_path}) and start again."
    )
    assert file.read_bytes() == before


def test_data_from_before_schemas_were_known_is_refused(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TABLE ffit_site_schema")
        database.commit()
    assert "made by another version" in migrate(tmp_path).stderr
