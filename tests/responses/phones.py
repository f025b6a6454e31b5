"""Phones that answer by a poster without pause, and try each sheet until it is acknowledged."""

import hashlib
import json
import secrets
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode


def send_sheet(address: str, secret: str) -> tuple[int, bool]:
    """The status of one try, and whether the sheet was acknowledged; 0 without any answer."""
    body = urlencode({"secret": secret, "ENV01": "3"}).encode()
    asked = urllib.request.Request(address, body, {"Accept": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, bool(json.load(answer)["sent"])
    except HTTPError as error:
        said = error.read()
        assert b'"sent": true' not in said, "acknowledged, and a failure"
        return error.code, False
    except (OSError, HTTPException):
        return 0, False


@dataclass
class Phones:
    """What was acknowledged (keys of envelopes), and every status that was met."""

    address: str
    acknowledged: set[bytes] = field(default_factory=set)
    statuses: set[int] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self) -> None:
        while not self.over.is_set():
            secret = secrets.token_urlsafe(32)
            is_sent = False
            while not is_sent:
                status, is_sent = send_sheet(self.address, secret)
                self.statuses.add(status)
                time.sleep(0.05)
            self.acknowledged.add(hashlib.sha256(secret.encode()).digest())


@contextmanager
def answering(address: str, number: int = 3) -> Iterator[Phones]:
    """So many phones at once; at the end each has its last sheet acknowledged."""
    phones = Phones(address)
    threads = [threading.Thread(target=phones.answer, daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield phones
    finally:
        phones.over.set()
        for thread in threads:
            thread.join(30)
