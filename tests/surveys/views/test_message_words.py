"""Changing what a message says: a live preview, checks on saving, a test to oneself."""

import pytest
from django.test import Client
from pytest_django import Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry, UrgentEmail
from surveys.models import Survey
from tests.fieldwork.launching import Trust, a_trust
from tests.servers import Server

pytestmark = pytest.mark.django_db
GOOD = {
    "subject": "Falls on {unit}",
    "opening": "Dear colleagues on {unit}, please help us.",
    "sms": "please help. No name.",
}


@pytest.fixture
def trust(settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.merrowfield.example"
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def place(trust: Trust, survey: Survey, rest: str = "invitation") -> str:
    return trust.url(f"surveys/{survey.pk}/words/{rest}")


def words(html: bytes) -> str:
    return " ".join(html.decode().split())


def test_the_page_shows_the_usual_words_and_how_they_read(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    page = words(manager.get(place(trust, survey)).content)
    assert "{unit} is planning an improvement: Fewer falls at night." in page
    assert "Ward 7 is planning an improvement: Fewer falls at night." in page
    assert "Ward 7: staff survey, 8 minutes." in page
    assert "of 160." in page
    welsh = words(manager.get(place(trust, survey, "reminder?language=cy")).content)
    assert "Mae amser o hyd i ateb" in welsh
    for missing in ("nothing", "invitation?language=fr"):
        assert manager.get(place(trust, survey, missing)).status_code == 404


def test_the_preview_follows_without_saving(trust: Trust, survey: Survey, manager: Client) -> None:
    form = {**GOOD, "sms": "x" * 150, "do": "look"}
    answer = manager.post(place(trust, survey), form, headers={"HX-Request": "true"})
    page = words(answer.content)
    assert answer.status_code == 200
    assert "<html" not in page
    assert "Dear colleagues on Ward 7, please help us." in page
    assert "characters too long" in page
    survey.refresh_from_db()
    assert survey.message_words == {}
    # Without script the whole page comes.
    assert "Dear colleagues on Ward 7" in words(
        manager.post(place(trust, survey), {**GOOD, "do": "look"}).content
    )


def test_saved_words_stay_and_can_be_taken_back(
    trust: Trust, survey: Survey, manager: Client
) -> None:
    for _ in range(2):
        assert manager.post(place(trust, survey), {**GOOD, "do": "save"}).status_code == 302
    survey.refresh_from_db()
    assert survey.message_words == {"invitation:en-GB": GOOD}
    entry = AuditEntry.objects.get(action="message reworded")
    assert entry.detail == {"kind": "invitation", "language": "en-GB"}
    assert "Use the standard words" in words(manager.get(place(trust, survey)).content)
    manager.post(place(trust, survey), {"do": "usual"})
    survey.refresh_from_db()
    assert survey.message_words == {}


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("sms", "x" * 150, "characters shorter to fit in 160 with its link"),
        ("sms", "please ✔", "Remove characters that text messages cannot use: ✔"),
        ("sms", "", "Enter the words of"),
        ("subject", "x" * 101, "must be 100 characters or fewer"),
        ("opening", "see https://elsewhere.example", "Remove the link"),
        ("opening", "see www.elsewhere.example", "Remove the link"),
        ("opening", "Hello {name}", "Only use curly brackets for {unit}"),
    ],
)
def test_wrong_words_are_not_kept(
    trust: Trust, survey: Survey, manager: Client, field: str, text: str, sentence: str
) -> None:
    answer = manager.post(place(trust, survey), {**GOOD, field: text, "do": "save"})
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    survey.refresh_from_db()
    assert survey.message_words == {}


def test_a_test_goes_to_oneself_only(
    trust: Trust,
    survey: Survey,
    manager: Client,
    valkey: Server,
) -> None:
    answer = manager.post(place(trust, survey), {**GOOD, "do": "test"})
    assert "We’ve sent a test to manager@merrowfield.example" in words(answer.content)
    sent = UrgentEmail.objects.get()
    assert (sent.subject, sent.to) == ("Test: Falls on Ward 7", "manager@merrowfield.example")
    assert "your-own-link-comes-here" in sent.body
    assert "Ward 7: please help. No name. Answer by " in sent.body
    valkey.kill()
    answer = manager.post(place(trust, survey), {**GOOD, "do": "test"})
    assert "Emails are delayed, so it may arrive late" in words(answer.content)
    survey.refresh_from_db()
    assert survey.message_words == {}


def test_one_who_reaches_only_some_units_changes_no_words(trust: Trust, client: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    client.force_login(trust.manager)
    assert client.get(place(trust, survey)).status_code == 403
    assert client.post(place(trust, survey), {**GOOD, "do": "save"}).status_code == 403
