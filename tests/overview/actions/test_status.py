"""A stop by somebody responsible ends surveys as a review's stop does, in the same moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork.actions import stopped
from fieldwork.actions.launch import UnitToAsk
from initiatives.models import Commitment, Initiative, StatusChange
from organisations.models import Role, User
from organisations.rules.refusal import Refused
from overview.actions.status import change_with_surveys
from surveys.exchange.addresses import Address
from surveys.models import Contact, Message, Survey
from tests.fieldwork.launching import Trust, a_trust
from tests.published_house import House
from tests.results.views.test_now import goes_ahead
from tests.results.views.test_now import running as runs
from tests.results.views.test_ward_page import ADDRESS, text_of

pytestmark = pytest.mark.django_db
STATES = Initiative.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def asked(trust: Trust, *, opens: bool = False) -> Survey:
    units = [
        UnitToAsk(ward, 12, staff=[Address(f"nurse-{ward.pk}@merrowfield.example")])
        for ward in (trust.ward_7, trust.ward_9)
    ]
    if opens:
        return trust.open(*units)
    return trust.launch(*units, opens_at=timezone.now() + timedelta(days=2))


def change(survey: Survey, by: User, *units: Any, to: str = STATES.STOPPED) -> list[StatusChange]:
    return change_with_surveys(
        initiative=survey.initiative, units=units, to=to, why="The week is full.", by=by
    )


def test_a_managers_stop_cancels_what_is_scheduled_on_their_unit(
    trust: Trust, client: Client
) -> None:
    survey = asked(trust)
    client.force_login(trust.manager)
    page = trust.url(f"initiatives/{survey.initiative_id}/units/{trust.ward_7.pk}/status/stop")
    assert "Surveys that have not opened are cancelled" in client.get(page).text
    for _ in range(2):  # pressed twice
        assert client.post(page, {"why": "The week is full."}).status_code == 302
    survey.refresh_from_db()
    assert survey.state == "preparing"
    here, there = survey.survey_units.order_by("unit__name")
    assert (here.state, there.state) == ("cancelled", "waiting")
    assert not Contact.objects.filter(survey_unit=here).exists()
    waiting = Message.objects.filter(state__in=Message.WAITING)
    assert set(waiting.values_list("survey_unit", flat=True)) == {there.pk}


def test_a_stop_ends_each_of_three_scheduled_surveys(trust: Trust, client: Client) -> None:
    first = asked(trust)
    for days in (3, 4):
        trust.launch(initiative=first.initiative, opens_at=timezone.now() + timedelta(days=days))
    client.force_login(trust.manager)
    page = trust.url(f"initiatives/{first.initiative_id}/units/{trust.ward_7.pk}/status/stop")
    assert client.post(page, {"why": "The week is full."}).status_code == 302
    assert list(Survey.objects.order_by("pk").values_list("state", flat=True)) == [
        "preparing", "cancelled", "cancelled",
    ]  # fmt: skip


def test_the_lead_of_all_stops_it_everywhere_and_the_survey_is_cancelled(trust: Trust) -> None:
    survey = asked(trust)
    change(survey, trust.lead, trust.ward_7, trust.ward_9)
    survey.refresh_from_db()
    assert survey.state == "cancelled"
    assert not Contact.objects.exists()


def test_an_open_survey_runs_on_and_reminds_nobody_where_it_stops(trust: Trust) -> None:
    survey = asked(trust, opens=True)
    change(survey, trust.manager, trust.ward_7)
    assert {one.state for one in survey.survey_units.all()} == {"open"}
    reminders = Message.objects.filter(step__startswith="reminder", state="planned")
    assert set(reminders.values_list("survey_unit__unit__name", flat=True)) == {"Ward 9"}
    assert Message.objects.filter(step="invitation").exclude(state="dropped").count() == 2


@pytest.mark.parametrize("to", [STATES.ON_HOLD, STATES.ACTIVE])
def test_nothing_but_a_stop_ends_a_survey(trust: Trust, to: str) -> None:
    survey = asked(trust)
    change(survey, trust.manager, trust.ward_7, to=to)
    assert not survey.survey_units.filter(state="cancelled").exists()


def test_of_a_survey_launched_in_that_moment_nothing_changes(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Launched after the surveys were locked, before the improvement was."""
    survey = asked(trust)
    monkeypatch.setattr("overview.actions.status.lock_surveys", lambda _: [])
    with pytest.raises(Refused, match=stopped.JUST_LAUNCHED[:20]):
        change(survey, trust.manager, trust.ward_7)
    assert not StatusChange.objects.exists()
    assert {one.state for one in survey.survey_units.all()} == {"waiting"}


@pytest.mark.parametrize(
    ("state", "asks"), [("stopped", False), ("merged", False), ("finished", True)]
)
def test_nobody_is_asked_about_what_has_stopped_there(
    trust: Trust, *, state: str, asks: bool
) -> None:
    initiative = asked(trust).initiative
    Commitment.objects.filter(unit=trust.ward_7).update(state=state)
    again = {"initiative": initiative, "opens_at": timezone.now() + timedelta(days=3)}
    if asks:
        trust.launch(UnitToAsk(trust.ward_7, 12), **again)
    else:
        with pytest.raises(Refused, match=f"is {state} on Ward 7"):
            trust.launch(UnitToAsk(trust.ward_7, 12), **again)
    trust.launch(UnitToAsk(trust.ward_9, 12), **again)
    assert Survey.objects.count() == (3 if asks else 2)


def test_the_team_page_says_it_at_once(house: House, client: Client) -> None:
    one = runs(house)
    goes_ahead(house)
    lead = house.member(Role.LEAD)
    change_with_surveys(
        initiative=one, units=[house.ward_7], to="stopped", why="The week is full.", by=lead
    )
    said = text_of(client, ADDRESS)
    assert "This improvement has stopped" in said
    assert "Why: The week is full." in said
    assert "We go ahead" not in said
