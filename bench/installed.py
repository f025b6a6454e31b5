"""The product as in production, on a PostgreSQL with its own durable settings and a Valkey."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from devtools import processes
from devtools.embedded import valkey_command
from devtools.postgresql import cluster


@dataclass(frozen=True)
class Installed:
    """The folder of logs and data, and PostgreSQL's first process."""

    folder: Path
    postgresql: int

    def database_cpu(self) -> float:
        """The CPU seconds of all connections that have ended."""
        fields = Path(f"/proc/{self.postgresql}/stat").read_text(encoding="ascii")
        of_children = fields.rpartition(")")[2].split()[13:15]
        return sum(map(int, of_children)) / os.sysconf("SC_CLK_TCK")


def set_up() -> None:
    """Django, in this process. Its log stands beside the figures on standard output, also after
    the application has been imported, which sets Django up once more.
    """
    import django
    from django.conf import settings

    log = cast("dict[str, dict[str, dict[str, object]]]", settings.LOGGING)
    log["handlers"]["console"]["stream"] = "ext://sys.stderr"
    django.setup()


@contextmanager
def installed(*, address: str = "http://127.0.0.1:8000") -> Iterator[Installed]:
    """Django is set up for this process and those that it starts."""
    with tempfile.TemporaryDirectory(prefix="ffit-bench-") as name, cluster([]) as server:
        folder = Path(name)
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
            "FFIT_ALLOWED_HOSTS": "127.0.0.1",
            "FFIT_DATA": name,
            "FFIT_DEMO": "0",
            "FFIT_EMAIL_HOST": "127.0.0.1",
            "FFIT_EMAIL_SECURITY": "none",
            "FFIT_KEYS_DIR": str(folder / "keys"),
            "FFIT_PRODUCTION": "1",
            "FFIT_PUBLIC_URL": address,
            "FFIT_SECRET_KEY": "the secret key of the measurement, long enough",
            "FFIT_SSL_REDIRECT": "0",
            "FFIT_TOKEN_KEY": "the token key of the measurement, long enough",
            "REDIS_URL": f"unix://{folder / 'valkey.sock'}",
        }
        command = valkey_command(folder / "valkey.sock", folder / "valkey")
        valkey = processes.start(command, env=os.environ, log=folder / "valkey.log")
        try:
            set_up()
            assert server.process is not None
            yield Installed(folder, server.process.pid)
        finally:
            processes.stop([valkey])
