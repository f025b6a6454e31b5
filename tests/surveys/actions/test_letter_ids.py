"""What a letter is called outlives the database: its mail server can be asked about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from surveys.actions.distribution import Leader, invite_leaders, invite_staff
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, NamedResponse
from tests.fieldwork.launching import a_trust, only_unit
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db


def test_a_list_brought_again_after_a_restore_makes_letters_of_the_same_id(
    mailbox: Mailbox,
) -> None:
    def sent() -> dict[tuple[str, str], str]:
        send_due_messages()
        due = timezone.now() - timedelta(minutes=1)
        Message.objects.filter(step=Message.Step.REMINDER_1).update(due_at=due)
        send_due_messages()
        made = {
            (one["To"], one["Subject"].partition(":")[0]): one["Message-ID"]
            for one in mailbox.messages
        }
        mailbox.clear()
        return made

    trust = a_trust()
    staff = [Address("ann@merrowfield.example"), Address("bob@merrowfield.example")]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    Message.objects.exclude(user=None).delete()
    leaders = [Leader("Matron", "matron@merrowfield.example")]
    invite_leaders(survey_unit=only_unit(survey), leaders=leaders)
    before = sent()
    references = set(Message.objects.values_list("reference", flat=True))
    Message.objects.all().delete()
    NamedResponse.objects.all().delete()
    Contact.objects.all().delete()
    Invitation.objects.all().delete()
    unit = only_unit(survey)
    invite_staff(survey_unit=unit, addresses=staff[::-1])
    invite_leaders(survey_unit=unit, leaders=leaders)
    assert sent() == before
    assert len(set(before.values())) == len(before) == 6
    again = set(Message.objects.values_list("reference", flat=True)) - {""}
    assert not again & references, "a claim is as random as it was"
