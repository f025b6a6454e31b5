"""`./dev secrets FOLDER`: each secret of a deployment in a file of its own; what is there stays.

The folder is for its owner alone. Its files can be read, because containers that run as other
users are given them one by one.
"""

import argparse
import secrets
import sys
from pathlib import Path
from string import ascii_letters, digits

MADE = (
    "secret_key",
    "token_key",
    # Processes that sign nobody in and derive no link are given others.
    "worker_secret_key",
    "counting_secret_key",
    "counting_token_key",
    "metrics_token",
    "notify_callback_token",
    "redis_password",
    "postgres_password",
    "owner_password",
    "web_password",
    "worker_password",
    "counting_password",
)
# Others made them, or there was one before; empty means that there is none.
GIVEN = ("email_password", "notify_api_key", "secret_key_before")


def make(folder: Path) -> list[str]:
    """Writes what is missing; the names of what was written."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    written = []
    for name in (*MADE, *GIVEN):
        file = folder / name
        if not file.exists():
            file.write_text(_word() if name in MADE else "", encoding="ascii")
            file.chmod(0o444)
            written.append(name)
    return written


def _word() -> str:
    """256 random bits in letters and digits: they stand in addresses of databases too."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(43))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev secrets")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    try:
        written = make(folder)
    except OSError as error:
        print(f"{error.strerror} ({error.filename}).", file=sys.stderr)
        return 1
    print(f"Made in {folder}: {', '.join(written) or 'nothing, all were there'}.")
    print(
        "Put the certificate into certificate and certificate_key, and passwords of mail and "
        "Notify into their files. Keep a copy of token_key away from backups of the database."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
