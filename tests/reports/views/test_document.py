"""The page of a result's documents."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from reports import tasks
from reports.models import Document
from reports.presenters.document_list import NEWER
from tests.published_house import House
from tests.reports.decided import REASON, decide
from tests.results.payloads import payload
from tests.results.published import publish


def client_of(house: House, role: Role, **where: object) -> Client:
    client = Client()
    client.force_login(house.member(role, **where))  # type: ignore[arg-type]
    return client


def test_a_document_is_asked_for_made_and_fetched(house: House) -> None:
    client, page = client_of(house, Role.LEAD), f"{house.address()}documents/"
    assert "Create" in client.get(page).text
    assert client.get(f"{page}table").status_code == 404
    assert client.post(f"{page}table").status_code == 302
    waiting = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" in waiting and "<html" not in waiting
    tasks.make_document(Document.objects.get().pk)
    ready = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" not in ready and "Download" in ready and "KB, kept until" in ready
    file = client.get(f"{page}table")
    published = timezone.localdate(house.result.published_at)
    assert file["Content-Disposition"] == (
        f'attachment; filename="ward-7-care-of-older-people-fewer-falls-at-night-{published}'
        '-figures.csv"'
    )
    assert file["Content-Type"].startswith("text/csv")
    assert "no-store" in file["Cache-Control"]
    assert "Resourcing" in file.content.decode("utf-8-sig")


def test_the_results_page_lists_every_kind_and_leads_to_it(house: House) -> None:
    client = client_of(house, Role.LEAD)
    result, page = client.get(house.address()).text, client.get(f"{house.address()}documents/").text
    for kind in Document.Kind:
        assert f'documents/#{kind}">{kind.label}</a>' in result
        assert f'<li id="{kind}">' in page


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


def test_before_the_result_there_is_nothing_to_make(house: House) -> None:
    client = client_of(house, Role.LEAD)
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    page = f"{house.address(unit)}documents/"
    assert "There is nothing to download yet. The result is not ready.</p>" in client.get(page).text
    assert client.post(f"{page}wall").status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("tier", ["too_few", "words"])
def test_without_a_chart_there_are_no_pictures_of_charts(house: House, tier: Any) -> None:
    client = client_of(house, Role.LEAD)
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=payload(tier))
    page = client.get(f"{house.address(unit)}documents/").text
    assert '<li id="board">' in page and '<li id="drawings">' not in page
    result = client.get(house.address(unit)).text
    assert "documents/#board" in result and "documents/#drawings" not in result
    assert client.post(f"{house.address(unit)}documents/drawings").status_code == 404


def test_a_decision_since_makes_the_document_old_until_it_is_created_again(house: House) -> None:
    client, page = client_of(house, Role.LEAD), f"{house.address()}documents/"
    client.post(f"{page}table")
    tasks.make_document(Document.objects.get().pk)
    assert NEWER not in client.get(page).text
    client.post(f"{page}table")
    assert Document.objects.get().state == Document.State.READY, "it says what there is"
    decide(house, house.result)
    old = client.get(page).text
    assert NEWER in old and "Create again" in old and "Download" in old
    assert REASON not in client.get(f"{page}table").content.decode()
    client.post(f"{page}table")
    assert Document.objects.get().state == Document.State.ASKED
    tasks.make_document(Document.objects.get().pk)
    assert NEWER not in client.get(page).text
    assert REASON in client.get(f"{page}table").content.decode()


def test_the_page_costs_the_same_for_all_documents(
    house: House, django_assert_num_queries: object
) -> None:
    client, page = client_of(house, Role.LEAD), f"{house.address()}documents/"
    for kind in Document.Kind.values:
        client.post(f"{page}{kind}")
    with django_assert_num_queries(12):  # type: ignore[operator]
        client.get(page)


@pytest.mark.parametrize(
    ("tier", "full", "slides"),
    [
        ("figures", "Every section and statement,", "charts and words that you can change"),
        ("words", "Every section in words,", "For a meeting: words that you can change"),
        ("too_few", "Why there is no result,", "For a meeting: words that you can change"),
    ],
)
def test_each_says_what_is_in_it(house: House, tier: Any, full: str, slides: str) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=payload(tier))
    page = client_of(house, Role.LEAD).get(f"{house.address(unit)}documents/").text
    assert full in page
    assert slides in page
    assert ("what the team says, priorities" in page) == (tier != "too_few")
    assert "too few people answered" not in page
