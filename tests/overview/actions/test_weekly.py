"""The weekly message: to owners and managers, on Mondays, only with something due, once.

Over 300 lines: each kind that can be due is tried with whom it is told.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.actions.requests import Said, answer_request, withdraw_request
from initiatives.models import (
    Commitment,
    DepartmentRequest,
    Idea,
    Measure,
    Point,
    Responsibility,
    SmallTest,
)
from organisations.models import Membership, Organisation, Role, Unit
from organisations.words.dates import day
from overview.actions.weekly import tell_of_week
from overview.queries.weekly import due_by_user, full_by_user
from surveys.models import Message, OptOut
from surveys.rules import tokens
from tests.factories import ActionFactory, CommitmentFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import ask, in_days
from tests.overview.actions.test_notices import LEAD, MANAGER, planned, sent
from tests.overview.actions.test_review import running
from tests.responses.killed import killed_at

pytestmark = pytest.mark.django_db
STEP = Message.Step.WEEK
MONDAY = datetime.fromisoformat("2027-02-08T07:30:00+00:00")
TODAY = MONDAY.date()
A_DAY = timedelta(days=1)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    """Added by the lead, who owns it while nobody leads it; on Ward 7 alone."""
    one = running(trust)
    Commitment.objects.filter(initiative=one).exclude(unit=trust.ward_7).delete()
    return Commitment.objects.get(initiative=one)


def act(here: Commitment, days: int = 0, **fields: Any) -> None:
    ActionFactory.create(
        initiative=here.initiative, unit=here.unit, what="Hang up a sheet", owner="Clerk",
        is_promise=True, result=1, due_on=TODAY + A_DAY * days, added_by=here.initiative.added_by,
        **fields,
    )  # fmt: skip


def measure(here: Commitment, last: int | None = None, every: str = "week") -> Measure:
    made = Measure.objects.create(
        initiative=here.initiative, unit=here.unit, name="Falls", every=every, better="less",
        added_by=here.initiative.added_by, added_at=MONDAY - A_DAY * 60,
    )  # fmt: skip
    if last is not None:
        Point.objects.create(measure=made, day=TODAY - A_DAY * last, value=Decimal(2))
    return made


def told(here: Commitment) -> list[str]:
    """What is due, for the manager of the unit."""
    found = due_by_user(here.initiative.organisation, monday=TODAY)
    manager = Membership.objects.get(user__email=MANAGER).user_id
    return [one.kind for one in found.get(manager, [])]


@pytest.mark.parametrize(
    ("at", "tells"),
    [
        ("2027-02-07T23:59", False),
        ("2027-02-08T07:29", False),
        ("2027-02-08T07:30", True),
        ("2027-02-10T07:29", True),
        ("2027-02-10T07:30", False),
        ("2027-02-14T10:00", False),
    ],
)
def test_it_comes_on_monday_from_half_past_seven(
    trust: Trust, here: Commitment, at: str, tells: bool
) -> None:
    act(here)
    tell_of_week(datetime.fromisoformat(f"{at}:00+00:00"))
    assert planned(STEP) == ({MANAGER, LEAD} if tells else set())


def test_nothing_due_sends_none(trust: Trust, here: Commitment) -> None:
    act(here, 7)
    act(here, 0, state="done", outcome="It hangs.")
    measure(here, last=6)
    tell_of_week(MONDAY)
    assert not Message.objects.exists()


def test_it_says_what_is_due_in_five_lines_and_counts_the_rest(
    trust: Trust, here: Commitment
) -> None:
    act(here, -3)
    measure(here, last=7)
    SmallTest.objects.create(
        initiative=here.initiative, unit=here.unit, number=1, what="A red sign", expects="Fewer",
        until=TODAY + A_DAY * 2, added_by=trust.lead,
    )  # fmt: skip
    for words in ("Quieter bins", "Softer shoes"):
        Idea.objects.create(unit=here.unit, words=words, shown_on=TODAY - A_DAY * 2)
    act(here, 4)
    act(here, 5)
    tell_of_week(MONDAY)
    said = sent()
    assert set(said) == {MANAGER, LEAD}
    manager = said[MANAGER]
    assert manager.startswith("Due this week: 6\n")
    lines = [line for line in manager.splitlines() if line.startswith("- ")]
    assert lines == [
        f"- Action, overdue since {day(TODAY - A_DAY * 3)}: Hang up a sheet (Ward 7)",
        "- Answer 2 ideas from staff (Ward 7)",
        "- Add a number: Falls (Ward 7)",
        f"- Say how the small test went, due {day(TODAY + A_DAY * 2)}: A red sign (Ward 7)",
        f"- Action, due {day(TODAY + A_DAY * 4)}: Hang up a sheet (Ward 7)",
        "- and 1 more",
    ]
    assert "Answer 2 ideas" not in said[LEAD]
    assert "Quieter bins" not in manager


@pytest.mark.parametrize(("hours", "tells"), [(7, False), (8, True), (9, True)])
def test_it_names_units_at_a_limit_to_those_who_carry_them(
    trust: Trust, here: Commitment, hours: int, tells: bool
) -> None:
    """With what else is due; a limit alone sends nothing."""
    Commitment.objects.filter(pk=here.pk).update(hours_a_week=hours, state="active")
    other = trust.member(Role.MANAGER, trust.ward_9, email="nine@merrowfield.example")
    tell_of_week(MONDAY - A_DAY * 7)
    assert not Message.objects.exists()
    act(here)
    CommitmentFactory.create(
        initiative=here.initiative, unit=trust.ward_9, state="active", hours_a_week=1,
        begins_on=MONDAY.date() - A_DAY * 9,
    )  # fmt: skip
    Idea.objects.create(unit=trust.ward_9, words="Bins", shown_on=TODAY)
    tell_of_week(MONDAY)
    said = sent()
    line = "At a limit of staff hours or improvements this week: Ward 7."
    for reader in (MANAGER, LEAD):
        assert (line in said[reader]) is tells
    assert "At a limit" not in said[other.email]


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (6, True), (7, False)])
def test_actions_and_small_tests_are_due_until_sunday(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    act(here, days)
    SmallTest.objects.create(
        initiative=here.initiative, unit=here.unit, number=1, what="A sign", expects="Fewer",
        until=TODAY + A_DAY * days, added_by=trust.lead,
    )  # fmt: skip
    assert sorted(told(here)) == (["action", "test"] if due else [])


@pytest.mark.parametrize(("days", "due"), [(-2, True), (-1, True), (0, False)])
def test_an_answer_is_said_to_be_overdue_from_the_day_after(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    one = ask(trust, here)
    DepartmentRequest.objects.update(answer_by=TODAY + A_DAY * days)
    assert told(here) == ["request"] * due
    tell_of_week(MONDAY)
    if due:
        assert "- No answer yet from Estates, overdue since " in sent()[MANAGER]
    withdraw_request(one=one, by=trust.manager)
    assert told(here) == []


@pytest.mark.parametrize(("days", "due"), [(-1, True), (6, True), (7, False)])
def test_what_was_promised_is_asked_about_in_its_week(
    trust: Trust, here: Commitment, days: int, due: bool
) -> None:
    one = ask(trust, here)
    answer_request(one=one, said=Said("yes", promised_on=in_days(9)), by=None)
    DepartmentRequest.objects.update(promised_on=TODAY + A_DAY * days)
    assert told(here) == ["promised"] * due
    tell_of_week(MONDAY)
    if due:
        assert "- Has it come? Promised for " in sent()[MANAGER]
    DepartmentRequest.objects.update(has_come="no")
    assert told(here) == []


@pytest.mark.parametrize(
    ("every", "days", "due"),
    [
        ("week", 6, False), ("week", 7, True), ("week", 8, True), ("week", None, True),
        ("month", 30, False), ("month", 31, True), ("month", 32, True),
    ],
)  # fmt: skip
def test_a_number_is_due_a_week_or_a_month_after_the_last(
    trust: Trust, here: Commitment, every: str, days: int | None, due: bool
) -> None:
    measure(here, last=days, every=every)
    assert told(here) == ["number"] * due


@pytest.mark.parametrize("state", ["on_hold", "stopped", "finished"])
def test_what_is_over_or_on_hold_asks_for_no_numbers(
    trust: Trust, here: Commitment, state: str
) -> None:
    measure(here, last=30)
    Commitment.objects.filter(pk=here.pk).update(state=state)
    assert told(here) == []


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, False), (1, True)])
def test_a_unit_that_has_closed_is_asked_for_no_numbers(
    trust: Trust, here: Commitment, days: int, *, due: bool
) -> None:
    measure(here, last=30)
    Unit.objects.filter(pk=here.unit_id).update(valid_to=TODAY + timedelta(days=days))
    assert told(here) == ["number"] * due


def test_a_measure_that_ended_and_an_idea_for_the_lead_ask_for_nothing(
    trust: Trust, here: Commitment
) -> None:
    Measure.objects.filter(pk=measure(here).pk).update(ended_at=MONDAY)
    Idea.objects.create(unit=here.unit, words="Bins", shown_on=TODAY, for_lead_only=True)
    Idea.objects.create(unit=here.unit, words="Shoes")
    assert told(here) == []


def test_it_is_planned_once_and_keeps_quiet_hours_and_opt_outs(
    trust: Trust, here: Commitment
) -> None:
    Organisation.objects.update(quiet_from=time(20), quiet_until=time(8))
    act(here)
    for minutes in (0, 5, 600):
        tell_of_week(MONDAY + timedelta(minutes=minutes))
    assert Message.objects.count() == 2
    assert set(Message.objects.values_list("due_at", flat=True)) == {
        MONDAY.replace(hour=8, minute=0)
    }
    organisation = trust.organisation.pk
    OptOut.objects.create(
        organisation=trust.organisation,
        address_hash=tokens.address_hash(organisation=organisation, address=LEAD),
    )
    Organisation.objects.update(quiet_from=time(0), quiet_until=time(0))
    assert set(sent()) == {MANAGER}
    assert sent() == {}
    tell_of_week(MONDAY + timedelta(days=7))
    assert planned(STEP) == {MANAGER, LEAD}
    assert Message.objects.count() == 4


def test_only_owners_and_the_units_own_managers_hear_of_it(trust: Trust, here: Commitment) -> None:
    other = UnitFactory.create(organisation=trust.organisation, name="Surgery")
    trust.member(Role.MANAGER, other)
    trust.member(Role.REVIEWER)
    owner = trust.member(Role.REVIEWER)
    gone = trust.member(Role.REVIEWER)
    Membership.objects.filter(user=gone).update(is_active=False)
    for part, user in (("led_by", owner), ("deputy", gone)):
        Responsibility.objects.filter(initiative=here.initiative, part=part).delete()
        Responsibility.objects.create(initiative=here.initiative, part=part, user=user)
    act(here)
    tell_of_week(MONDAY)
    assert planned(STEP) == {MANAGER, owner.email}


def test_it_asks_the_database_as_often_for_many(trust: Trust, here: Commitment) -> None:
    numbers = []
    for _ in range(2):
        for _ in range(5):
            act(here)
            measure(here)
            Idea.objects.create(unit=here.unit, words="Bins", shown_on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            due = due_by_user(trust.organisation, monday=TODAY)
            full_by_user(trust.organisation, due, monday=TODAY)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 9 + 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "point", ["overview.actions.weekly.enqueue_on_commit", "overview.actions.weekly.due_by_user"]
)
def test_killed_while_it_is_planned_nobody_is_left_out_or_told_twice(
    trust: Trust, here: Commitment, point: str
) -> None:
    act(here)
    act_now = "from datetime import datetime\nfrom overview.actions.weekly import tell_of_week\n"
    killed_at(point, f"{act_now}tell_of_week(datetime.fromisoformat('{MONDAY.isoformat()}'))")
    assert not Message.objects.exists()
    for _ in range(2):
        tell_of_week(MONDAY)
    assert planned(STEP) == {MANAGER, LEAD}
    assert Message.objects.count() == 2
