"""Which units may need support: by name, with the reasons in words."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.decision import decide
from initiatives.actions.plan import add_action
from initiatives.models import Commitment, Decision, Initiative
from organisations.models import Role, Unit
from surveys.models import SurveyUnit
from tests.debriefs.held import held_debrief
from tests.factories import PriorityFactory, SurveyFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def page_of(house: House, query: str = "", role: Role = Role.LEAD, unit: Unit | None = None) -> str:
    client = Client()
    client.force_login(house.member(role, unit))
    text = client.get(f"/o/{house.organisation.slug}/overview/support/{query}").text
    return " ".join(text.split())


def talked(house: House, unit: SurveyUnit, choice: str = "go_ahead", reason: str = "So.") -> None:
    by = house.member(Role.LEAD)
    decide(
        initiative=unit.survey.initiative,
        unit=unit.unit,
        result=unit.pk,
        choice=choice,
        reason=reason,
        debriefs=[],
        replies=[],
        by=by,
    )
    held_debrief(unit, by=by, choice=choice)


def is_late(house: House, unit: SurveyUnit) -> None:
    priority = PriorityFactory.create(
        initiative=unit.survey.initiative, unit=unit.unit, result=unit.pk
    )
    due = timezone.localdate() - timedelta(days=1)
    by = house.member(Role.LEAD)
    add_action(priority=priority, what="Hang it up", owner="Clerk", due_on=due, by=by)


def test_a_ward_that_goes_ahead_needs_none(house: House) -> None:
    assert "No debrief yet" in page_of(house)
    talked(house, house.result)
    text = page_of(house)
    assert "No units need support right now" in text
    assert "Ward 7" not in text


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Decision.Choice.HOLD, "Put on hold: Fewer falls at night. “Two posts are empty.”"),
        (Decision.Choice.STRENGTHEN, "Strengthen first: Fewer falls at night."),
    ],
)
def test_what_the_team_decided_is_said_until_it_is_over(
    house: House, choice: str, said: str
) -> None:
    talked(house, house.result, choice, "Two posts are empty.")
    assert said in page_of(house)
    Initiative.objects.update(state=Initiative.State.FINISHED)
    assert said not in page_of(house)


def test_only_the_latest_decision_counts(house: House) -> None:
    talked(house, house.result, Decision.Choice.HOLD)
    talked(house, house.result, Decision.Choice.GO_AHEAD)
    assert "Put on hold:" not in page_of(house)


def test_late_actions_lead_to_the_list_of_that_unit(house: House) -> None:
    talked(house, house.result)
    is_late(house, house.result)
    text = page_of(house)
    assert "1 action is overdue." in text
    address = re.search(r'href="([^"]*actions/\?show=late[^"]*)"', text)
    assert address is not None
    client = Client()
    client.force_login(house.member(Role.LEAD))
    assert "Hang it up" in client.get(address[1].replace("&amp;", "&")).text


def test_few_answers_are_said_without_a_number_below_k(house: House) -> None:
    few = payload("too_few")
    publish(organisation=house.organisation, unit=house.ward_9, payload=few)
    assert "Fewer than 7 of 22 answered. The answers were deleted unopened." in page_of(house)
    indicative = payload()
    indicative["caution"], indicative["answered"] = "indicative", 8
    ward = UnitFactory.create(organisation=house.organisation, name="Ward 11")
    unit = publish(organisation=house.organisation, unit=ward, payload=indicative)
    talked(house, unit)
    assert "8 of 22 answered: rough guide only" in page_of(house, "?why=answers")


def test_units_stand_by_name_and_the_filters_in_the_address(house: House) -> None:
    surgery = UnitFactory.create(organisation=house.organisation, name="Surgery")
    for name in ("Ward 30", "Ward 4"):
        ward = UnitFactory.create(organisation=house.organisation, name=name, parent=surgery)
        publish(organisation=house.organisation, unit=ward, payload=payload())
    text = page_of(house)
    assert text.index("Ward 7") < text.index("Ward 4") < text.index("Ward 30")
    assert "3 of 4 units, by name" in text
    assert "Ward 7 –" not in page_of(house, f"?division={surgery.pk}")
    assert "No units match your search" in page_of(house, "?why=hold")
    assert "Ward 30" not in page_of(house, "?q=ward 4")
    assert "Ward 30" in page_of(house, "?why=%C2%B2&division=&q=&page=x")


def test_a_manager_sees_their_own_unit_only(house: House) -> None:
    publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    text = page_of(house, role=Role.MANAGER, unit=house.ward_9)
    assert "Ward 9" in text
    assert "Ward 7" not in text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", ["support", "base"])
def test_nobody_else_has_these_pages(house: House, role: Role, page: str) -> None:
    client = Client()
    client.force_login(house.member(role))
    assert client.get(f"/o/{house.organisation.slug}/overview/{page}/").status_code == 403


def test_many_units_cost_no_more_queries(house: House, django_assert_num_queries: Any) -> None:
    survey = SurveyFactory.create(organisation=house.organisation)
    for number in range(70):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        unit = publish(organisation=house.organisation, unit=ward, payload=payload(), survey=survey)
        is_late(house, unit)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    address = f"/o/{house.organisation.slug}/overview/support/"
    with django_assert_num_queries(10):
        text = client.get(address).text
    assert text.count("<h3>") == 60
    with django_assert_num_queries(9):  # what was released is known by now
        client.get(address)


def test_nothing_is_asked_about_what_has_ended_on_the_unit(house: House) -> None:
    """Elsewhere it may go on, so the improvement itself is not over."""
    about: dict[str, Any] = {"initiative": house.result.survey.initiative, "unit": house.ward_7}
    here, _ = Commitment.objects.update_or_create(**about, defaults={"state": "proposed"})
    manager = Client()
    manager.force_login(house.member(Role.MANAGER, house.ward_7))
    home = f"/o/{house.organisation.slug}/"
    assert "No debrief yet" in page_of(house)
    assert "Discuss the result with your team" in manager.get(home).text
    Commitment.objects.filter(pk=here.pk).update(state="stopped")
    assert "No units need support right now" in page_of(house)
    assert "Discuss the result with your team" not in manager.get(home).text
    Commitment.objects.filter(pk=here.pk).update(state="proposed")
    talked(house, house.result, choice="hold", reason="Too much at once.")
    assert "Put on hold: " in page_of(house)
    SurveyUnit.objects.update(debrief_state="differ", differ_since=timezone.now())
    assert "bring them together" in manager.get(home).text
    Commitment.objects.filter(pk=here.pk).update(state="stopped")
    assert "No units need support right now" in page_of(house)
    assert "bring them together" not in manager.get(home).text
