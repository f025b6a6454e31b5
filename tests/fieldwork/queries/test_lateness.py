"""`/watchz` knows when work lies about."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from fieldwork.queries.lateness import failed_counts, late_work, waiting_work
from organisations.models import UrgentEmail
from surveys.models import Invitation, Message, Survey, SurveyUnit
from tests.factories import UserFactory
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def a_while_ago() -> datetime:
    return timezone.now() - timedelta(minutes=4)


def waiting(now: datetime) -> dict[str, tuple[int, float]]:
    """What waits, by kind: how much, and the oldest for how many seconds."""
    found = {kind: (one.number, one.seconds) for kind, one in waiting_work(now).items()}
    return {kind: one for kind, one in found.items() if one != (0, 0)}


def test_nothing_is_late_in_a_running_survey() -> None:
    open_unit()
    assert late_work() == []


@pytest.mark.parametrize(
    ("late", "survey", "since", "unit", "closed"),
    [
        ("keys", "preparing", "launched_at", "waiting", False),
        ("opening", "scheduled", "opens_at", "waiting", False),
        ("closing", "open", "", "open", True),
        ("counting", "closed", "", "closed", True),
        ("results", "counted", "", "counted", True),
    ],
)
def test_what_lies_about_is_named(
    late: str, survey: str, since: str, unit: str, closed: bool
) -> None:
    open_unit()
    # Worked out here: a file of tests may be read minutes before it runs.
    then = a_while_ago()
    Survey.objects.update(state=survey, **({since: then} if since else {}))
    SurveyUnit.objects.update(state=unit, **({"closes_at": then} if closed else {}))
    assert late_work() == [late]
    waits = waiting(timezone.now())
    assert set(waits) == {late}
    number, seconds = waits[late]
    assert number == 1
    assert 240 <= seconds < 600


def test_how_long_the_oldest_due_has_waited() -> None:
    now = timezone.now()
    unit = open_unit()
    assert waiting(now) == {}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("invitation", {"due_at": now - 50 * SECOND}),
        ("reminder_1", {"due_at": now - 60 * SECOND}),
        ("reminder_2", {"due_at": now - 70 * SECOND}),
        ("reminder_3", {"due_at": now + SECOND}),
        # Its time is when it is tried again.
        ("invitation", {"due_at": now - 900 * SECOND, "retry_at": now - 40 * SECOND}),
        ("invitation", {"due_at": now - 900 * SECOND, "retry_at": now + SECOND}),
        ("invitation", {"due_at": now - 900 * SECOND, "state": "held"}),
        ("result", {"due_at": now - 20 * SECOND}),
        ("too_few", {"due_at": now - 30 * SECOND}),
    ]
    for step, fields in rows:
        Message.objects.create(
            survey=unit.survey,
            survey_unit=unit,
            invitation=Invitation.objects.create(survey_unit=unit),
            step=step,
            **fields,
        )
    for to, ago in (("ann@merrowfield.example", 15), ("", 99)):
        UrgentEmail.objects.create(to=to, made_at=now - ago * SECOND)
    assert waiting(now) == {
        "invitations": (2, 50),
        "reminders": (2, 70),
        "notices": (2, 30),
        "codes": (1, 15),
    }


@pytest.mark.parametrize(
    ("closed", "result", "waits"), [(90, None, 90), (90, 20, 20), (90, -1, 0), (10, 20, 10)]
)
def test_a_result_waits_from_its_own_time(closed: int, result: int | None, waits: int) -> None:
    now = timezone.now()
    open_unit(state="counted")
    SurveyUnit.objects.update(closes_at=now - closed * SECOND)
    Survey.objects.update(result_at=None if result is None else now - result * SECOND)
    assert waiting(now) == ({"results": (1, waits)} if waits else {})


def test_a_result_for_later_is_not_late() -> None:
    open_unit(state="counted")
    SurveyUnit.objects.update(closes_at=a_while_ago())
    Survey.objects.update(result_at=timezone.now() + timedelta(days=1))
    assert late_work() == []


def test_a_message_nobody_tried_is_late() -> None:
    unit = open_unit()
    Message.objects.create(
        survey=unit.survey, user=UserFactory.create(), step="opened", due_at=a_while_ago()
    )
    assert late_work() == ["messages"]


@pytest.mark.parametrize(("survey", "unit"), [("preparing", "waiting"), ("closed", "closed")])
def test_a_lost_key_is_a_failed_count_and_not_late(survey: str, unit: str) -> None:
    open_unit(state=unit)
    SurveyUnit.objects.update(closes_at=a_while_ago())
    Survey.objects.update(state=survey, launched_at=a_while_ago(), count_failure="Its key is lost.")
    assert late_work() == []
    assert failed_counts() == 1


def test_paused_messages_are_not_late() -> None:
    unit = open_unit()
    Message.objects.create(
        survey=unit.survey,
        survey_unit=unit,
        invitation=Invitation.objects.create(survey_unit=unit),
        step="invitation",
        due_at=a_while_ago(),
    )
    assert late_work() == ["messages"]
    Survey.objects.update(messages_paused=True)
    assert late_work() == []


def test_the_status_tells_numbers_by_kind() -> None:
    unit = open_unit()
    now = timezone.now()
    rows: list[tuple[str, dict[str, Any]]] = [
        ("invitation", {"due_at": a_while_ago()}),
        ("invitation", {"due_at": now}),
        ("reminder_1", {"due_at": now + timedelta(days=1)}),
        ("reminder_2", {"state": "held", "due_at": now}),
        ("invitation", {"retry_at": now + timedelta(minutes=1), "claimed_at": now}),
        ("reminder_3", {"state": "sending"}),
    ]
    for number, (step, fields) in enumerate(rows):
        Message.objects.create(
            survey=unit.survey,
            survey_unit=unit,
            invitation=Invitation.objects.create(survey_unit=unit, token_hash=bytes([number])),
            step=step,
            **{"due_at": now, **fields},
        )
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("fieldwork_status", "--json", stdout=out)
    assert ended.value.code == 1
    status = json.loads(out.getvalue())
    nothing = {"invitations": 0, "reminders": 0, "notices": 0}
    work = dict.fromkeys(("keys", "opening", "closing", "counting", "results"), 0)
    assert status["due"] == {**work, **nothing, "invitations": 2}
    assert status["late"] == {**work, **nothing, "invitations": 1}
    assert status["held"] == {**nothing, "reminders": 1}
    assert status["put_off"] == {**nothing, "invitations": 1}
    assert status["sending"] == {**nothing, "reminders": 1}
    Message.objects.filter(due_at__lt=now).delete()
    out = StringIO()
    call_command("fieldwork_status", stdout=out)
    assert "late: nothing" in out.getvalue()
    assert "held: 1 reminders" in out.getvalue()
