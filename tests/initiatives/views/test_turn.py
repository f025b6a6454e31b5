"""A lead starts, finishes and stops an improvement, with a reason that stays readable."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.decision import decide
from initiatives.actions.register import stop_initiative
from initiatives.models import Commitment, Initiative, Turn
from initiatives.queries.register import load_of
from organisations.models import AuditEntry, Role
from organisations.refusal import Refused
from tests.surveys.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db
STATES = Initiative.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def committed(trust: Trust, *units: Any, **fields: Any) -> Initiative:
    initiative: Initiative = an_initiative(trust, **fields)
    for unit in units or (trust.ward_7,):
        Commitment.objects.create(
            initiative=initiative, unit=unit, hours_a_week=3, begins_on=date(2026, 3, 1)
        )
    return initiative


def address(trust: Trust, initiative: Initiative, word: str = "") -> str:
    return trust.url(f"initiatives/{initiative.pk}/{f'turn/{word}' if word else ''}")


@pytest.mark.parametrize(
    ("before", "word", "after", "said"),
    [
        (STATES.PROPOSED, "start", STATES.ACTIVE, "Start it"),
        (STATES.ON_HOLD, "start", STATES.ACTIVE, "Start it"),
        (STATES.ACTIVE, "finish", STATES.DONE, "Finish it"),
        (STATES.PROPOSED, "stop", STATES.STOPPED, "Stop it"),
        (STATES.ACTIVE, "stop", STATES.STOPPED, "Stop it"),
        (STATES.DONE, "start", STATES.ACTIVE, "Start it again"),
        (STATES.STOPPED, "start", STATES.ACTIVE, "Start it again"),
    ],
)
def test_a_lead_turns_it_and_says_why(
    trust: Trust, client: Client, before: str, word: str, after: str, said: str
) -> None:
    initiative = committed(trust, state=before)
    client.force_login(trust.lead)
    assert said in client.get(address(trust, initiative)).text
    assert "Why?" in client.get(address(trust, initiative, word)).text
    assert not Turn.objects.exists()
    for _ in range(2):  # pressed twice
        sent = client.post(address(trust, initiative, word), {"why": "  The posts\r\nare filled. "})
        assert sent.status_code == 302
    initiative.refresh_from_db()
    assert initiative.state == after
    assert (initiative.started_on is not None) == (after == STATES.ACTIVE)
    turn = Turn.objects.get()
    assert (turn.why, turn.turned_by) == ("The posts are filled.", trust.lead)
    entry = AuditEntry.objects.get(action="initiative turned")
    assert entry.detail == {"was": before, "now": after, "turn": turn.pk}
    page = client.get(address(trust, initiative)).text
    assert "The posts are filled." in page
    assert bool(load_of([trust.ward_7])) == (after == STATES.ACTIVE)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        (STATES.PROPOSED, "finish"),
        (STATES.ON_HOLD, "finish"),
        (STATES.DONE, "stop"),
        (STATES.STOPPED, "finish"),
    ],
)
def test_what_cannot_be_is_refused(trust: Trust, client: Client, before: str, word: str) -> None:
    initiative = committed(trust, state=before)
    client.force_login(trust.lead)
    sent = client.post(address(trust, initiative, word), {"why": "So."})
    assert sent.status_code == 422
    assert f"is {STATES(before).label.lower()}" in sent.text
    assert not Turn.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "x" * 241, "a\0b"])
def test_a_reason_is_asked_for(trust: Trust, client: Client, why: str) -> None:
    initiative = committed(trust)
    client.force_login(trust.lead)
    assert client.post(address(trust, initiative, "stop"), {"why": why}).status_code == 422
    initiative.refresh_from_db()
    assert initiative.state == STATES.PROPOSED
    assert not Turn.objects.exists()


def test_the_action_asks_for_a_reason_too(trust: Trust) -> None:
    with pytest.raises(Refused, match="Say why"):
        stop_initiative(initiative=committed(trust), why="", by=trust.lead)


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
            assert ("Stop it" in page) == (status == 200), role
    client.force_login(trust.lead)
    assert client.get(address(trust, initiative, "dance")).status_code == 404


def test_what_is_over_stays_over_whatever_a_unit_decides(trust: Trust) -> None:
    initiative = committed(trust)
    stop_initiative(initiative=initiative, why="The ward moves.", by=trust.lead)
    decide(
        initiative=initiative, unit=trust.ward_7, word="go_ahead", reason="So.", by=trust.manager
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
    with django_assert_num_queries(8):
        over = client.get(trust.url("initiatives/?show=over")).text
    assert "Stopped 3" in over and "Running 3" not in over
    Initiative.objects.update(state=STATES.ACTIVE)
    assert "is on hold, done or stopped" in client.get(trust.url("initiatives/?show=over")).text
