"""The soft limit for each browser on an open QR code: a question first, a kind refusal later."""

from http.cookies import Morsel
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from responses.models import Envelope
from surveys.models import Message, SurveyUnit
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, named_link, send

pytestmark = pytest.mark.django_db
ASKED = "data-sent=1"
FULL = "You cannot send any more answers from this device"


@pytest.fixture
def unit() -> SurveyUnit:
    """12 posts: a browser sends 6 sheets at most."""
    return open_unit(headcount=12)


@pytest.fixture
def poster(unit: SurveyUnit) -> str:
    return f"/q/{unit.answer_code}"


def page_text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cookie_of(response: Any) -> Morsel[str]:
    (cookie,) = response.cookies.values()
    found: Morsel[str] = cookie
    return found


def forged(unit: SurveyUnit, number: object, salt: str = "sheets of {}") -> Client:
    """A browser that holds this count, signed as ours are unless the salt is another."""
    client = Client()
    value = Signer(salt=salt.format(unit.pk)).sign(str(number))
    client.cookies[f"sheets_{unit.pk}"] = value
    return client


def test_a_new_browser_is_not_asked(client: Client, poster: str) -> None:
    assert "data-sent" not in page_text(client, poster)


@pytest.mark.parametrize("script", [True, False])
def test_after_a_sheet_the_next_person_is_asked_and_may_answer(
    client: Client, poster: str, script: bool
) -> None:
    send(client, poster, body(), script=script)
    for number in range(2, 7):
        # The script says so at the start, and offers the shared device first.
        assert f"data-sent={number - 1} " in page_text(client, poster)
        assert send(client, poster, body(), script=script).status_code == 200
        assert Envelope.objects.count() == number


def test_half_of_the_posts_and_then_kindly_no_more(
    client: Client, unit: SurveyUnit, poster: str
) -> None:
    *_, last = sheets = [body() for _ in range(6)]
    for sheet in sheets:
        assert send(client, poster, sheet).json() == {"sent": True}
    text = page_text(client, poster)
    assert FULL in text
    assert "another phone" in text and "code slip" in text
    refused = send(client, poster, body())
    assert refused.status_code == 409
    assert refused.json()["title"] == "Your answers were not sent from this device"
    assert Envelope.objects.count() == 6
    # What is in the box is acknowledged, however late its answer is asked for.
    assert send(client, poster, last).json() == {"sent": True}
    # Colleagues with other phones, and a link of one's own on this one.
    assert send(Client(), poster, body()).status_code == 200
    assert send(client, f"/a/{invite(unit)}", body()).status_code == 200
    assert Envelope.objects.count() == 8


def test_another_unit_has_a_count_of_its_own(client: Client, unit: SurveyUnit) -> None:
    other = open_unit(survey=unit.survey)
    send(client, f"/q/{unit.answer_code}", body())
    assert ASKED not in page_text(client, f"/q/{other.answer_code}")
    assert ASKED in page_text(client, f"/q/{unit.answer_code}")


def test_the_cookie_is_a_count_and_nothing_else(
    unit: SurveyUnit, poster: str, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    first, second = Client(), Client()
    cookie = cookie_of(send(first, poster, body()))
    # Two people hold the same cookie: no time, no random mark.
    assert cookie.value == cookie_of(send(second, poster, body())).value
    assert cookie.value.startswith("1:")
    assert cookie_of(send(first, poster, body())).value.startswith("2:")
    assert (cookie["path"], cookie["samesite"]) == ("/q/", "Lax")
    assert cookie["httponly"] and cookie["secure"]
    left = (unit.closes_at - timezone.now()).days
    assert left + 7 <= int(cookie["max-age"]) / 86400 <= left + 9


def test_an_answer_lost_on_the_way_is_counted_when_it_is_asked_for_again(
    poster: str,
) -> None:
    sheet = body()
    send(Client(), poster, sheet)  # its acknowledgement, with the count, never arrived
    again = Client()
    assert cookie_of(send(again, poster, sheet)).value.startswith("1:")
    assert cookie_of(send(again, poster, sheet)).value.startswith("1:")


@pytest.mark.parametrize("number", ["-1", "3x", "many", "", "1" * 5000])
def test_a_count_that_we_never_sign_is_none(unit: SurveyUnit, poster: str, number: str) -> None:
    text = page_text(forged(unit, number), poster)
    assert FULL not in text and ASKED not in text


def test_a_count_of_another_unit_or_unsigned_is_none(unit: SurveyUnit, poster: str) -> None:
    assert FULL in page_text(forged(unit, 6), poster)
    assert ASKED not in page_text(forged(unit, 6, salt="sheets of 0"), poster)
    client = Client()
    client.cookies[f"sheets_{unit.pk}"] = "6"
    assert ASKED not in page_text(client, poster)


def test_nothing_of_it_is_stored(
    client: Client, poster: str, django_assert_max_num_queries: Any
) -> None:
    send(client, poster, body())
    client.get(poster)
    with django_assert_max_num_queries(7):
        send(client, poster, body())
    with django_assert_max_num_queries(1):
        client.get(poster)
    assert not Message.objects.exists()


def test_sheets_with_a_name_or_a_link_of_their_own_set_no_cookie(
    client: Client, unit: SurveyUnit
) -> None:
    joint = open_unit(mode="joint", headcount=6, minimum_group=1)
    for address in (
        f"/a/{invite(unit)}",
        named_link(unit),
        f"/q/{joint.answer_code}",
    ):
        response = send(client, address, body())
        assert response.status_code == 200
        assert not response.cookies
