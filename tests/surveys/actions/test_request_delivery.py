"""What becomes of a request that could not be delivered: who asked hears of it and sends again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from initiatives.actions.requests import Said, answer_request, send_request_again, withdraw_request
from initiatives.models import DepartmentRequest
from initiatives.queries.requests import Recipient
from organisations.models import AuditEntry, Department, Role, User
from organisations.rules.refusal import Refused
from surveys.actions.request_messages import plan_request_messages
from surveys.actions.sending import send_due_messages
from surveys.models import Message, OptOut
from surveys.rules import tokens
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import ask

pytestmark = pytest.mark.django_db(transaction=True)
STEP, STATE = Message.Step, Message.State
NOT_DELIVERED, NOT_KNOWN = "could not be delivered", "may not have been delivered"


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page(trust: Trust, user: User, rest: str = "") -> str:
    client = Client()
    client.force_login(user)
    return " ".join(client.get(trust.url(rest)).text.split())


def became(one: DepartmentRequest, state: str, step: str = STEP.REQUEST) -> None:
    """What the mail server said of its message; then a sweep."""
    Message.objects.filter(department_request=one, step=step).update(
        state=state, failure="550 no such mailbox" if state == STATE.FAILED else ""
    )
    for _ in range(2):
        plan_request_messages(timezone.now())
    one.refresh_from_db()


@pytest.mark.parametrize(
    ("state", "said", "words"),
    [
        (STATE.FAILED, "no", NOT_DELIVERED),
        (STATE.RETURNED, "no", NOT_DELIVERED),
        (STATE.HELD, "unknown", NOT_KNOWN),
        (STATE.SENT, "", ""),
        (STATE.PLANNED, "", ""),
        (STATE.SENDING, "", ""),
    ],
)
def test_who_asked_and_the_manager_hear_that_it_did_not_arrive(
    trust: Trust, state: str, said: str, words: str
) -> None:
    one = ask(trust, by=trust.lead)
    became(one, state)
    assert one.undelivered == said
    for user in (trust.lead, trust.manager):
        assert ((f"he request to Estates {words}" in page(trust, user)) and bool(words)) is bool(
            words
        )
        own = page(trust, user, f"requests/{one.pk}")
        assert ("Send it again" in own) is bool(words) and words in own
    assert "Estates" not in page(trust, trust.member(Role.REVIEWER))
    # Noted once, however often it is looked at.
    assert AuditEntry.objects.filter(action="delivery of request noted").count() == bool(said)


def test_whoever_opted_out_is_not_waited_for(trust: Trust) -> None:
    key = tokens.address_hash(
        organisation=trust.organisation.pk, address="estates@merrowfield.example"
    )
    OptOut.objects.create(organisation=trust.organisation, address_hash=key)
    one = ask(trust)
    send_due_messages()
    assert not mail.outbox
    plan_request_messages(timezone.now())
    one.refresh_from_db()
    assert one.undelivered == "no"


def test_sent_again_it_goes_once_to_the_address_of_now_with_the_same_link(trust: Trust) -> None:
    one = ask(trust)
    link = one.link_token
    became(one, STATE.FAILED)
    Department.objects.update(email="works@merrowfield.example")
    client = Client()
    client.force_login(trust.manager)
    for _ in range(2):  # pressed twice
        assert client.post(trust.url(f"requests/{one.pk}/resend")).status_code == 302
    assert AuditEntry.objects.filter(action="request sent again").count() == 1
    send_due_messages()
    plan_request_messages(timezone.now())
    send_due_messages()
    (letter,) = [one for one in mail.outbox if link in one.body]
    assert letter.to == ["works@merrowfield.example"]
    one.refresh_from_db()
    assert (one.undelivered, one.email) == ("", "works@merrowfield.example")
    assert "could not be" not in page(trust, trust.manager, f"requests/{one.pk}")
    # Not delivered once more: said once more.
    became(one, STATE.RETURNED)
    assert one.undelivered == "no"


def test_a_reminder_that_fails_is_told_and_what_arrived_after_all_is_not(trust: Trust) -> None:
    one = ask(trust)
    became(one, STATE.SENT)
    DepartmentRequest.objects.update(answer_by=timezone.localdate())
    plan_request_messages(timezone.now())
    became(one, STATE.HELD, STEP.REQUEST_DUE)
    assert one.undelivered == "unknown"
    became(one, STATE.SENT, STEP.REQUEST_DUE)
    assert one.undelivered == ""


def test_a_member_who_was_not_reached(trust: Trust) -> None:
    reviewer = trust.member(Role.REVIEWER)
    one = ask(trust, to=Recipient("", "the senior reviewer", member=reviewer))
    became(one, STATE.RETURNED)
    own = page(trust, trust.manager, f"requests/{one.pk}")
    assert "check their email address in People" in own and "Settings" not in own
    assert "Send it again" not in page(trust, reviewer, f"requests/{one.pk}")


def test_an_administrator_is_not_told_to_ask_one(trust: Trust) -> None:
    one = ask(trust)
    became(one, STATE.FAILED)
    administrator = trust.member(Role.ADMINISTRATOR)
    assert "Send it again" not in page(trust, administrator, f"requests/{one.pk}")
    trust.manager.memberships.create(organisation=trust.organisation, role=Role.ADMINISTRATOR)
    own = page(trust, trust.manager, f"requests/{one.pk}")
    assert "settings/departments/" in own and "Ask an administrator" not in own


@pytest.mark.parametrize("over", ["answered", "withdrawn"])
def test_what_waits_no_more_is_neither_told_nor_sent(trust: Trust, over: str) -> None:
    one = ask(trust)
    if over == "answered":
        answer_request(one=one, said=Said("no", "No money"), by=None)
    else:
        withdraw_request(one=one, by=trust.manager)
    became(one, STATE.FAILED)
    assert one.undelivered == ""
    with pytest.raises(Refused, match="no longer needed"):
        send_request_again(one=one, by=trust.manager)
    assert not AuditEntry.objects.filter(action="request sent again").exists()


@pytest.mark.parametrize(("days", "goes"), [(29, True), (30, True), (31, False)])
def test_a_request_whose_link_has_ended_is_not_sent_again(
    trust: Trust, days: int, goes: bool
) -> None:
    one = ask(trust)
    became(one, STATE.FAILED)
    today = timezone.localdate(timezone=trust.organisation.zone)
    DepartmentRequest.objects.update(answer_by=today - timedelta(days=days))
    client = Client()
    client.force_login(trust.manager)
    said = client.post(trust.url(f"requests/{one.pk}/resend"), follow=True).text
    assert ("too old to be sent again" in said) is not goes
    one.refresh_from_db()
    assert (one.sent_again_at is not None) is goes
