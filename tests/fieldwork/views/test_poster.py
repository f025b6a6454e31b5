"""The poster: every word staff need, and nothing that leads elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
import segno
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from fieldwork.presenters.qr import qr_svg
from surveys.models import Survey
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.example"
    return a_trust()


def poster_of(trust: Trust, client: Client, survey: Survey) -> str:
    client.force_login(trust.manager)
    unit = only_unit(survey)
    answer = client.get(trust.url(f"surveys/{survey.pk}/units/{unit.pk}/poster"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace('<wbr><span class="poster__code">', "").split())


def test_the_poster_says_it_all(trust: Trust, client: Client) -> None:
    survey = trust.open(debrief_at=trust.closing(14))
    page = poster_of(trust, client, survey)
    code = only_unit(survey).answer_code
    for words in (
        "<h1>Fewer falls at night</h1>",
        "Too many patients fall at night.",
        "45 statements, about 8 minutes, on your phone.",
        f"fitness.example/q/{code[:5]}-{code[5:]}",
        "at least 7 of our 12</strong> answer",
        "No page or report shows one person’s answers.",
        ", 10am",
        "We all see the result the same day. Team debrief:",
        "Fitness for Improvement Tool, front-line edition (adapted wording). Please note that FFIT "
        "has not been validated and tested.",
        f"Take this poster down on {trust.closing().day} ",
    ):
        assert words in page
    assert "anonymous" not in page


def test_the_code_leads_to_the_link_of_the_unit(trust: Trust, client: Client) -> None:
    survey = trust.open()
    link = f"https://fitness.example/q/{only_unit(survey).answer_code}"
    assert qr_svg(link, title="QR code", css_class="poster__qr") in poster_of(
        trust, client, survey
    ).replace("\n", "")
    code = segno.make(link, error="m", micro=False)
    assert code.error == "M"
    # Four modules of white on each side.
    side = code.symbol_size(border=4)[0]
    assert f'viewBox="0 0 {side} {side}"' in qr_svg(link, title="", css_class="x")


@pytest.mark.parametrize(
    ("title", "size"), [("Falls", "large"), ("x" * 40, "medium"), ("x" * 80, "small")]
)
def test_longer_names_get_smaller_letters(
    trust: Trust, client: Client, title: str, size: str
) -> None:
    assert f"poster--{size} " in poster_of(trust, client, trust.open(title=title))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"result": 12}, "We all see the result on "),
        ({"staff": 6}, "We answer them together."),
    ],
)
def test_what_differs(trust: Trust, client: Client, fields: dict[str, Any], words: str) -> None:
    result = trust.closing(10) + timedelta(days=2) if "result" in fields else None
    survey = trust.open(UnitToAsk(trust.ward_7, fields.get("staff", 12)), result_at=result)
    page = poster_of(trust, client, survey)
    assert words in page
    assert ("We do not ask your name" in page) == ("staff" not in fields)


def test_it_costs_little(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = trust.open()
    client.force_login(trust.lead)
    unit = only_unit(survey)
    with django_assert_num_queries(10):
        client.get(trust.url(f"surveys/{survey.pk}/units/{unit.pk}/poster"))
