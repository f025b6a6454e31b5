"""Settings of a deployment, read by a process of their own."""

import json
import os
import subprocess
import sys

import pytest

from devtools.check import PRODUCTION

NAMES = (
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "DEVICE_COOKIE_NAME",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
)
READ = f"""
import json
from ffit_site import settings
print(json.dumps([getattr(settings, name) for name in {NAMES}]))
"""


def read(**more: str) -> tuple[dict[str, object], str]:
    """The settings by name, or the last line of why there are none."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("FFIT_")}
    done = subprocess.run(
        [sys.executable, "-c", READ], env={**plain, **PRODUCTION, **more}, capture_output=True,
        text=True,
    )  # fmt: skip
    if done.returncode:
        return {}, done.stderr.strip().splitlines()[-1]
    return dict(zip(NAMES, json.loads(done.stdout), strict=True)), ""


def test_cookies_belong_to_this_host_alone() -> None:
    found, _ = read()
    cookies = [found[name] for name in NAMES if name.endswith("COOKIE_NAME")]
    assert cookies == ["__Host-session", "__Host-csrf", "__Host-device"]


def test_browsers_come_back_over_tls() -> None:
    found, _ = read()
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


@pytest.mark.parametrize(
    ("security", "tls"), [("", (True, False)), ("starttls", (True, False)), ("tls", (False, True))]
)
def test_mail_is_encrypted_unless_somebody_says_otherwise(
    security: str, tls: tuple[bool, bool]
) -> None:
    found, _ = read(FFIT_EMAIL_SECURITY=security)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == tls


def test_mail_in_clear_goes_to_this_machine_only() -> None:
    for host in ("mail.example.org", "10.0.0.8", "127.0.0.1.example.org"):
        found, why = read(FFIT_EMAIL_SECURITY="none", FFIT_EMAIL_HOST=host)
        assert not found and "FFIT_EMAIL_SECURITY=none" in why
    for host in ("127.0.0.1", "localhost", "::1"):
        assert read(FFIT_EMAIL_SECURITY="none", FFIT_EMAIL_HOST=host)[0]


def test_what_is_no_security_stops_the_start() -> None:
    _, why = read(FFIT_EMAIL_SECURITY="ssl")
    assert "must be starttls, tls or none" in why
