"""`./dev run` as a newcomer meets it, on a data folder of its own."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest

from devtools import ROOT, embedded, processes, run
from tests.servers import PATIENCE, free_port, wait_until

pytestmark = pytest.mark.sqlite


def environment() -> dict[str, str]:
    """The caller's, without what the tests set for themselves."""
    ours = ("FFIT_", "DATABASE_", "REDIS_", "DJANGO_", "PYTEST_", "COV_", "COVERAGE_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [ROOT / "dev", "run", *arguments],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def processes_on(data: Path) -> list[int]:
    """Every process whose settings name this data folder."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"FFIT_DATA={data}\0".encode() in environ.read_bytes():
                found.append(int(environ.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture
def running(data: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A running site, its port and what it printed until it was ready."""
    port = str(free_port())
    process = start("--port", port, "--data", data)
    assert process.stdout
    printed: list[str] = []
    try:
        for line in process.stdout:
            printed.append(line.rstrip())
            if line.startswith("ready "):
                break
        yield process, port, printed
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        wait_until(lambda: not processes_on(data), what="every process has ended")


def refusal(*arguments: str | Path) -> str:
    """The one sentence of a start that is refused."""
    process = start(*arguments)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "Traceback" not in said
    return said


def test_it_says_what_it_does_and_ends_without_a_trace(
    running: tuple[subprocess.Popen[str], str, list[str]], data: Path
) -> None:
    process, port, printed = running
    *steps, ready = printed
    assert ready == f"ready http://127.0.0.1:{port}/"
    assert [line for line in steps if not re.fullmatch(r"  \S.{39,}\d+\.\d s", line)] == []
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/state.json") as answer:
        state = json.load(answer)
    assert {"accounts", "surveys", "outbox"} <= state.keys()

    assert "Another ./dev run is using" in refusal("--port", str(free_port()), "--data", data)
    assert f"Port {port} on 127.0.0.1 cannot be used" in refusal("--port", port)

    assert len(processes_on(data)) > 4
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE) == 0
    assert process.stdout
    said = process.stdout.read()  # not communicate(): it forgets what is buffered already
    assert said.splitlines()[-1] == "Stopped."
    assert [line for line in said.splitlines() if "@" in line], "the accounts come after ready"
    assert processes_on(data) == []


def test_killed_outright_it_leaves_no_process(
    running: tuple[subprocess.Popen[str], str, list[str]], data: Path
) -> None:
    process, _, printed = running
    assert len(printed) == 2, "a second start only starts processes"
    process.kill()
    process.wait()
    wait_until(lambda: not processes_on(data), what="every process has ended")


def is_master(pid: int) -> bool:
    """Whether this is the gunicorn that leads its group; not, if it is just ending."""
    process = Path(f"/proc/{pid}")
    try:
        leads = process.joinpath("stat").read_text().split()[4] == str(pid)
        return leads and b"gunicorn" in process.joinpath("cmdline").read_bytes()
    except OSError:
        return False


def test_a_process_that_ends_is_started_again(
    running: tuple[subprocess.Popen[str], str, list[str]], data: Path
) -> None:
    _, port, _ = running

    def masters() -> list[int]:
        return [pid for pid in processes_on(data) if is_master(pid)]

    (killed,) = masters()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: bool(set(masters()) - {killed}), what="another took its place")
    wait_until(
        lambda: run.fetch(f"http://127.0.0.1:{port}/healthz") is not None, what="the site is back"
    )


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be used" in refusal("--port", str(free_port()), "--data", tmp_path / "file")


def test_a_busy_port_is_refused_before_anything_is_prepared(tmp_path: Path) -> None:
    with closing(create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
        assert "choose another with --port" in refusal("--port", port, "--data", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_socket_never_has_too_long_a_path(tmp_path: Path) -> None:
    short, long = Path("/srv/data"), tmp_path / ("long" * 40)
    assert embedded.socket_path(short) == short / "valkey" / "valkey.sock"
    assert len(str(embedded.socket_path(long))) <= embedded.LONGEST_SOCKET
    assert embedded.socket_path(long) == embedded.socket_path(long)
    assert embedded.socket_path(long) != embedded.socket_path(long / "other")


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    made = embedded.secret_settings(tmp_path)
    assert embedded.secret_settings(tmp_path) == made
    assert len(set(made.values())) == 2
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("ward.example", "http://ward.example:80"),
        ("::1", "http://[::1]:80"),
    ],
)
def test_the_address_is_one_that_a_phone_can_open(host: str, address: str) -> None:
    assert run.address(host, 80) == address


@pytest.mark.parametrize(("size", "is_put_aside"), [(9, False), (10, False), (11, True)])
def test_a_log_that_grows_too_long_is_put_aside(
    tmp_path: Path, size: int, is_put_aside: bool
) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * size)
        processes.rotate(log, most=10, kept=3)
        writer.write(b"more")
    assert log.read_bytes() == (b"more" if is_put_aside else b"x" * size + b"more")
    assert (tmp_path / "web.log.1").exists() == is_put_aside


def test_of_logs_five_are_kept_with_five_megabytes_each(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    processes.rotate(log)
    for number in range(1, 8):
        log.write_bytes(bytes([number]) * (5 * 1024 * 1024 + 1))
        processes.rotate(log)
    kept = sorted(file.name for file in tmp_path.iterdir())
    assert kept == ["web.log", *(f"web.log.{number}" for number in range(1, 5))]
    assert [(tmp_path / f"web.log.{number}").read_bytes()[0] for number in range(1, 5)] == [
        7,
        6,
        5,
        4,
    ]
