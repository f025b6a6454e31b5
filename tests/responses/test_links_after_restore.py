"""After an older backup was put back, rows take the ids of lost ones, never their links."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from organisations.models import Deployment
from organisations.rules import personal_links
from surveys.actions.contact import remove_contact
from surveys.actions.distribution import Leader, invite_leaders, invite_staff
from surveys.actions.erasure import KEPT_FOR, erase_addresses
from surveys.actions.staff import forget_taken_off
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, NamedResponse, OptOut, SurveyUnit
from surveys.words import messages
from surveys.words.messages import letter_of
from tests.factories import UserFactory
from tests.responses.ballots import open_unit
from tests.responses.forms import body, send

pytestmark = pytest.mark.django_db
LOST, NEW = "lost@merrowfield.example", "new@merrowfield.example"


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit()


def invited(unit: SurveyUnit, email: str) -> Invitation:
    invite_staff(survey_unit=unit, addresses=[Address(email)])
    return Invitation.objects.get(contact__email=email)


def lead(unit: SurveyUnit, email: str) -> NamedResponse:
    invite_leaders(survey_unit=unit, leaders=[Leader("Matron", email)])
    return NamedResponse.objects.get(email=email)


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
    NamedResponse.objects.all().delete()
    count_again_from(NamedResponse, lost.pk)
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
        (old, personal_links.Purpose.INVITATION),
        (sheet, personal_links.Purpose.NAMED_RESPONSE),
    ):
        token = personal_links.token(purpose=purpose, source=str(row.pk))
        type(row)._default_manager.filter(pk=row.pk).update(
            seed="", token_hash=personal_links.token_hash(token)
        )
        row.refresh_from_db()
    assert client.get(path(messages.answer_link(old))).status_code == 200
    assert client.get(path(messages.leaders_link(sheet))).status_code == 200
    assert client.get(path(messages.opt_out_link(old))).status_code == 200
    link = personal_links.token(purpose=personal_links.Purpose.INVITATION, source=str(old.pk))
    reminder = Message.objects.filter(invitation=old, step="reminder_1").first()
    assert reminder is not None
    letter = letter_of(reminder)
    assert letter is not None and f"/a/{link}" in letter.body


def test_the_same_list_after_a_restore_has_the_links_in_peoples_mailboxes(
    client: Client, unit: SurveyUnit
) -> None:
    lost, sheet = invited(unit, LOST), lead(unit, LOST)
    links = [path(messages.answer_link(lost)), path(messages.leaders_link(sheet))]
    Message.objects.all().delete()
    for model in (Contact, Invitation, NamedResponse):
        model.objects.all().delete()
    invited(unit, NEW)
    again, sheet = invited(unit, LOST), lead(unit, LOST)
    assert again.pk != lost.pk
    assert [path(messages.answer_link(again)), path(messages.leaders_link(sheet))] == links
    assert send(client, links[0], body()).status_code == 200
    assert client.get(links[1]).status_code == 200


def test_whoever_was_taken_off_and_is_brought_back_gets_another_link(
    client: Client, unit: SurveyUnit
) -> None:
    seen = set()
    for _ in range(3):
        invitation = invited(unit, LOST)
        seen.add(path(messages.answer_link(invitation)))
        remove_contact(contact=Contact.objects.get(email=LOST), by=UserFactory.create())
        forget_taken_off(survey=unit.survey, addresses=[Address(LOST)])
    assert len(seen) == 3
    assert {client.get(link).status_code for link in seen} == {404}


def test_another_unit_has_another_link_for_the_same_address(unit: SurveyUnit) -> None:
    other = open_unit(survey=unit.survey)
    invite_staff(survey_unit=unit, addresses=[Address(LOST)])
    invite_staff(survey_unit=other, addresses=[Address(LOST)])
    assert len(set(Invitation.objects.values_list("seed", flat=True))) == 2


def test_with_the_addresses_goes_what_links_were_derived_from(unit: SurveyUnit) -> None:
    invited(unit, LOST)
    SurveyUnit.objects.update(state="counted")
    just = unit.closes_at + KEPT_FOR
    for now, is_kept in ((just, True), (just + timedelta(seconds=1), False)):
        erase_addresses(now=now)
        unit.refresh_from_db()
        assert bool(unit.link_word) is is_kept


def test_every_row_that_gets_a_link_has_its_own_seed(unit: SurveyUnit) -> None:
    invite_staff(survey_unit=unit, addresses=[Address(f"{n}@ward.example") for n in range(20)])
    lead(unit, LOST)
    seeds = list(Invitation.objects.values_list("seed", flat=True))
    seeds += NamedResponse.objects.values_list("seed", flat=True)
    assert len(set(seeds)) == 21
    assert {len(seed) for seed in seeds} == {22}


@pytest.mark.parametrize(
    ("hold", "released", "is_said"),
    [
        (None, None, False),
        (timedelta(0), None, True),
        (None, timedelta(days=119), True),
        (None, timedelta(days=121), False),
        # A second restore, after an earlier one that was released long ago.
        (timedelta(0), timedelta(days=121), True),
    ],
)
def test_whose_survey_was_lost_reads_that_records_were_restored(
    client: Client,
    unit: SurveyUnit,
    hold: timedelta | None,
    released: timedelta | None,
    is_said: bool,
) -> None:
    now = timezone.now()
    lost = path(messages.answer_link(invited(unit, LOST)))
    leaders = path(messages.leaders_link(lead(unit, LOST)))
    for rows in (Message, Contact, Invitation, NamedResponse):
        rows.objects.all().delete()
    Deployment.objects.update(
        hold_since=None if hold is None else now - hold,
        released_at=None if released is None else now - released,
    )
    by = timezone.localtime(now - (hold if hold is not None else released or timedelta(0)))
    for link in (lost, leaders):
        answer = client.get(link)
        assert answer.status_code == 404
        text = " ".join(answer.content.decode().split())
        assert ("Ask the person who sent you the link." in text) is is_said
        assert (f"records were restored by {by.day} {by:%B}." in text) is is_said
    poster = client.get("/q/AAAAAAAAAA")
    assert "restored" not in poster.content.decode(), "nobody sent a poster's code"
