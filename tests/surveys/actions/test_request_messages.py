"""Messages about requests: each once, whatever is lost or killed, and only while it holds."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from initiatives.actions.requests import Said, answer_request, say_if_it_came, withdraw_request
from initiatives.models import Commitment, DepartmentRequest
from initiatives.queries.requests import Recipient
from initiatives.signals import request_changed
from organisations.models import Membership, Organisation, Role, User
from surveys.actions import outbox_leases
from surveys.actions.request_messages import plan_request_messages, when_request_changed
from surveys.actions.sending import send_due_messages
from surveys.models import Message, OptOut
from surveys.rules import tokens
from surveys.tasks import sweep
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, department, in_days

pytestmark = pytest.mark.django_db
STEP, STATE = Message.Step, Message.State
ESTATES, MANAGER = "estates@merrowfield.example", "manager@merrowfield.example"
LEAD, REVIEWER = "lead@merrowfield.example", "reviewer@merrowfield.example"


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust) -> User:
    return trust.member(Role.REVIEWER, email=REVIEWER)


@pytest.fixture
def one(trust: Trust, reviewer: User) -> DepartmentRequest:
    return ask(trust)


def at(days: int) -> datetime:
    """Midday of a day from today."""
    return datetime.combine(in_days(days), time(12), timezone.get_current_timezone())


def sent(days: int = 0) -> dict[str, str]:
    """Subject and body by address, of what goes on that day; two sweeps, as two workers would."""
    for _ in range(2):
        plan_request_messages(at(days))
    Message.objects.filter(state=STATE.PLANNED).update(due_at=timezone.now() - timedelta(minutes=1))
    mail.outbox.clear()
    send_due_messages()
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox), "nobody twice"
    return {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}


def test_the_news_and_the_sweep_plan_the_same_once(
    trust: Trust, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        one = ask(trust)
    assert Message.objects.get().step == STEP.REQUEST
    for _ in range(2):
        when_request_changed(request=one.pk)
        plan_request_messages(timezone.now())
        sweep()
    assert Message.objects.count() == 1


def test_a_lost_signal_is_made_good_by_the_sweep(trust: Trust) -> None:
    """Nothing is committed in these tests, so no news comes."""
    ask(trust)
    assert request_changed.has_listeners() and not Message.objects.exists()
    sweep()
    assert Message.objects.get().step == STEP.REQUEST


class TestTheRequest:
    def test_goes_at_once_to_the_departments_address_with_its_link(
        self, trust: Trust, one: DepartmentRequest, client: Client
    ) -> None:
        told = sent()
        assert set(told) == {ESTATES}
        for words in ("Request from Ward 7: answer due ", NEEDS, "Home by lunch", "no account"):
            assert words.replace("no account", "do not need an account") in told[ESTATES]
        link = re.search(r"https?://\S+(/ask/\S+)", told[ESTATES])
        assert link and client.get(link[1]).status_code == 200
        assert "manager@" not in told[ESTATES] and "Ward manager" not in told[ESTATES]
        assert sent() == {}

    def test_goes_to_a_member_without_a_link_that_opens_alone(
        self, trust: Trust, reviewer: User
    ) -> None:
        one = ask(trust, to=Recipient("", "the senior reviewer", member=reviewer))
        told = sent()
        assert set(told) == {REVIEWER}
        assert f"/o/merrowfield/requests/{one.pk}" in told[REVIEWER]
        assert "/ask/" not in told[REVIEWER]

    def test_waits_for_the_end_of_the_quiet_hours(self, trust: Trust) -> None:
        Organisation.objects.update(quiet_from=time(20), quiet_until=time(8))
        ask(trust)
        night = datetime.combine(in_days(0), time(23, 30), trust.organisation.zone)
        plan_request_messages(night)
        due = Message.objects.get().due_at.astimezone(trust.organisation.zone)
        assert (due.date(), due.time()) == (in_days(1), time(8))

    def test_does_not_go_to_who_opted_out(self, trust: Trust, one: DepartmentRequest) -> None:
        OptOut.objects.create(
            organisation=trust.organisation,
            address_hash=tokens.address_hash(organisation=trust.organisation.pk, address=ESTATES),
        )
        assert sent() == {}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (13, set()),
        (14, {ESTATES}),
        (15, {ESTATES}),
        (16, {ESTATES}),
        (17, {REVIEWER}),
        (18, {REVIEWER}),
    ],
)
def test_a_reminder_on_the_day_and_the_reviewer_three_days_later(
    one: DepartmentRequest, days: int, told: set[str]
) -> None:
    sent()
    assert set(sent(days)) == told
    assert sent(days) == {}, "once"


def test_reminder_and_reviewers_notice_say_what_is_missing(one: DepartmentRequest) -> None:
    first = sent()[ESTATES]
    reminder = sent(14)[ESTATES]
    assert "Answer due today: request from Ward 7" in reminder
    assert re.findall(r"/ask/\S+", first) == re.findall(r"/ask/\S+", reminder), "the same link"
    notice = sent(17)[REVIEWER]
    assert "No answer from Estates: Ward 7" in notice and "/ask/" not in notice


@pytest.mark.parametrize("ends", ["answered", "withdrawn", "stopped"])
def test_what_is_over_reminds_nobody(trust: Trust, one: DepartmentRequest, ends: str) -> None:
    plan_request_messages(at(0))
    if ends == "answered":
        answer_request(one=one, said=Said("no", "No money"), by=None)
        Message.objects.filter(step=STEP.REQUEST_ANSWERED).delete()
    elif ends == "withdrawn":
        withdraw_request(one=one, by=trust.manager)
    else:
        Commitment.objects.update(state="stopped")
    for days in (0, 14, 17):
        assert set(sent(days)) <= {MANAGER}
    assert not Message.objects.filter(step=STEP.REQUEST, state=STATE.SENT).exists()


def test_an_answer_stops_a_letter_that_a_worker_has_claimed(one: DepartmentRequest) -> None:
    plan_request_messages(timezone.now())
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    (claimed,) = outbox_leases.claim(timezone.now(), 10)
    answer_request(one=one, said=Said("no", "No money"), by=None)
    assert not outbox_leases.begin(claimed, now=timezone.now())


def test_nothing_goes_to_an_address_that_was_erased(one: DepartmentRequest) -> None:
    plan_request_messages(at(0))
    DepartmentRequest.objects.update(email="", seed="", token_hash=None)
    assert sent() == {}


class TestAnAnswer:
    def test_is_told_to_who_asked(self, one: DepartmentRequest) -> None:
        sent()
        answer_request(one=one, said=Said("yes", promised_on=in_days(9)), by=None)
        told = sent()
        assert set(told) == {MANAGER}
        assert "Answer from Estates: Ward 7" in told[MANAGER]
        assert "Estates: yes, by " in told[MANAGER] and NEEDS in told[MANAGER]
        assert "After its debrief, the team can read this" in told[MANAGER]
        assert sent() == {}

    def test_not_ours_goes_on_to_the_department_named(
        self, trust: Trust, one: DepartmentRequest
    ) -> None:
        sent()
        said = Said("not_ours", instead=department(trust, "Pharmacy"))
        answer_request(one=one, said=said, by=None)
        told = sent()
        assert set(told) == {MANAGER, "pharmacy@merrowfield.example"}
        assert "Request passed to Pharmacy" in told[MANAGER]
        assert ESTATES not in told and sent(14) != {}

    def test_what_returned_is_told_to_the_lead_too(self, one: DepartmentRequest) -> None:
        sent()
        answer_request(one=one, said=Said("not_ours"), by=None)
        told = sent()
        assert set(told) == {MANAGER, LEAD}
        assert "Ask someone else" in told[LEAD]

    def test_is_not_told_to_who_left(self, trust: Trust, one: DepartmentRequest) -> None:
        sent()
        Membership.objects.filter(user=trust.manager).update(is_active=False)
        answer_request(one=one, said=Said("no", "No money"), by=None)
        assert sent() == {}


@pytest.mark.parametrize(("days", "told"), [(8, set()), (9, {MANAGER}), (10, {MANAGER})])
def test_has_it_come_is_asked_on_the_day_of_a_yes(
    one: DepartmentRequest, days: int, told: set[str]
) -> None:
    answer_request(one=one, said=Said("yes", promised_on=in_days(9)), by=None)
    sent()
    found = sent(days)
    assert set(found) == told
    assert all("Has it come?" in words for words in found.values())
    assert sent(days) == {}


def test_what_has_come_before_is_not_asked(trust: Trust, one: DepartmentRequest) -> None:
    answer_request(one=one, said=Said("yes", promised_on=in_days(9)), by=None)
    sent()
    say_if_it_came(one=one, has_come="yes", by=trust.manager)
    assert sent(9) == {}


def test_the_database_holds_that_each_is_one(trust: Trust, one: DepartmentRequest) -> None:
    fields = {"organisation": trust.organisation, "department_request": one, "due_at": at(0)}
    for user in (None, trust.lead):
        Message.objects.create(step=STEP.REQUEST_DUE, user=user, **fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(step=STEP.REQUEST_DUE, user=user, **fields)
