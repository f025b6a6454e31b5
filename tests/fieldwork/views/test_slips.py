"""The pages of code slips: how many, then the sheet, whose codes are on no other page."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from responses.queries.answer_page import find_by_code
from surveys.exchange.addresses import Address
from surveys.models import Invitation, SurveyUnit
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db
STAFF = [Address("ann@merrowfield.example")]


@pytest.fixture
def trust(settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.example"
    return a_trust()


@pytest.fixture
def unit(trust: Trust) -> SurveyUnit:
    return only_unit(trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF)))


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, unit: SurveyUnit) -> str:
    return trust.url(f"surveys/{unit.survey_id}/units/{unit.pk}/slips")


def words(html: bytes) -> str:
    return " ".join(html.decode().split())


def test_the_page_says_why_one_way_is_best_and_the_sheet_has_the_codes(
    trust: Trust, unit: SurveyUnit, manager: Client
) -> None:
    page = words(manager.get(place(trust, unit)).content)
    assert "Use one way to answer on each unit." in page
    assert "1 person has a personal link already" in page
    assert 'value="20"' in page
    batch = re.search(r'name="batch" value="([\w-]{22})"', page)
    assert batch is not None
    form = {"batch": batch[1], "number": "12"}
    sheets = [manager.post(place(trust, unit), form) for _ in range(2)]
    found = [
        re.findall(r"fitness\.example<wbr>/q/<strong>([\w-]{14})", words(one.content))
        for one in sheets
    ]
    assert found[0] == found[1]
    assert len(set(found[0])) == 12
    assert all(find_by_code(code) for code in found[0])
    assert sheets[0]["Cache-Control"] == "no-store"
    assert Invitation.objects.filter(contact=None).count() == 12
    notice = unit.survey.version.notice
    assert words(sheets[0].content).count(notice) == 12
    later = words(manager.get(place(trust, unit)).content)
    assert "12 slips were made before" in later
    assert not [code for code in found[0] if code in later]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"number": ""}, "Enter how many slips, from 1 to 200"),
        ({"number": "ten"}, "Enter how many slips, from 1 to 200"),
        ({"number": "201"}, "Enter how many slips, from 1 to 200"),
        ({"number": "25"}, "You can create up to 24 slips for 12 staff"),
        ({"batch": "short"}, "Load this page again"),
        ({"batch": ""}, "Load this page again"),
    ],
)
def test_a_wrong_number_is_told_what_to_enter(
    trust: Trust, unit: SurveyUnit, manager: Client, form: dict[str, str], sentence: str
) -> None:
    answer = manager.post(place(trust, unit), {"batch": "x" * 22, "number": "10", **form})
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    assert not Invitation.objects.filter(contact=None).exists()


def test_a_closed_unit_says_so(trust: Trust, unit: SurveyUnit, manager: Client) -> None:
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    assert "cannot print code slips" in words(manager.get(place(trust, unit)).content)
    answer = manager.post(place(trust, unit), {"batch": "x" * 22, "number": "10"})
    assert answer.status_code == 422


def test_queries_do_not_grow_with_the_slips(
    trust: Trust,
    unit: SurveyUnit,
    manager: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number, batch in ((5, "x" * 22), (15, "y" * 22)):
        with django_assert_max_num_queries(20):
            manager.post(place(trust, unit), {"batch": batch, "number": str(number)})
