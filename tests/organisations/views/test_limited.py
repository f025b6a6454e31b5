"""Uploads: so many an hour for each person, then a sentence."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from ffit_site.gate import UPLOADS
from organisations.carriers import limits
from organisations.models import Role
from organisations.rules.token_bucket import Bucket
from organisations.views import limited
from tests.access_matrix import MATRIX
from tests.factories import MembershipFactory, published_ffit
from tests.test_access_matrix import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    return now


def used(what: limits.Limited, who: str) -> None:
    """All but one of an hour's uploads."""
    for _ in range(limited.IMPORTS.most - 1):
        assert limits.seconds_to_wait(what, who, limited.IMPORTS) == 0


def must_wait(answer: Any, what: str, minutes: int) -> bool:
    if answer.status_code != 429:
        return False
    assert f"Too many {what}" in answer.text
    assert f"Nothing was changed. Wait {minutes} minutes, then try again." in answer.text
    return True


def test_the_31st_upload_in_an_hour_waits(client: Client, clock: list[float]) -> None:
    held = MembershipFactory.create(role=Role.ADMINISTRATOR)
    other = MembershipFactory.create(organisation=held.organisation, role=Role.ADMINISTRATOR)
    address = f"/o/{held.organisation.slug}/units/import"
    client.force_login(held.user)
    for _ in range(30):
        assert client.post(address, {"list_text": ""}).status_code == 422
    refused = client.post(address, {"list_text": ""})
    assert must_wait(refused, "uploads", 2)
    assert refused["Retry-After"] == "120"
    assert client.get(address).status_code == 200
    client.force_login(other.user)
    assert client.post(address, {"list_text": ""}).status_code == 422
    client.force_login(held.user)
    clock[0] += 121
    assert client.post(address, {"list_text": ""}).status_code == 422


@pytest.fixture
def ours() -> World:
    return world(published_ffit())


def test_every_page_that_takes_a_file_counts(ours: World, clock: list[float]) -> None:
    tried = set()
    for route, line in MATRIX.items():
        name = resolve(address := ours.address(route)).url_name
        if name not in UPLOADS:
            continue
        tried.add(name)
        client = ours.member(line.roles[0], ours.ward)
        used("uploads", client.session["_auth_user_id"])
        for waits in (False, True, True):
            answer = client.post(address, {"file": SimpleUploadedFile("a.csv", b"x\x00,y\n")})
            assert must_wait(answer, "uploads", 2) is waits, route
    assert tried == UPLOADS


def test_launching_without_a_file_is_no_upload(ours: World, clock: list[float]) -> None:
    client = ours.member(Role.LEAD, ours.ward)
    used("uploads", client.session["_auth_user_id"])
    for name in ("launch", "launch_preview"):
        address = reverse(name, args=[ours.organisation.slug])
        for _ in range(3):
            assert client.post(address, {"title": "Quieter nights"}).status_code in (200, 422)


def test_how_many() -> None:
    assert (Bucket(30, 3600), Bucket(20, 3600)) == (limited.IMPORTS, limited.EXPORTS)
