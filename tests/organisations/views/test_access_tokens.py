"""Members make and take back their own tokens."""

import hashlib

import pytest
from django.test import Client

from organisations.models import AccessToken, AuditEntry, Role
from tests.factories import MembershipFactory

FILLED = {"name": "Our dashboard", "scopes": ["units", "results"], "days": "90"}


@pytest.fixture
def member(db: None) -> tuple[Client, str]:
    held = MembershipFactory.create(role=Role.LEAD)
    client = Client()
    client.force_login(held.user)
    return client, f"/o/{held.organisation.slug}/programs/"


def test_a_token_is_shown_once_and_kept_as_a_hash(member: tuple[Client, str]) -> None:
    client, page = member
    assert "You have no API tokens" in client.get(page).text
    made = client.post(f"{page}add", FILLED)
    assert made.status_code == 200 and made["Cache-Control"] == "no-store"
    secret = made.text.split('<code id="token">')[1].split("<")[0]
    token = AccessToken.objects.get()
    assert bytes(token.token_hash) == hashlib.sha256(secret.encode()).digest()
    assert token.scopes == ["results", "units"]
    assert secret not in client.get(page).text
    assert "Units" in client.get(page).text
    assert AuditEntry.objects.filter(action="access token made").count() == 1


def test_taking_back_asks_first_and_ends_it(member: tuple[Client, str]) -> None:
    client, page = member
    client.post(f"{page}add", FILLED)
    token = AccessToken.objects.get()
    address = f"{page}{token.pk}/take-back"
    assert "Revoke “Our dashboard”?" in client.get(address).text
    assert AccessToken.objects.get().is_valid
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert not AccessToken.objects.get().is_valid
    assert AuditEntry.objects.filter(action="access token revoked").count() == 1
    assert "Revoked" in client.get(page).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter what the token is for"),
        ({"scopes": []}, "Choose at least one"),
        ({"scopes": ["answers"]}, "is not one of the available choices"),
        ({"days": "9999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    member: tuple[Client, str], wrong: dict[str, object], sentence: str
) -> None:
    client, page = member
    refused = client.post(f"{page}add", {**FILLED, **wrong})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert not AccessToken.objects.exists()


def test_nobody_sees_or_ends_another_members_token(member: tuple[Client, str]) -> None:
    client, page = member
    client.post(f"{page}add", FILLED)
    token = AccessToken.objects.get()
    other = Client()
    other.force_login(MembershipFactory.create(organisation=token.organisation).user)
    assert "Our dashboard" not in other.get(page).text
    assert other.post(f"{page}{token.pk}/take-back").status_code == 404
    assert AccessToken.objects.get().is_valid
