"""The plan as a table before launch: dates, times, nights, and who gets nothing."""

import re
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.words.dates import clock, day
from responses.models import Tally
from surveys.exchange.addresses import Address
from surveys.models import Message, Survey, SurveyUnit
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Trust:
    """At 9:30 on a Wednesday; the clocks go back on the Sunday after next."""
    trust = a_trust()
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(20), time(8)
    trust.organisation.save()
    zone = trust.organisation.zone
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 14, 9, 30, tzinfo=zone))
    return trust


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def rows_in(page: str) -> list[tuple[str, ...]]:
    """What the table says, cell by cell."""
    table = page.partition("app-launch-plan")[2].partition("</table>")[0].partition("<tbody>")[2]
    text = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", table, re.S)]
    cells = [one.strip().removeprefix("Staff who work nights: ") for one in text]
    return [tuple(cells[at : at + 3]) for at in range(0, len(cells), 3)]


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "do": "plan",
        "staff": "12",
        "closes_day": "28",
        "closes_month": "10",
        "closes_year": "2026",
        "opens": "now",
        "result": "counted",
        "reminders": ["4", "8"],
        **fields,
    }


def plan(client: Client, trust: Trust, **fields: Any) -> str:
    answer = client.post(
        trust.url("surveys/launch"), typed(**fields), headers={"hx-request": "true"}
    )
    assert answer.status_code == 200
    assert not Survey.objects.exists()
    return " ".join(answer.content.decode().split())


def test_the_page_opens_with_the_usual_plan(trust: Trust, manager: Client) -> None:
    page = manager.get(trust.url("surveys/launch")).content.decode()
    assert rows_in(page) == [
        ("Opens", "Now, 9:30am", "The same"),
        ("Invitation", "Now, 9:30am", "Wednesday 14 October, 6pm"),
        ("First reminder", "Sunday 18 October, 10am", "Sunday 18 October, 6pm"),
        ("Second reminder", "Thursday 22 October, 10am", "Thursday 22 October, 6pm"),
        ("Closes", "Saturday 24 October, 10am", "The same"),
    ]
    assert "Reminders go to staff who have not answered." in page


def test_it_follows_what_is_chosen_across_the_clock_change(trust: Trust, manager: Client) -> None:
    later = {"opens": "later", "opens_day_day": "20", "opens_day_month": "10"}
    result = {"result": "later", "result_day_day": "30", "result_day_month": "10"}
    page = plan(
        manager,
        trust,
        **later,
        opens_day_year="2026",
        opens_time="07:00",
        **result,
        result_day_year="2026",
        result_time="12:00",
        reminders=["6", "12"],
        remind="everyone",
    )
    assert rows_in(page) == [
        ("Opens", "Tuesday 20 October, 7am", "The same"),
        ("Invitation", "Tuesday 20 October, 8am", "Tuesday 20 October, 6pm"),
        ("First reminder", "Monday 26 October, 10am", "Monday 26 October, 6pm"),
        ("Closes", "Wednesday 28 October, 10am", "The same"),
        ("Result", "Friday 30 October, midday", "The same"),
    ]
    assert "Reminders go to all of them, as a thank-you." in page
    assert "We will not send 1 reminder, because none go out on the closing day or later." in page


def test_what_it_says_is_what_a_launch_plans(trust: Trust, manager: Client) -> None:
    said = rows_in(plan(manager, trust))
    staff = [
        Address("day@merrowfield.example"),
        Address("n@merrowfield.example", works_nights=True),
    ]
    closes = datetime(2026, 10, 28, 10, tzinfo=trust.organisation.zone)
    trust.launch(UnitToAsk(trust.ward_7, 12, staff=staff), closes_at=closes)
    for nights in (False, True):
        rows = Message.objects.filter(invitation__contact__works_nights=nights).order_by("due_at")
        planned = [timezone.localtime(row.due_at, trust.organisation.zone) for row in rows]
        table = [row[1 + nights].partition(", ")[2] for row in said[1:-1]]
        assert [clock(one) for one in planned] == table
        days = [day(one) for one in planned]
        assert days[1:] == [row[1 + nights].split(",")[0] for row in said[2:-1]]


def test_nights_that_come_too_late_are_said(
    trust: Trust, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = trust.organisation.zone
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 10, 14, 21, tzinfo=zone))
    manager.force_login(trust.manager)
    page = plan(manager, trust, closes_day="15")
    assert rows_in(page)[1] == (
        "Invitation",
        "Thursday 15 October, 8am",
        "Not sent: the survey closes before then",
    )


def test_who_cannot_be_reached_is_said(trust: Trust, manager: Client, settings: Settings) -> None:
    mobiles = "07700 900123\n07700 900124\na@merrowfield.example"
    page = plan(manager, trust, staff_emails=mobiles)
    assert "2 people have only a mobile number. Text messages are turned off" in page
    settings.NOTIFY_SMS_TEMPLATE = "template"
    assert "turned off" not in plan(manager, trust, staff_emails=mobiles)


def test_asking_again_says_it_of_the_list_that_is_filled_in(trust: Trust, manager: Client) -> None:
    asked = trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address(mobile="+447700900123")]))
    page = manager.get(trust.url(f"surveys/launch?repeat={asked.pk}")).content.decode()
    assert "1 person has only a mobile number" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_day": "31", "closes_month": "2"},
        {"closes_day": "x"},
        {"closes_year": "2020"},
        {"opens": "later"},
        {"opens": "later", "opens_day_day": "1", "opens_day_month": "1", "opens_day_year": "2020"},
    ],
)
def test_while_a_date_is_missing_it_asks_for_it(
    trust: Trust, manager: Client, wrong: dict[str, str]
) -> None:
    page = plan(manager, trust, **wrong)
    assert "Enter the dates of opening and closing to see the plan." in page
    assert "<table" not in page


def test_without_script_the_whole_page_comes_again_and_nothing_is_launched(
    trust: Trust, manager: Client
) -> None:
    whole = typed(title="Fewer falls", problem="Falls.", change="Help.", reminders=["2"])
    answer = manager.post(trust.url("surveys/launch"), whole)
    assert answer.status_code == 200
    assert [row[0] for row in rows_in(answer.content.decode())] == [
        *("Opens", "Invitation", "First reminder", "Closes"),
    ]
    assert not Survey.objects.exists()


@pytest.mark.parametrize(("day", "warns"), [("21", True), ("22", False), ("23", False)])
def test_the_warning_of_42_days_follows_the_closing_day(
    trust: Trust, manager: Client, day: str, warns: bool
) -> None:
    """A survey with bars closed on 10 September: 41, 42 and 43 days before."""
    before = trust.launch(title="Quieter nights")
    unit = before.survey_units.get()
    unit.state, unit.closes_at = SurveyUnit.State.COUNTED, trust.closing(-34)
    unit.save()
    Tally.objects.create(survey_unit=unit, channel="qr", count=11)
    answer = manager.post(
        trust.url("surveys/launch"), typed(unit=trust.ward_7.pk, closes_day=day),
        headers={"hx-request": "true"},
    )  # fmt: skip
    page = " ".join(answer.content.decode().split())
    assert '<div id="cautions" hx-swap-oob="true">' in page
    assert ("may show no bars" in page) is warns
    assert Survey.objects.count() == 1
    whole = " ".join(manager.get(trust.url("surveys/launch")).content.decode().split())
    assert whole.count('<div id="cautions">') == 1


def test_several_units_cost_no_more_queries(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(trust.lead)
    address = trust.url("surveys/launch?several=1")
    fields = typed(units=[trust.ward_7.pk, trust.ward_9.pk]) | {
        f"staff_{trust.ward_7.pk}": "12",
        f"staff_{trust.ward_9.pk}": "22",
        f"emails_{trust.ward_9.pk}": "\n".join(f"07700 90012{n}" for n in range(5)),
    }
    client.post(address, fields, headers={"hx-request": "true"})
    with django_assert_num_queries(16):
        page = client.post(address, fields, headers={"hx-request": "true"}).content.decode()
    assert "5 people have only a mobile number" in page
