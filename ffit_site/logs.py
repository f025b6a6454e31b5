"""What a line of the log says: which process did what and how it went, and nothing of a respondent.

No address, link or body of an answer route is written, and of nobody a name or a mail address.
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

LOST = (OperationalError, InterfaceError, PoolTimeout)
RESPONDENT_ROUTE = re.compile(r"/(a|q|l|w|stop|ask)/[^\s\"'?]+")
# With these PostgreSQL quotes the row that it refused.
_ROW = re.compile(r"(?:DETAIL|CONTEXT): .*?(?=\\n|\n|$)")
# What the request or task at hand is called in every line about it: nginx names requests.
asked: ContextVar[str] = ContextVar("asked", default="")
# What a line may say beside its message.
FACTS = ("route", "status", "ms", "account", "organisation")


class JsonLine(logging.Formatter):
    """One line, whatever it tells: a fault's trace is a field of it."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False)

    def facts(self, record: logging.LogRecord) -> dict[str, object]:
        """The fields by name; one that has nothing to say is left out."""
        found: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self.service,
            "process": record.process,
            "logger": record.name,
            "message": _without_rows(record.getMessage()),
            "request": asked.get() or None,
            **{name: getattr(record, name, None) for name in FACTS},
        }
        if record.exc_info:
            found["exception"] = _without_rows(self.formatException(record.exc_info))
        return {name: value for name, value in found.items() if value is not None}


class TextLine(JsonLine):
    """The same for people who read it on their own machine."""

    def format(self, record: logging.LogRecord) -> str:
        facts = self.facts(record)
        trace = facts.pop("exception", None)
        said = [str(facts.pop(name)) for name in ("time", "level", "logger", "message")]
        more = [f"{name}={facts[name]}" for name in ("request", *FACTS) if name in facts]
        return " ".join([*said, *more]) + (f"\n{trace}" if trace else "")


def _without_rows(text: str) -> str:
    return RESPONDENT_ROUTE.sub(r"/\1/…", _ROW.sub("", text))


class NoRespondents(logging.Filter):
    """Blanks the credential in every respondent address that any library may log; what was refused
    leaves no trace of the code that refused it.

    Of other requests there is one line with their route, so Django's with their address goes.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        status = getattr(record, "status_code", 500)
        of_request = record.name in ("django.request", "django.security.csrf")
        if RESPONDENT_ROUTE.search(message):
            record.msg = RESPONDENT_ROUTE.sub(r"/\1/…", message)
            record.args = ()
            record.exc_info = None
            record.exc_text = None
            if of_request and status < 500:
                return False
        elif record.name.startswith("django.security") or status < 500:
            # A refusal is an answer and no fault: a line is enough.
            record.exc_info = None
        if record.exc_info and isinstance(record.exc_info[1], LOST):
            # Every request meets it, and it says nothing of them.
            record.exc_info = None
        for name in ("request", "server_time"):
            if hasattr(record, name):
                setattr(record, name, None)
        if of_request and not RESPONDENT_ROUTE.search(message):
            record.msg, record.args = "A request met a fault.", ()
            return bool(record.exc_info)
        return True


def configuration(*, is_production: bool, level: str, service: str) -> dict[str, object]:
    """For `logging.config`: one line each on standard output, in production as JSON.

    What a command prints is for whoever ran it, so its lines go beside.
    """
    is_service = is_production and Path(sys.argv[0]).name != "manage.py"
    # A line for each round of each sweep, thousands an hour; one for each font of a document.
    too_many = ("celery.app.trace", "celery.beat", "celery.worker.strategy", "fontTools")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_respondents": {"()": NoRespondents}},
        "formatters": {"line": {"()": JsonLine if is_production else TextLine, "service": service}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": f"ext://sys.{'stdout' if is_service else 'stderr'}",
                "filters": ["no_respondents"],
                "formatter": "line",
            },
        },
        "loggers": {
            # These two bring handlers of their own.
            "django": {"handlers": []},
            "gunicorn.error": {"handlers": [], "propagate": True},
            **{name: {"level": "WARNING"} for name in too_many},
        },
        "root": {"handlers": ["console"], "level": level},
    }
