"""One person of a staff list: put right or taken off, and never a word on who has answered."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from fieldwork.actions.life import cancel_survey
from organisations.models import AuditEntry
from responses.queries.answer_page import find_by_token
from surveys.actions.contact import correct_contact, remove_contact
from surveys.actions.erasure import KEPT_FOR, erase_addresses
from surveys.actions.locks import NotPossible
from surveys.actions.opt_out import opt_out
from surveys.actions.resending import send_again
from surveys.actions.sending import send_due_messages
from surveys.actions.staff import add_staff
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Contact, Invitation, Message, OptOut, RemovedContact, Survey, SurveyUnit
from surveys.queries.contacts import ASKED_FOR_NONE, HAS_GONE
from surveys.words import messages
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.responses.killed import killed_at
from tests.servers import Mailbox

ANN, BO = "ann@merrowfield.example", "bo@merrowfield.example"
NEW = "ann.lee@merrowfield.example"
STATE = Message.State


@pytest.fixture
def trust(db: None) -> Trust:
    trust = a_trust()
    # Nobody is asleep.
    trust.organisation.quiet_from = trust.organisation.quiet_until = time(0)
    trust.organisation.save()
    return trust


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address(ANN), Address(BO)]))


def contact_of(email: str) -> Contact:
    return Contact.objects.select_related("survey_unit__survey").get(email=email)


def invited(email: str, state: str) -> Contact:
    """The person, with the invitation in this state."""
    contact = contact_of(email)
    mine = Message.objects.filter(invitation__contact=contact, step="invitation")
    mine.update(state=state, failure="Refused (550).", attempts=2)
    return contact


def link_of(contact: Contact) -> str:
    return messages.answer_link(contact.invitation).rpartition("/")[2]


def reminders_come_due() -> None:
    due_at = timezone.now() - timedelta(minutes=1)
    Message.objects.filter(step="reminder_1").update(due_at=due_at)


def sent_to(mailbox: Mailbox) -> list[str]:
    """Whom a round writes to, managers and leads aside."""
    mailbox.clear()
    send_due_messages()
    notices = {"manager@merrowfield.example", "lead@merrowfield.example"}
    return sorted({str(one["To"]) for one in mailbox.messages} - notices)


@pytest.mark.parametrize("state", [STATE.PLANNED, STATE.FAILED, STATE.RETURNED])
def test_a_new_address_gets_the_invitation_once_and_a_link_of_its_own(
    trust: Trust, survey: Survey, mailbox: Mailbox, state: str
) -> None:
    send_due_messages()
    contact = invited(ANN, state)
    old = link_of(contact)
    for moved in (True, False):
        address = Address(NEW)
        assert correct_contact(contact=contact, address=address, by=trust.manager) is moved
    assert sent_to(mailbox) == [NEW]
    assert sent_to(mailbox) == []
    contact = contact_of(NEW)
    assert find_by_token(old) is None
    assert find_by_token(link_of(contact)) is not None
    reminders_come_due()
    assert sent_to(mailbox) == [NEW, BO]


def test_a_mobile_instead_of_an_e_mail_changes_the_channel(trust: Trust, survey: Survey) -> None:
    contact = invited(ANN, STATE.FAILED)
    address = Address(mobile="+447700900123", language="cy")
    assert correct_contact(contact=contact, address=address, by=trust.manager)
    mine = Message.objects.filter(invitation__contact=contact)
    assert set(mine.values_list("channel", "state")) == {("sms", STATE.PLANNED)}
    assert mine.count() == 3
    row = Contact.objects.get(pk=contact.pk)
    assert (row.email, row.mobile, row.language) == ("", "+447700900123", "cy")
    entry = AuditEntry.objects.get(action="contact corrected")
    assert (entry.actor, entry.object_id, entry.detail) == (
        trust.manager,
        str(contact.pk),
        {"unit": trust.ward_7.pk},
    )


@pytest.mark.parametrize("used", [True, False])
@pytest.mark.parametrize("state", [STATE.SENT, STATE.SENDING, STATE.HELD, STATE.DROPPED])
def test_an_address_that_may_have_been_reached_stays(
    trust: Trust, survey: Survey, state: str, used: bool
) -> None:
    contact = invited(ANN, state)
    Invitation.objects.filter(contact=contact).update(used=used)
    with pytest.raises(NotPossible) as refusal:
        correct_contact(contact=contact, address=Address(NEW), by=trust.manager)
    assert str(refusal.value) == HAS_GONE
    assert contact_of(ANN).pk == contact.pk
    # The rest may change, with no new invitation and the same link.
    before = link_of(contact)
    assert not correct_contact(contact=contact, address=Address(ANN, "Ann"), by=trust.manager)
    assert link_of(contact_of(ANN)) == before


def test_sent_again_it_stays_whether_it_waits_or_was_dropped(trust: Trust, survey: Survey) -> None:
    """At night an invitation waits for the morning, and one that was used is dropped at once."""
    contact = invited(ANN, STATE.HELD)
    send_again(message=Message.objects.get(invitation__contact=contact, step="invitation"),
               by=trust.manager)  # fmt: skip
    for used in (False, True):
        Invitation.objects.filter(contact=contact).update(used=used)
        if used:
            send_due_messages()
        with pytest.raises(NotPossible, match="the invitation has been sent"):
            correct_contact(contact=contact, address=Address(NEW), by=trust.manager)


@pytest.mark.parametrize("used", [True, False])
def test_who_moves_a_link_to_an_own_address_learns_nothing(
    trust: Trust, survey: Survey, mailbox: Mailbox, used: bool
) -> None:
    """The first invitation did arrive, was answered or not, and was then refused when repeated."""
    contact = invited(ANN, STATE.FAILED)
    Invitation.objects.filter(contact=contact).update(used=used)
    correct_contact(contact=contact, address=Address(NEW), by=trust.manager)
    assert NEW in sent_to(mailbox)
    reminders_come_due()
    assert NEW in sent_to(mailbox)
    page = find_by_token(link_of(contact_of(NEW)))
    assert page is not None
    assert not page.used


@pytest.mark.parametrize("used", [True, False])
def test_removing_ends_link_and_messages_and_looks_the_same(
    trust: Trust, survey: Survey, mailbox: Mailbox, used: bool
) -> None:
    send_due_messages()
    contact = contact_of(ANN)
    link = link_of(contact)
    rows = Message.objects.count(), Invitation.objects.count()
    Invitation.objects.filter(contact=contact).update(used=used)
    for _ in range(2):
        remove_contact(contact=contact, by=trust.manager)
    assert list(Contact.objects.values_list("email", flat=True)) == [BO]
    assert find_by_token(link) is None
    assert (Message.objects.count(), Invitation.objects.count()) == rows, "no number changes"
    assert Invitation.objects.filter(used=used, contact=None).count() == 1, "an answer stays"
    reminders_come_due()
    assert sent_to(mailbox) == [BO]
    entry = AuditEntry.objects.get(action="contact removed")
    assert (entry.object_id, entry.detail) == (str(contact.pk), {"unit": trust.ward_7.pk})
    assert ANN not in str(list(AuditEntry.objects.values()))


def test_a_worker_that_holds_the_old_address_cannot_begin_it(
    trust: Trust, survey: Survey, mailbox: Mailbox
) -> None:
    """Claimed with Ann in its batch; meanwhile she is moved, and Bo is taken off."""
    ours = Message.objects.filter(step="invitation", invitation__isnull=False)
    ours.update(state=STATE.CLAIMED, reference="lot.1", claimed_at=timezone.now())
    correct_contact(contact=contact_of(ANN), address=Address(NEW), by=trust.manager)
    remove_contact(contact=contact_of(BO), by=trust.manager)
    assert not Message.objects.filter(state=STATE.CLAIMED).exists()
    assert sent_to(mailbox) == [NEW]


def test_opt_outs_are_honoured(trust: Trust, survey: Survey) -> None:
    opt_out(invitation=Invitation.objects.get(contact__email=BO))
    with pytest.raises(NotPossible) as refusal:
        correct_contact(contact=contact_of(BO), address=Address(NEW), by=trust.manager)
    assert str(refusal.value) == ASKED_FOR_NONE
    ann = invited(ANN, STATE.FAILED)
    remove_contact(contact=contact_of(BO), by=trust.manager)
    assert OptOut.objects.count() == 1, "it outlives the address"
    with pytest.raises(NotPossible, match="asked for no messages"):
        correct_contact(contact=ann, address=Address(BO), by=trust.manager)
    plan = add_staff(
        survey=survey,
        units=[only_unit(survey)],
        people=[Person(1, Address(BO), "Ward 7")],
        by=trust.manager,
    )
    assert (plan.people, plan.declined) == ([], [1])


def test_somebody_elses_address_and_a_closed_unit_are_refused(trust: Trust, survey: Survey) -> None:
    ann = invited(ANN, STATE.FAILED)
    with pytest.raises(NotPossible, match="Somebody else") as refusal:
        correct_contact(contact=ann, address=Address(BO), by=trust.manager)
    assert refusal.value.field == "email"
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    with pytest.raises(NotPossible, match="has closed"):
        correct_contact(contact=ann, address=Address(NEW), by=trust.manager)
    remove_contact(contact=ann, by=trust.manager)
    assert not Contact.objects.filter(email=ANN).exists()
    with pytest.raises(NotPossible, match="already removed this person"):
        correct_contact(contact=ann, address=Address(NEW), by=trust.manager)


def test_the_same_list_again_brings_back_nobody_who_left_it(trust: Trust, survey: Survey) -> None:
    """Ann was mistyped and is put right, Bo has left; the spreadsheet still has both."""
    correct_contact(contact=contact_of(ANN), address=Address(NEW), by=trust.manager)
    remove_contact(contact=contact_of(BO), by=trust.manager)
    rows = [Person(2, Address(ANN), "Ward 7"), Person(3, Address(BO), "Ward 7")]
    units = [only_unit(survey)]
    plan = add_staff(survey=survey, units=units, people=rows, by=trust.manager)
    assert (plan.people, plan.taken_off) == ([], [2, 3])
    assert list(Contact.objects.values_list("email", flat=True)) == [NEW]
    kept = str(list(RemovedContact.objects.values()))
    assert "merrowfield" not in kept
    # On purpose one of them comes back, and then stays.
    back = add_staff(
        survey=survey, units=units, people=rows[1:], by=trust.manager, brings_back=True
    )
    assert [one.email for one in back.people] == [BO]
    assert add_staff(survey=survey, units=units, people=rows, by=trust.manager).known == [3]
    assert RemovedContact.objects.filter(is_off=True).count() == 1
    # Back to the first spelling.
    correct_contact(contact=contact_of(NEW), address=Address(ANN), by=trust.manager)
    plan = add_staff(survey=survey, units=units, people=rows, by=trust.manager)
    assert plan.known == [2, 3]
    later = trust.open(UnitToAsk(trust.ward_9, 22), by=trust.lead)
    rows = [Person(2, Address(NEW), "Ward 9")]
    plan = add_staff(survey=later, units=[only_unit(later)], people=rows, by=trust.lead)
    assert len(plan.people) == 1, "another survey asks anew"


@pytest.mark.parametrize("how", ["erased", "cancelled"])
def test_what_is_kept_of_who_left_goes_with_the_contacts(
    trust: Trust, survey: Survey, how: str
) -> None:
    remove_contact(contact=contact_of(BO), by=trust.manager)
    if how == "cancelled":
        cancel_survey(survey=survey, by=trust.manager)
    else:
        SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED)
        erase_addresses(now=only_unit(survey).closes_at + KEPT_FOR + timedelta(minutes=1))
    assert not RemovedContact.objects.exists()


REMOVE = """
from organisations.models import User
from surveys.actions.contact import {act}
from surveys.exchange.addresses import Address
from surveys.models import Contact
given = {{"address": Address("{new}")}} if "{act}" == "correct_contact" else {{}}
{act}(contact=Contact.objects.get(email="{email}"), by=User.objects.get(pk={by}), **given)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["correct_contact", "remove_contact"])
def test_killed_midway_nothing_has_changed(act: str) -> None:
    trust = a_trust()
    trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address(ANN)]))
    contact = contact_of(ANN)
    link = link_of(contact)
    code = REMOVE.format(act=act, email=ANN, new=NEW, by=trust.manager.pk)
    killed_at("surveys.actions.contact.record", code)
    assert link_of(contact_of(ANN)) == link
    assert find_by_token(link) is not None
    assert not Message.objects.filter(state=STATE.DROPPED).exists()
