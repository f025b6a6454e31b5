"""Reads settings from the environment; every name is explained in `.env.example`."""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LONG_ENOUGH, FEWEST_LETTERS = 40, 16


def text(name: str, default: str = "") -> str:
    """The value of `name`, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def given(name: str, default: str = "") -> str:
    """A secret that others made: from the file that `NAME_FILE` names, a systemd credential, or
    `NAME` itself. A file that cannot be read stops the start.
    """
    file = os.environ.get(f"{name}_FILE")
    credential = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere"), name)
    if not file and not credential.is_file():
        return text(name, default)
    try:
        return Path(file or credential).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read from its file.") from error


def secret(name: str, default: str = "") -> str:
    """A secret of our own; in production one that somebody could guess stops the start."""
    value = given(name, default)
    if flag("FFIT_PRODUCTION") and value and not is_hard_to_guess(value):
        raise ImproperlyConfigured(f"{name} must be 40 random characters or more.")
    return value


def is_hard_to_guess(value: str) -> bool:
    """Long enough, and not the same few letters again and again."""
    return len(value) >= LONG_ENOUGH and len(set(value)) >= FEWEST_LETTERS


def with_password(url: str, password: str) -> str:
    """The address of a server with a password that stands apart from it."""
    parts = urlsplit(url)
    if not password or parts.password or not parts.netloc:
        return url
    user, at, place = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user if at else ''}:{quote(password)}@{place}").geturl()


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; anything else stops the start."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number; anything else stops the start."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from error


def words(name: str) -> list[str]:
    """A list separated by commas, without empty entries."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def is_loopback(host: str) -> bool:
    """Whether this name is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def database(url: str) -> dict[str, object]:
    """Django's settings for one database from `sqlite:///path` or `postgres://user:pw@host/name`.

    SQLite runs in WAL with IMMEDIATE transactions, so that a writer waits and is never refused
    halfway. PostgreSQL uses psycopg's pool, which also brings the site back after the server was
    away without a restart of ours.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path)),
            # Opening the file anew costs each request more than answering it.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, object] = dict(parse_qsl(parts.query))
        host = options.pop("host", None) or unquote(parts.hostname or "")
        # Imported here: a site on SQLite has no psycopg.
        from ffit_site.postgresql import RestedConnection

        options["pool"] = {
            "connection_class": RestedConnection,
            "min_size": 1,
            "max_size": number("FFIT_DATABASE_POOL", 8),
            "timeout": 2,
        }
        options["connect_timeout"] = 2
        # For statements of `organisations/carriers/planned.py`: the second time they are planned.
        options["prepare_threshold"] = 1
        # Compiling one of the long statements took longer than it ran (ADR 72).
        options["options"] = f"{options.get('options', '')} -c jit=off".lstrip()
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
