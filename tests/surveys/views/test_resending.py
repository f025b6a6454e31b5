"""Sending an invitation again: on purpose, asked first, and telling nothing about answers."""

from datetime import time

import pytest
from django.test import Client

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry, Role
from surveys.actions.contact import remove_contact
from surveys.actions.distribution import Leader
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Invitation, Message, NamedResponse, Survey, SurveyUnit
from tests.factories import MembershipFactory
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db
STAFF = [Address("ann@merrowfield.example"), Address("bo@merrowfield.example")]


@pytest.fixture
def trust() -> Trust:
    trust = a_trust()
    # Nobody is asleep.
    trust.organisation.quiet_from = trust.organisation.quiet_until = time(0)
    trust.organisation.save()
    return trust


@pytest.fixture
def survey(trust: Trust) -> Survey:
    leaders = [Leader("Cy", "cy@merrowfield.example")]
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF, leaders=leaders))


def invitation_to(email: str) -> Message:
    step = Message.Step.INVITATION
    return Message.objects.get(invitation__contact__email=email, step=step)


def stuck(message: Message, state: str = "held") -> Message:
    Message.objects.exclude(pk=message.pk).update(state=Message.State.SENT)
    Message.objects.filter(pk=message.pk).update(state=state, failure="Refused (550).", attempts=3)
    message.refresh_from_db()
    return message


def address_of(trust: Trust, message: Message) -> str:
    return trust.url(f"surveys/{message.survey_id}/recipients/{message.pk}/again")


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("held", "We do not know if it was delivered"),
        ("failed", "Not delivered"),
        ("returned", "Not delivered"),
    ],
)
def test_it_goes_out_once_more_after_a_press_and_is_audited(
    trust: Trust, client: Client, survey: Survey, mailbox: Mailbox, state: str, words: str
) -> None:
    message = stuck(invitation_to("ann@merrowfield.example"), state)
    client.force_login(trust.manager)
    recipients = trust.url(f"surveys/{survey.pk}/recipients")
    assert words in page_of(client, recipients)
    assert page_of(client, recipients).count("Send again …") == 1
    asks = page_of(client, address_of(trust, message))
    assert "ann@merrowfield.example" in asks
    assert send_due_messages() == 0  # a look at the page sends nothing
    for _ in range(2):
        assert client.post(address_of(trust, message)).status_code == 302
    assert send_due_messages() == 1
    assert [one["To"] for one in mailbox.messages] == ["ann@merrowfield.example"]
    entry = AuditEntry.objects.get(action="invitation sent again")
    assert (entry.actor, entry.detail) == (trust.manager, {"unit": trust.ward_7.pk})
    page = page_of(client, recipients)
    assert "Sent again" in page
    assert "Send again …" not in page


def test_to_somebody_who_has_answered_nothing_goes_and_no_page_tells(
    trust: Trust, client: Client, survey: Survey, mailbox: Mailbox
) -> None:
    client.force_login(trust.manager)
    said = []
    for email, used in (("ann@merrowfield.example", True), ("bo@merrowfield.example", False)):
        message = stuck(invitation_to(email))
        Invitation.objects.filter(messages=message).update(used=used)
        assert client.post(address_of(trust, message)).status_code == 302
        send_due_messages()
        said.append(page_of(client, address_of(trust, message)))
        row = page_of(client, trust.url(f"surveys/{survey.pk}/recipients"))
        said.append(row[row.index(email) :][:160])
    assert [one["To"] for one in mailbox.messages] == ["bo@merrowfield.example"]
    ann, bo = said[1].replace("ann@", "bo@"), said[3]
    assert ann[:70] == bo[:70]
    assert "Sent again" in ann


def test_a_leaders_invitation_too(trust: Trust, client: Client, survey: Survey) -> None:
    sheet = NamedResponse.objects.get()
    message = stuck(Message.objects.get(named_response=sheet, step="invitation"), "failed")
    client.force_login(trust.manager)
    page = page_of(client, trust.url(f"surveys/{survey.pk}/"))
    assert address_of(trust, message) in page
    assert client.post(address_of(trust, message)).status_code == 302
    message.refresh_from_db()
    assert message.state == Message.State.PLANNED


@pytest.mark.parametrize("state", ["planned", "sending", "sent"])
def test_what_is_not_stuck_is_not_sent_again(
    trust: Trust, client: Client, survey: Survey, state: str
) -> None:
    message = stuck(invitation_to("ann@merrowfield.example"), state)
    client.force_login(trust.manager)
    assert "being sent or has already been sent" in page_of(client, address_of(trust, message))
    answer = client.post(address_of(trust, message))
    assert answer.status_code == 409
    assert "being sent or has already been sent" in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.again_at) == (state, None)


@pytest.mark.parametrize("used", [True, False])
def test_nothing_is_sent_to_who_was_taken_off(
    trust: Trust, client: Client, survey: Survey, used: bool
) -> None:
    message = stuck(invitation_to("ann@merrowfield.example"), "failed")
    assert message.invitation is not None
    assert message.invitation.contact is not None
    Invitation.objects.filter(messages=message).update(used=used)
    remove_contact(contact=message.invitation.contact, by=trust.manager)
    client.force_login(trust.manager)
    answer = client.post(address_of(trust, message))
    assert answer.status_code == 409
    assert "The address is deleted" in answer.content.decode()
    message.refresh_from_db()
    assert message.state == Message.State.FAILED


def test_nothing_is_sent_after_closing(trust: Trust, client: Client, survey: Survey) -> None:
    message = stuck(invitation_to("ann@merrowfield.example"))
    SurveyUnit.objects.update(state="closed")
    client.force_login(trust.manager)
    assert "Send again …" not in page_of(client, trust.url(f"surveys/{survey.pk}/recipients"))
    answer = client.post(address_of(trust, message))
    assert answer.status_code == 409
    assert "The survey has closed" in answer.content.decode()


def test_reminders_strangers_and_other_units(trust: Trust, client: Client, survey: Survey) -> None:
    message = stuck(invitation_to("ann@merrowfield.example"))
    reminder = Message.objects.filter(step="reminder_1").first()
    assert reminder is not None
    client.force_login(trust.manager)
    assert client.post(address_of(trust, reminder)).status_code == 404
    client.force_login(trust.member(Role.MANAGER, trust.ward_9))
    assert client.post(address_of(trust, message)).status_code == 403
    client.force_login(trust.member(Role.REVIEWER))
    assert client.post(address_of(trust, message)).status_code == 403
    client.force_login(MembershipFactory.create().user)
    assert client.post(address_of(trust, message)).status_code == 404
    message.refresh_from_db()
    assert message.state == Message.State.HELD
    assert only_unit(survey).state == SurveyUnit.State.OPEN
