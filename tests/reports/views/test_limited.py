"""Downloads of all units: so many an hour for each person, then a sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.carriers import limits
from organisations.models import Role
from tests.published_house import House


def test_the_21st_download_in_an_hour_waits(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    lead, other = house.member(Role.LEAD), house.member(Role.LEAD)
    listed = reverse("exports", args=[house.organisation.slug])
    address = reverse("export", args=[house.organisation.slug, "table"])
    client.force_login(lead)
    for _ in range(20):
        assert client.post(address).headers["Location"] == listed
    refused = client.post(address)
    assert (refused.status_code, refused["Retry-After"]) == (429, "180")
    assert "Too many downloads" in refused.text
    assert "Nothing was changed. Wait 3 minutes, then try again." in refused.text
    # What was asked for is still fetched, and looked for.
    assert client.get(listed).status_code == 200
    assert client.get(address).status_code != 429
    client.force_login(other)
    assert client.post(address).headers["Location"] == listed
    client.force_login(lead)
    now[0] += 181
    assert client.post(address).headers["Location"] == listed
