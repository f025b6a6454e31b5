"""`./dev drill`: backs a made-up site up, loses it, restores it from nothing and looks at it.

Over 300 lines: one story, told in the order in which it happens.

A real PostgreSQL with its log archive, web, worker, counting, beat and mail server. Between the
backup and the loss everybody is invited and some answer; the restored site knows nothing of it. It
must hold by itself, send nothing until somebody releases it, nothing twice after that, and the
links in people's mailboxes must open.
"""

import os
import re
import secrets
import shutil
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from celery import Celery

from devtools import ROOT, processes
from devtools.embedded import valkey_command
from devtools.postgresql import Cluster, cluster
from devtools.steps import Refused, step

PEOPLE = 20
ANSWERS = 5
# Four rounds of beat on hold, and one of each sweep after it.
WATCHED_FOR = 60.0
WATCHED_AFTER = 22.0
HOLDS_WITHIN = 30.0
# The machine is lost as a whole, so its server need not outlive a crash.
HASTY = ["fsync=off", "synchronous_commit=off"]
SEED = f"""
import django
django.setup()
from bench import open_survey, sending
open_survey.call_command = lambda *given, **named: None  # migrated and loaded already
sending.INVITATIONS = {PEOPLE}
sending.survey_with_links()
"""
# In one process: each that starts costs seconds.
MADE = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_instrument")
{SEED}
from fieldwork.counting import sweep
sweep()
"""
LINK = re.compile(r"http://[^\s/]+(/a/[\w-]+)")


class _Session(socketserver.StreamRequestHandler):
    """As much SMTP as our worker speaks."""

    server: "Sink"

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        to = ""
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT":
                to = line.decode("ascii", "replace").partition("<")[2].partition(">")[0]
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (one := self.rfile.readline()) not in (b".\r\n", b""):
                    text += one
                self.server.letters.append((to, text.decode("utf-8", "replace")))
            elif word == b"EHLO":
                self.wfile.write(b"250-sink\r\n250-8BITMIME\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that keeps who got what."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[tuple[str, str]] = []


@dataclass
class Site:
    """The processes of one deployment on a database."""

    folder: Path
    env: dict[str, str]
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self) -> None:
        """Valkey with an empty queue, the web, a worker for both queues, beat."""
        shutil.rmtree(self.folder / "valkey", ignore_errors=True)
        socket = Path(self.env["REDIS_URL"].removeprefix("unix://"))
        app = [processes.tool("celery"), "--app", "ffit_site.celery:app"]
        for name, command in {
            "valkey": valkey_command(socket, self.folder / "valkey"),
            "web": [
                processes.tool("gunicorn"), "ffit_site.wsgi:application", "--bind",
                f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4",
                "--no-control-socket",
            ],
            "worker": [
                *app, "worker", "--queues", "default,counting", "--concurrency", "1",
                "--without-gossip", "--without-mingle",
            ],
            "beat": [
                *app, "beat", "--pidfile=", "--schedule", str(self.folder / "beat"),
            ],
        }.items():  # fmt: skip
            log = self.folder / f"{name}.log"
            self.running.append(processes.start(command, env=self.env, log=log))

    def answers(self) -> None:
        """Waits until the web does."""
        until(lambda: self.ask("/readyz")[0] == 200, "the web answers", seconds=60)

    def ask_worker(self, task: str, queue: str) -> None:
        """As beat does, and sooner."""
        broker = self.env["REDIS_URL"].replace("unix://", "redis+socket://", 1)
        Celery(broker=broker, set_as_current=False).send_task(task, queue=queue)

    def lose(self) -> None:
        """SIGKILL to all at once."""
        processes.stop(self.running, seconds=0)
        self.running.clear()

    def manage(self, *arguments: str) -> str:
        """What a command prints; refuses if it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise Refused(f"`manage.py {arguments[0]}` failed: {done.stderr[-600:]}")
        return done.stdout

    def ask(self, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Status and text of an answer; 0 while nobody answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


def until(true: Callable[[], bool], what: str, *, seconds: float) -> float:
    """Waits, and says how long; refuses if it takes too long."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise Refused(f"After {seconds:.0f} s still not: {what}.")
        time.sleep(0.2)
    return time.monotonic() - began


def demand(true: bool, what: str) -> None:
    """One thing that the drill wants; it prints what holds and stops at what does not."""
    if not true:
        raise Refused(f"Not so: {what}.")
    print(f"  ok  {what}", flush=True)


def run(server: Cluster, *command: str | Path) -> None:
    """A program of PostgreSQL's, as the user whose files it reads."""
    done = subprocess.run(
        [server.bin / command[0], *command[1:]],
        user=server.user, extra_groups=[] if server.user else None, cwd="/",
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"{command[0]} failed: {done.stderr[-600:]}")


@contextmanager
def restored(server: Cluster, backup: Path, archive: Path) -> Iterator[Cluster]:
    """The backup as a new server in a folder of its own, up to the moment it was complete."""
    folder = Path(tempfile.mkdtemp(prefix="ffit-pg-"))
    try:
        if server.user:
            shutil.chown(folder, server.user)
        shutil.move(backup, folder / "data")
        (folder / "data" / "recovery.signal").touch()
        options = [
            *server.options,  # with room for fewer connections it would not replay the log
            f"restore_command=cp {archive}/%f %p",
            "recovery_target=immediate",
            "recovery_target_action=promote",
        ]
        again = Cluster(folder, server.bin, server.user, options)
        again.start()
        try:
            yield again
        finally:
            again.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settings(folder: Path, port: int, mail: Sink) -> dict[str, str]:
    """What each process of the site is given, beside its database."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FFIT_")}
    return {
        **ours,
        "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
        "FFIT_ALLOWED_HOSTS": "127.0.0.1",
        "FFIT_DATA": str(folder),
        "FFIT_EMAIL_HOST": "127.0.0.1",
        "FFIT_EMAIL_PORT": str(mail.server_address[1]),
        "FFIT_EMAIL_SECURITY": "none",
        "FFIT_KEYS_DIR": str(folder / "keys"),
        "FFIT_KEYS_MIRROR": str(folder / "keys-2"),
        "FFIT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "FFIT_SECRET_KEY": secrets.token_urlsafe(48),
        "FFIT_TOKEN_KEY": secrets.token_urlsafe(48),
        "REDIS_URL": f"unix://{folder / 'valkey.sock'}",
    }


def answer() -> bytes:
    """A form with one statement answered."""
    return urlencode({"secret": secrets.token_urlsafe(32), "ENV01": "3"}).encode()


def links(letters: list[tuple[str, str]]) -> dict[str, str]:
    """Each person's link, as it stands in their mailbox."""
    return {to: found[1] for to, text in letters if (found := LINK.search(text))}


def drill() -> None:
    """From an empty machine to a released site; stops at the first thing that is not so."""
    began = time.monotonic()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="ffit-drill-")))
        archive = folder / "archive"
        archive.mkdir()
        archive.chmod(0o777)  # PostgreSQL's user writes there
        folder.chmod(0o755)
        mail = held.enter_context(Sink())
        threading.Thread(target=mail.serve_forever, daemon=True).start()
        held.callback(mail.shutdown)
        with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as probe:
            port = probe.server_address[1]
        archived = f"archive_command=test ! -f {archive}/%f && cp %p {archive}/%f"
        server = held.enter_context(cluster([*HASTY, "archive_mode=on", archived]))
        site = Site(folder, settings(folder, port, mail), port)
        site.env["DATABASE_URL"] = server.url()
        held.callback(site.lose)
        with step("A site with a survey"):
            seeding = {**site.env, "REDIS_URL": "memory://"}
            done = subprocess.run(
                [sys.executable, "-c", MADE], cwd=ROOT, env=seeding, capture_output=True, text=True
            )
            if done.returncode:
                raise Refused(done.stderr[-600:])
        backup = Path(tempfile.gettempdir()) / f"ffit-backup-{os.getpid()}"
        held.callback(shutil.rmtree, backup, ignore_errors=True)
        with step("A backup"):
            site.begin()  # its first round comes long after
            run(server, "pg_basebackup", "--host", server.folder, "--username", "ffit",
                "--pgdata", backup, "--checkpoint=fast")  # fmt: skip
            run(server, "pg_verifybackup", backup)
        taken_at = datetime.now(UTC)
        if mail.letters:
            raise Refused("Somebody was invited before the backup was complete.")
        with step("Everybody is invited, some answer"):
            site.answers()
            site.ask_worker("fieldwork.counting.sweep", "counting")
            site.ask_worker("surveys.send_due_messages", "default")
            until(lambda: len(mail.letters) >= PEOPLE, "all are invited", seconds=90)
            known = links(mail.letters)
            some = list(known.values())[:ANSWERS]
            answered = [site.ask(link, answer())[0] for link in some]
            if answered != [200] * ANSWERS:
                raise Refused(f"Answers were not taken: {answered}")
        with step("All is lost"):
            lost_at = datetime.now(UTC)
            site.lose()
            server.stop()
        mail.letters.clear()
        restoring = time.monotonic()
        with step("Restored"):
            again = held.enter_context(restored(server, backup, archive))
            site.env["DATABASE_URL"] = again.url()
            held.callback(site.lose)
        watched = time.monotonic()
        site.begin()
        site.answers()
        started = time.monotonic() - watched
        held_after = until(
            lambda: "Records were restored" in site.ask("/watchz")[1], "held", seconds=HOLDS_WITHIN
        )
        print(f"  held {held_after:.0f} s after the web answered ({started:.0f} s)", flush=True)
        with step("Four rounds on hold"):
            time.sleep(max(0.0, WATCHED_FOR - (time.monotonic() - watched)))
        demand(not mail.letters, "0 messages before release")
        opened = [site.ask(link)[0] for link in known.values()]
        demand(opened == [200] * PEOPLE, f"{PEOPLE} of {PEOPLE} old links open")
        site.manage("release_after_restore", "--yes")
        released = time.monotonic()
        again_sent = [site.ask(link, answer())[0] for link in some]
        demand(again_sent == [200] * ANSWERS, "whoever had answered can answer again by that link")
        site.manage("verify", "1")
        print("  ok  the ballot box adds up", flush=True)
        with step("A round of each sweep after release"):
            time.sleep(max(0.0, WATCHED_AFTER - (time.monotonic() - released)))
        twice = Counter(to for to, text in mail.letters if to in known)
        demand(not twice, "0 people get a second invitation")
        print(
            f"Restored in {time.monotonic() - restoring:.0f} s (watching included); "
            f"lost: {(lost_at - taken_at).total_seconds():.0f} s of records. "
            f"The whole drill: {time.monotonic() - began:.0f} s."
        )


def main() -> int:
    try:
        drill()
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
