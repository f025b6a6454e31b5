"""While restored records wait to be checked: who is told, what is refused, what goes on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from initiatives.models import Initiative, StatusChange
from organisations.models import AuditEntry, Deployment, Role
from responses.models import Envelope, Tally
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, StaffImport, Survey, SurveyUnit
from tests.factories import UnitFactory
from tests.fieldwork.launching import Trust, a_trust, only_unit, page_of, typed

pytestmark = pytest.mark.django_db

TOLD = "Nothing is sent until they have been checked."
REFUSED = "records were restored on this site"
TABLES: tuple[type[Model], ...] = (
    *(Survey, SurveyUnit, Contact, Invitation, Message, StaffImport, Tally, Envelope),
    *(Initiative, StatusChange, AuditEntry),
)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    """An open one of Ward 7 that has enough; nothing has gone out yet."""
    staff = [Address("ann@merrowfield.example"), Address("bo@merrowfield.example")]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    SurveyUnit.objects.update(enough=True)
    return survey


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def hold() -> None:
    now = timezone.now()
    Deployment.objects.update(hold_since=now, lost_from=now - timedelta(hours=1))


def everything() -> list[list[dict[str, Any]]]:
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


def refused(client: Client, address: str, said: dict[str, Any]) -> None:
    """409 with the sentence and no trace; without the hold the same is done."""
    hold()
    before = everything()
    answer = client.post(address, said)
    assert answer.status_code == 409
    assert REFUSED in answer.content.decode()
    assert everything() == before
    Deployment.objects.update(hold_since=None)
    assert client.post(address, said).status_code == 302
    assert everything() != before


@pytest.mark.parametrize(
    ("role", "is_told"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.MANAGER, True),
        (Role.LEAD, True),
        (Role.REVIEWER, False),
        (Role.EDITOR, False),
    ],
)
def test_who_is_told(trust: Trust, client: Client, role: Role, is_told: bool) -> None:
    client.force_login(trust.member(role))
    assert TOLD not in page_of(client, trust.url())
    hold()
    assert (TOLD in page_of(client, trust.url())) is is_told
    Deployment.objects.update(hold_since=None)
    assert TOLD not in page_of(client, trust.url())


def test_it_says_since_when_and_costs_no_statement(trust: Trust, manager: Client) -> None:
    for number in range(5):
        UnitFactory.create(organisation=trust.organisation, name=f"Ward {number}")
    page_of(manager, trust.url("surveys/"))  # once a minute a visit is noted
    with CaptureQueriesContext(connection) as before:
        page_of(manager, trust.url("surveys/"))
    hold()
    with CaptureQueriesContext(connection) as after:
        page = page_of(manager, trust.url("surveys/"))
    today = timezone.localdate(timezone=trust.organisation.zone)
    assert f"Records were restored on {today:%A} {today.day} {today:%B}." in page
    assert len(before) == len(after)


def test_no_survey_is_launched(trust: Trust, manager: Client) -> None:
    said = typed(trust, people="ann@merrowfield.example")
    refused(manager, trust.url("surveys/launch"), said)


def test_what_was_typed_to_launch_stays(trust: Trust, manager: Client) -> None:
    hold()
    answer = manager.post(trust.url("surveys/launch"), typed(trust, title="Fewer lost hours"))
    assert 'value="Fewer lost hours"' in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("units/{unit}/extend", {}),
        ("units/{unit}/close", {}),
        ("cancel", {"unit": "Ward 7"}),
        ("messages/reminder_1", {"do": "now"}),
        ("staff/add", {"email": "cy@merrowfield.example"}),
        ("staff/{contact}/", {"email": "dee@merrowfield.example"}),
    ],
)
def test_nothing_is_sent_closed_or_destroyed(
    trust: Trust, survey: Survey, manager: Client, page: str, said: dict[str, str]
) -> None:
    contact = Contact.objects.order_by("pk")[0]
    rest = page.format(unit=only_unit(survey).pk, contact=contact.pk)
    refused(manager, trust.url(f"surveys/{survey.pk}/{rest}"), said)


def test_an_invitation_is_not_sent_again(trust: Trust, survey: Survey, manager: Client) -> None:
    message = Message.objects.filter(step="invitation", invitation__isnull=False)[0]
    Message.objects.filter(pk=message.pk).update(state="held")
    refused(manager, trust.url(f"surveys/{survey.pk}/recipients/{message.pk}/again"), {})


def test_messages_are_not_restarted_but_can_be_paused(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    address = trust.url(f"surveys/{survey.pk}/pause")
    hold()
    assert manager.post(address).status_code == 302
    survey.refresh_from_db()
    assert survey.messages_paused
    refused(manager, address, {"do": "resume"})


def test_a_reminder_can_be_skipped(trust: Trust, survey: Survey, manager: Client) -> None:
    hold()
    address = trust.url(f"surveys/{survey.pk}/messages/reminder_1")
    assert manager.post(address, {"do": "skip"}).status_code == 302
    assert set(Message.objects.filter(step="reminder_1").values_list("state", flat=True)) == {
        "dropped"
    }


def test_a_staff_list_is_not_taken(trust: Trust, survey: Survey, manager: Client) -> None:
    address = trust.url(f"surveys/{survey.pk}/staff")
    hold()
    page = manager.post(address, {"people": "cy@merrowfield.example"}).content.decode()
    kept = page.split('name="kept" value="', 1)[1].split('"', 1)[0]
    refused(manager, f"{address}/check", {"kept": kept, "do": "add"})


def test_a_person_can_be_taken_off(trust: Trust, survey: Survey, manager: Client) -> None:
    hold()
    contact = Contact.objects.order_by("pk")[0]
    manager.post(trust.url(f"surveys/{survey.pk}/staff/{contact.pk}/remove"))
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_an_improvement_with_a_survey_to_come_is_not_stopped(trust: Trust, manager: Client) -> None:
    survey = trust.launch(opens_at=timezone.now() + timedelta(days=2))
    place = f"initiatives/{survey.initiative_id}/units/{trust.ward_7.pk}/status/stop"
    page = page_of(manager, trust.url(place))
    seen = page.split('name="seen"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    refused(manager, trust.url(place), {"why": "It clashes with the move.", "seen": seen})
    survey.refresh_from_db()
    assert survey.state == Survey.State.CANCELLED
