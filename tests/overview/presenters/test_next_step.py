"""One line on a unit's card: what comes next with its latest result, state by state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from debriefs.models import Debrief
from initiatives.models import Commitment, Decision
from organisations.models import Role, Unit, User
from organisations.words import dates
from overview.presenters.next_step import NextStep, next_step
from overview.queries.overview import latest_of
from results import access
from surveys.models import Survey, SurveyUnit
from tests.factories import ActionFactory, PriorityFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

SAID = {"debrief": 1, "name": "Day", "day": "2026-05-02", "choice": "go_ahead"}
NIGHT = {"debrief": 2, "name": "Night", "day": "2026-05-02", "choice": "hold"}


def step_of(house: House, unit: Unit) -> NextStep | None:
    lead = house.member(Role.LEAD)
    scope = access.own_survey_units(list(lead.memberships.all()))
    found = next_step(house.organisation, latest_of(units=[unit.pk], scope=scope)[unit.pk])
    return None if found is None else replace(found, link=(found.link[0], ""))


def test_with_a_date_it_says_when_and_if_leaders_have_met(house: House) -> None:
    day = dates.day(timezone.now() + timedelta(days=5))
    assert step_of(house, house.ward_7) == NextStep(
        f"Debrief on {day}.", "Leaders have not met yet."
    )
    by: User = house.member(Role.MANAGER)
    Debrief.objects.create(
        survey_unit=house.result, kind="preparation", started_by=by, ended_at=timezone.now()
    )
    assert step_of(house, house.ward_7) == NextStep(f"Debrief on {day}.")


@pytest.mark.parametrize("days", [None, -1])
def test_without_a_day_to_come_it_asks_for_one(house: House, days: int | None) -> None:
    past = None if days is None else timezone.now() + timedelta(days=days)
    Survey.objects.update(debrief_at=past)
    assert step_of(house, house.ward_7) == NextStep("No debrief date yet.", "", ("Set a date", ""))


def test_a_day_counts_until_it_is_over(house: House) -> None:
    Survey.objects.update(debrief_at=timezone.now())
    found = step_of(house, house.ward_7)
    assert found is not None and found.lead.startswith("Debrief on")


def test_too_few_are_led_to_a_debrief_without_figures(house: House) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    Survey.objects.filter(pk=few.survey_id).update(debrief_at=None)
    assert step_of(house, house.ward_9) == NextStep(
        "No debrief planned.", "", ("Discuss without figures", "")
    )


def test_debriefs_that_have_begun_or_differ(house: House) -> None:
    SurveyUnit.objects.update(debrief_state="begun")
    assert step_of(house, house.ward_7) == NextStep(
        "A debrief has begun.", "", ("Continue the debrief", "")
    )
    SurveyUnit.objects.update(debrief_state="differ", debrief_views=[SAID, NIGHT, SAID])
    assert step_of(house, house.ward_7) == NextStep(
        "The debriefs differ:", "go ahead, put on hold.", ("Bring them together", "")
    )


def test_a_decision_says_how_far_its_plan_is(
    house: House, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    by: User = house.member(Role.MANAGER)
    units = [house.ward_7]
    for number in range(5):
        units.append(
            UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 20}")
        )
        publish(organisation=house.organisation, unit=units[-1], payload=payload())
    evidence = {"evidence_code": "RES01", "evidence_wording": "x", "evidence_link": "/"}
    for one in SurveyUnit.objects.select_related("survey__initiative", "unit"):
        about: dict[str, Any] = {"initiative": one.survey.initiative, "unit": one.unit}
        Decision.objects.create(
            **about, result=one.pk, choice="strengthen", reason="x", decided_by=by
        )
        priority = PriorityFactory.create(**about, result=one.pk, title="First", **evidence)
        due = date(2031, 12, 14)
        ActionFactory.create(
            **about, priority=priority, what="x", owner="x", due_on=due, added_by=by, **evidence
        )
    SurveyUnit.objects.update(debrief_state="decided", debriefed_at=timezone.now())
    assert step_of(house, house.ward_7) == NextStep(
        "Strengthen first,",
        f"decided {dates.day(timezone.now())}. The action for its priority is not done yet; it is "
        "due on Sunday 14 December 2031.",
        ("The plan", ""),
    )
    scope = access.own_survey_units(list(house.member(Role.LEAD).memberships.all()))
    with django_assert_max_num_queries(6):
        latest_of(units=[one.pk for one in units], scope=scope)


def test_a_survey_under_way_says_when_it_closes(house: House) -> None:
    running = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    SurveyUnit.objects.filter(pk=running.pk).update(closes_at=timezone.now() + timedelta(days=3))
    assert step_of(house, house.ward_9) == NextStep("Next:", "it closes in 3 days.")


def test_a_unit_without_a_survey_has_none(house: House) -> None:
    assert step_of(house, house.ward_9) is None


@pytest.mark.parametrize("state", ["none", "begun", "differ", "decided"])
def test_of_what_has_ended_nothing_comes_next(house: House, state: str) -> None:
    SurveyUnit.objects.update(debrief_state=state)
    about: dict[str, Any] = {"initiative": house.result.survey.initiative, "unit": house.ward_7}
    Commitment.objects.update_or_create(**about, defaults={"state": "stopped"})
    assert step_of(house, house.ward_7) == NextStep("The improvement has ended here.")
    Commitment.objects.update(state="on_hold")
    assert step_of(house, house.ward_7) != NextStep("The improvement has ended here.")
