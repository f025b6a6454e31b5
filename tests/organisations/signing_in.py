"""The steps of signing in, for tests that go this way."""

import re

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

LOGIN = "/account/login"
CODE = "/account/login/code"


def code_in(mail: object) -> str:
    found = re.search(r"^[A-Z]{5}-[A-Z]{5}$", str(mail.body), re.MULTILINE)  # type: ignore[attr-defined]
    assert found
    return found[0]


def ask(client: Client, email: str, **more: str) -> None:
    response = client.post(LOGIN, {"login": email, **more})
    assert response.status_code == 302
    assert response["Location"] == CODE


def app_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
