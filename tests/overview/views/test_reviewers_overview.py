"""A senior reviewer's view of all units: results they may read, and nothing to do for others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from results.access import REVIEWERS_WAIT
from surveys.models import SurveyUnit
from tests.factories import UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

PAGES = ("", "support/", "base/")
# What a page about many units says of a result.
FIGURES = ("14 of 22 answered", "<caption>", "No debrief yet:", "/results/")


def text_of(house: House, page: str, *roles: Role) -> str:
    client, (first, *more) = Client(), roles
    user = house.member(first)
    for role in more:
        house.organisation.memberships.create(user=user, role=role, unit=house.ward_9)
    client.force_login(user)
    answer = client.get(f"/o/{house.organisation.slug}/overview/{page}")
    assert answer.status_code == 200
    return " ".join(answer.text.split("<main")[1].split())


def out_since(house: House, wait: timedelta, **fields: object) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        published_at=timezone.now() - wait, debriefed_at=None, **fields
    )


@pytest.mark.parametrize("page", PAGES)
def test_before_the_debrief_or_14_days_no_page_says_anything_of_it(house: House, page: str) -> None:
    out_since(house, REVIEWERS_WAIT - timedelta(minutes=5))
    text = text_of(house, page, Role.REVIEWER)
    assert "You can read a result of 0 of 2 units." in text
    assert [words for words in FIGURES if words in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_from_the_14th_day_it_is_there(house: House, page: str) -> None:
    out_since(house, REVIEWERS_WAIT)
    text = text_of(house, page, Role.REVIEWER)
    assert "You can read a result of 1 of 2 units." in text
    assert [words for words in FIGURES if words in text] != []


def test_once_discussed_it_is_there_at_once(house: House) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(debriefed_at=timezone.now())
    assert "14 of 22 answered" in text_of(house, "", Role.REVIEWER)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_offered_that_is_for_the_team_to_do(house: House, page: str) -> None:
    out_since(house, REVIEWERS_WAIT)
    text = text_of(house, page, Role.REVIEWER)
    for words in ("Hold the debrief", "Set a date", "Debriefs to hold first", "/debrief", "/plan"):
        assert words not in text


def test_whoever_is_also_a_manager_does_there_what_is_theirs(house: House) -> None:
    """Reviewer of all, manager of Ward 9: only its own is to be done, and is there at once."""
    own = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    assert own.published_at is not None
    out_since(house, timedelta(days=1))
    text = text_of(house, "", Role.REVIEWER, Role.MANAGER)
    assert text.count("14 of 22 answered") == 1
    assert "You can read a result of 1 of 2 units." in text
    assert f"/results/{own.pk}/" in text
    assert f"/results/{house.result.pk}/" not in text


def test_a_manager_or_lead_reads_no_such_line(house: House) -> None:
    for page in PAGES:
        assert "You can read a result" not in text_of(house, page, Role.LEAD)


def test_a_running_survey_of_others_is_not_counted(house: House) -> None:
    ward = UnitFactory.create(organisation=house.organisation, name="Ward 12")
    running = publish(organisation=house.organisation, unit=ward, payload=None)
    SurveyUnit.objects.filter(pk=running.pk).update(state="open", published_at=None)
    text = text_of(house, "", Role.REVIEWER)
    assert "Enough for a result" not in text
    assert "Not enough for a result yet" not in text
