"""Every command of docs/runbook.md, block by block in the order of the page, on a made-up site.

There is no Docker here: `docker compose exec` runs the command beside the test with the service's
own database role, and what starts or stops services checks their names. When `counting` starts it
looks at the records, as its first sweep does.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from devtools import ROOT, drill
from devtools.postgresql import cluster
from tests import servers
from tests.dev.test_production import SERVICES, environment
from tests.settings import FOLDER

pytestmark = [pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(1800)]

BLOCKS = re.findall(
    r"^```sh\n(.*?)^```$", (ROOT / "docs/runbook.md").read_text("utf-8"), re.M | re.S
)
SHIM = """#!{python}
import json, os, subprocess, sys
compose, action, *rest = sys.argv[1:]
settings = json.loads(os.environ["RUNBOOK"])
options = [word for word in rest if word.startswith("-")]
names = [word for word in rest if not word.startswith("-")]
assert compose == "compose"
if action == "exec":
    if rest[0] == "-T":
        rest = rest[1:]
    service, *command = rest[2:] if rest[0] == "--user" else rest
    if command[0] == "backup.sh":
        command[0] = settings["root"] + "/deploy/backup.sh"
        there = {{**os.environ, "PGHOST": settings["host"], "PGUSER": "ffit",
                 "FFIT_BACKUPS": os.environ["BACKUPS"]}}
        sys.exit(subprocess.run(command, env=there).returncode)
    if command[0].startswith("pg_"):
        command[0:1] = [settings["bin"] + "/" + command[0], "--host", settings["host"]]
        sys.exit(subprocess.run(command).returncode)
    command = [word.replace("127.0.0.1:8000", settings["web"]) for word in command]
    command[0:1] = [sys.executable]
    sys.exit(subprocess.run(command, env=settings["env"][service], cwd=settings["root"]).returncode)
assert action in {{"stop", "up", "restart", "ps", "logs"}}, action
names = [word for word in names if not word.isdigit()]
assert set(names) <= set(settings["env"]) | {{"redis", "postgresql", "proxy"}}, names
if action in {{"up", "restart"}} and (not names or "counting" in names):
    look = "import django; django.setup(); from fieldwork.counting import sweep; sweep()"
    sys.exit(subprocess.run(
        [sys.executable, "-c", look], env=settings["env"]["counting"], cwd=settings["root"]
    ).returncode)
"""


@pytest.fixture(scope="module")
def shell(
    tmp_path_factory: pytest.TempPathFactory, _valkey: servers.Server
) -> Iterator[dict[str, str]]:
    """The environment of somebody who works through the page."""
    import json

    folder = tmp_path_factory.mktemp("runbook")
    with cluster() as server:
        for role, rights in {"ffit_owner": "--createdb", "ffit_web": "", "ffit_worker": "",
                             "ffit_counting": ""}.items():  # fmt: skip
            more = [rights] if rights else []
            drill.run(server, "createuser", "-h", server.folder, "-U", "ffit", *more, role)
        drill.run(server, "createdb", "-h", server.folder, "-U", "ffit_owner", "ffit")
        keys = {"FFIT_KEYS_DIR": str(folder / "1"), "FFIT_KEYS_MIRROR": str(folder / "2")}
        port = servers.free_port()
        env = {
            name: environment(
                name,
                None,
                DATABASE_URL=server.url("ffit", f"ffit_{role}"),
                FFIT_DATA=str(folder),
                FFIT_STATIC_ROOT=str(folder),
                REDIS_URL=f"unix://{FOLDER / 'valkey.sock'}",
                FFIT_ALLOWED_HOSTS="127.0.0.1",
                FFIT_SSL_REDIRECT="0",
                **(keys if name == "counting" else {}),
            )
            for name, role in {
                **{name: name for name in ("web", "worker", "counting")},
                "beat": "web",
                "migrate": "owner",
            }.items()
        }
        for command in (["migrate", "--verbosity", "0"], ["grant_roles"], ["load_instrument"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=env["migrate"], check=True,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
        seeding = {**env["counting"], "DATABASE_URL": server.url("ffit", "ffit_owner")}
        subprocess.run([sys.executable, "-c", drill.SEED], cwd=ROOT, env=seeding, check=True)
        web = servers.gunicorn(folder, port, env["web"], workers=1)
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "docker").write_text(SHIM.format(python=sys.executable))
        (bin_folder / "docker").chmod(0o755)
        (folder / "backups").mkdir()
        (folder / "work").mkdir()
        shutil.copy(ROOT / "dev", folder / "work" / "dev")
        for name in ("devtools", "deploy"):
            (folder / "work" / name).symlink_to(ROOT / name)
        (folder / "new").mkdir()
        told = {"env": env, "bin": str(server.bin), "host": str(server.folder),
                "root": str(ROOT), "web": f"127.0.0.1:{port}"}  # fmt: skip
        web.start()
        made = {
            "PATH": f"{bin_folder}:{server.bin}:{os.environ['PATH']}",
            "BACKUPS": str(folder / "backups"),
            "FFIT_BACKUPS": str(folder / "backups"),
            "NEW_DATA": str(folder / "new"),
            "HOME": str(folder),
            "RUNBOOK": json.dumps(told),
            "PWD": str(folder / "work"),
        }
        # The site runs, so counting has looked at the records before any backup.
        subprocess.run(["bash", "-c", "docker compose up --detach"], env=made, check=True)
        try:
            yield made
        finally:
            web.kill()


def test_every_command_of_the_page_runs(shell: dict[str, str]) -> None:
    """In one go, for a block needs what those before it did."""
    assert len(BLOCKS) >= 10
    for block in BLOCKS:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block], cwd=shell["PWD"], env=shell,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
        if "fieldwork_status" in block:
            assert '"reasons"' in done.stdout
        if "--yes" in block:
            assert "Released." in done.stdout


@pytest.mark.parametrize(
    "service", sorted(set(re.findall(r"exec -T (?:--user \w+ )?(\w+)", "".join(BLOCKS))))
)
def test_services_that_the_page_names_exist(service: str) -> None:
    assert service in SERVICES
