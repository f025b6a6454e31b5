"""Extending, closing early and cancelling ask first, and say why when they cannot."""

from datetime import timedelta

import pytest
from django.test import Client

from fieldwork.actions.launch import UnitToAsk
from responses.models import Tally
from surveys.exchange.addresses import Address
from surveys.models import Contact, Survey, SurveyUnit
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address("a@merrowfield.example")]))


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def unit_page(trust: Trust, survey: Survey, page: str) -> str:
    return trust.url(f"surveys/{survey.pk}/units/{only_unit(survey).pk}/{page}")


def test_extending_asks_then_adds_seven_days_once(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    before = only_unit(survey).closes_at
    address = unit_page(trust, survey, "extend")
    assert "Extend by 7 days?" in manager.get(address).content.decode()
    assert only_unit(survey).closes_at == before
    assert manager.post(address).status_code == 302
    after = only_unit(survey).closes_at
    zone = trust.organisation.zone
    assert (after.astimezone(zone).date() - before.astimezone(zone).date()).days == 7
    again = manager.post(address)
    assert again.status_code == 409
    assert "only extend it once" in again.content.decode()
    assert only_unit(survey).closes_at == after


def test_closing_early_waits_for_enough(trust: Trust, survey: Survey, manager: Client) -> None:
    address = unit_page(trust, survey, "close")
    assert "Close survey now" not in manager.get(address).content.decode()
    assert manager.post(address).status_code == 409
    assert only_unit(survey).state == SurveyUnit.State.OPEN
    SurveyUnit.objects.update(enough=True)
    assert "Close survey now" in manager.get(address).content.decode()
    assert only_unit(survey).state == SurveyUnit.State.OPEN
    assert manager.post(address).status_code == 302
    assert only_unit(survey).state != SurveyUnit.State.OPEN


def counted(trust: Trust, days_ago: int, answers: int) -> SurveyUnit:
    """A survey of Ward 7 that closed so many days ago, and whose result is shown."""
    unit = only_unit(trust.launch(title="Quieter nights"))
    closed = trust.closing(-days_ago)
    Survey.objects.filter(pk=unit.survey_id).update(opens_at=closed - timedelta(days=10))
    unit.state, unit.closes_at, unit.published_at = SurveyUnit.State.COUNTED, closed, closed
    unit.save()
    Tally.objects.create(survey_unit=unit, channel="qr", count=answers)
    return unit


@pytest.mark.parametrize(
    ("days_ago", "answers", "warns"),
    [(41, 11, True), (42, 11, False), (43, 11, False), (41, 10, False), (41, 12, True)],
)
def test_closing_early_into_42_days_costs_the_bars(
    trust: Trust, survey: Survey, manager: Client, days_ago: int, answers: int, warns: bool
) -> None:
    counted(trust, days_ago, answers)
    SurveyUnit.objects.filter(survey=survey).update(enough=True)
    page = manager.get(unit_page(trust, survey, "close")).content.decode()
    assert ("This result will show no bars." in page) is warns
    assert "Close survey now" in page


def test_closing_early_may_cost_the_bars_where_the_one_before_may_have_none(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    near = counted(trust, 30, 11)
    SurveyUnit.objects.filter(survey=survey).update(enough=True)
    address = unit_page(trust, survey, "close")
    SurveyUnit.objects.filter(pk=near.pk).update(published_at=None)
    assert "This result may show no bars." in manager.get(address).content.decode()
    SurveyUnit.objects.filter(pk=near.pk).update(published_at=near.closes_at)
    counted(trust, 60, 11)
    assert "This result may show no bars." in manager.get(address).content.decode()


@pytest.mark.parametrize("typed", ["Ward 7", " ward  7 ", "7"])
def test_cancelling_asks_to_type_the_ward(
    trust: Trust, survey: Survey, manager: Client, typed: str
) -> None:
    answer = manager.post(trust.url(f"surveys/{survey.pk}/cancel"), {"unit": typed})
    assert answer.status_code == 302
    survey.refresh_from_db()
    assert survey.state == Survey.State.CANCELLED
    assert not Contact.objects.exists()


@pytest.mark.parametrize("typed", ["", "yes", "Ward", "8", "Ward 70"])
def test_anything_else_typed_cancels_nothing(
    trust: Trust, survey: Survey, manager: Client, typed: str
) -> None:
    answer = manager.post(trust.url(f"surveys/{survey.pk}/cancel"), {"unit": typed})
    assert answer.status_code == 422
    assert "Type “Ward 7” or “7” to cancel" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN


def test_what_is_counted_cannot_be_cancelled(trust: Trust, survey: Survey, manager: Client) -> None:
    Survey.objects.update(state=Survey.State.COUNTED)
    address = trust.url(f"surveys/{survey.pk}/cancel")
    manager.post(address, {"unit": "7"})
    assert "counted already" in manager.get(address).content.decode()
    survey.refresh_from_db()
    assert survey.state == Survey.State.COUNTED


def test_one_who_reaches_only_some_units_cannot_cancel_for_all(
    trust: Trust, client: Client
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    client.force_login(trust.manager)
    address = trust.url(f"surveys/{survey.pk}/cancel")
    assert client.get(address).status_code == 403
    other = SurveyUnit.objects.get(unit=trust.ward_9)
    for page in ("extend", "close"):
        place = trust.url(f"surveys/{survey.pk}/units/{other.pk}/{page}")
        assert client.post(place).status_code == 403
