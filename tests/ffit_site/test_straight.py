"""An answer page asks nobody who they are, so nothing of signing in stands before it."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from responses.urls import urlpatterns
from surveys.models import SurveyUnit
from tests.factories import UserFactory
from tests.responses.ballots import invite, open_unit

pytestmark = pytest.mark.django_db
STRAIGHT = ("/a/x", "/q/x", "/l/x")


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit(answer_code="7KX4M2PQ")


@pytest.mark.parametrize("address", STRAIGHT)
def test_what_is_reached_straight_needs_no_sign_in_and_no_token(address: str) -> None:
    straight, usual = resolve(address, "responses.urls"), resolve(address)
    assert straight.func is usual.func
    assert straight.kwargs == usual.kwargs
    assert straight.func.login_required is False  # type: ignore[attr-defined]
    assert straight.func.csrf_exempt is True  # type: ignore[attr-defined]


def test_no_other_page_is_reached_straight(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[HttpRequest] = []

    @login_not_required
    def view(request: HttpRequest, **_: object) -> HttpResponse:
        met.append(request)
        return HttpResponse()

    for pattern in urlpatterns:
        monkeypatch.setattr(pattern, "callback", view)
    addresses = ("/a/", "/a/talk/x.ics", "/stop/x", *STRAIGHT)
    for address in addresses:
        client.get(address)
    assert [hasattr(one, "session") for one in met] == [True] * 3 + [False] * 3
    assert all(isinstance(one.user, AnonymousUser) for one in met[3:])
    assert [one.resolver_match is not None for one in met] == [True] * 6


@pytest.mark.parametrize("way", ["a", "q"])
def test_somebody_who_is_signed_in_is_nobody_there(
    client: Client,
    unit: SurveyUnit,
    way: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    address = f"/q/{unit.answer_code}" if way == "q" else f"/a/{invite(unit)}"
    client.force_login(UserFactory.create())
    client.get(address)
    with django_assert_num_queries(1):  # for the form
        answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_fault_there_is_said_as_everywhere(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("responses.views.answer.sheets_sent", fails)
    client.raise_request_exception = False
    answer = client.get(f"/q/{unit.answer_code}")
    assert answer.status_code == 500
    assert "there’s a problem" in answer.text
    assert answer["Cache-Control"] == "no-store"
