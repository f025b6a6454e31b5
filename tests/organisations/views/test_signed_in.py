"""“Where you are signed in”, and what a session costs a page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from organisations.actions.sessions import remember_device
from organisations.models import Role, Session, User
from organisations.queries.sessions import devices_of, sessions_of
from tests.factories import MembershipFactory
from tests.organisations.conftest import House

PAGE = "/account/sessions"


@pytest.fixture
def manager(house: House) -> User:
    user: User = MembershipFactory.create(
        organisation=house.organisation, role=Role.MANAGER, unit=house.ward_7
    ).user
    return user


def sign_in(user: User, **headers: str) -> Client:
    client = Client(headers=headers)
    client.force_login(user)
    return client


def test_every_place_is_shown_with_browser_and_network(manager: User) -> None:
    here = Client(headers={"user-agent": "Firefox on Windows"})
    here.get(f"/demo/sign-in/{manager.pk}")
    here.force_login(manager)
    sign_in(manager)
    Session.objects.update(device="Safari on iPhone", network="192.0.2.x", remembered=True)
    page = here.get(PAGE).text
    assert page.count("<strong>Safari on iPhone</strong>") == 2
    assert page.count("network 192.0.2.x, kept signed in") == 2
    assert page.count("This device") == 1
    assert page.count("Last seen") == page.count(">Sign out there<") == 1
    assert "Sign out everywhere else" in page and "Remembered devices" not in page


def test_in_one_place_there_is_nothing_to_end(manager: User) -> None:
    page = sign_in(manager).get(PAGE).text
    assert "Sign out everywhere else" not in page and "Sign out there" not in page


def test_a_device_is_shown_and_forgotten(manager: User) -> None:
    client = sign_in(manager)
    remember_device(manager, cookie="c", device="Edge on Windows")
    assert "Edge on Windows" in client.get(PAGE).text
    device = devices_of(manager).get()
    answer = client.post(f"/account/devices/{device.pk}/forget", follow=True)
    assert "We no longer remember that device." in answer.text
    assert not devices_of(manager).exists()


def test_nobody_elses_session_or_device_is_ended(manager: User, house: House) -> None:
    theirs = sign_in(house.administrator)
    remember_device(house.administrator, cookie="c", device="Edge on Windows")
    client = sign_in(manager)
    key = sessions_of(house.administrator).get().pk
    device = devices_of(house.administrator).get()
    assert client.post(f"{PAGE}/end", {"session": key}).status_code == 404
    assert client.post(f"/account/devices/{device.pk}/forget").status_code == 404
    assert theirs.get(PAGE).status_code == 200 and devices_of(house.administrator).exists()


def test_many_places_cost_no_more_statements(manager: User, django_assert_num_queries: Any) -> None:
    client = sign_in(manager)
    for number in range(6):
        sign_in(manager)
        remember_device(manager, cookie=str(number), device="Edge on Windows")
    client.get(PAGE)
    with django_assert_num_queries(5):  # session, person, sessions, devices, is administrator
        client.get(PAGE)


def test_a_session_costs_a_page_one_statement_and_two_more_once_a_minute(
    manager: User, django_assert_num_queries: Any
) -> None:
    client = sign_in(manager)
    address = "/account/second-step"
    client.get(address)

    def written(after: timedelta) -> bool:
        Session.objects.update(seen_at=F("seen_at") - after)
        before = Session.objects.get().seen_at
        client.get(address)
        return Session.objects.get().seen_at > before

    with django_assert_num_queries(4):  # session, person, and two for what the page shows
        client.get(address)
    assert not written(timedelta(seconds=50))
    Session.objects.update(seen_at=F("seen_at") - timedelta(seconds=10))
    with django_assert_num_queries(8):  # is it an administrator, written; in a savepoint
        client.get(address)
    with django_assert_num_queries(4):
        client.get(address)


def test_asking_whether_the_session_goes_on_keeps_it_no_longer(manager: User) -> None:
    client = sign_in(manager)
    Session.objects.update(seen_at=F("seen_at") - timedelta(hours=1))
    before = Session.objects.get().seen_at
    assert client.get("/account/here").status_code == 204
    assert Session.objects.get().seen_at == before


def test_an_administrator_signs_a_person_out(house: House, manager: User) -> None:
    theirs = sign_in(manager)
    office = sign_in(house.administrator)
    address = f"/o/{house.organisation.slug}/people/{manager.pk}/sign-out"
    assert "out everywhere?" in office.get(address).text
    assert theirs.get(PAGE).status_code == 200
    answer = office.post(address, follow=True)
    assert "is signed out everywhere." in answer.text
    assert theirs.get(PAGE).status_code == 302
