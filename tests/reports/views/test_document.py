"""The page of a result's documents."""

import pytest
from django.test import Client

from organisations.models import Role
from reports import tasks
from reports.models import Document
from tests.reports.conftest import House
from tests.reports.payloads import payload
from tests.reports.published import publish


def client_of(house: House, role: Role, **where: object) -> Client:
    client = Client()
    client.force_login(house.member(role, **where))  # type: ignore[arg-type]
    return client


def test_a_document_is_asked_for_made_and_fetched(house: House) -> None:
    client, page = client_of(house, Role.LEAD), f"{house.address()}documents/"
    assert "Make it" in client.get(page).text
    assert client.get(f"{page}table").status_code == 404
    assert client.post(f"{page}table").status_code == 302
    waiting = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" in waiting and "<html" not in waiting
    tasks.make_document(Document.objects.get().pk)
    ready = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" not in ready and "Download" in ready and "KB, kept until" in ready
    file = client.get(f"{page}table")
    assert file["Content-Disposition"] == (
        'attachment; filename="ward-7-care-of-older-people-figures.csv"'
    )
    assert file["Content-Type"].startswith("text/csv")
    assert "no-store" in file["Cache-Control"]
    assert "Resourcing" in file.content.decode("utf-8-sig")


def test_a_kind_that_there_is_not_is_not_found(house: House) -> None:
    client = client_of(house, Role.LEAD)
    assert client.post(f"{house.address()}documents/secrets").status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_read_the_result_gets_no_document(house: House, method: str) -> None:
    address = f"{house.address()}documents/wall"
    other = client_of(house, Role.MANAGER, unit=house.ward_9)
    reviewer = client_of(house, Role.REVIEWER)
    editor = client_of(house, Role.EDITOR)
    for client in (other, reviewer, editor):
        assert getattr(client, method)(address).status_code == 403
    assert not Document.objects.exists()


def test_where_nothing_was_released_there_is_nothing_to_make(house: House) -> None:
    client = client_of(house, Role.LEAD)
    for shown in (None, payload("too_few")):
        unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown)
        page = f"{house.address(unit)}documents/"
        assert "There are no figures to take with you" in client.get(page).text
        assert client.post(f"{page}wall").status_code == 404
    assert not Document.objects.exists()


def test_the_page_costs_the_same_for_six_documents(
    house: House, django_assert_num_queries: object
) -> None:
    client, page = client_of(house, Role.LEAD), f"{house.address()}documents/"
    for kind in Document.Kind.values:
        client.post(f"{page}{kind}")
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(page)
