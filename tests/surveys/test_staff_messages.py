"""Messages to staff: their language, the survey's words, two links, the unit's name, and 160."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from surveys import gsm7
from surveys.actions.launch import UnitToAsk
from surveys.actions.message_words import word_message
from surveys.actions.turning import NotPossible
from surveys.addresses import Address
from surveys.messages import letter_of, opt_out_link
from surveys.models import Channel, Invitation, Message, Survey, SurveyUnit
from surveys.staff_messages import Links, short_name, staff_sms
from surveys.staff_words import WORDS, Kind, Own
from tests.surveys.launching import Trust, a_trust, only_unit

ANN = Address("ann@merrowfield.example")
SIAN = Address("sian@merrowfield.example", language="cy")
NIGHTS = Address(mobile="+447700900123", works_nights=True)
OWN = Own("Falls: your view, {unit}", "Dear all on {unit}, please help.", "please help. No name.")


@pytest.fixture
def trust(db: None, settings: Settings) -> Trust:
    settings.PUBLIC_URL = "https://fitness.merrowfield.nhs.example"
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=[ANN, SIAN, NIGHTS]))


def letter(address: Address, step: str = "invitation") -> Any:
    message = Message.objects.select_related(
        "survey__organisation", "survey_unit", "invitation__contact"
    ).get(
        step=step,
        invitation__contact__email=address.email,
        invitation__contact__mobile=address.mobile,
    )
    with timezone.override(message.survey.organisation.zone):
        return letter_of(message)


def test_every_language_has_every_word() -> None:
    english = WORDS["en-GB"]
    for words in WORDS.values():
        assert set(words.own) == set(Kind)
        for name in ("ask", "until", "privacy", "stop", "problem", "change"):
            said, usual = getattr(words, name), getattr(english, name)
            braces = [part.split("}")[0] for part in usual.split("{")[1:]]
            assert all(f"{{{one}}}" in said for one in braces), (words.name, name)


def test_each_is_written_to_in_their_language(survey: Survey) -> None:
    assert "Could it work here?" in letter(ANN).body
    welsh = letter(SIAN)
    assert "A allai weithio yma?" in welsh.body
    assert welsh.subject == "Fewer falls at night: a allai weithio yma?"
    assert " am 10:00." in welsh.body
    assert "We do not ask" not in welsh.body
    assert welsh.body.endswith("Ward 7\nMerrowfield Hospitals\n")


def test_every_message_has_the_way_to_get_no_more(survey: Survey) -> None:
    for address in (ANN, SIAN):
        found = letter(address)
        assert found.opt_out in found.body
        assert found.opt_out.startswith("https://fitness.merrowfield.nhs.example/stop/")
    sms = letter(NIGHTS)
    assert sms.channel == Channel.SMS
    assert sms.opt_out.removeprefix("https://") in sms.body


@pytest.mark.parametrize("step", ["invitation", "reminder_1"])
@pytest.mark.parametrize("everyone", [False, True])
def test_a_text_message_is_one_message_signed_by_the_unit(
    survey: Survey, step: str, everyone: bool
) -> None:
    Survey.objects.update(reminds_everyone=everyone)
    SurveyUnit.objects.update(unit_name="Ward 7 – Care of older people, with the day room")
    sms = letter(NIGHTS, step)
    assert sms.body.startswith("Ward 7: ")
    assert "https://fitness.merrowfield.nhs.example/a/" in sms.body
    assert gsm7.length(sms.body) <= 160
    assert gsm7.plain(sms.body) == sms.body


@given(
    unit_name=st.text(min_size=1, max_size=120),
    words=st.text(min_size=1, max_size=160),
    row=st.integers(1, 10**7 - 1),
)
def test_whatever_is_typed_the_links_stay_whole(unit_name: str, words: str, row: int) -> None:
    survey = Survey(title="Falls", message_words={"invitation:en-GB": vars_of(words)})
    unit = SurveyUnit(unit_name=unit_name)
    answer = f"https://fitness.merrowfield.nhs.example/a/{'x' * 24}"
    links = Links(answer, opt_out_link(Invitation(pk=row)))
    sms = staff_sms(survey=survey, unit=unit, kind=Kind.INVITATION, links=links, language="en-GB")
    assert f" {links.answer} " in sms
    assert sms.endswith(links.stop.partition("://")[2])
    assert gsm7.length(sms) <= 160


def vars_of(sms: str) -> dict[str, str]:
    return {"subject": "s", "opening": "o", "sms": sms}


def test_a_survey_s_own_words_are_sent_and_taken_back(trust: Trust, survey: Survey) -> None:
    asked: dict[str, Any] = {
        "survey": survey,
        "kind": Kind.INVITATION,
        "language": "en-GB",
        "by": trust.manager,
    }
    word_message(**asked, own=OWN)
    found = letter(ANN)
    assert found.subject == "Falls: your view, Ward 7"
    assert "Dear all on Ward 7, please help." in found.body
    assert "We do not ask your name." in found.body
    assert "Ward 7: please help. No name. https://" in letter(NIGHTS).body
    assert "Dear all" not in letter(SIAN).body
    assert "Dear all" not in letter(ANN, "reminder_1").body
    word_message(**asked, own=None)
    assert letter(ANN).subject == "Fewer falls at night: could it work here?"


def test_what_is_over_is_not_reworded(trust: Trust, survey: Survey) -> None:
    Survey.objects.update(state=Survey.State.CLOSED)
    with pytest.raises(NotPossible):
        word_message(survey=survey, kind=Kind.REMINDER, language="cy", own=OWN, by=trust.manager)
    survey.refresh_from_db()
    assert survey.message_words == {}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ward 7 – care of older people", "Ward 7"),
        ("Ward 4, day surgery", "Ward 4"),
        ("Pain team (community)", "Pain team"),
        ("Tŷ Gwyn – adsefydlu", "Ty Gwyn"),
        ("Accident-and-emergency department", "Accident-and-emergen"),
    ],
)
def test_a_unit_s_name_is_short_in_a_text_message(name: str, short: str) -> None:
    assert short_name(name) == short


def test_braces_in_a_title_are_only_words(trust: Trust) -> None:
    survey = trust.open(UnitToAsk(trust.ward_9, 22, staff=[ANN]), by=trust.lead, title="{unit} {x}")
    assert letter(ANN).subject == "(unit) (x): could it work here?"
    assert only_unit(survey).unit_name == "Ward 9"
