"""A lead starts, finishes and stops an improvement, with a reason that stays readable."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.decision import decide
from initiatives.actions.status import begin_planned, change_status
from initiatives.models import Commitment, Initiative, StatusChange
from initiatives.queries.register import load_of
from organisations.models import AuditEntry, Organisation, Role, Unit
from organisations.rules.refusal import Refused
from organisations.words.dates import day
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
STATES = Initiative.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def committed(trust: Trust, *units: Any, **fields: Any) -> Initiative:
    initiative: Initiative = an_initiative(trust, **fields)
    for unit in units or (trust.ward_7,):
        CommitmentFactory.create(initiative=initiative, unit=unit, hours_a_week=3)
    return initiative


def stop(trust: Trust, initiative: Initiative, why: str) -> None:
    change_status(
        initiative=initiative, units=[trust.ward_7], to=STATES.STOPPED, why=why, by=trust.lead
    )


def address(trust: Trust, initiative: Initiative, choice: str = "") -> str:
    return trust.url(f"initiatives/{initiative.pk}/{f'status/{choice}' if choice else ''}")


@pytest.mark.parametrize(
    ("before", "choice", "after", "said"),
    [
        (STATES.PROPOSED, "start", STATES.ACTIVE, "Start"),
        (STATES.ON_HOLD, "start", STATES.ACTIVE, "Start"),
        (STATES.ACTIVE, "finish", STATES.FINISHED, "Mark as finished"),
        (STATES.PROPOSED, "stop", STATES.STOPPED, "Stop"),
        (STATES.ACTIVE, "stop", STATES.STOPPED, "Stop"),
        (STATES.FINISHED, "start", STATES.ACTIVE, "Start again"),
        (STATES.STOPPED, "start", STATES.ACTIVE, "Start again"),
    ],
)
def test_a_lead_turns_it_and_says_why(
    trust: Trust, client: Client, before: str, choice: str, after: str, said: str
) -> None:
    initiative = committed(trust, state=before)
    client.force_login(trust.lead)
    assert said in client.get(address(trust, initiative)).text
    assert "Why?" in client.get(address(trust, initiative, choice)).text
    assert not StatusChange.objects.exists()
    for _ in range(2):  # pressed twice
        sent = client.post(
            address(trust, initiative, choice), {"why": "  The posts\r\nare filled. "}
        )
        assert sent.status_code == 302
    initiative.refresh_from_db()
    assert initiative.state == after
    assert (initiative.started_on is not None) == (after == STATES.ACTIVE)
    turn = StatusChange.objects.get()
    assert (turn.why, turn.changed_by) == ("The posts are filled.", trust.lead)
    entry = AuditEntry.objects.get(action="improvement status changed")
    assert entry.detail == {
        "unit": trust.ward_7.pk,
        "was": before,
        "now": after,
        "change": turn.pk,
    }
    page = client.get(address(trust, initiative)).text
    assert "The posts are filled." in page
    assert bool(load_of([trust.ward_7])) == (after == STATES.ACTIVE)


@pytest.mark.parametrize(
    ("before", "choice"),
    [
        (STATES.PROPOSED, "finish"),
        (STATES.ON_HOLD, "finish"),
        (STATES.FINISHED, "stop"),
        (STATES.STOPPED, "finish"),
    ],
)
def test_what_cannot_be_is_refused(trust: Trust, client: Client, before: str, choice: str) -> None:
    initiative = committed(trust, state=before)
    client.force_login(trust.lead)
    sent = client.post(address(trust, initiative, choice), {"why": "So."})
    assert sent.status_code == 422
    assert f"is {STATES(before).label.lower()}" in sent.text
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "x" * 241, "a\0b"])
def test_a_reason_is_asked_for(trust: Trust, client: Client, why: str) -> None:
    initiative = committed(trust)
    client.force_login(trust.lead)
    assert client.post(address(trust, initiative, "stop"), {"why": why}).status_code == 422
    initiative.refresh_from_db()
    assert initiative.state == STATES.PROPOSED
    assert not StatusChange.objects.exists()


def test_the_action_asks_for_a_reason_too(trust: Trust) -> None:
    initiative = committed(trust)
    with pytest.raises(Refused, match="Enter a reason"):
        stop(trust, initiative, why="")


def test_only_the_lead_of_all_its_units_turns_it(trust: Trust, client: Client) -> None:
    initiative = committed(trust, trust.ward_7, trust.ward_9)
    for role, unit, status in (
        (Role.MANAGER, trust.ward_7, 403),
        (Role.REVIEWER, None, 403),
        (Role.EDITOR, None, 403),
        (Role.ADMINISTRATOR, None, 403),
        (Role.LEAD, trust.ward_7, 403),
        (Role.LEAD, trust.medicine, 200),
    ):
        client.force_login(trust.member(role, unit))
        assert client.get(address(trust, initiative, "stop")).status_code == status
        if role != Role.EDITOR:
            page = client.get(address(trust, initiative)).text
            assert ("Stop on all units" in page) == (status == 200), role
    client.force_login(trust.lead)
    assert client.get(address(trust, initiative, "dance")).status_code == 404


def test_what_is_over_stays_over_whatever_a_unit_decides(trust: Trust) -> None:
    initiative = committed(trust)
    stop(trust, initiative, why="The ward moves.")
    decide(
        initiative=initiative,
        unit=trust.ward_7,
        result=1,
        choice="go_ahead",
        reason="So.",
        debriefs=[],
        replies=[],
        by=trust.manager,
    )
    initiative.refresh_from_db()
    assert initiative.state == STATES.STOPPED


def test_what_is_over_stands_in_a_list_of_its_own(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        committed(trust, title=f"Running {number}", state=STATES.ACTIVE)
        committed(trust, title=f"Stopped {number}", state=STATES.STOPPED)
    client.force_login(trust.lead)
    running = client.get(trust.url("initiatives/")).text
    assert "Running 3" in running and "Stopped 3" not in running
    with django_assert_num_queries(10):
        over = client.get(trust.url("initiatives/?show=over")).text
    assert "Stopped 3" in over and "Running 3" not in over
    Commitment.objects.update(state=STATES.ACTIVE, begins_on=date(2026, 3, 1))
    assert (
        "are on hold, finished or stopped" in client.get(trust.url("initiatives/?show=over")).text
    )


def test_a_manager_changes_it_on_their_own_unit_alone(trust: Trust, client: Client) -> None:
    initiative = committed(trust, trust.ward_7, trust.ward_9, state=STATES.ACTIVE)
    page = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/status/pause")
    client.force_login(trust.manager)
    assert "Put this improvement on hold?" in client.get(page).text
    assert client.post(page, {"why": "Two posts are empty."}).status_code == 302
    here, there = Commitment.objects.order_by("unit__name")
    assert (here.state, there.state) == (STATES.ON_HOLD, STATES.ACTIVE)
    initiative.refresh_from_db()
    assert initiative.state == STATES.ACTIVE
    text = client.get(address(trust, initiative)).text
    assert "Two posts are empty." in text
    elsewhere = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_9.pk}/status/pause")
    assert client.post(elsewhere, {"why": "So."}).status_code == 403
    there.refresh_from_db()
    assert there.state == STATES.ACTIVE


@pytest.mark.parametrize(
    ("days", "status", "state"),
    [(-1, 422, STATES.PROPOSED), (0, 422, STATES.PROPOSED), (1, 302, STATES.PLANNED)],
)
def test_a_start_may_be_planned_for_a_later_day(
    trust: Trust, client: Client, days: int, status: int, state: str
) -> None:
    initiative = committed(trust)
    today = timezone.localdate(timezone=trust.organisation.zone)
    page = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/status/start")
    client.force_login(trust.manager)
    typed = {"why": "The trainer comes.", "day": (today + timedelta(days=days)).isoformat()}
    answer = client.post(page, typed)
    assert answer.status_code == status
    if status == 422:
        assert "Start day must be after today" in answer.text
    assert Commitment.objects.get().state == state


@pytest.mark.parametrize(
    ("zone", "at", "begun"),
    [
        ("Europe/London", "2027-01-10T23:59:00+00:00", False),
        ("Europe/London", "2027-01-11T00:00:00+00:00", True),
        ("Pacific/Auckland", "2027-01-10T11:00:00+00:00", True),
        ("America/New_York", "2027-01-11T04:59:00+00:00", False),
        ("America/New_York", "2027-01-11T05:00:00+00:00", True),
    ],
)
def test_what_is_planned_begins_on_its_day_where_it_is(
    trust: Trust, monkeypatch: pytest.MonkeyPatch, zone: str, at: str, begun: bool
) -> None:
    Organisation.objects.update(time_zone=zone)
    initiative = committed(trust)
    Commitment.objects.update(state=STATES.PLANNED, begins_on=date(2027, 1, 11))
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(at))
    assert begin_planned() == int(begun)
    assert begin_planned() == 0
    initiative.refresh_from_db()
    assert (Commitment.objects.get().state == STATES.ACTIVE) is begun
    assert (initiative.state == STATES.ACTIVE) is begun
    if begun:
        change = StatusChange.objects.get()
        assert (change.was, change.why, change.changed_by) == (
            STATES.PLANNED, "The planned day came.", None,
        )  # fmt: skip


def test_what_is_planned_begins_on_no_unit_that_has_closed_but_once_it_is_reopened(
    trust: Trust,
) -> None:
    today = timezone.localdate(timezone=trust.organisation.zone)
    committed(trust)
    Commitment.objects.update(state=STATES.PLANNED, begins_on=today)
    Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=today - timedelta(days=1))
    assert begin_planned() == 0 and Commitment.objects.get().state == STATES.PLANNED
    Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=None)
    assert begin_planned() == 1 and Commitment.objects.get().state == STATES.ACTIVE


def test_nothing_starts_on_a_unit_that_has_closed(trust: Trust, client: Client) -> None:
    initiative = committed(trust)
    start = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/status/start")
    client.force_login(trust.manager)
    page = trust.url(f"initiatives/{initiative.pk}/")
    assert "status/start" in client.get(page).text
    close(trust.ward_7)
    assert "status/start" not in client.get(page).text and "status/stop" in client.get(page).text
    closed = f"Ward 7 closed on {day(timezone.localdate())}, so it cannot start there."
    for answer in (client.get(start, follow=True), client.post(start, {"why": "So."})):
        assert closed in answer.text
    with pytest.raises(Refused, match="cannot start there"):
        change_status(
            initiative=initiative, units=[trust.ward_7], to=STATES.ACTIVE, why="So.", by=trust.lead
        )
    assert not StatusChange.objects.exists()
    # On all its units it starts where there is work.
    CommitmentFactory.create(initiative=initiative, unit=trust.ward_9)
    units = [trust.ward_7, trust.ward_9]
    change_status(initiative=initiative, units=units, to=STATES.ACTIVE, why="So.", by=trust.lead)
    assert [one.unit for one in StatusChange.objects.all()] == [trust.ward_9]


def close(unit: Unit) -> None:
    unit.valid_to = timezone.localdate()
    unit.save(update_fields=["valid_to"])
