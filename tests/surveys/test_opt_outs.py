"""No more messages: one click, honoured later, outliving the address, and nothing readable kept."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry
from surveys.actions.erasure import KEPT_FOR, erase_addresses
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, OptOut, SurveyUnit
from surveys.queries.opt_outs import opted_out
from surveys.rules import tokens
from surveys.words import messages
from tests.fieldwork.launching import Trust, a_trust

ANN = "ann@merrowfield.example"


@given(st.integers(1, 2**40), st.text(max_size=40), st.text(max_size=40))
def test_an_opt_out_opens_its_own_invitation_only(row: int, source: str, other: str) -> None:
    token = tokens.opt_out_token(row=row, source=source)
    proof = token.partition("-")[2]
    assert tokens.opt_out_row(token) == row
    assert tokens.is_opt_out(token, row=row, source=source)
    assert not tokens.is_opt_out(f"{row + 1}-{proof}", row=row, source=source)
    assert not tokens.is_opt_out(token, row=row + 1, source=source)
    assert tokens.is_opt_out(token, row=row, source=other) is (other == source)
    assert tokens.is_opt_out(f"{row}-{other}", row=row, source=source) is (other == proof)


@pytest.mark.parametrize("text", ["", "-", "x-1", "٣-a", "9" * 19, "-1-a"])
def test_what_names_no_invitation(text: str) -> None:
    assert tokens.opt_out_row(text) is None


def test_an_opt_out_cannot_be_made_without_the_key(settings: Settings) -> None:
    token = tokens.opt_out_token(row=7, source="7")
    settings.TOKEN_KEY = "another key of enough characters, please"
    assert not tokens.is_opt_out(token, row=7, source="7")


@pytest.fixture
def trust(db: None) -> Trust:
    return a_trust()


@pytest.fixture
def invitation(trust: Trust) -> Invitation:
    trust.open(UnitToAsk(trust.ward_7, 12, staff=[Address(ANN), Address("b@merrowfield.example")]))
    Contact.objects.filter(email=ANN).update(mobile="+447700900123")
    return Invitation.objects.get(contact__email=ANN)


def place(invitation: Invitation) -> str:
    return messages.opt_out_link(invitation).removeprefix(
        messages.poster_link("").removesuffix("/q/")
    )


def test_reading_the_page_changes_nothing(client: Client, invitation: Invitation) -> None:
    answer = client.get(place(invitation))
    assert answer.status_code == 200
    assert "Stop messages?" in answer.content.decode()
    assert ANN not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert not OptOut.objects.exists()


def test_one_click_stops_this_and_every_later_message(
    trust: Trust, invitation: Invitation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # As a mail program does it (RFC 8058): no cookie, no token of a form.
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(
            place(invitation),
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 200
    mine = Message.objects.filter(invitation=invitation)
    assert set(mine.values_list("state", flat=True)) == {Message.State.DROPPED}
    others = Message.objects.exclude(invitation=invitation).exclude(invitation=None)
    assert set(others.values_list("state", flat=True)) == {Message.State.PLANNED}
    asked = [ANN, "b@merrowfield.example", "+447700900123", ""]
    with django_assert_num_queries(1):
        found = opted_out(organisation=trust.organisation.pk, addresses=asked)
    assert found == {ANN, "+447700900123"}
    assert opted_out(organisation=trust.organisation.pk + 1, addresses=asked) == set()
    entry = AuditEntry.objects.get(action="messages declined")
    assert (entry.actor, entry.detail) == (None, {})


def test_it_survives_erasure_and_keeps_no_address(
    client: Client, trust: Trust, invitation: Invitation
) -> None:
    client.post(place(invitation))
    unit = SurveyUnit.objects.get()
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED)
    assert erase_addresses(now=unit.closes_at + KEPT_FOR + timedelta(minutes=1)) == 2
    assert not Contact.objects.exists()
    assert opted_out(organisation=trust.organisation.pk, addresses=[ANN]) == {ANN}
    kept = str(list(OptOut.objects.values())) + str(list(AuditEntry.objects.values()))
    assert "ann" not in kept
    erased = AuditEntry.objects.get(action="addresses erased")
    assert (erased.object_id, erased.detail) == (str(unit.pk), {"staff": 2, "leaders": 0})
    assert "already deleted" in client.get(place(invitation)).content.decode()
    assert client.post(place(invitation)).status_code == 200


def test_a_mistake_is_taken_back_and_welsh_is_spoken(
    client: Client, trust: Trust, invitation: Invitation
) -> None:
    Contact.objects.filter(email=ANN).update(language="cy")
    assert "Dim rhagor" in client.get(place(invitation)).content.decode()
    client.post(place(invitation))
    client.post(place(invitation), {"again": "yes"})
    assert opted_out(organisation=trust.organisation.pk, addresses=[ANN]) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "1-", "1-" + "A" * 8, "9" * 40 + "-a", "٣-a"])
def test_a_made_up_link_is_unknown(client: Client, token: str) -> None:
    for answer in (client.get(f"/stop/{token}"), client.post(f"/stop/{token}")):
        assert answer.status_code == 404
