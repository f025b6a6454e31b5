"""The deployment that docker-compose.yml describes, as far as it can be tried without Docker.

Over 300 lines: the services are tried as one deployment.
"""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from devtools import ROOT, processes
from devtools.postgresql import Cluster, cluster
from devtools.preparation import FOR_DOCUMENTS
from devtools.steps import Refused
from ffit_site.environment import is_hard_to_guess
from organisations.queries.deployment import FINGERPRINT
from responses.models import Comment, Envelope
from responses.models.response import Response
from tests.servers import PATIENCE, Server, free_port

# Migrating with durable settings beside all other tests takes minutes.
pytestmark = pytest.mark.timeout(900)

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("image") == "ffit"]
FILLED_IN = {
    "FFIT_ALLOWED_HOSTS": "ffit.example.org",
    "FFIT_EMAIL_FROM": "fitness@example.org",
    "FFIT_EMAIL_HOST": "127.0.0.1",
    "FFIT_EMAIL_SECURITY": "none",
    "FFIT_PUBLIC_URL": "https://ffit.example.org",
}


def substituted(text: str) -> str:
    """What compose makes of `${NAME:-default}` and `${NAME:?}`."""

    def value(match: re.Match[str]) -> str:
        name, operator, default = match[1], match[2], match[3]
        assert name in FILLED_IN or operator == ":-", f"{name} has no default"
        return FILLED_IN.get(name, default or "")

    return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", value, text)


def secrets_of(service: str) -> dict[str, str]:
    """By the name under which a service finds it, which file it is given."""
    given = SERVICES[service].get("secrets", [])
    return {
        (one if isinstance(one, str) else one["target"]): (
            one if isinstance(one, str) else one["source"]
        )
        for one in given
    }


def environment(service: str, secrets: Path | None = None, **more: str) -> dict[str, str]:
    """What compose gives a service; its secrets are files of that folder, or none are."""
    settings = {key: substituted(value) for key, value in SERVICES[service]["environment"].items()}
    for name in [one for one in settings if one.endswith("_FILE")]:
        source = secrets_of(service).get(settings[name].removeprefix("/run/secrets/"))
        is_passed_on = source is not None and "password" not in source and secrets is not None
        if is_passed_on and secrets is not None and source is not None:
            settings[name] = str(secrets / source)
        else:
            del settings[name]
    if secrets is None:
        settings |= {
            "FFIT_SECRET_KEY": "the first secret of a deployment, long enough to be taken",
            "FFIT_TOKEN_KEY": "the second secret of a deployment, long enough to be taken",
        }
    settings.pop("PROMETHEUS_MULTIPROC_DIR", None)
    plain = {key: value for key, value in os.environ.items() if not key.startswith("FFIT_")}
    plain["PATH"] = f"{Path(sys.executable).parent}:{plain['PATH']}"
    return {**plain, "DJANGO_SETTINGS_MODULE": "ffit_site.settings", **settings, **more}


@pytest.mark.sqlite
def test_docker_compose_takes_the_file(tmp_path: Path) -> None:
    program = shutil.which("docker-compose")
    if program is None:
        assert not os.environ.get("CI"), "docker-compose is missing"
        pytest.skip("docker-compose is missing: apt-get install docker-compose (as root)")
    filled = tmp_path / "env"
    filled.write_text("".join(f"{name}={value}\n" for name, value in FILLED_IN.items()))
    done = subprocess.run(
        [program, "--env-file", filled, "config", "-q"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.sqlite
def test_only_the_count_has_the_keys_and_nothing_runs_as_root() -> None:
    with_keys = [name for name in SERVICES if "/keys" in str(SERVICES[name].get("volumes"))]
    assert with_keys == ["counting"]
    assert [name for name in OURS if "FFIT_KEYS_DIR" in SERVICES[name]["environment"]] == with_keys
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.findall(r"^USER (\w+)", dockerfile, re.MULTILINE) == ["ffit"]
    for name, service in SERVICES.items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert service["init"] and service["pids_limit"] == 200 and service["mem_limit"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["user"] != "root" if name != "postgresql" else "cap_add" in service


@pytest.mark.sqlite
def test_the_file_for_backups_adds_to_postgresql_and_takes_nothing_away() -> None:
    added = yaml.safe_load((ROOT / "deploy" / "backups.yml").read_text("utf-8"))["services"]
    assert list(added) == ["postgresql"]
    command = added["postgresql"]["command"]
    assert command.startswith(SERVICES["postgresql"]["command"])
    assert "archive_timeout=60" in command
    assert not {"/keys", "/keys-2"} & {one.split(":")[1] for one in added["postgresql"]["volumes"]}
    script = (ROOT / "deploy" / "backup.sh").read_text("utf-8")
    for name in added["postgresql"]["environment"]:
        assert name == "PGUSER" or name in script


# docs/production.md and the runbook say it too: who is given which secret.
LINKS, SESSIONS = "token_key", "secret_key"


@pytest.mark.sqlite
def test_each_service_is_given_the_secrets_that_it_needs_and_no_other() -> None:
    holders = {
        secret: [name for name in SERVICES if secret in secrets_of(name).values()]
        for secret in COMPOSE["secrets"]
    }
    assert holders[SESSIONS] == holders["secret_key_before"] == ["web"]
    assert holders[LINKS] == ["web", "worker"]
    assert holders["email_password"] == holders["notify_api_key"] == ["worker"]
    assert holders["metrics_token"] == ["web"]
    assert holders["certificate"] == ["proxy", "web"]
    assert holders["certificate_key"] == ["proxy"]
    assert holders["counting_password"] == ["counting", "postgresql"]
    assert holders["owner_password"] == ["migrate", "postgresql"]
    assert all(holders.values()), "a secret that nobody needs"
    settings = [name for one in SERVICES.values() for name in one.get("environment", {})]
    assert not [name for name in settings if name.endswith(("PASSWORD", "KEY", "TOKEN"))]


@pytest.mark.sqlite
def test_only_the_proxy_is_reached_and_only_the_worker_reaches_out() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert [name for name in networks if "outgoing" in networks[name]] == ["worker"]
    assert [name for name in networks if "edge" in networks[name]] == ["proxy", "web"]
    waits = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}
    assert waits["migrate"] == {"postgresql": {"condition": "service_healthy"}}
    for name in ("web", "worker", "counting", "beat"):
        assert waits[name] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }


@pytest.mark.sqlite
def test_secrets_are_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    command = [sys.executable, "dev", "secrets", str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    made = {file.name: file.read_text().strip() for file in folder.iterdir()}
    by_hand = {"certificate", "certificate_key"}
    assert made.keys() | by_hand == COMPOSE["secrets"].keys()
    ours = {name: text for name, text in made.items() if text}
    assert made.keys() - ours.keys() == {"email_password", "notify_api_key", "secret_key_before"}
    assert len(set(ours.values())) == len(ours)
    assert all(is_hard_to_guess(text) and text.isalnum() for text in ours.values())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "certificate" in said and not any(text in said for text in ours.values())
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert {file.name: file.read_text().strip() for file in folder.iterdir()} == made


@pytest.mark.sqlite
def test_the_image_has_what_documents_are_drawn_with() -> None:
    assert " ".join(FOR_DOCUMENTS) in (ROOT / "Dockerfile").read_text("utf-8")


@pytest.mark.sqlite
def test_every_service_that_stays_is_watched() -> None:
    assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == ["migrate"]


@contextmanager
def own_postgresql() -> Iterator[Cluster]:
    try:
        with cluster() as server:
            yield server
    except Refused as refusal:
        assert not os.environ.get("CI"), str(refusal)
        pytest.skip(str(refusal))


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL with the roles of docker/roles.sh, migrated by the `migrate` service."""
    with own_postgresql() as server:
        roles = (ROOT / "docker" / "roles.sh").read_text("utf-8")
        statements = roles.partition("<<'SQL'\n")[2].partition("\nSQL\n")[0]
        statements = re.sub(r":'\w+'", "'unused'", statements)
        with _connect(server, "postgres", "ffit") as admin:
            for statement in statements.split(";\n"):
                admin.execute(statement)
        env = environment("migrate", DATABASE_URL=server.url("ffit", "ffit_owner"))
        command = shlex.split(SERVICES["migrate"]["command"])
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        yield server


def _connect(server: Cluster, database: str, role: str) -> Any:
    import psycopg

    return psycopg.connect(f"host={server.folder} user={role} dbname={database}", autocommit=True)


def _refused(server: Cluster, role: str, statement: str) -> bool:
    import psycopg

    with _connect(server, "ffit", role) as session:
        try:
            session.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


ENVELOPE, RESPONSE = Envelope._meta.db_table, Response._meta.db_table
COMMENT = Comment._meta.db_table


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("statement", "may"),
    [
        (f"SELECT {FINGERPRINT}", {"web", "worker", "counting"}),
        (f"SELECT sealed FROM {ENVELOPE}", {"counting"}),
        (f"SELECT key FROM {ENVELOPE}", {"web", "worker", "counting"}),
        (f"UPDATE {ENVELOPE} SET sealed = ''", {"counting"}),
        (f"SELECT answers FROM {RESPONSE}", {"worker", "counting"}),
        (f"SELECT count(*) FROM {RESPONSE}", {"worker", "counting"}),
        (f"DELETE FROM {RESPONSE}", {"counting"}),
        (f"SELECT text FROM {COMMENT}", {"worker", "counting"}),
        (f"SELECT count(*) FROM {COMMENT}", {"worker", "counting"}),
        (f"DELETE FROM {COMMENT}", {"worker", "counting"}),
        (f"UPDATE {COMMENT} SET text = ''", {"counting"}),
        ("SELECT text FROM responses_screenedcomment", {"web", "worker", "counting"}),
        ("SELECT counts FROM scoring_releasedcounts", {"worker", "counting"}),
        ("SELECT session_data FROM organisations_session", {"web"}),
        ("SELECT session_key FROM organisations_session", {"web"}),
        ("DELETE FROM organisations_session WHERE expire_date < now()", {"web", "worker"}),
        ("SELECT mark FROM organisations_remembereddevice", {"web"}),
        ("DELETE FROM organisations_remembereddevice WHERE used_at < now()", {"web", "worker"}),
        ("SELECT data FROM mfa_authenticator", {"web"}),
        ("SELECT 1 FROM surveys_survey", {"web", "worker", "counting"}),
        ("DELETE FROM django_migrations", set()),
        ("CREATE TABLE mine ()", set()),
        ("SET ROLE ffit_owner", set()),
    ],
)
def test_what_each_role_may_do(deployment: Cluster, statement: str, may: set[str]) -> None:
    roles = {"web", "worker", "counting"}
    allowed = {role for role in roles if not _refused(deployment, f"ffit_{role}", statement)}
    assert allowed == may


@pytest.mark.sqlite
@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_a_service_runs_by_its_own_command(
    deployment: Cluster, valkey: Server, name: str, tmp_path: Path, folder: Path
) -> None:
    port = free_port()
    role = re.search(r"//(\w+)@", SERVICES[name]["environment"]["DATABASE_URL"])
    assert role is not None
    secrets = tmp_path / "secrets"
    subprocess.run([sys.executable, "dev", "secrets", secrets], cwd=ROOT, check=True)
    env = environment(
        name,
        secrets,
        DATABASE_URL=deployment.url("ffit", role[1]),
        FFIT_STATIC_ROOT=str(collected(tmp_path)) if name == "web" else str(tmp_path),
        REDIS_URL=f"unix://{folder / 'valkey.sock'}",
        PYTHONWARNINGS="ignore",  # Celery's, where the tests run as root
        **(
            {"FFIT_KEYS_DIR": str(tmp_path / "1"), "FFIT_KEYS_MIRROR": str(tmp_path / "2")}
            if name == "counting"
            else {}
        ),
    )
    command = SERVICES[name]["command"].replace("0.0.0.0:8000", f"127.0.0.1:{port}")
    command = command.replace("/tmp/beat", str(tmp_path / "beat"))
    log = tmp_path / "log"
    queue = redis.from_url(f"unix://{folder / 'valkey.sock'}")
    service = processes.start(shlex.split(command), env=env, log=log)
    try:
        serves = {
            "web": lambda: healthy(port, env),
            "beat": lambda: queue.llen("default") > 0,
        }.get(name, lambda: " ready." in log.read_text())
        deadline = time.monotonic() + PATIENCE
        while not serves():
            assert service.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        # Before it ends: Celery says farewell in plain text.
        lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        if name in {"worker", "counting"}:
            assert answers_for(name, socket.gethostname(), env) == 0
            assert answers_for(name, "another-machine", env) != 0
    finally:
        processes.stop([service])
    assert lines or name == "beat"
    assert {(one["service"], one["level"]) for one in lines} <= {(name, "INFO")}
    assert all(one.keys() >= {"time", "process", "logger", "message"} for one in lines)


def answers_for(name: str, host: str, env: dict[str, str]) -> int:
    """How the health check of a worker on a machine of that name ends."""
    check = SERVICES[name]["healthcheck"]["test"][-1].replace("$$", "$")
    return subprocess.run(
        ["sh", "-c", check.replace("--timeout 10", "--timeout 5")],
        cwd=ROOT, env={**env, "HOSTNAME": host}, capture_output=True,
    ).returncode  # fmt: skip


def healthy(port: int, env: dict[str, str]) -> bool:
    """The health check of `web`, by its own script."""
    check = [sys.executable, "docker/healthy.py", f"http://127.0.0.1:{port}/livez"]
    return subprocess.run(check, cwd=ROOT, env=env, capture_output=True).returncode == 0


def collected(folder: Path) -> Path:
    """The static files as the image has them."""
    env = environment("web", FFIT_STATIC_ROOT=str(folder / "static"))
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return folder / "static"


@pytest.mark.postgresql
def test_granting_needs_the_roles(db: None) -> None:
    with pytest.raises(ProgrammingError, match="ffit_web"), transaction.atomic():
        call_command("grant_roles")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
