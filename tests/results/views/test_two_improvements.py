"""The change between surveys about two improvements: no verdict, the place for both."""

import re

from django.test import Client

from instruments.actions.draft import copy_to_draft
from organisations.models import Role
from surveys.models import Survey
from tests.factories import SurveyFactory
from tests.published_house import House
from tests.results.changes import another, audit, with_change
from tests.results.payloads import payload


def test_two_improvements_have_no_verdict_whatever_was_stored(house: House, client: Client) -> None:
    second = another(house, MGR={"word": "clear rise", "difference": 1.2})
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    for address in (
        "/w/second/change",
        "/w/second/change?figures=1",
        f"{house.address(second)}change",
    ):
        page = client.get(address).content.decode()
        assert "2 surveys of 2 improvements" in page
        assert "There is no “rise” or “fall” here." in page
        assert "Clear rise" not in page
        assert "lear change" not in page
        main = page[page.index("<h1>") : page.index('class="app-notice"')]
        assert not re.search(r"\d\.\d", re.sub(r"<[^>]+>", " ", main)), "no decimal"


def test_only_the_section_about_the_place_is_shown_for_both(house: House, client: Client) -> None:
    another(house)
    page = client.get("/w/second/change").content.decode()
    assert "6 of the 7 sections ask about the improvement itself" in page
    assert "1 section asks about the team, so it is shown for both." in page
    assert page.count('class="app-beside"') == 1
    beside = page[page.index('class="app-beside"') : page.index("about the improvement</h2>")]
    assert "Front-line staff and environment" in beside
    assert beside.count("<svg") == beside.count('class="app-chart__ward"') == 2
    assert "app-chart__range" not in beside
    assert "“Fewer falls at night” in May 2026, “Shared pain plan” in" in page
    assert 'href="/w/first"' in page[page.index("The 6 sections about the improvement") :]
    assert "ask again about “Shared pain plan” from" in page


def test_an_instrument_without_a_section_about_the_place_shows_none(
    house: House, client: Client
) -> None:
    second = another(house)
    editor = house.member(Role.EDITOR)
    copy = copy_to_draft(version=second.survey.version, organisation=house.organisation, by=editor)
    copy.sections.update(asks_about="change")
    Survey.objects.filter(pk=second.survey_id).update(
        version=copy, ward_edition=copy.editions.get(code=second.survey.ward_edition.code)
    )
    page = client.get("/w/second/change").content.decode()
    assert "All 7 sections ask about the improvement itself" in page
    assert 'class="app-beside"' not in page


def test_another_wording_of_the_place_is_not_put_beside_it(house: House, client: Client) -> None:
    second = another(house)
    edition = second.survey.version.editions.exclude(pk=second.survey.ward_edition_id).first()
    assert edition is not None
    Survey.objects.filter(pk=second.survey_id).update(ward_edition=edition)
    page = client.get("/w/second/change").content.decode()
    assert "in the same words, so none is shown twice" in page
    assert 'class="app-beside"' not in page


def test_two_improvements_of_one_title_are_two(house: House, client: Client) -> None:
    another(house, title="Fewer falls at night")
    page = client.get("/w/second/change").content.decode()
    assert "two with the same title, “Fewer falls at night”" in page


def test_the_same_improvement_under_another_title_is_no_other(house: House, client: Client) -> None:
    first = audit(house, payload(), days_ago=200, code="first")
    made = with_change(first)
    assert made["change"] is not None
    for section in made["change"]["sections"]:
        section["withheld"] = "other_wording"
    made["change"]["version"] = "0"
    audit(house, made, days_ago=20, code="second", title="Falls, again")
    page = client.get("/w/second/change").content.decode()
    assert "2 improvements" not in page
    assert "The last one used version 0, this one version 1" in page
    assert "Change since" in client.get("/w/second").content.decode()


def test_the_result_names_the_month_that_change_looks_back_to(house: House, client: Client) -> None:
    """Not the survey before, if that one was about another improvement."""
    first = audit(house, payload(), days_ago=200, code="first")
    about = SurveyFactory.create(organisation=house.organisation).initiative
    audit(house, payload(), days_ago=100, code="between", initiative=about)
    audit(house, with_change(first), days_ago=20, code="second")
    page = client.get("/w/second").content.decode()
    assert 'href="/w/between"' in page, "the survey before"
    assert f">Change since {first.closes_at:%B %Y}</a>" in page


def test_the_result_says_if_the_survey_before_was_about_another(
    house: House, client: Client
) -> None:
    second = another(house)
    page = client.get("/w/second").content.decode()
    assert "about another improvement</a>" in page
    assert "Change since" not in page
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    assert "about another improvement</a>" in client.get(house.address(second)).content.decode()
