"""`./dev run`: the whole site from one folder, until Ctrl-C.

Over 300 lines: who starts the processes also ends them.

Valkey, gunicorn, one Celery worker and beat. A process that ends by itself is started again;
when this one ends, by whatever means, all of them do.
"""

import argparse
import fcntl
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.parse import urlsplit

from devtools import ROOT, fake_notify, processes
from devtools.embedded import environment, socket_path, valkey_command
from devtools.steps import Refused, step

PATIENCE = 60.0  # seconds a process may take until it serves
SWIFT_ENDS = 3  # a process that ends this often within a minute is not started again


class Stopped(Exception):
    """Ctrl-C or SIGTERM."""


def lock(data: Path) -> IO[str]:
    """Hold the data folder; a second run on it is refused. The kernel lets go when we end."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = (data / "run.lock").open("a")
    except OSError as error:
        raise Refused(f"The data folder {data} cannot be used: {error.strerror}.") from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Refused(
            f"Another ./dev run is using {data}. Stop it, or choose another folder with --data."
        ) from error
    return held


def address(host: str, port: int) -> str:
    """Where a phone finds this machine: the host asked for, or ours on the network for 0.0.0.0."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 (compared, not bound)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing; only picks the way out
                host = probe.getsockname()[0]
            except OSError:
                host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def manage(*arguments: str, env: dict[str, str]) -> None:
    """Run a manage.py command; refuse with the end of its output if it fails."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=env, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        log = Path(env["FFIT_DATA"]) / "logs" / "manage.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Refused(f"`manage {arguments[0]}` failed: {''.join(last)} The rest is in {log}.")


def fingerprint(*patterns: str) -> str:
    """One hash over the files that decide whether a preparation must run again."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


Preparation = tuple[str, list[str], tuple[str, ...]]
PREPARATIONS: list[Preparation] = [
    ("Database", ["migrate", "--verbosity", "0"], ("*/migrations/*.py",)),
    ("Instrument", ["load_instrument"], ("instruments/data/*",)),
]
DEMONSTRATION: Preparation = ("Demonstration", ["seed_demo"], ())


def prepare(data: Path, env: dict[str, str]) -> None:
    """Bring database, instrument and demonstration up to date; what is, costs nothing."""
    file = data / "prepared.json"
    done: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    where = hashlib.sha256(env["DATABASE_URL"].encode()).hexdigest()
    demo = [DEMONSTRATION] if env["FFIT_DEMO"] == "1" else []
    for title, command, patterns in [*PREPARATIONS, *demo]:
        now = f"{where} {fingerprint(*patterns)}"
        if done.get(command[0]) != now:
            with step(title):
                manage(*command, env=env)
            done[command[0]] = now
            file.write_text(json.dumps(done))


@dataclass
class Service:
    """One process of the site, and how to tell that it serves."""

    name: str
    command: list[str]
    log: Path
    env: dict[str, str]
    is_up: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None
    ends: tuple[float, ...] = ()

    def start(self) -> None:
        self.process = processes.start(self.command, env=self.env, log=self.log)

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def failure(self) -> Refused:
        """The sentence for a process that does not stay."""
        last = processes.last_lines(self.log, 1)
        return Refused(f"{self.name} stopped: {last} See {self.log} for details.")

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_up():
            if self.ended or time.monotonic() > deadline:
                raise self.failure()
            time.sleep(0.05)

    def keep_running(self) -> None:
        """Start again what ended by itself, unless it keeps ending."""
        if not self.ended:
            return
        now = time.monotonic()
        self.ends = (*(end for end in self.ends if end > now - 60), now)
        if len(self.ends) >= SWIFT_ENDS:
            raise self.failure()
        print(f"{self.name} stopped. Restarting it.", flush=True)
        self.start()


def fetch(url: str) -> bytes | None:
    """What our own site answers, or None while it does not."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            body: bytes = answer.read()
            return body
    except (urllib.error.URLError, OSError):
        return None


def services(data: Path, host: str, port: int, env: dict[str, str]) -> list[Service]:
    """The processes, in the order in which they are started."""
    logs, valkey_socket = data / "logs", socket_path(data)
    local = address(host if host not in {"0.0.0.0", "::"} else "127.0.0.1", port)  # noqa: S104 (compared)
    app = [processes.tool("celery"), "--app", "ffit_site.celery:app"]
    worker_log = logs / "worker.log"
    worker_log.unlink(missing_ok=True)

    def valkey_is_up() -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(valkey_socket)) == 0

    return [
        Service(
            "Valkey", valkey_command(valkey_socket, data / "valkey"), logs / "valkey.log", env,
            valkey_is_up,
        ),
        Service(
            "The web server",
            [processes.tool("gunicorn"), "ffit_site.wsgi:application",
             "--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
             "--workers", "2", "--threads", "4", "--preload", "--no-control-socket",
             "--graceful-timeout", "2", "--log-level", "warning"],
            logs / "web.log", env, lambda: fetch(f"{local}/healthz") is not None,
        ),
        Service(
            "The worker",
            [*app, "worker", "--queues", "default,counting", "--concurrency", "1",
             "--without-gossip", "--without-mingle"],
            worker_log, env,
            lambda: worker_log.exists() and b" ready." in worker_log.read_bytes(),
        ),
        Service(
            "The clock",
            [*app, "beat", "--schedule", str(data / "beat"), "--pidfile="],
            logs / "beat.log", env, lambda: True,
        ),
    ]  # fmt: skip


def pretended_notify() -> dict[str, str]:
    """Settings for a GOV.UK Notify of our own, so that text messages can be tried; none if set."""
    if os.environ.get("FFIT_DEMO") == "0" or os.environ.get("FFIT_NOTIFY_API_KEY"):
        return {}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return {
        "FFIT_NOTIFY_URL": f"http://127.0.0.1:{port}",
        "FFIT_NOTIFY_API_KEY": fake_notify.API_KEY,
        "FFIT_NOTIFY_SMS_TEMPLATE": "any",
        "FFIT_NOTIFY_CALLBACK_TOKEN": secrets.token_hex(20),
    }


def notify_service(data: Path, local: str, env: dict[str, str]) -> Service:
    """The process behind those settings."""
    port = urlsplit(env["FFIT_NOTIFY_URL"]).port or 0

    def listens() -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    command = [
        sys.executable, "-m", "devtools.fake_notify", str(port), f"{local}/notify/receipts",
        env["FFIT_NOTIFY_CALLBACK_TOKEN"], f"{local}/demo/messages",
    ]  # fmt: skip
    return Service("The fake GOV.UK Notify", command, data / "logs" / "notify.log", env, listens)


def accounts(base: str) -> list[dict[str, Any]]:
    """The demonstration's accounts, asked of the site itself."""
    answer = fetch(f"{base}/demo/state.json")
    return list(json.loads(answer)["accounts"]) if answer else []


def serve(data: Path, host: str, port: int) -> None:
    """Prepare, start everything, say so, and watch until told to stop."""
    base = address(host, port)
    public = os.environ.get("FFIT_PUBLIC_URL") or base
    hosts = {"127.0.0.1", "localhost", "[::1]", urlsplit(base).hostname, urlsplit(public).hostname}
    allowed = ",".join(sorted(name for name in hosts if name))
    local = address(host if host not in {"0.0.0.0", "::"} else "127.0.0.1", port)  # noqa: S104 (compared)
    pretended = pretended_notify()
    env = environment(data, FFIT_PUBLIC_URL=public, FFIT_ALLOWED_HOSTS=allowed, **pretended)
    started = services(data, host, port, env)
    if pretended:
        started.append(notify_service(data, local, env))
    try:
        valkey, *others = started
        valkey.start()
        valkey.wait()
        prepare(data, env)
        with step("Processes"):
            for service in others:
                service.start()
            for service in started:
                service.wait()
        people = accounts(base)
        print(f"ready {base}/", flush=True)
        if people:
            print(f"Sign in as any of these with one click at {base}/demo")
        for account in people:
            print(f"  {account['email']:<36} {account['role']}", flush=True)
        while True:
            time.sleep(0.5)
            for service in started:
                service.keep_running()
                processes.rotate(service.log)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        running = [service.process for service in started if service.process is not None]
        processes.stop(running[1:])
        processes.stop(running[:1], seconds=1)  # Valkey last: the worker hands its task back


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev run")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    chosen = parser.parse_args()

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        with lock(chosen.data):
            serve(chosen.data, chosen.host, chosen.port)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except Stopped:
        print("Stopped.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
