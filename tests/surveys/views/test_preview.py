"""Looking at the page before staff do: the very document, and nothing is kept."""

import pytest
from django.test import Client

from organisations.models import Role
from surveys.models import Envelope, Tally
from tests.surveys.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def manager(trust: Trust, client: Client) -> Client:
    client.force_login(trust.manager)
    return client


def document_in(page: str) -> str:
    """The address inside the phone's frame."""
    return page.partition('<iframe class="app-phone__screen" src="')[2].partition('"')[0]


def test_what_is_typed_is_shown_before_launch(trust: Trust, manager: Client) -> None:
    typed = {"title": "Fewer <falls>", "problem": "They fall.", "unit": trust.ward_7.pk}
    page = manager.post(trust.url("surveys/preview"), typed).content.decode()
    document = manager.get(document_in(page).replace("&amp;", "&")).content.decode()
    assert "Fewer &lt;falls&gt;" in document
    assert "They fall." in document
    assert "Ward 7" in document
    assert "Here stands what would change" in document
    assert 'data-mode="preview"' in document


def test_a_unit_beyond_reach_is_not_shown(trust: Trust, manager: Client) -> None:
    typed = {"unit": trust.ward_9.pk}
    assert manager.post(trust.url("surveys/preview"), typed).status_code == 403


def test_the_questions_can_be_tried_without_any_survey(trust: Trust, manager: Client) -> None:
    page = manager.get(trust.url("surveys/preview")).content.decode()
    assert "Nothing is launched yet." in page
    answer = manager.get(trust.url("surveys/trial?mode=test"))
    assert 'data-mode="test"' in answer.content.decode()


def test_odd_words_are_cut_and_escaped(trust: Trust, manager: Client) -> None:
    answer = manager.get(
        trust.url("surveys/trial"), {"title": "\x00" + "<b>" * 500, "edition": "9" * 40}
    )
    assert answer.status_code == 200
    assert "<b><b>" not in answer.content.decode()


def test_a_survey_as_staff_meet_it(trust: Trust, manager: Client) -> None:
    survey = trust.open()
    unit = only_unit(survey)
    place = trust.url(f"surveys/{survey.pk}/units/{unit.pk}/")
    page = manager.get(place + "preview").content.decode()
    assert document_in(page) == place + "trial"
    document = manager.get(place + "trial?mode=test").content.decode()
    assert 'data-mode="test"' in document
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
