"""The pages of one person on a staff list: add, put right, take off; the same for all answers."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry, Role
from surveys.actions.opt_out import opt_out
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from tests.factories import MembershipFactory
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db
ANN, BO = "ann@merrowfield.example", "bo@merrowfield.example"
STATE = Message.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    staff = [Address(ANN, "Ann"), Address(BO, "Bo", works_nights=True)]
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, survey: Survey, rest: str = "add") -> str:
    return trust.url(f"surveys/{survey.pk}/staff/{rest}")


def of(email: str) -> int:
    return int(Contact.objects.values_list("pk", flat=True).get(email=email))


def words(html: bytes) -> str:
    return " ".join(html.decode().split())


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words(answer.content)


def recipients(client: Client, trust: Trust, survey: Survey) -> str:
    return page_of(client, trust.url(f"surveys/{survey.pk}/recipients"))


def test_somebody_who_came_today_is_added(trust: Trust, survey: Survey, manager: Client) -> None:
    assert "Add one person" in recipients(manager, trust, survey)
    said = {"mobile": "07700 900123", "name": "Bank nurse", "language": "cy", "nights": "on"}
    assert manager.post(place(trust, survey), said).status_code == 302
    row = Contact.objects.get(mobile="+447700900123")
    assert (row.name, row.language, row.works_nights) == ("Bank nurse", "cy", True)
    page = recipients(manager, trust, survey)
    assert "1 person added" in page
    assert "07700 900123" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "There is no email address or mobile number."),
        ({"email": "ann at ward"}, "it has no @"),
        ({"email": "a b@merrowfield.example"}, "Write ab@merrowfield.example."),
        ({"mobile": "0770"}, "A UK mobile number has 11 digits; this has 4."),
        (
            {"email": ANN.upper()},
            "Someone on the list already has this email address or mobile number.",
        ),
        ({"email": "a@m.example", "name": "x" * 121}, "The name has 121 characters."),
        ({"email": "a@m.example", "language": "xx"}, "Choose English or Welsh"),
        ({"email": "a\x00@m.example"}, "Null characters are not allowed"),
        ({"email": "x" * 400}, "Use 300 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    trust: Trust, survey: Survey, manager: Client, said: dict[str, str], sentence: str
) -> None:
    answer = manager.post(place(trust, survey), said)
    assert answer.status_code == 422
    assert sentence in words(answer.content).replace("&#39;", "’")
    assert Contact.objects.count() == 2


def test_who_asked_for_no_messages_is_not_added(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    opt_out(invitation=Invitation.objects.get(contact__email=BO))
    manager.post(place(trust, survey, f"{of(BO)}/remove"))
    answer = manager.post(place(trust, survey), {"email": BO})
    assert answer.status_code == 422
    assert "This person has asked for no messages." in words(answer.content)
    assert list(Contact.objects.values_list("email", flat=True)) == [ANN]


def test_of_several_units_one_is_chosen(trust: Trust, client: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22), by=trust.lead)
    client.force_login(trust.lead)
    answer = client.post(place(trust, survey), {"email": ANN})
    assert (answer.status_code, "Choose a unit" in words(answer.content)) == (422, True)
    nine = survey.survey_units.get(unit=trust.ward_9)
    client.post(place(trust, survey), {"email": ANN, "unit": str(nine.pk)})
    assert Contact.objects.get().survey_unit == nine


def test_a_wrong_address_is_put_right(trust: Trust, survey: Survey, manager: Client) -> None:
    Message.objects.filter(step="invitation").update(state=STATE.FAILED)
    page = page_of(manager, place(trust, survey, f"{of(BO)}/"))
    assert f'value="{BO}"' in page
    assert "checked" in page
    address = place(trust, survey, f"{of(BO)}/")
    answer = manager.post(address, {"email": "bo at ward", "name": "Bo", "nights": "on"})
    assert (answer.status_code, "it has no @" in words(answer.content)) == (422, True)
    answer = manager.post(address, {"email": ANN, "name": "Bo"})
    assert "Somebody else on the list has this address." in words(answer.content)
    answer = manager.post(address, {"email": "bo.b@merrowfield.example", "name": "Bo"})
    assert answer.status_code == 302
    assert "The invitation goes to the new address." in recipients(manager, trust, survey)
    row = Contact.objects.get(email="bo.b@merrowfield.example")
    assert not row.works_nights
    page = page_of(manager, trust.url(f"surveys/{survey.pk}/"))
    assert "2 staff also get a personal link" in page, "the old row is nobody's any more"


def test_an_address_that_was_reached_stays_and_the_rest_may_change(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    Message.objects.filter(step="invitation").update(state=STATE.SENT)
    address = place(trust, survey, f"{of(BO)}/")
    page = page_of(manager, address)
    assert "each link belongs to one person" in page
    assert 'name="email"' not in page
    answer = manager.post(address, {"email": ANN, "name": "Bo Lee", "nights": ""})
    assert answer.status_code == 302
    row = Contact.objects.get(email=BO)
    assert (row.name, row.works_nights) == ("Bo Lee", False)


def test_removing_asks_first_then_the_address_is_gone(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    address = place(trust, survey, f"{of(ANN)}/remove")
    assert ANN in page_of(manager, address)
    assert Contact.objects.count() == 2
    assert manager.post(address).status_code == 302
    page = recipients(manager, trust, survey)
    assert "1 person removed" in page
    assert ANN not in page
    assert manager.get(address).status_code == 404
    assert manager.post(address).status_code == 404
    entry = AuditEntry.objects.get(action="contact removed")
    assert (entry.actor, ANN in str(entry.detail)) == (trust.manager, False)


@pytest.mark.parametrize("state", STATE.values)
def test_every_page_is_the_same_for_all_answers(
    trust: Trust, survey: Survey, manager: Client, state: str
) -> None:
    """Byte for byte, before and after, whatever became of the invitation."""
    Message.objects.filter(step="invitation").update(state=state)
    rests = ("", "recipients", f"staff/{of(ANN)}/", f"staff/{of(ANN)}/remove")
    seen: dict[bool, list[str]] = {}
    for used in (False, True):
        Invitation.objects.filter(contact__email=ANN).update(used=used)
        pages = [page_of(manager, trust.url(f"surveys/{survey.pk}/{rest}")) for rest in rests]
        seen[used] = [
            re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", one) for one in pages
        ]
    assert seen[False] == seen[True]


@pytest.mark.parametrize("used", [False, True])
def test_no_number_on_a_page_tells_who_was_removed(
    trust: Trust, survey: Survey, manager: Client, used: bool
) -> None:
    """Five were reminded. Without one of them it is still five who were."""
    survey = trust.open(
        UnitToAsk(trust.ward_9, 22, staff=[Address(f"p{n}@m.example") for n in range(12)]),
        by=trust.lead,
    )
    manager.force_login(trust.lead)
    first = Message.objects.filter(survey=survey, step="reminder_1", invitation__isnull=False)
    first.update(state=STATE.SENT, due_at=survey.opens_at)
    rows = list(first.order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=rows[:7]).update(state=STATE.DROPPED)
    person = Message.objects.filter(pk=rows[0 if used else 7])
    contact = Contact.objects.get(invitation__messages__in=person)
    before = page_of(manager, trust.url(f"surveys/{survey.pk}/"))
    assert "Sent to 5 to 9 staff" in before
    manager.post(place(trust, survey, f"{contact.pk}/remove"))
    after = page_of(manager, trust.url(f"surveys/{survey.pk}/"))
    assert "Sent to 5 to 9 staff" in after
    assert "11 staff also get a personal link" in after


def test_a_closed_survey_only_deletes(trust: Trust, survey: Survey, manager: Client) -> None:
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    page = page_of(manager, place(trust, survey, f"{of(ANN)}/"))
    assert "we will not send any more messages" in page
    assert 'name="email"' not in page
    assert manager.post(place(trust, survey, f"{of(ANN)}/"), {"email": "x@m.example"}).content
    assert "You cannot invite more staff" in page_of(manager, place(trust, survey))
    manager.post(place(trust, survey), {"email": "x@m.example"})
    manager.post(place(trust, survey, f"{of(ANN)}/remove"))
    assert list(Contact.objects.values_list("email", flat=True)) == [BO]


def test_refusals(trust: Trust, survey: Survey, client: Client) -> None:
    addresses = [place(trust, survey, rest) for rest in ("add", f"{of(ANN)}/", f"{of(ANN)}/remove")]
    strangers = [
        (trust.member(Role.MANAGER, trust.ward_9), 403),
        (trust.member(Role.REVIEWER), 403),
        (trust.member(Role.EDITOR), 403),
        (MembershipFactory.create().user, 404),
    ]
    for user, status in strangers:
        client.force_login(user)
        for address in addresses:
            assert client.post(address, {"email": "x@m.example"}).status_code == status
    assert Contact.objects.count() == 2


def test_another_units_person_is_beyond_reach(trust: Trust, client: Client) -> None:
    survey = trust.open(
        UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22, staff=[Address(ANN)])
    )
    client.force_login(trust.manager)
    for rest in (f"{of(ANN)}/", f"{of(ANN)}/remove"):
        assert client.post(place(trust, survey, rest)).status_code == 403
    other = trust.open(UnitToAsk(trust.ward_7, 12))
    assert client.get(place(trust, other, f"{of(ANN)}/")).status_code == 404


def test_queries_do_not_grow_with_the_list(
    trust: Trust, manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (5, 60):
        staff = [Address(f"p{number}-{n}@m.example") for n in range(number)]
        survey = trust.open(UnitToAsk(trust.ward_7, 70, staff=staff))
        address = place(trust, survey, f"{of(f'p{number}-1@m.example')}/")
        with django_assert_num_queries(11):
            manager.get(address)
        with django_assert_num_queries(11):
            manager.get(trust.url(f"surveys/{survey.pk}/recipients"))


def test_a_long_list_has_pages_a_search_and_who_was_not_reached_first(
    trust: Trust, manager: Client
) -> None:
    staff = [Address(f"p{number:03}@m.example", f"Person {number}") for number in range(60)]
    staff.append(Address(mobile="+447700900123", name="Night nurse"))
    survey = trust.open(UnitToAsk(trust.ward_7, 70, staff=staff))
    mine = Message.objects.filter(step="invitation", invitation__contact__isnull=False)
    mine.update(state=STATE.SENT)
    mine.filter(invitation__contact__email="p059@m.example").update(state=STATE.FAILED)
    address = trust.url(f"surveys/{survey.pk}/recipients")
    first = page_of(manager, address)
    shown = re.findall(r'scope="row" class="app-break">(\S+)', first)
    assert (len(shown), shown[0]) == (50, "p059@m.example")
    assert "61 people. People we could not reach are listed first" in first
    second = re.findall(
        r'scope="row" class="app-break">(\S+)', page_of(manager, f"{address}?page=2")
    )
    assert len(set(shown) | set(second)) == 61
    for wanted, found in (
        ("p003", "p003@m.example"),
        ("person 7", "p007@m.example"),
        ("07700 900 123", "07700 900123"),
        ("+44 7700 900123", "07700 900123"),
    ):
        page = manager.get(address, {"q": wanted}).content.decode()
        assert "1 found" in page
        assert found in page
    assert "Nobody on the list matches." in page_of(manager, f"{address}?q=nobody%25")
