"""Keeps respondents out of the logs: no address, token or body of an answer route is written."""

import logging
import re

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

LOST = (OperationalError, InterfaceError, PoolTimeout)
RESPONDENT_ROUTE = re.compile(r"/(a|q|l|w|stop|ask)/[^\s\"'?]+")


class NoRespondents(logging.Filter):
    """Blanks the credential in every respondent address that any library may log; what was refused
    leaves no trace of the code that refused it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if RESPONDENT_ROUTE.search(message):
            record.msg = RESPONDENT_ROUTE.sub(r"/\1/…", message)
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        if record.name.startswith("django.security") or getattr(record, "status_code", 500) < 500:
            # A refusal is an answer and no fault: a line is enough.
            record.exc_info = None
        if record.exc_info and isinstance(record.exc_info[1], LOST):
            # Every request meets it, and it says nothing of them.
            record.exc_info = None
        for name in ("request", "server_time"):
            if hasattr(record, name):
                setattr(record, name, None)
        return True
