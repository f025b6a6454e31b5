"""A new secret key: who stays signed in while the one before is at hand, and who does not."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from organisations.carriers.session_store import SessionStore, hashed
from organisations.models import Role, Session
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

NEW = "the next secret key of these tests, long enough"
PAGE = "/account/sessions"


@pytest.fixture
def client(client: Client) -> Client:
    """A manager who has been signed in for a while."""
    client.force_login(MembershipFactory.create(role=Role.MANAGER).user)
    Session.objects.update(remembered=True, device="Firefox")
    assert client.get(PAGE).status_code == 200
    return client


def cookie_of(client: Client, settings: Settings) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def change(settings: Settings, *before: str) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, list(before)


def test_whoever_was_signed_in_stays_so_under_the_new_key(
    client: Client, settings: Settings
) -> None:
    cookie, row = cookie_of(client, settings), Session.objects.get()
    change(settings, settings.SECRET_KEY)
    assert client.get(PAGE).status_code == 200
    moved = Session.objects.get()
    assert cookie_of(client, settings) != cookie
    assert moved.pk == hashed(cookie_of(client, settings)) != row.pk
    assert (moved.started_at, moved.remembered, moved.device) == (row.started_at, True, "Firefox")
    change(settings)  # 30 days later the key before is gone
    assert client.get(PAGE).status_code == 200


def test_after_a_leak_everybody_signs_in_again(client: Client, settings: Settings) -> None:
    change(settings)
    assert client.get(PAGE).status_code == 302


def test_another_key_opens_nothing(client: Client, settings: Settings) -> None:
    change(settings, "a key that was never one of ours, but long")
    assert client.get(PAGE).status_code == 302


def test_signing_out_ends_a_session_of_before(client: Client, settings: Settings) -> None:
    change(settings, settings.SECRET_KEY)
    assert client.post("/account/logout").status_code == 302
    assert not Session.objects.filter(account__isnull=False).exists()
    assert client.get(PAGE).status_code == 302


def test_a_session_of_before_is_known_and_deleted_by_its_cookie(
    client: Client, settings: Settings
) -> None:
    cookie = cookie_of(client, settings)
    change(settings, settings.SECRET_KEY)
    assert SessionStore(cookie).exists(cookie)
    SessionStore(cookie).delete()
    assert not Session.objects.exists()


def test_it_costs_no_statement(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    change(settings, settings.SECRET_KEY)
    client.get(PAGE)
    cookie = cookie_of(client, settings)
    with django_assert_num_queries(1):
        assert SessionStore(cookie).load()
