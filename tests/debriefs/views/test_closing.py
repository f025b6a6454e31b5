"""Saying how an action went, moving its day, and the list of those not closed on time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.early_plan import open_early
from initiatives.models import Action
from organisations.models import Role
from tests.debriefs.views.test_action_list import act, page_of
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


@pytest.fixture
def manager(house: House) -> Client:
    client = Client()
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    return client


def address(house: House, action: Action, what: str) -> str:
    return f"{house.address()}plan/actions/{action.pk}/{what}"


def test_closing_asks_whether_it_is_done_and_what_came_of_it(house: House, manager: Client) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    page = manager.get(address(house, action, "close")).text
    for said in ("How did it go?", "Hang up a sheet", "Move its date", "in 3 days"):
        assert said in page
    refused = manager.post(address(house, action, "close"), {"state": "done", "outcome": ""})
    assert refused.status_code == 422
    assert "Enter the outcome" in refused.text
    refused = manager.post(address(house, action, "close"), {"state": "doing", "outcome": "So."})
    assert "Choose done or dropped" in refused.text
    action.refresh_from_db()
    assert (action.state, action.closed_on) == ("planned", None)
    manager.post(address(house, action, "close"), {"state": "done", "outcome": "It hangs."})
    action.refresh_from_db()
    assert (action.state, action.outcome) == ("done", "It hangs.")
    assert action.closed_on == timezone.localdate()


def test_moving_asks_for_the_day_alone_and_moved_twice_is_shown(
    house: House, manager: Client
) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    Action.objects.update(added_at=timezone.now() - timedelta(days=2))
    due = timezone.localdate()
    for days in (10, 7):
        due += timedelta(days=days)
        typed = {"due_on": due.isoformat()}
        assert manager.post(address(house, action, "move"), typed).status_code == 302
    action.refresh_from_db()
    assert (action.due_on, action.moved) == (due, 2)
    open_early(survey_unit=house.result, reason="It cannot wait.", by=house.member(Role.LEAD))
    for page in (
        page_of(house),
        manager.get(f"{house.address()}plan/").text,
        manager.get(address(house, action, "close")).text,
    ):
        assert "moved twice" in page


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 302), (1, 302)])
def test_a_day_that_has_passed_is_refused(
    house: House, manager: Client, days: int, status: int
) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    due = timezone.localdate() + timedelta(days=days)
    typed = {"due_on": due.isoformat()}
    found = manager.post(address(house, action, "move"), typed)
    assert found.status_code == status
    assert ("has passed" in found.text) is (status == 422)
    action.refresh_from_db()
    assert (action.due_on == due) is (status == 302)


def test_what_is_closed_cannot_be_moved(house: House, manager: Client) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    manager.post(address(house, action, "close"), {"state": "done", "outcome": "It hangs."})
    due = timezone.localdate() + timedelta(days=9)
    typed = {"due_on": due.isoformat()}
    found = manager.post(address(house, action, "move"), typed)
    assert found.status_code == 422
    assert "done or dropped cannot change" in found.text


@pytest.mark.parametrize("what", ["close", "move"])
def test_a_reviewer_and_another_units_manager_do_neither(house: House, what: str) -> None:
    action = act(house, house.result, "Hang up a sheet", 3)
    other = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    for role, unit in ((Role.REVIEWER, None), (Role.MANAGER, other.unit), (Role.EDITOR, None)):
        client = Client()
        client.force_login(house.member(role, unit))
        assert client.get(address(house, action, what)).status_code == 403


def test_the_list_says_why_each_was_not_closed_on_time(house: House) -> None:
    for what, days in (("Open one", -3), ("Late one", -4), ("On time", -5), ("Too old", -85)):
        action = act(house, house.result, what, days)
        closed = {"Late one": -3, "On time": -5}.get(what)
        if closed is not None:
            Action.objects.filter(pk=action.pk).update(
                state="done",
                outcome="It hangs.",
                closed_on=timezone.localdate() + timedelta(days=closed),
            )
    text = page_of(house, "?show=missed")
    assert "2 actions, by unit" in text
    assert "Not closed" in text
    assert "Closed after its date" in text
    assert "On time</a>" not in text
    assert "moved no more than once" in text
    Action.objects.filter(what__in=["Open one", "Late one"]).update(
        state="done", outcome="It hangs.", closed_on=timezone.localdate() - timedelta(days=10)
    )
    assert "All actions first due in the last 12 weeks were closed on time" in page_of(
        house, "?show=missed"
    )
