"""After an older backup was put back, rows take the ids of lost ones, never their links."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from surveys import messages, tokens
from surveys.actions.distribution import Leader, invite_leaders, invite_staff
from surveys.addresses import Address
from surveys.messages import letter_of
from surveys.models import Contact, Invitation, Message, NamedSheet, OptOut, SurveyUnit
from tests.surveys.ballots import open_unit
from tests.surveys.sheets import body, send

pytestmark = pytest.mark.django_db
LOST, NEW = "lost@merrowfield.example", "new@merrowfield.example"


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit()


def invited(unit: SurveyUnit, email: str) -> Invitation:
    invite_staff(survey_unit=unit, addresses=[Address(email)])
    return Invitation.objects.get(contact__email=email)


def lead(unit: SurveyUnit, email: str) -> NamedSheet:
    invite_leaders(survey_unit=unit, leaders=[Leader("Matron", email)])
    return NamedSheet.objects.get(email=email)


def count_again_from(model: type[Any], pk: int) -> None:
    """The next row of this table gets this id, as in a database that never had it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [pk - 1, table])
        else:
            serial = "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)"
            cursor.execute(serial, [table, pk])


def path(link: str) -> str:
    return "/" + link.partition("://")[2].partition("/")[2]


def test_a_lost_link_opens_nothing_and_the_new_one_opens(client: Client, unit: SurveyUnit) -> None:
    lost = invited(unit, LOST)
    old, stop = path(messages.answer_link(lost)), path(messages.opt_out_link(lost))
    assert client.get(old).status_code == 200
    Message.objects.all().delete()
    Contact.objects.all().delete()
    Invitation.objects.all().delete()
    count_again_from(Invitation, lost.pk)
    new = invited(unit, NEW)
    assert new.pk == lost.pk
    assert client.get(old).status_code == 404
    assert send(client, old, body()).status_code == 404
    assert client.post(stop).status_code == 404
    assert not OptOut.objects.exists()
    assert Message.objects.filter(invitation=new, state=Message.State.PLANNED).exists()
    assert send(client, path(messages.answer_link(new)), body()).status_code == 200
    assert client.post(path(messages.opt_out_link(new))).status_code == 200


def test_nor_does_a_lost_leader_open_another_ones_sheet(client: Client, unit: SurveyUnit) -> None:
    lost = lead(unit, LOST)
    old = path(messages.leaders_link(lost))
    assert client.get(old).status_code == 200
    Message.objects.all().delete()
    NamedSheet.objects.all().delete()
    count_again_from(NamedSheet, lost.pk)
    new = lead(unit, NEW)
    assert new.pk == lost.pk
    assert client.get(old).status_code == 404
    assert client.get(path(messages.leaders_link(new))).status_code == 200


def test_links_sent_before_there_were_seeds_stay_as_they_are(
    client: Client, unit: SurveyUnit
) -> None:
    """Their rows have no seed, and the reminder carries the same link as the invitation did."""
    old, sheet = invited(unit, LOST), lead(unit, NEW)
    for row, purpose in (
        (old, tokens.Purpose.INVITATION),
        (sheet, tokens.Purpose.NAMED_SHEET),
    ):
        token = tokens.token(purpose=purpose, source=str(row.pk))
        type(row)._default_manager.filter(pk=row.pk).update(
            seed="", token_hash=tokens.token_hash(token)
        )
        row.refresh_from_db()
    assert client.get(path(messages.answer_link(old))).status_code == 200
    assert client.get(path(messages.leaders_link(sheet))).status_code == 200
    assert client.get(path(messages.opt_out_link(old))).status_code == 200
    link = tokens.token(purpose=tokens.Purpose.INVITATION, source=str(old.pk))
    reminder = Message.objects.filter(invitation=old, step="reminder_1").first()
    assert reminder is not None
    letter = letter_of(reminder)
    assert letter is not None and f"/a/{link}" in letter.body


def test_every_row_that_gets_a_link_has_its_own_seed(unit: SurveyUnit) -> None:
    invite_staff(survey_unit=unit, addresses=[Address(f"{n}@ward.example") for n in range(20)])
    lead(unit, LOST)
    seeds = list(Invitation.objects.values_list("seed", flat=True))
    seeds += NamedSheet.objects.values_list("seed", flat=True)
    assert len(set(seeds)) == 21
    assert {len(seed) for seed in seeds} == {22}
