"""Each way to put older records back, on a real PostgreSQL: what the site's next look says."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from devtools import ROOT, drill
from devtools.postgresql import Cluster, cluster
from devtools.steps import Refused
from tests import servers

pytestmark = [pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(900)]

LOOK = """
import json, sys
import django
django.setup()
from pathlib import Path
from organisations.actions.deployment import tick
from organisations.queries.deployment import may_act
print(json.dumps([may_act(), tick([Path(one) for one in sys.argv[1:]])]))
"""
ROW = "organisations_deployment"


@dataclass
class Site:
    """A site that looks at itself when told to; its backup was taken after the first look."""

    server: Cluster
    folder: Path
    backup: Path
    database: str = "site"

    def run(self, *command: str, server: Cluster | None = None) -> None:
        """One of PostgreSQL's programs, on this server."""
        there = server or self.server
        drill.run(there, command[0], "--host", there.folder, "--username", "ffit", *command[1:])

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env(), check=True
        )

    def env(self) -> dict[str, str]:
        url = self.server.url(self.database)
        return servers.process_environment(DATABASE_URL=url, FFIT_DATA=str(self.folder))

    def look(self) -> tuple[bool, bool]:
        """Whether sweeps would act before the look, and what the look says."""
        keys = [str(self.folder / "keys-1"), str(self.folder / "keys-2")]
        done = subprocess.run(
            [sys.executable, "-c", LOOK, *keys], cwd=ROOT, env=self.env(), check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        before, said = json.loads(done.stdout)
        return before, said


def put_back_over_itself(site: Site) -> None:
    site.run("pg_restore", "--clean", "--dbname", site.database, str(site.backup / "dump"))


def into_a_new_database(site: Site) -> None:
    site.run("createdb", "other")
    site.run("pg_restore", "--dbname", "other", str(site.backup / "dump"))
    site.database = "other"


def data_only(site: Site) -> None:
    site.run("psql", "--dbname", site.database, "--command", f"DELETE FROM {ROW}")
    dump = str(site.backup / "dump")
    site.run("pg_restore", "--data-only", "--table", ROW, "--dbname", site.database, dump)


def disk_put_back(site: Site) -> None:
    site.server.stop()
    shutil.rmtree(site.server.folder / "data")
    subprocess.run(["cp", "-a", site.backup / "disk", site.server.folder / "data"], check=True)
    site.server.start()


def crash_and_start(site: Site) -> None:
    site.server.stop()
    site.server.start()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    tmp_path.chmod(0o755)
    try:
        running = cluster()
        server = running.__enter__()
    except Refused as refusal:
        pytest.fail(str(refusal))
    try:
        # Where PostgreSQL's own user may write.
        made = Site(server, tmp_path, server.folder / "backup")
        made.run("createdb", made.database)
        made.manage("migrate", "organisations", "--verbosity", "0")
        made.backup.mkdir()
        made.backup.chmod(0o777)
        assert made.look() == (False, True), "the first look"
        made.run("pg_dump", "--format=custom", "--file", str(made.backup / "dump"), made.database)
        server.stop()
        subprocess.run(["cp", "-a", server.folder / "data", made.backup / "disk"], check=True)
        server.start()
        assert made.look() == (True, True), "the second"
        yield made
    finally:
        server.stop()
        running.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("restore", "waits", "holds"),
    [
        (crash_and_start, False, False),
        # The fingerprint is another one: no sweep acts, whichever process comes first.
        (put_back_over_itself, True, True),
        (into_a_new_database, True, True),
        # Only the clock beside the keys can tell, so the age of the last look keeps sweeps from
        # acting; here that look is younger than that.
        (data_only, False, True),
        (disk_put_back, False, True),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_older_records_are_held(
    site: Site, restore: Callable[[Site], None], waits: bool, holds: bool
) -> None:
    began = time.monotonic()
    restore(site)
    acts, ticked = site.look()
    if time.monotonic() - began < 30:
        assert acts is not waits
    assert ticked is not holds
    if holds:
        assert site.look() == (False, False), "and it stays so"


def test_a_new_server_is_held(site: Site) -> None:
    with cluster() as other:
        site.run("createdb", site.database, server=other)
        dump = str(site.backup / "dump")
        site.run("pg_restore", "--dbname", site.database, dump, server=other)
        site.server, before = other, site.server
        assert site.look() == (False, False)
        site.server = before


def test_a_base_backup_replayed_is_held(site: Site, tmp_path: Path) -> None:
    """Its whole log is there, so nothing is missing but the timeline."""
    folder = site.backup / "base"
    site.run("pg_basebackup", "--pgdata", str(folder), "--checkpoint=fast")
    before = site.server
    with drill.restored(before, folder, tmp_path / "no archive") as again:
        site.server = again
        assert site.look() == (False, False)
    site.server = before
