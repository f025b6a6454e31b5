"""What a change takes, as a page: for members and for the ward."""

from typing import Any

import pytest
from django.test import Client

from initiatives.rules.soffts import soffts
from instruments.models import ItemMapping
from organisations.models import Role
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

WARD = "/w/ward-7-unguessable/tasks"


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_the_page_has_every_task_with_its_source(house: House, client: Client, role: Role) -> None:
    page = signed_in(client, house.member(role, house.ward_7)).get(f"{house.address()}tasks")
    assert page.status_code == 200
    words = page.content.decode()
    for task in soffts().tasks.values():
        assert task.plain in words
        assert f'id="task-{task.code}"' in words
    assert words.count("Source: <cite>Able to improve?</cite>") >= 24
    assert "Needs attention" in words
    assert "Suggestions" in words


def test_the_ward_reads_the_same_without_signing_in(house: House, client: Client) -> None:
    page = client.get(WARD)
    assert page.status_code == 200
    assert "Needs attention" in page.content.decode()
    assert "/o/merrowfield/" not in page.content.decode()


def test_the_result_links_to_the_tasks(house: House, client: Client) -> None:
    ward = client.get("/w/ward-7-unguessable").content.decode()
    assert WARD in ward
    lead = signed_in(client, house.member(Role.LEAD)).get(house.address()).content.decode()
    assert f"{house.address()}tasks" in lead


def test_without_a_reading_there_is_neither_part_nor_page(house: House, client: Client) -> None:
    ItemMapping.objects.all().delete()
    assert WARD not in client.get("/w/ward-7-unguessable").content.decode()
    assert client.get(WARD).status_code == 404


@pytest.mark.parametrize("tier", ["too_few", None])
def test_without_a_result_there_is_no_page(house: House, client: Client, tier: Any) -> None:
    shown = payload(tier) if tier else None
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown,
                   ward_page_code="ward-9-unguessable")  # fmt: skip
    signed_in(client, house.member(Role.LEAD))
    assert client.get(f"{house.address(unit)}tasks").status_code == 404
    assert client.get("/w/ward-9-unguessable/tasks").status_code == 404
