"""Eight phones for 90 seconds while the web is killed, Valkey goes, and a standby takes over.

The standby is synchronous, so it has all that was acknowledged when PostgreSQL is killed.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from devtools import ROOT, drill, processes
from devtools.postgresql import Cluster, cluster
from tests import servers
from tests.organisations.test_restores_long import LOOK
from tests.responses.phones import answering
from tests.responses.test_faults_long import SEED
from tests.servers import Server

pytestmark = [pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(1800)]
CLIENTS, SECONDS = 8, 90.0


@dataclass
class Pair:
    """A server, its standby, and what runs on whichever of the two takes writes."""

    first: Cluster
    standby: Cluster
    web: Server
    valkey: Server
    poster: str
    env: dict[str, str]
    keys: Path

    def sql(self, server: Cluster, statement: str) -> list[tuple[Any, ...]]:
        where = f"host={server.folder} user=ffit dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def look(self) -> list[bool]:
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(self.keys)], cwd=ROOT, env=self.env, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        said: list[bool] = json.loads(done.stdout)
        return said


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with ExitStack() as held:
        first = held.enter_context(cluster([]))
        folder = Path(tempfile.mkdtemp(prefix="ffit-pg-"))
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        if first.user:
            shutil.chown(folder, first.user)
        port = servers.free_port()
        one = servers.process_environment(
            DATABASE_URL=first.url(),
            FFIT_DATA=str(tmp_path),
            FFIT_STANDBY_IS_SYNCHRONOUS="1",
            FFIT_KEYS_DIR=str(tmp_path / "keys"),
            REDIS_URL=f"unix://{tmp_path / 'valkey.sock'}",
        )
        for command in (["migrate", "--verbosity", "0"], ["load_instrument"]):
            subprocess.run([sys.executable, "manage.py", *command], env=one, cwd=ROOT, check=True)
        told = subprocess.run(
            [sys.executable, "-c", SEED], env={**one, "REDIS_URL": "memory://"}, cwd=ROOT,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        drill.run(first, "pg_basebackup", "--host", first.folder, "--username", "ffit",
                  "--pgdata", folder / "data", "--checkpoint=fast")  # fmt: skip
        (folder / "data" / "standby.signal").touch()
        follows = f"primary_conninfo=host={first.folder} user=ffit application_name=second"
        standby = Cluster(folder, first.bin, first.user, [follows])
        standby.start()
        held.callback(standby.stop)
        both = f"postgres://ffit@/postgres?host={first.folder},{folder}"
        env = {**one, "DATABASE_URL": f"{both}&target_session_attrs=read-write"}
        made = Pair(
            first,
            standby,
            servers.gunicorn(tmp_path, port, env),
            servers.valkey(tmp_path),
            f"http://127.0.0.1:{port}/q/{told.stdout.split()[-1]}",
            env,
            tmp_path / "keys",
        )
        made.sql(first, "ALTER SYSTEM SET synchronous_standby_names = 'second'")
        made.sql(first, "SELECT pg_reload_conf()")
        held.callback(made.web.kill)
        held.callback(made.valkey.kill)
        made.valkey.start()
        made.web.start()
        yield made


def test_a_standby_takes_over_and_nothing_acknowledged_is_lost(pair: Pair) -> None:
    assert pair.look() == [False, True]
    with answering(pair.poster, CLIENTS) as phones:
        began = time.monotonic()

        def at(seconds: float) -> None:
            time.sleep(max(0.0, began + seconds - time.monotonic()))

        at(SECONDS / 6)
        pair.web.kill()
        pair.web.start()
        at(SECONDS / 3)
        pair.valkey.kill()
        at(SECONDS / 2)
        assert pair.first.process is not None
        processes.stop([pair.first.process], seconds=0)
        gone = time.monotonic()
        pair.sql(pair.standby, "SELECT pg_promote()")
        before = len(phones.acknowledged)
        servers.wait_until(
            lambda: len(phones.acknowledged) >= before + CLIENTS, what="it goes on", seconds=120
        )
        back = time.monotonic() - gone
        at(SECONDS)
    assert phones.statuses <= {0, 200, 503}
    kept = {bytes(key) for (key,) in pair.sql(pair.standby, "SELECT key FROM responses_envelope")}
    assert kept == phones.acknowledged
    assert pair.sql(pair.standby, "SELECT sum(count) FROM responses_tally") == [(len(kept),)]
    assert pair.look()[1], "the site takes the promoted standby by itself"
    print(f"{len(kept)} acknowledged, 0 lost, 0 doubled; answered again after {back:.1f} s")
