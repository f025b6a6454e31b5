"""What browsers are told about every answer."""

import re

import pytest
from django.test import Client

from devtools import ROOT
from organisations.models import Role
from tests.factories import MembershipFactory
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/", "/o/{slug}/", "/o/{slug}/people/", "/account/login", "/privacy", "/nowhere", "/healthz"],
)
def test_nothing_is_kept_by_any_cache(client: Client, address: str) -> None:
    held = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(held.user)
    for visitor in (client, Client()):
        answer = visitor.get(address.format(slug=held.organisation.slug))
        assert answer["Cache-Control"] == "no-store"


def test_programs_may_ask_by_etag(client: Client) -> None:
    assert client.get("/api/v1/organisations")["Cache-Control"] == "private, no-cache"
    assert client.get("/api/")["Cache-Control"] == "no-store"


def test_only_files_are_kept(client: Client) -> None:
    file = client.get("/static/favicon.svg")
    assert "no-store" not in file.get("Cache-Control", "")
    file.close()


def test_pages_use_no_part_of_a_device_and_stay_apart(client: Client) -> None:
    answer = client.get("/privacy")
    for part in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{part}=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_an_answer_page_asks_for_nothing(client: Client) -> None:
    """One script, known by its hash, no frame, and what a phone could tell of a person is off."""
    answer = client.get(f"/q/{open_unit().answer_code}")
    for part in ("camera", "microphone", "geolocation"):
        assert f"{part}=()" in answer["Permissions-Policy"]
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", policy["script-src"])
    assert not {"frame-src", "child-src", "object-src"} & set(policy)


def test_pages_run_their_own_scripts_only(client: Client) -> None:
    policies = {client.get("/privacy")["Content-Security-Policy"] for _ in range(2)}
    for policy in policies:
        assert "default-src 'none'" in policy and "base-uri 'none'" in policy
        assert "form-action 'self'" in policy and "unsafe" not in policy


def test_the_nonce_of_a_page_stands_in_its_policy_and_another_page_has_none(client: Client) -> None:
    page = client.get("/privacy")
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", page["Content-Security-Policy"]))
    assert f'nonce="{nonce}"' in page.text
    plain = client.get("/api/v1/openapi.json")["Content-Security-Policy"]
    assert "nonce" not in plain and "default-src 'none'" in plain


def test_no_other_origin_may_read(client: Client) -> None:
    for address in ("/", "/privacy", "/api/v1/organisations", "/api/v1/openapi.json"):
        answer = client.get(address, headers={"origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_no_script_listens_for_messages() -> None:
    scripts = list((ROOT / "assets").rglob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text("utf-8")
        assert '"message"' not in text and "onmessage" not in text, script


def test_a_cookie_of_forms_is_set_once(client: Client) -> None:
    assert "csrftoken" in client.get("/account/login").cookies
    assert "csrftoken" not in client.get("/account/login").cookies
    client.cookies["csrftoken"] = "another"
    assert "csrftoken" in client.get("/account/login").cookies


def test_signing_out_empties_the_cache_and_leaves_what_was_not_sent(client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert "Clear-Site-Data" not in client.get("/account/logout")
    assert client.post("/account/logout")["Clear-Site-Data"] == '"cache"'


def test_a_page_from_memory_asks_whether_the_session_goes_on(client: Client) -> None:
    assert client.get("/account/here").status_code == 401
    assert "back.js" not in client.get("/account/login").text
    client.force_login(MembershipFactory.create().user)
    assert client.get("/account/here").status_code == 204
    assert "back.js" in client.get("/", follow=True).text
