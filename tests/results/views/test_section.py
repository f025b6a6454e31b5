"""A section's page, for members and for the ward; what the tasks' page shares with it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from initiatives.models import Suggestion
from organisations.models import Role
from scoring.models import Snapshot
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

WARD = "/w/ward-7-unguessable/sections/RES"


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def test_the_ward_and_its_lead_read_the_same(house: House, client: Client) -> None:
    ward = client.get(WARD).content.decode()
    lead = signed_in(client, house.member(Role.LEAD)).get(f"{house.address()}sections/RES")
    for page in (ward, lead.content.decode()):
        assert "It is low compared with the other sections." in page
        assert "enough staff where it will happen" in page
        assert "One thing that could help" in page
        assert 'aria-current="page">Resourcing</a>' in page
        assert "has not been validated" in page
    assert "/o/merrowfield/" not in ward


def test_every_section_is_linked_from_the_result(house: House, client: Client) -> None:
    page = client.get("/w/ward-7-unguessable").content.decode()
    for code in ("ENV", "RES", "MGR", "PRB", "MSG", "LRN", "CTX"):
        assert f"/w/ward-7-unguessable/sections/{code}" in page
        assert client.get(f"/w/ward-7-unguessable/sections/{code}").status_code == 200


@pytest.mark.parametrize("tier", ["small", "words", "joint"])
def test_each_tier_has_its_page(house: House, client: Client, tier: Any) -> None:
    publish(organisation=house.organisation, unit=house.ward_9, payload=payload(tier),
            ward_page_code="ward-9-unguessable")  # fmt: skip
    page = client.get("/w/ward-9-unguessable/sections/ENV").content.decode()
    assert "Front-line staff and environment" in page
    assert ("no statement on its own" in page) is (tier == "words")
    assert not re.search(r"\d\.\d", re.sub(r"<[^>]+>", " ", page))
    shown = client.get("/w/ward-9-unguessable/sections/ENV?figures=1").content.decode()
    assert ("Mean 3.6." in shown) is (tier != "words")


@pytest.mark.parametrize("code", ["XYZ", "res", "1"])
def test_another_code_is_not_found(house: House, client: Client, code: str) -> None:
    assert client.get(f"/w/ward-7-unguessable/sections/{code}").status_code == 404
    signed_in(client, house.member(Role.LEAD))
    assert client.get(f"{house.address()}sections/{code}").status_code == 404


@pytest.mark.parametrize("tier", ["too_few", None])
def test_without_a_result_there_is_no_page(house: House, client: Client, tier: Any) -> None:
    shown = payload(tier) if tier else None
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown)
    assert client.get(f"/w/{unit.ward_page_code}/sections/ENV").status_code == 404


@pytest.mark.parametrize("page", ["sections/ENV", "tasks"])
def test_who_has_nothing_to_do_with_it_is_refused(house: House, client: Client, page: str) -> None:
    address = f"{house.address()}{page}"
    assert client.get(address).status_code == 302
    for role, unit in (
        (Role.ADMINISTRATOR, None),
        (Role.EDITOR, None),
        (Role.MANAGER, house.ward_9),
        (Role.REVIEWER, None),
    ):
        assert signed_in(client, house.member(role, unit)).get(address).status_code == 403


@pytest.mark.parametrize(("page", "most"), [("sections/RES", 6), ("tasks", 6)])
def test_it_takes_as_many_queries_with_many_suggestions(
    house: House,
    client: Client,
    django_assert_num_queries: Callable[..., Any],
    page: str,
    most: int,
) -> None:
    user = house.member(Role.LEAD)
    for number in range(6):
        Suggestion.objects.create(
            organisation=house.organisation,
            title=f"Ours {number}",
            what="x",
            achieves="y",
            tasks=["1.7"],
            source="z",
            added_by=user,
        )
    signed_in(client, user)
    client.get(f"{house.address()}{page}")
    with django_assert_num_queries(most):
        words = client.get(f"{house.address()}{page}").content.decode()
    assert "Ours 5" in words


@pytest.mark.parametrize("page", ["sections/ENV", "tasks"])
def test_a_correction_says_so_there_too(house: House, client: Client, page: str) -> None:
    first = house.result.snapshots.get()
    Snapshot.objects.create(
        survey_unit=house.result, number=2, released_at=first.released_at, payload=payload(),
        replaces=first, reason="Two posts were counted twice.",
    )  # fmt: skip
    words = client.get(f"/w/ward-7-unguessable/{page}").content.decode()
    assert "because: Two posts were counted twice." in words
