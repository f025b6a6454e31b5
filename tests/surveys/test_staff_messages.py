"""Messages to staff: their language, the survey's words, one link, the unit's name, and 160."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from fieldwork.actions.launch import UnitToAsk
from organisations.models import Organisation
from surveys.actions.locks import NotPossible
from surveys.actions.message_words import word_message
from surveys.exchange.addresses import Address
from surveys.models import Channel, Message, Survey, SurveyUnit
from surveys.rules import gsm7
from surveys.words.messages import letter_of
from surveys.words.staff_words import WORDS, CustomText, Kind
from tests.fieldwork.launching import Trust, a_trust, only_unit

ANN = Address("ann@merrowfield.example")
SIAN = Address("sian@merrowfield.example", language="cy")
NIGHTS = Address(mobile="+447700900123", works_nights=True)
OWN = CustomText(
    "Falls: your view, {unit}", "Dear all on {unit}, please help.", "please help. No name."
)


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
    assert message.survey is not None
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
    assert "we’d like to know if you think it could work here." in letter(ANN).body
    assert " at 10am. This link is only for you" in letter(ANN).body
    welsh = letter(SIAN)
    assert "gallai weithio yma." in welsh.body
    assert welsh.subject == "Arolwg staff: Fewer falls at night"
    assert " am 10yb." in welsh.body
    assert "We do not ask" not in welsh.body
    assert welsh.body.endswith("Ward 7\nMerrowfield Hospitals\n")


def test_every_message_has_the_way_to_get_no_more(survey: Survey) -> None:
    for address in (ANN, SIAN):
        found = letter(address)
        assert found.opt_out in found.body
        assert found.opt_out.startswith("https://fitness.merrowfield.nhs.example/stop/")
    sms = letter(NIGHTS)
    assert sms.channel == Channel.SMS
    assert "or opt out: https://fitness.merrowfield.nhs.example/a/" in sms.body
    assert sms.body.count("://") == 1


@pytest.mark.parametrize("step", ["invitation", "reminder_1"])
@pytest.mark.parametrize("everyone", [False, True])
def test_a_text_message_is_one_message_signed_by_the_unit(
    survey: Survey, step: str, everyone: bool
) -> None:
    Survey.objects.update(reminds_everyone=everyone)
    SurveyUnit.objects.update(unit_name="Ward 7 – Care of older people, with the day room")
    sms = letter(NIGHTS, step)
    assert sms.body.startswith("Merrowfield Hospitals, Ward 7: staff survey")
    assert "https://fitness.merrowfield.nhs.example/a/" in sms.body
    assert gsm7.length(sms.body) <= 160
    assert gsm7.plain(sms.body) == sms.body


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
    assert "Ward 7: please help. No name. Answer by " in letter(NIGHTS).body
    assert "Dear all" not in letter(SIAN).body
    assert "Dear all" not in letter(ANN, "reminder_1").body
    word_message(**asked, own=None)
    assert letter(ANN).subject == "Staff survey: Fewer falls at night"


@pytest.mark.parametrize("step", ["invitation", "reminder_1"])
def test_whatever_a_manager_writes_the_rest_is_in_every_message(
    trust: Trust, survey: Survey, step: str
) -> None:
    Survey.objects.update(reminds_everyone=True)
    for language in WORDS:
        for kind in Kind:
            word_message(
                survey=survey,
                kind=kind,
                language=language,
                by=trust.manager,
                own=CustomText("Hi", "Hi.", "Hi."),
            )
    for address, words in ((ANN, WORDS["en-GB"]), (SIAN, WORDS["cy"])):
        found = letter(address, step)
        assert found.body.startswith(f"{words.hello}\n\nHi.\n")
        for said in (
            *(words.problem.format(problem=survey.problem), words.choice, words.news),
            *(words.privacy.format(k=SurveyUnit.objects.get().minimum_group), "/a/", found.opt_out),
        ):
            assert said in found.body, (words.name, said)
        assert "\nWard 7\n" in found.body
    sms = letter(NIGHTS, step)
    assert sms.body.startswith("Merrowfield Hospitals, Ward 7: Hi. Answer by ")
    assert " or opt out: https://fitness.merrowfield.nhs.example/a/" in sms.body


def test_what_is_over_is_not_reworded(trust: Trust, survey: Survey) -> None:
    Survey.objects.update(state=Survey.State.CLOSED)
    with pytest.raises(NotPossible):
        word_message(survey=survey, kind=Kind.REMINDER, language="cy", own=OWN, by=trust.manager)
    survey.refresh_from_db()
    assert survey.message_words == {}


@pytest.mark.parametrize(
    ("closes_in", "said"),
    [
        (timedelta(days=2), "Answer by 2 Dec or opt out:"),
        (timedelta(days=1), "Answer by 1 Dec or opt out:"),
        (timedelta(0), "Answer by 10am today or opt out:"),
    ],
)
def test_a_text_message_names_the_last_whole_day(
    survey: Survey, monkeypatch: pytest.MonkeyPatch, closes_in: timedelta, said: str
) -> None:
    closes = datetime(2026, 12, 1, 10, tzinfo=survey.organisation.zone)
    SurveyUnit.objects.update(closes_at=closes + closes_in)
    monkeypatch.setattr(timezone, "now", lambda: closes - timedelta(hours=2))
    assert said in letter(NIGHTS).body


def test_the_organisation_is_called_as_its_settings_say(survey: Survey) -> None:
    Organisation.objects.update(name="Merrowfield Hospitals NHS Foundation Trust")
    assert letter(NIGHTS).body.startswith("Merrowfield Hospitals, Ward 7: ")
    Organisation.objects.update(text_name="The Merrow")
    assert letter(NIGHTS).body.startswith("The Merrow, Ward 7: ")


def test_the_invitation_says_what_comes_after_the_close(survey: Survey) -> None:
    for step in ("invitation", "reminder_1"):
        assert "After the survey closes, we’ll send you up to 2 messages" in letter(ANN, step).body


def test_braces_in_a_title_are_only_words(trust: Trust) -> None:
    survey = trust.open(UnitToAsk(trust.ward_9, 22, staff=[ANN]), by=trust.lead, title="{unit} {x}")
    assert letter(ANN).subject == "Staff survey: (unit) (x)"
    assert only_unit(survey).unit_name == "Ward 9"
