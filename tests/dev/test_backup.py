"""deploy/backup.sh on a real PostgreSQL: taken, verified, encrypted, restored with the log."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from devtools import ROOT
from devtools.postgresql import HASTY, Cluster, cluster

PROGRAMS = {"age": "age", "gpg": "gnupg", "shellcheck": "shellcheck", "pg_basebackup": "postgresql"}
MISSING = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
pytestmark = [
    *(pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(900)),
    pytest.mark.skipif(bool(MISSING), reason=f"missing: apt-get install {' '.join(MISSING)}"),
]
SCRIPT = ROOT / "deploy" / "backup.sh"
MARK = "a sentence that nobody may read in a backup"
GZIP = b"\x1f\x8b"


def run(folder: Path, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """What the script answers; `folder` keeps the backups."""
    env = {"PATH": os.environ["PATH"], "FFIT_BACKUPS": str(folder), **settings}
    return subprocess.run([SCRIPT, *words], env=env, capture_output=True, text=True)


def program(folder: Path, name: str, does: str) -> dict[str, str]:
    """Settings in which this program does something else."""
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def by_age(folder: Path) -> dict[str, str]:
    """A pair of keys in this folder; settings that open what was sealed for it."""
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True)
    (folder / "private").write_text(made.stdout)
    public = made.stdout.partition("public key: ")[2].split()[0]
    (folder / "public").write_text(f"{public}\n")
    return {"FFIT_BACKUP_PRIVATE_KEY": str(folder / "private")}


def by_gpg(folder: Path) -> dict[str, str]:
    """The same; the private key is in a keyring."""
    env = {"GNUPGHOME": str(folder), "PATH": os.environ["PATH"]}
    make = ["--passphrase", "", "--quick-generate-key", "backups@merrowfield.example"]
    for words in (
        [*make, "default", "default", "never"],
        ["--armor", "--output", str(folder / "public"), "--export"],
    ):
        subprocess.run(["gpg", "--batch", *words], env=env, check=True, capture_output=True)
    return {"GNUPGHOME": str(folder)}


@pytest.fixture
def away() -> Iterator[Path]:
    """A short path, for GnuPG keeps a socket there, that PostgreSQL's user may read too."""
    folder = Path(tempfile.mkdtemp(prefix="ffit-b-"))
    yield folder
    subprocess.run(["gpgconf", "--homedir", folder, "--kill", "all"], capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def sql(server: Cluster, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(f"host={server.folder} user=ffit dbname=postgres") as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def archived(server: Cluster) -> None:
    """Waits until all that was written so far is in the log's archive."""
    (row,) = sql(server, "SELECT pg_walfile_name(pg_switch_wal())")
    for _ in range(300):
        (last,) = sql(server, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")
        if str(last[0]) >= str(row[0]):
            return
        time.sleep(0.1)
    raise AssertionError(sql(server, "SELECT * FROM pg_stat_archiver"))


@pytest.mark.parametrize("keys", [by_age, by_gpg])
def test_a_lost_machine_is_restored_from_what_nobody_else_can_read(
    away: Path, keys: Callable[[Path], dict[str, str]]
) -> None:
    opening = keys(away)
    with tempfile.TemporaryDirectory(prefix="ffit-kept-") as name:
        kept = Path(name)
        script = shutil.copy(SCRIPT, kept / "backup.sh")
        (kept / "log").mkdir()
        shutil.copy(away / "public", kept / "public")
        for one in (kept, kept / "log"):
            one.chmod(0o777)  # PostgreSQL's user writes there
        (kept / "public").chmod(0o644)
        sealing = {"FFIT_BACKUP_KEY": str(kept / "public")}
        words = f"env FFIT_BACKUPS={kept} FFIT_BACKUP_KEY={kept / 'public'} {script}"
        options = ["archive_mode=on", f"archive_command={words} archive %p %f"]
        with cluster([*HASTY, *options]) as server:
            site = {**os.environ, "DATABASE_URL": server.url(), "FFIT_DATA": str(kept / "data")}
            manage = [sys.executable, str(ROOT / "manage.py")]
            subprocess.run([*manage, "migrate", "--verbosity", "0"], env=site, check=True)
            sql(server, f"CREATE TABLE said AS SELECT '{MARK}' AS text")
            sql(server, "CHECKPOINT")
            before = datetime.now(UTC).replace(microsecond=0)
            done = run(
                kept,
                **sealing,
                PATH=f"{server.bin}:{os.environ['PATH']}",
                PGHOST=str(server.folder),
                PGUSER="ffit",
                DATABASE_URL=server.url(),
                DJANGO_SETTINGS_MODULE="ffit_site.settings",
                FFIT_DATA=str(kept / "data"),
                FFIT_BACKUP_RECORD=" ".join([*manage, "record_backup"]),
            )
            assert done.returncode == 0, done.stderr
            began = datetime.fromisoformat(done.stdout.strip())
            assert before <= began <= datetime.now(UTC)
            assert sql(server, "SELECT taken_at FROM responses_backup") == [(began,)]
            sql(server, "INSERT INTO said VALUES ('after the backup')")
            archived(server)
            server.stop()
        (base,) = (kept / "base").iterdir()
        log = [one for one in (kept / "log").iterdir() if one.suffix != ".sum"]
        assert len(log) >= 2
        for one in (base, *log):
            content = one.read_bytes()
            assert MARK.encode() not in content
            assert not content.startswith(GZIP)
        assert not run(kept, "unpack", base, kept / "data").stdout
        with cluster() as other:  # a folder that PostgreSQL's user may have
            other.stop()
            folder = other.folder / "data"
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
            wrong = run(kept, "unpack", base, folder, **sealing)
            assert wrong.returncode != 0, "not without the private key"
            opened = run(
                kept, "unpack", base, folder, **opening, PATH=f"{other.bin}:{os.environ['PATH']}"
            )
            assert opened.returncode == 0, opened.stderr
            if other.user:
                for one in (kept, away, folder):
                    subprocess.run(["chown", "-R", other.user, one], check=True)
            (folder / "recovery.signal").touch()
            own = " ".join(f"{name}={value}" for name, value in opening.items())
            words = f"env FFIT_BACKUPS={kept} {own} {script}"
            other.options = [*HASTY, f"restore_command={words} fetch %f %p"]
            other.start()
            for _ in range(300):
                if sql(other, "SELECT pg_is_in_recovery()") == [(False,)]:
                    break
                time.sleep(0.1)
            assert sql(other, "SELECT text FROM said") == [(MARK,), ("after the backup",)]


def test_what_does_not_verify_is_neither_kept_nor_recorded(tmp_path: Path, away: Path) -> None:
    with cluster() as server:
        shim = program(away, "pg_verifybackup", "echo a file is broken >&2; exit 1")
        done = run(
            tmp_path,
            PATH=f"{shim['PATH']}:{server.bin}",
            PGHOST=str(server.folder),
            PGUSER="ffit",
            FFIT_BACKUP_RECORD=f"touch {tmp_path / 'recorded'}",
        )
    assert done.returncode != 0
    assert not done.stdout
    assert "a file is broken" in done.stderr
    assert list((tmp_path / "base").iterdir()) == []
    assert {one.name for one in tmp_path.iterdir()} == {"base", "log", ".lock"}


def test_backups_are_kept_for_35_days_and_the_log_as_long_as_the_oldest(
    tmp_path: Path, away: Path
) -> None:
    now = datetime.now(UTC)

    def lay(name: str, **age: int) -> None:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
        at = (now - timedelta(**age)).timestamp()
        os.utime(file, (at, at))

    lay("base/ffit-20260101T020000Z.tar.gz.age", days=36)
    lay("base/ffit-20260102T020000Z.tar.gz.age", days=35, minutes=1)
    lay("base/ffit-20260103T020000Z.tar.gz.age", days=34, hours=23, minutes=58)
    lay("base/ffit-20260104T020000Z.tar.gz.age", days=1)
    lay("base/ffit-20260104T020000Z.tar.gz.age.77.part", days=1)
    lay("log/000000010000000000000001.age", days=36)
    lay("log/000000010000000000000001.sum", days=36)
    lay("log/000000010000000000000002.age", days=34, hours=23, minutes=59)
    lay("log/000000010000000000000003.age", days=34, hours=23, minutes=57)
    lay("log/00000002.history.age", days=99)
    with cluster() as server:
        path = f"{server.bin}:{os.environ['PATH']}"
        there = {"PGHOST": str(server.folder), "PGUSER": "ffit", "PATH": path}
        assert run(tmp_path, "take", **there).returncode == 0
    bases = sorted(one.name for one in (tmp_path / "base").iterdir())
    assert bases[:-1] == ["ffit-20260103T020000Z.tar.gz.age", "ffit-20260104T020000Z.tar.gz.age"]
    log = {one.name for one in (tmp_path / "log").iterdir()}
    assert log == {"000000010000000000000003.age", "00000002.history.age"}


def test_a_file_of_the_log_is_kept_once_and_never_replaced(tmp_path: Path) -> None:
    file, back = tmp_path / "a", tmp_path / "b"
    file.write_text("some of the log")
    for _ in range(2):
        assert run(tmp_path, "archive", file, "01").returncode == 0
    assert run(tmp_path, "fetch", "01", back).returncode == 0
    assert back.read_text() == "some of the log"
    file.write_text("another")
    done = run(tmp_path, "archive", file, "01")
    assert (done.returncode, "another 01 is kept already" in done.stderr) == (1, True)
    assert run(tmp_path, "fetch", "01", back).returncode == 0
    assert back.read_text() == "some of the log"


def test_half_of_a_file_is_not_kept(tmp_path: Path, away: Path) -> None:
    by_age(away)
    (tmp_path / "a").write_text("some of the log")
    sealing = {"FFIT_BACKUP_KEY": str(away / "public")}
    shim = program(away, "age", "head -c 5; exit 1")
    assert run(tmp_path, "archive", tmp_path / "a", "01", **sealing, **shim).returncode != 0
    assert {one.name for one in (tmp_path / "log").iterdir()} == {"01.sum"}
    assert run(tmp_path, "archive", tmp_path / "a", "01", **sealing).returncode == 0
    assert (tmp_path / "log" / "01.age").exists()


def test_the_end_of_the_log_is_told_from_what_does_not_open(tmp_path: Path, away: Path) -> None:
    """PostgreSQL ends the restore at the first, and refuses to start at the second."""
    by_age(away)
    (tmp_path / "a").write_text("some of the log")
    run(tmp_path, "archive", tmp_path / "a", "01", FFIT_BACKUP_KEY=str(away / "public"))
    opening = by_age(away)
    assert run(tmp_path, "fetch", "02", tmp_path / "b", **opening).returncode == 1
    assert run(tmp_path, "fetch", "01", tmp_path / "b", **opening).returncode > 125


@pytest.mark.parametrize("text", ["", "a word\n", "-----BEGIN CERTIFICATE-----\n"])
def test_what_is_no_public_key_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    (tmp_path / "a").write_text("some of the log")
    key = {"FFIT_BACKUP_KEY": str(tmp_path / "key")}
    done = run(tmp_path, "archive", tmp_path / "a", "01", **key)
    assert (done.returncode, "no public key of age or GnuPG" in done.stderr) == (1, True)
    assert not (tmp_path / "log").exists()


def test_scripts_are_clean() -> None:
    scripts = [SCRIPT, ROOT / "docker" / "roles.sh", ROOT / ".ci" / "run"]
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
