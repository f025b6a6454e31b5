"""The disk of the database fills up under phones that answer, and has room again later.

What was acknowledged is there once, nothing else is, nobody hears "Sent" for what is not kept, and
the site says 503 until there is room. The disk is a real one, of memory and small.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from devtools import ROOT
from devtools.postgresql import Cluster, cluster
from tests import servers
from tests.responses.phones import answering
from tests.responses.test_faults_long import SEED
from tests.servers import Server

SIZE = "500m"
CLIENTS = 8
# Durable, with no more of the log kept ready than must be.
SHORT_LOG = ["min_wal_size=32MB", "max_wal_size=64MB"]


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        mounts = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        if os.geteuid() or shutil.which("mount") is None:
            return False
        done = subprocess.run(mounts, capture_output=True).returncode == 0
        return done and subprocess.run(["umount", folder]).returncode == 0


pytestmark = [
    *(pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(900)),
    pytest.mark.skipif(not _may_mount(), reason="only root may mount a small disk"),
]


@dataclass
class Site:
    """A web process on a PostgreSQL whose disk is small."""

    disk: Path
    postgresql: Cluster
    web: Server
    poster: str

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        host = self.postgresql.folder
        with psycopg.connect(f"host={host} user=ffit dbname=postgres") as connection:
            return connection.execute(statement).fetchall()

    def fill(self) -> None:
        """Nothing is left, also of what a checkpoint may have freed since; where the log is
        there, what of it was ready is spent too.
        """
        with (self.disk / "ballast").open("ab") as ballast:
            size = ballast.tell()
            for piece in (2**20, 2**12):
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(ballast.fileno(), size, piece)
                        size += piece
        if (self.disk / "pg_wal").exists():
            with suppress(psycopg.OperationalError):
                for _ in range(8):
                    self.sql("SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal()")

    def make_room(self) -> bool:
        """What an operator does; True if PostgreSQL had given up and was started again."""
        (self.disk / "ballast").unlink()
        process = self.postgresql.process
        gave_up = process is not None and process.poll() is not None
        if gave_up:
            self.postgresql.start()
        return gave_up


@contextmanager
def all_on_it(disk: Path) -> Iterator[Cluster]:
    """Tables need room first: PostgreSQL refuses what it cannot keep, and goes on."""
    with cluster(SHORT_LOG, within=disk) as server:
        yield server


@contextmanager
def log_on_it(disk: Path) -> Iterator[Cluster]:
    """Its log alone: PostgreSQL panics where it cannot write on, and gives up."""
    with cluster(SHORT_LOG) as server:
        server.stop()
        log = server.folder / "data" / "pg_wal"
        shutil.move(log, disk / "pg_wal")
        log.symlink_to(disk / "pg_wal")
        if server.user:
            subprocess.run(["chown", "-R", server.user, disk / "pg_wal"], check=True)
        server.start()
        yield server


@pytest.fixture(params=[all_on_it, log_on_it])
def site(
    request: pytest.FixtureRequest, tmp_path: Path, _valkey: Server, folder: Path
) -> Iterator[Site]:
    place: Callable[[Path], AbstractContextManager[Cluster]] = request.param
    with tempfile.TemporaryDirectory(prefix="ffit-disk-") as name:
        disk = Path(name)
        small = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", name]
        subprocess.run(small, check=True)
        try:
            with place(disk) as server:
                env = servers.process_environment(
                    DATABASE_URL=server.url(),
                    FFIT_DATA=str(tmp_path),
                    FFIT_KEYS_DIR=str(tmp_path / "keys"),
                    REDIS_URL=f"unix://{folder / 'valkey.sock'}",
                )
                for words in (["migrate", "--verbosity", "0"], ["load_instrument"]):
                    subprocess.run(
                        [sys.executable, "manage.py", *words], env=env, cwd=ROOT, check=True
                    )
                seeding = {**env, "REDIS_URL": "memory://"}
                told = subprocess.run(
                    [sys.executable, "-c", SEED],
                    env=seeding,
                    cwd=ROOT,
                    check=True,
                    capture_output=True,
                )
                port = servers.free_port()
                code = told.stdout.decode().split()[-1]
                web = servers.gunicorn(tmp_path, port, env)
                web.start()
                yield Site(disk, server, web, f"http://127.0.0.1:{port}/q/{code}")
                web.kill()
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def test_nothing_is_lost_doubled_or_wrongly_acknowledged(site: Site) -> None:
    with answering(site.poster, CLIENTS) as phones:
        servers.wait_until(lambda: len(phones.acknowledged) >= 20, what="twenty have answered")

        def is_full() -> bool:
            site.fill()
            return 503 in phones.statuses

        servers.wait_until(is_full, what="the disk is full", seconds=180)
        full = len(phones.acknowledged)
        for _ in range(5):
            time.sleep(1)
            site.fill()
        while_full = len(phones.acknowledged) - full
        roomy = time.monotonic()
        gave_up = site.make_room()
        before = len(phones.acknowledged)
        servers.wait_until(
            lambda: len(phones.acknowledged) > before, what="the first is taken again", seconds=60
        )
        back = time.monotonic() - roomy
        servers.wait_until(lambda: len(phones.acknowledged) >= before + 50, what="fifty more")
    print(f"PostgreSQL gave up: {gave_up}. Back after {back:.1f} s; on a full disk {while_full} "
          f"were taken in 5 s; {len(phones.acknowledged)} in all.")  # fmt: skip
    assert phones.statuses == {200, 503}
    keys = site.sql("SELECT encode(key, 'hex') FROM responses_envelope")
    kept = [bytes.fromhex(str(key)) for (key,) in keys]
    assert len(kept) == len(set(kept))
    assert set(kept) == phones.acknowledged
    assert site.sql("SELECT sum(count) FROM responses_tally") == [(len(kept),)]
