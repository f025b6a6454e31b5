"""Once there is a decision, it stands above what was scored, for the team and its manager."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Decision
from organisations.models import Role, User
from organisations.words import dates
from surveys.models import SurveyUnit
from tests.factories import ActionFactory, PriorityFactory
from tests.published_house import House

TEAM = "/w/ward-7-unguessable"
SAID = {"debrief": 1, "name": "Day team", "day": "2026-05-02", "choice": "strengthen"}
NIGHT = {"debrief": 2, "name": "", "day": "2026-05-03", "choice": "hold"}


@pytest.fixture
def decided(house: House) -> House:
    by: User = house.member(Role.MANAGER)
    unit = house.result
    initiative = unit.survey.initiative
    Decision.objects.create(
        initiative=initiative,
        unit=unit.unit,
        result=unit.pk,
        choice="strengthen",
        reason="Nights must know first.",
        debriefs=[SAID, NIGHT],
        replies=[{**NIGHT, "reply": "Nobody starts between ten and six."}],
        decided_by=by,
    )
    evidence = {"evidence_code": "RES01", "evidence_wording": "x", "evidence_link": "/"}
    for number in range(3):
        priority = PriorityFactory.create(
            initiative=initiative, unit=unit.unit, result=unit.pk, title=f"First {number}",
            **evidence,
        )  # fmt: skip
        ActionFactory.create(
            initiative=initiative,
            unit=unit.unit,
            priority=priority,
            what="Ask",
            owner="Ward manager",
            due_on=date(2031, 12, 14 + number),
            state=("planned", "done", "dropped")[number],
            added_by=by,
            **evidence,
        )
    SurveyUnit.objects.filter(pk=unit.pk).update(
        debriefed_at=timezone.now(), debrief_state="decided", debrief_views=[SAID, NIGHT]
    )
    return house


def page(client: Client, house: House, who: str) -> str:
    if who == "manager":
        client.force_login(house.member(Role.MANAGER, house.ward_7))
    answer = client.get(TEAM if who == "team" else house.address())
    return answer.content.decode()


@pytest.mark.parametrize("who", ["team", "manager"])
def test_the_decision_then_its_button_then_the_result(
    decided: House, client: Client, who: str
) -> None:
    said = page(client, decided, who)
    order = (
        "We’ve decided to strengthen first, then start.",
        "Nights must know first.",
        "One of our debriefs said: put on hold. Nobody starts between ten and six.",
        "after: Day team and one of our debriefs.",
        ">You said, we did</a>" if who == "team" else ">The plan</a>",
        "3 priorities from this result. 1 of 2 actions for them is done; the next is due on Sunday "
        "14 December 2031. 1 was dropped.",
        "staff and",
        "The 7 sections",
    )
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert said.count('<a class="nhsuk-button"') == 1


def test_while_debriefs_differ_no_decision_stands(decided: House, client: Client) -> None:
    SurveyUnit.objects.update(debrief_state="differ")
    said = page(client, decided, "team")
    assert "decided to strengthen first" not in said
    assert "Not decided yet." in said
    assert f"Day team, {dates.day(date(2026, 5, 2))}: strengthen first." in said
    assert f"One of our debriefs, {dates.day(date(2026, 5, 3))}: put on hold." in said


def test_it_takes_two_queries_more(
    decided: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.get(TEAM)
    with django_assert_num_queries(4):
        client.get(TEAM)
