"""Keeps respondents out of the logs: no address, token or body of an answer route is written."""

import logging
import re

RESPONDENT_ROUTE = re.compile(r"/(a|q|l|w|stop)/[^\s\"'?]+")


class NoRespondents(logging.Filter):
    """Blanks the credential in every respondent address that any library may log."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if RESPONDENT_ROUTE.search(message):
            record.msg = RESPONDENT_ROUTE.sub(r"/\1/…", message)
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        for name in ("request", "server_time"):
            if hasattr(record, name):
                setattr(record, name, None)
        return True
