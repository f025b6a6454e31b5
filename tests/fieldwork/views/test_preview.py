"""Looking at the page before staff do: the very document, and nothing is kept."""

import re

import pytest
from django.core import signing
from django.test import Client

from fieldwork.actions.launch import UnitToAsk
from organisations.models import Role
from responses.models import Envelope, Tally
from responses.words.answer_page import LANGUAGES
from tests.fieldwork.launching import Trust, a_trust, an_initiative, only_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


FINAL = LANGUAGES["en-GB"].page["no_change"]
NOTHING_SENT = (
    "This was a preview. Nothing was sent or saved.",
    "Your answers are locked until the survey closes.",
)


def words_of(document: str) -> str:
    """What a person reads in it, but for the line that says it is a preview."""
    body = re.sub(r"(?s)<(script|style)[^>]*>.*?</\1>", " ", document.partition("<body")[2])
    words = re.sub(r"<[^>]*>", " ", body.partition("<main")[2]).split()
    said = " ".join(words).replace("Preview: your answers will not be sent ", "")
    # A preview has no button to send, and says in the end that nothing was sent.
    said = said.replace(f"Send my answers {FINAL} ", "")
    return said.replace(*NOTHING_SENT)


def document_in(page: str) -> str:
    """The address inside the phone's frame."""
    return page.partition('<iframe class="app-phone__screen" src="')[2].partition('"')[0]


def previewed(client: Client, trust: Trust, **fields: object) -> str:
    """The document that the preview of a launch page shows."""
    page = client.post(trust.url("surveys/preview"), fields).content.decode()
    return client.get(document_in(page).replace("&amp;", "&")).content.decode()


def test_what_is_typed_is_shown_before_launch(trust: Trust, manager: Client) -> None:
    document = previewed(manager, trust, title="Fewer <falls>", problem="They fall.")
    assert "Fewer &lt;falls&gt;" in document
    assert "They fall." in document
    assert "Ward 7" in document  # the manager's only one
    assert "What would change appears here" in document
    assert "data-mode=preview" in document


def test_it_is_the_very_page_that_staff_get(trust: Trust, manager: Client) -> None:
    """Word for word: unit, improvement from the register, closing time and minimum as chosen."""
    chosen = an_initiative(trust, title="Protected mealtimes", problem="Cold food.")
    closes = trust.closing(9)
    fields = {
        "initiative": chosen.pk, "title": "left over", "staff": "22", "minimum_group": "10",
        "closes_day": closes.day, "closes_month": f"{closes:%b}", "closes_year": closes.year,
        "comments": "none",
    }  # fmt: skip
    document = previewed(manager, trust, **fields)
    survey = trust.open(
        UnitToAsk(trust.ward_7, 22, 10), initiative=chosen, title=chosen.title,
        problem=chosen.problem, change=chosen.change, closes_at=closes,
    )  # fmt: skip
    real = Client().get(f"/q/{only_unit(survey).answer_code}").content.decode()
    assert "Protected mealtimes" in real
    assert words_of(document) == words_of(real)
    assert "10" in words_of(real)
    assert len(words_of(real)) > 2000
    assert "left over" not in document


def test_a_small_team_sees_its_joint_sheet(trust: Trust, manager: Client) -> None:
    assert words_of(previewed(manager, trust, staff="7")) != words_of(
        previewed(manager, trust, staff="8")
    )


def test_of_several_units_the_first_is_shown(trust: Trust, client: Client) -> None:
    client.force_login(trust.lead)
    fields = {"units": [trust.ward_9.pk], f"staff_{trust.ward_9.pk}": "30"}
    document = previewed(client, trust, **fields)
    assert "Ward 9" in document
    assert "Ward 7" not in document


def test_a_unit_beyond_reach_is_not_shown(trust: Trust, manager: Client) -> None:
    assert "Ward 9" not in previewed(manager, trust, unit=trust.ward_9.pk)


def test_nobody_else_puts_words_into_the_page(trust: Trust, manager: Client) -> None:
    for words in ("title=Other+words", "as=Other+words", "as=" + signing.dumps({"title": "x"})):
        answer = manager.get(trust.url(f"surveys/trial?{words}"))
        assert answer.status_code == 200
        assert "Your improvement" in answer.content.decode()


def test_the_questions_can_be_tried_without_any_survey(trust: Trust, manager: Client) -> None:
    page = manager.get(trust.url("surveys/preview")).content.decode()
    assert "You have not launched the survey yet." in page
    answer = manager.get(trust.url("surveys/trial?mode=test"))
    assert "data-mode=test" in answer.content.decode()


def test_a_survey_as_staff_meet_it(trust: Trust, manager: Client) -> None:
    survey = trust.open()
    unit = only_unit(survey)
    place = trust.url(f"surveys/{survey.pk}/units/{unit.pk}/")
    page = manager.get(place + "preview").content.decode()
    assert document_in(page) == place + "trial"
    document = manager.get(place + "trial?mode=test").content.decode()
    assert "data-mode=test" in document
    assert "Too many patients fall at night." in document


def test_test_answers_never_count(trust: Trust, manager: Client) -> None:
    survey = trust.open()
    unit = only_unit(survey)
    place = trust.url(f"surveys/{survey.pk}/units/{unit.pk}/trial?mode=test")
    manager.post(place, {"a1": "3", "secret": "x" * 43})
    assert not Envelope.objects.exists()
    assert not Tally.objects.filter(count__gt=0).exists()


def test_reviewers_have_no_previews(trust: Trust, client: Client) -> None:
    client.force_login(trust.member(Role.REVIEWER))
    assert client.get(trust.url("surveys/preview")).status_code == 403
    assert client.get(trust.url("surveys/trial")).status_code == 403
