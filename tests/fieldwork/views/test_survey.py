"""A survey's page and those below it: who sees them, in every state, and never a number.

Over 300 lines: each state is tried on each page.
"""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.models import Role, Unit
from organisations.rules import personal_links
from responses.models import Tally
from surveys.actions.distribution import Leader
from surveys.exchange.addresses import Address
from surveys.models import Channel, Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.presenters.message_plan import band
from tests.factories import MembershipFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db

STAFF = [Address(f"person{number}@merrowfield.example") for number in range(8)]
NIGHTS = Address("nights@merrowfield.example", works_nights=True)
STATES = Survey.State


@pytest.fixture
def trust(settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.example"
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, survey: Survey, rest: str = "") -> str:
    return trust.url(f"surveys/{survey.pk}/{rest}")


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def turned(survey: Survey, state: str, unit_state: str = "", **unit: Any) -> None:
    """As if the clock and the counting worker had done their part."""
    Survey.objects.filter(pk=survey.pk).update(state=state)
    if unit_state:
        unit["state"] = unit_state
    SurveyUnit.objects.filter(survey=survey).update(**unit)


PAGES = ["", "recipients", "messages/invitation", "cancel"]
UNIT_PAGES = ["poster", "preview", "trial", "extend", "close"]


def addresses(trust: Trust, survey: Survey) -> list[str]:
    unit = only_unit(survey).pk
    return [place(trust, survey, rest) for rest in PAGES] + [
        place(trust, survey, f"units/{unit}/{rest}") for rest in UNIT_PAGES
    ]


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.MANAGER, "Ward 7", 200),
        (Role.LEAD, "Medicine", 200),
        (Role.ADMINISTRATOR, "", 200),
        (Role.MANAGER, "Ward 9", 403),
        (Role.REVIEWER, "", 403),
        (Role.EDITOR, "", 403),
    ],
)
def test_who_sees_a_survey(
    trust: Trust, client: Client, role: Role, where: str, status: int
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    unit = Unit.objects.filter(name=where).first()
    client.force_login(trust.member(role, unit))
    for address in addresses(trust, survey):
        assert client.get(address).status_code == status, address


def test_a_stranger_and_a_wrong_number_find_nothing(trust: Trust, client: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    client.force_login(trust.lead)
    for missing in ("999999", "9" * 30):
        assert client.get(trust.url(f"surveys/{missing}/")).status_code == 404
    assert client.get(place(trust, survey, "units/999999/poster")).status_code == 404
    assert client.get(place(trust, survey, "messages/nothing")).status_code == 404
    client.force_login(MembershipFactory.create().user)
    for address in addresses(trust, survey):
        assert client.get(address).status_code == 404, address


def test_an_open_survey_says_how_to_reach_everyone(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    page = page_of(manager, place(trust, survey))
    code = only_unit(survey).answer_code
    assert f'data-text="https://fitness.example/q/{code}"' in page
    assert (
        "We’re planning an improvement called Fewer falls at night. Before we start, please tell us"
        in page
    )
    assert "If at least 7 of us answer, we’ll all see the result on" in page
    assert '<li class="app-pair__now" aria-current="true">Not enough yet</li>' in page
    assert "At least 7 of 12 staff must answer." in page
    assert "8 staff also get a personal link" in page


def test_enough_is_a_word_and_no_number_of_answers_ever_shows(
    trust: Trust, manager: Client
) -> None:
    survey = trust.open()
    Tally.objects.filter(survey_unit=only_unit(survey), channel=Channel.QR).update(count=987)
    page = page_of(manager, place(trust, survey))
    assert "987" not in page
    turned(survey, STATES.OPEN, enough=True)
    page = page_of(manager, place(trust, survey))
    assert '<li class="app-pair__now" aria-current="true">Enough for a result</li>' in page
    assert "987" not in page


def test_personal_links_are_never_on_a_page(trust: Trust, manager: Client) -> None:
    leader = Leader("Ann Lee", "ann@merrowfield.example")
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF, leaders=[leader]))
    personal = [
        personal_links.token(purpose=personal_links.Purpose.INVITATION, source=one.link_source)
        for one in Invitation.objects.all()
    ]
    sheet = NamedResponse.objects.get()
    personal.append(
        personal_links.token(
            purpose=personal_links.Purpose.NAMED_RESPONSE, source=sheet.link_source
        )
    )
    for address in addresses(trust, survey):
        page = manager.get(address).content.decode()
        assert [token for token in personal if token in page] == [], address
    letter = page_of(manager, place(trust, survey, "messages/invitation"))
    assert "https://fitness.example/a/your-own-link-comes-here" in letter


@pytest.mark.parametrize(
    ("state", "unit_state", "unit", "words"),
    [
        (STATES.PREPARING, "waiting", {}, ["Getting ready", "Refresh this page"]),
        (STATES.CLOSED, "closed", {}, ["We’re counting the answers. This takes a few minutes."]),
        (STATES.COUNTED, "counted", {}, ["Counted", "Repeat this survey with the same settings"]),
        (
            STATES.PUBLISHED,
            "counted",
            {"published_at": timezone.now()},
            ["Result ready", "See the result", "Repeat this survey with the same settings"],
        ),
        (
            STATES.PUBLISHED,
            "too_few",
            {"published_at": timezone.now()},
            ["Fewer than 7 of 12 staff answered. The answers were deleted unopened."],
        ),
        (
            STATES.CANCELLED,
            "cancelled",
            {},
            ["All answers, contact details and the key were deleted."],
        ),
    ],
)
def test_every_state_has_its_page(
    trust: Trust,
    manager: Client,
    state: str,
    unit_state: str,
    unit: dict[str, Any],
    words: list[str],
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    turned(survey, state, unit_state, **unit)
    page = page_of(manager, place(trust, survey))
    for said in words:
        assert said in page
    assert "Print the poster" not in page


def test_a_scheduled_survey_says_when_it_opens(trust: Trust, manager: Client) -> None:
    survey = trust.launch(opens_at=timezone.now() + timedelta(days=2))
    turned(survey, STATES.SCHEDULED)
    page = page_of(manager, place(trust, survey))
    assert "Scheduled" in page
    assert "in 2 days." in page
    assert "Print the poster" in page
    assert "Have enough people answered?" not in page


def test_a_failed_count_is_said_loudly(trust: Trust, manager: Client) -> None:
    survey = trust.open()
    turned(survey, STATES.CLOSED, "closed")
    Survey.objects.filter(pk=survey.pk).update(count_failure="its key is gone")
    page = page_of(manager, place(trust, survey))
    assert "We could not count the answers:</strong> its key is gone." in page
    assert "Being counted" not in page


def test_a_small_team_gets_its_sheet_instead_of_a_poster(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 6))
    page = page_of(manager, place(trust, survey))
    assert "Open the joint form" in page
    assert "Have enough people answered?" not in page


def test_leaders_are_named_and_whether_they_have_sent(trust: Trust, manager: Client) -> None:
    leader = Leader("Ann Lee", "ann@merrowfield.example")
    survey = trust.open(UnitToAsk(trust.ward_7, 12, leaders=[leader]))
    assert "Not sent yet" in page_of(manager, place(trust, survey))
    NamedResponse.objects.update(sent_at=timezone.now())
    page = page_of(manager, place(trust, survey))
    assert "Ann Lee" in page
    assert "Not sent yet" not in page


def test_several_units_a_row_each_and_only_those_within_reach(trust: Trust, client: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    client.force_login(trust.lead)
    page = page_of(client, place(trust, survey))
    assert "7 of 12 staff" in page
    assert "7 of 22 staff" in page
    client.force_login(trust.manager)
    page = page_of(client, place(trust, survey))
    assert "Ward 9" not in page
    assert "You cannot cancel it because it includes other people’s units" in page
    assert client.post(place(trust, survey, "cancel"), {"unit": "7"}).status_code == 403


def test_recipients_show_the_invitation_only(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF[:3]))
    rows = list(Message.objects.filter(step="invitation").order_by("pk"))
    for row, state in zip(rows, ["sent", "failed", "planned"], strict=True):
        row.state, row.failure = state, "The mail server refused it (550)." * (state == "failed")
        row.save()
    page = page_of(manager, place(trust, survey, "recipients"))
    for words in ("Sent", "Not delivered", "Not sent yet", "refused it (550)"):
        assert words in page
    assert "eminder" not in page


@pytest.mark.parametrize(
    ("sent", "words"), [(4, "fewer than 5"), (5, "5 to 9"), (9, "5 to 9"), (23, "20 or more")]
)
def test_of_a_reminder_only_a_band_is_told(
    trust: Trust, manager: Client, sent: int, words: str
) -> None:
    staff = [Address(f"person{number}@merrowfield.example") for number in range(24)]
    survey = trust.open(UnitToAsk(trust.ward_7, 30, staff=staff))
    reminders = Message.objects.filter(step="reminder_1")
    reminders.update(state="dropped", due_at=timezone.now() - timedelta(hours=1))
    some = reminders.values_list("pk", flat=True)[:sent]
    Message.objects.filter(pk__in=list(some)).update(state="sent")
    page = page_of(manager, place(trust, survey))
    assert f"Sent to {words} staff" in page


@pytest.mark.parametrize("size", range(1, 45))
def test_no_band_says_that_nobody_or_nearly_nobody_has_answered(size: int) -> None:
    """Whoever knows the length of the list cannot count back to those who have answered."""
    by_words: dict[str, list[int]] = {}
    for number in range(size + 1):
        by_words.setdefault(band(number, of=size), []).append(number)
    assert all(len(numbers) >= 3 or size < 2 for numbers in by_words.values()), by_words
    assert ("" in by_words) == (size < 7)


def test_a_reminder_can_be_read_and_skipped(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    address = place(trust, survey, "messages/reminder_1")
    page = page_of(manager, address)
    assert "There’s still time to answer" in page
    assert "Skip this reminder" in page
    assert manager.post(address).status_code == 302
    assert set(Message.objects.filter(step="reminder_1").values_list("state", flat=True)) == {
        "dropped"
    }
    page = page_of(manager, place(trust, survey))
    assert "Skipped" in page
    assert "First reminder</span>" not in page  # gone from the line of time
    assert "Skip this reminder" not in page_of(manager, address)


def test_the_next_reminder_can_be_sent_now(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=[*STAFF, NIGHTS]))
    assert "Night staff: 6pm to 8pm" in page_of(manager, place(trust, survey))
    page = page_of(manager, place(trust, survey, "messages/reminder_1"))
    assert "Send it now" in page
    assert "We’ll send it within a minute." in page
    assert "Send it now" not in page_of(manager, place(trust, survey, "messages/reminder_2"))
    answer = manager.post(place(trust, survey, "messages/reminder_1"), {"do": "now"})
    assert answer.status_code == 302
    due = Message.objects.filter(step="reminder_1", due_at__lte=timezone.now())
    assert due.count() >= len(STAFF)


def test_in_quiet_hours_the_page_says_when_it_goes(
    trust: Trust, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(20), time(8)
    trust.organisation.save()
    night = timezone.localtime(timezone=trust.organisation.zone).replace(hour=22)
    monkeypatch.setattr(timezone, "now", lambda: night)
    manager.force_login(trust.manager)
    page = page_of(manager, place(trust, survey, "messages/reminder_1"))
    assert "It’s quiet hours now. We’ll send it tomorrow at 8am." in page


def test_messages_are_paused_and_go_on(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    assert "Pause all messages" in page_of(manager, place(trust, survey))
    assert manager.post(place(trust, survey, "pause"), {"do": "pause"}).status_code == 302
    page = page_of(manager, place(trust, survey))
    assert "Messages are paused." in page
    assert "Restart messages" in page
    assert "Send it now" not in page_of(manager, place(trust, survey, "messages/reminder_1"))
    assert manager.post(place(trust, survey, "pause"), {"do": "resume"}).status_code == 302
    assert "Pause all messages" in page_of(manager, place(trust, survey))
    assert manager.get(place(trust, survey, "pause")).status_code == 405


def test_who_reaches_only_some_units_pauses_nothing(trust: Trust, manager: Client) -> None:
    units = [UnitToAsk(one, 22, staff=STAFF) for one in (trust.ward_7, trust.ward_9)]
    survey = trust.open(*units)
    assert "Pause all messages" not in page_of(manager, place(trust, survey))
    assert manager.post(place(trust, survey, "pause"), {"do": "pause"}).status_code == 403
    assert not Survey.objects.get().messages_paused


def test_what_has_gone_out_cannot_be_skipped(trust: Trust, manager: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    answer = manager.post(place(trust, survey, "messages/invitation"))
    assert answer.status_code == 409
    assert "Only a reminder can be skipped." in answer.content.decode()


def test_the_page_costs_the_same_for_many_units(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    units = [
        UnitToAsk(
            UnitFactory.create(organisation=trust.organisation, parent=trust.medicine),
            22,
            staff=[Address(f"person{number}@merrowfield.example")],
            leaders=[Leader("Lead", trust.lead.email, trust.lead)],
        )
        for number in range(6)
    ]
    survey = trust.open(*units)
    client.force_login(trust.lead)
    with django_assert_num_queries(16):
        client.get(place(trust, survey))
    with django_assert_num_queries(12):
        client.get(place(trust, survey, "recipients"))


def test_several_units_say_how_many_have_a_personal_link(trust: Trust, client: Client) -> None:
    staff = [Address(f"staff-{number}@merrowfield.example") for number in range(3)]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff), UnitToAsk(trust.ward_9, 22))
    client.force_login(trust.lead)
    page = client.get(trust.url(f"surveys/{survey.pk}/")).content.decode()
    assert "3 staff also get a personal link." in page


def test_many_units_are_rows_with_link_and_poster(trust: Trust, client: Client) -> None:
    units = [
        UnitToAsk(UnitFactory.create(organisation=trust.organisation, parent=trust.medicine), 12)
        for _ in range(30)
    ]
    survey = trust.open(*units)
    client.force_login(trust.lead)
    page = client.get(trust.url(f"surveys/{survey.pk}/")).content.decode()
    assert page.count("Print the poster") == 30
    assert "app-card__qr" not in page
    start = client.get(trust.url()).content.decode()
    assert "Tell everyone about the survey on 30 units" in start
