"""All units on one page, for those whose results they are."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role, Unit
from scoring.models import Snapshot
from surveys.models import Survey, SurveyUnit
from tests.debriefs.held import held_debrief
from tests.factories import SurveyFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

CARD = '<h4 class="app-cards__name">'


def client_of(house: House, role: Role, unit: Unit | None = None) -> Client:
    client = Client()
    client.force_login(house.member(role, unit))
    return client


def page_of(house: House) -> str:
    return f"/o/{house.organisation.slug}/overview/"


@pytest.fixture
def divisions(house: House) -> tuple[Unit, Unit]:
    """Two divisions with wards of every tier, and one that was never asked."""
    medicine, surgery = (
        UnitFactory.create(organisation=house.organisation, name=name)
        for name in ("Medicine", "Surgery")
    )
    for number, tier in enumerate(("figures", "small", "words", "too_few", "joint"), 20):
        ward = UnitFactory.create(
            organisation=house.organisation, name=f"Ward {number}", parent=medicine
        )
        publish(organisation=house.organisation, unit=ward, payload=payload(tier))  # type: ignore[arg-type]
    asked = UnitFactory.create(organisation=house.organisation, name="Ward 8", parent=surgery)
    publish(organisation=house.organisation, unit=asked, payload=None)
    UnitFactory.create(organisation=house.organisation, name="Ward 10", parent=surgery)
    return medicine, surgery


def test_units_stand_by_name_under_their_divisions(
    house: House, divisions: tuple[Unit, Unit]
) -> None:
    text = client_of(house, Role.LEAD).get(page_of(house)).text
    places = [
        text.split("All units by name")[1].index(word)
        for word in ("Medicine <", "Ward 20", "Ward 24", "Surgery <")
    ]
    assert places == sorted(places)
    surgery = text.split("All units by name")[1][places[-1] :]
    assert surgery.index("Ward 8") < surgery.index("Ward 10")
    assert "4 of 5 units with a result" in text
    assert "0 of 2 units with a result" in text
    assert text.count("has not been validated") == 1


def test_a_correction_that_shows_no_new_figures_leaves_the_count_as_it_is(
    house: House, divisions: tuple[Unit, Unit]
) -> None:
    first = Snapshot.objects.get(survey_unit__unit__name="Ward 20")
    kept = first.payload.copy()
    kept["kept"] = "corrected"
    for number in (2, 3):
        first = Snapshot.objects.create(
            survey_unit=first.survey_unit,
            number=number,
            released_at=timezone.now(),
            payload=kept,
            replaces=first,
            reason="One form was counted twice.",
        )
    text = client_of(house, Role.LEAD).get(page_of(house)).text
    assert "4 of 5 units with a result" in text
    assert text.count(f"{CARD}Ward 20") + text.count(">Ward 20</a>") == 1


def test_each_tier_says_no_more_than_was_released(
    house: House, divisions: tuple[Unit, Unit]
) -> None:
    text = client_of(house, Role.LEAD).get(page_of(house)).text
    cards = {part.split("</a>")[0].rsplit(">", 1)[1]: part for part in text.split(CARD)[1:]}
    assert "app-chart__ward" in cards["Ward 20"] and "app-chart__ward" in cards["Ward 21"]
    in_cards = text.split("Show as a table")[0]
    assert not re.search(r">[^<]*\d\.\d", in_cards), "figures stand in the table and on the page"
    assert "app-chart" not in cards["Ward 22"] and "words, no figures" in cards["Ward 22"]
    assert "<dd>a moderate to a great</dd>" in cards["Ward 22"]
    assert "No result: fewer than 7 of 22 answered. The answers were" in cards["Ward 23"]
    assert "app-chart" not in cards["Ward 23"]
    assert "Fewer falls at night · one form, agreed by the team" in cards["Ward 24"]
    assert "Open until" in cards["Ward 8"]
    assert "No survey yet" in text.split("Ward 10")[1]


def test_debriefs_that_are_due_come_first(house: House, divisions: tuple[Unit, Unit]) -> None:
    client, page = client_of(house, Role.LEAD), page_of(house)
    text = client.get(page).text
    assert text.index("Debriefs to hold first") < text.index("All units by name")
    due = text.split("All units by name")[0]
    assert "Ward 20" in due and "Ward 23" not in due and "Ward 8" not in due
    held = SurveyUnit.objects.get(unit__name="Ward 20")
    held_debrief(held, by=house.member(Role.LEAD))
    assert "Ward 20" not in client.get(page).text.split("All units by name")[0]


def test_the_filters_are_in_the_address(house: House, divisions: tuple[Unit, Unit]) -> None:
    client, page = client_of(house, Role.LEAD), page_of(house)

    def names(query: str) -> set[str]:
        cards = client.get(page + query).text.split(CARD)[1:]
        return {re.sub("<[^>]+>", "", card.split("</h4>")[0]) for card in cards}

    medicine, _ = divisions
    assert "Ward 8" not in names(f"?division={medicine.pk}")
    assert "Ward 20" in names("?show=result") and "Ward 8" not in names("?show=result")
    assert "Ward 8" in names("?show=running") and "Ward 20" not in names("?show=running")
    assert "Ward 10" in names("?show=none") and "Ward 8" not in names("?show=none")
    assert "Ward 20" not in names("?q=ward 1")
    assert "No units match your search" in client.get(f"{page}?q=nowhere").text
    assert client.get(f"{page}?q=%C2%B2&division=x&show=y&page=z").status_code == 200


def test_a_manager_sees_their_own_unit_only(house: House, divisions: tuple[Unit, Unit]) -> None:
    text = client_of(house, Role.MANAGER, house.ward_7).get(page_of(house)).text
    assert "Ward 7" in text and "Ward 20" not in text
    assert 'name="division"' not in text, "one unit needs no filters"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_nobody_else_has_this_page(house: House, role: Role) -> None:
    assert client_of(house, role).get(page_of(house)).status_code == 403


def test_five_hundred_units_cost_no_more_queries(
    house: House, django_assert_max_num_queries: Any
) -> None:
    survey = SurveyFactory.create(organisation=house.organisation, state=Survey.State.PUBLISHED)
    for number in range(500):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        if number < 70:
            publish(organisation=house.organisation, unit=ward, payload=payload(), survey=survey)
    client = client_of(house, Role.LEAD)
    with django_assert_max_num_queries(12):
        started = time.process_time()
        text = client.get(page_of(house)).text
        spent = time.process_time() - started
    assert text.count(CARD) == 60
    assert "502 of 502 units" in text
    assert spent < 3, "a guard against work that grows with the number of units"
