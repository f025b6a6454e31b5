"""Following a survey: words while it is open, a number and thanks once the result is out."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from responses.models import Tally
from surveys.exchange.addresses import Address
from surveys.models import Channel, Contact, Message, Survey, SurveyUnit
from tests.factories import UnitFactory
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db
STAFF = [Address(f"person{number}@merrowfield.example") for number in range(8)]


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, survey: Survey, rest: str = "") -> str:
    return trust.url(f"surveys/{survey.pk}/{rest}")


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def came(survey: Survey, **counts: int) -> None:
    """As counted and published, with so many sheets by each channel."""
    for channel, count in counts.items():
        Tally.objects.filter(survey_unit__survey=survey, channel=channel).update(count=count)
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED, published_at=timezone.now())
    Survey.objects.update(state=Survey.State.PUBLISHED)


def test_an_open_survey_says_whom_it_may_miss(trust: Trust, manager: Client) -> None:
    survey = trust.open()
    page = page_of(manager, place(trust, survey))
    assert "You’re only using the poster, the link or code slips." in page
    assert "Use one way to answer on each unit." in page
    listed = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    page = page_of(manager, place(trust, listed))
    assert "8 people are on the staff list and the unit has 12 staff. At least 4 people" in page
    assert "Nobody on the staff list is marked as working nights" in page
    Contact.objects.filter(email=STAFF[0].email).update(works_nights=True)
    assert "marked as working nights" not in page_of(manager, place(trust, listed))


MOBILES = [Address(mobile="+447700900123"), Address(mobile="+447700900124")]
SWITCHED_OFF = "2 people have only a mobile number. Text messages are turned off on this site"


def test_it_says_who_gets_no_message_while_text_messages_are_off(
    trust: Trust, manager: Client, settings: Settings
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[*STAFF, *MOBILES]))
    page = page_of(manager, place(trust, survey))
    assert SWITCHED_OFF in page
    assert "Give them a code slip, show them the poster" in page
    assert "10 staff (2 cannot be reached)" in page
    settings.NOTIFY_SMS_TEMPLATE = "template"
    page = page_of(manager, place(trust, survey))
    assert "only a mobile number" not in page
    assert "cannot be reached" not in page


def test_a_list_with_an_address_for_everybody_needs_no_such_word(
    trust: Trust, manager: Client
) -> None:
    both = Address("both@merrowfield.example", mobile="+447700900125")
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[*STAFF, both]))
    page = page_of(manager, place(trust, survey))
    assert "only a mobile number" not in page
    assert "cannot be reached" not in page


@pytest.mark.parametrize(
    ("counts", "headcount", "said"),
    [
        (
            {"qr": 12, "email": 7},
            22,
            ["19 of 22 answered.", "About 60% using the poster or its link"],
        ),
        ({"qr": 21, "email": 3}, 22, ["24 answered.", "Bank and agency staff may have answered"]),
        ({"qr": 5, "sms": 3}, 22, ["8 of 22 answered."]),
    ],
)
def test_once_the_result_is_out_the_page_and_a_poster_say_how_many(
    trust: Trust, manager: Client, counts: dict[str, int], headcount: int, said: list[str]
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, headcount))
    poster = place(trust, survey, f"units/{only_unit(survey).pk}/thanks")
    came(survey, **counts)
    page = page_of(manager, place(trust, survey))
    for words in said:
        assert words in page
    assert "text message" not in page, "fewer than five"
    assert said[0].removesuffix(" answered.") in page_of(manager, poster)
    assert "Thank you" in page_of(manager, poster)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "open"},
        {"state": "closed"},
        {"state": "counted", "published_at": None},
        {"state": "too_few"},
        {"state": "cancelled"},
        {"mode": "joint"},
    ],
)
def test_before_that_and_below_the_minimum_group_there_is_no_number(
    trust: Trust, manager: Client, fields: dict[str, Any]
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 22))
    poster = place(trust, survey, f"units/{only_unit(survey).pk}/thanks")
    came(survey, qr=917, email=70)
    assert manager.get(poster).status_code == 200
    SurveyUnit.objects.update(**fields)
    assert manager.get(poster).status_code == 302
    page = page_of(manager, place(trust, survey))
    assert not [number for number in ("917", "987", "answered.") if f"{number} of" in page]
    assert "987" not in page


def test_the_bars_go_on_until_all_is_sent_or_counted(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    firsts = Message.objects.filter(step="invitation", invitation__isnull=False)
    firsts.update(due_at=survey.opens_at)
    sent = [one.pk for one in firsts[:3]]
    Message.objects.filter(pk__in=sent).update(state=Message.State.SENT)
    page = page_of(manager, place(trust, survey))
    assert 'hx-trigger="every 3s"' in page
    assert "Invitations sent: 3 of 8" in page
    answer = manager.get(place(trust, survey, "progress"))
    assert "Invitations sent: 3 of 8" in answer.content.decode()
    assert "HX-Refresh" not in answer
    firsts.update(state=Message.State.SENT)
    answer = manager.get(place(trust, survey, "progress"))
    assert (answer["HX-Refresh"], "hx-get" in answer.content.decode()) == ("true", False)
    assert "Invitations sent" not in page_of(manager, place(trust, survey))
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    Survey.objects.update(state=Survey.State.CLOSED)
    assert "Units counted: 0 of 1" in page_of(manager, place(trust, survey))


def test_the_bar_counts_nobody_s_answer(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    Message.objects.update(due_at=survey.opens_at)
    before = manager.get(place(trust, survey, "progress")).content
    Tally.objects.filter(channel=Channel.QR).update(count=5)
    assert manager.get(place(trust, survey, "progress")).content == before


def test_queries_do_not_grow_with_units(
    trust: Trust, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(trust.lead)
    wards = [
        UnitFactory.create(organisation=trust.organisation, parent=trust.medicine) for _ in range(6)
    ]
    survey = trust.open(*(UnitToAsk(ward, 22) for ward in wards), by=trust.lead)
    came(survey, qr=12, email=7)
    with django_assert_max_num_queries(15):
        page_of(client, place(trust, survey))
