"""All actions in one list, for those whose units they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.models import Choice
from initiatives.actions.plan import add_action
from initiatives.models import Action, Priority, Review
from initiatives.queries.plans import ENDED
from organisations.models import AuditEntry, Role, Unit
from surveys.models import SurveyUnit
from tests.factories import PriorityFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def page_of(house: House, query: str = "", role: Role = Role.LEAD, unit: Unit | None = None) -> str:
    client = Client()
    client.force_login(house.member(role, unit))
    return client.get(f"/o/{house.organisation.slug}/actions/{query}").text


def act(house: House, unit: SurveyUnit, what: str, days: int, owner: str = "Ward clerk") -> Action:
    priority = Priority.objects.filter(result=unit.pk).first()
    if priority is None:
        priority = PriorityFactory.create(
            initiative=unit.survey.initiative, unit=unit.unit, result=unit.pk
        )
        Choice.objects.create(priority=priority)
    due = timezone.localdate() + timedelta(days=days)
    by = house.member(Role.LEAD)
    return add_action(priority=priority, what=what, owner=owner, due_on=due, by=by)


@pytest.fixture
def other(house: House) -> SurveyUnit:
    return publish(organisation=house.organisation, unit=house.ward_9, payload=payload())


def test_actions_stand_by_unit_then_by_day(house: House, other: SurveyUnit) -> None:
    assert "There are no open actions" in page_of(house)
    for unit, what, days in (
        (other, "Third", 2),
        (house.result, "Second", 5),
        (house.result, "First", -12),
    ):
        act(house, unit, what, days)
    text = page_of(house)
    places = [text.index(f">{what}</a>") for what in ("First", "Second", "Third")]
    assert places == sorted(places)
    assert "3 actions, by unit" in text
    assert text.count("Overdue:") == 1
    assert "12 days ago" in text


def test_the_filters_are_in_the_address(house: House, other: SurveyUnit) -> None:
    act(house, house.result, "Late one", -1)
    act(house, other, "Early one", 3, owner="Night sister")
    done = act(house, other, "Done one", -5)
    Action.objects.filter(pk=done.pk).update(
        state="done", outcome="It hangs.", closed_on=timezone.localdate()
    )

    def shown(query: str) -> set[str]:
        text = page_of(house, query)
        return {name for name in ("Late one", "Early one", "Done one") if f">{name}</a>" in text}

    assert shown("") == {"Late one", "Early one"}
    assert shown("?show=late") == {"Late one"}
    assert shown("?show=closed") == {"Done one"}
    assert "It hangs." in page_of(house, "?show=closed")
    assert shown("?q=night") == {"Early one"}
    assert shown("?q=ward 9&show=late") == set()
    assert "No actions match your search" in page_of(house, "?q=ward 9&show=late")
    assert shown("?q=%20&show=%C2%B2&page=x") == {"Late one", "Early one"}


def test_an_empty_choice_says_what_there_is_none_of(house: House) -> None:
    for show, said in (
        ("late", "No actions are overdue"),
        ("closed", "No actions are done or dropped yet"),
        ("missed", "No actions were first due in the last 12 weeks"),
        ("unheard", "There are no open actions"),
    ):
        assert said in page_of(house, f"?show={show}")
        assert "No actions match" not in page_of(house, f"?show={show}")
    due = act(house, house.result, "Hang a bell", 1)
    assert "No actions were first due" in page_of(house, "?show=missed"), "its day is to come"
    yesterday = timezone.localdate() - timedelta(days=1)
    Action.objects.filter(pk=due.pk).update(
        state="done", outcome="It hangs.", closed_on=yesterday, due_on=yesterday,
        first_due_on=yesterday,
    )  # fmt: skip
    assert "All actions first due in the last 12 weeks were closed on time" in page_of(
        house, "?show=missed"
    )


def test_each_sees_their_own_units_only(house: House, other: SurveyUnit) -> None:
    act(house, house.result, "Ours", 3)
    act(house, other, "Theirs", 3)
    text = page_of(house, role=Role.MANAGER, unit=house.ward_7)
    assert "Ours" in text
    assert "Theirs" not in text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_nobody_else_has_this_page(house: House, role: Role) -> None:
    client = Client()
    client.force_login(house.member(role))
    assert client.get(f"/o/{house.organisation.slug}/actions/").status_code == 403


def test_many_actions_cost_no_more_queries(house: House, django_assert_num_queries: Any) -> None:
    for number in range(60):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        survey = house.result.survey
        publishing = publish(
            organisation=house.organisation, unit=ward, payload=payload(), survey=survey
        )
        act(house, publishing, f"Action {number}", number - 30)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    with django_assert_num_queries(7):
        text = client.get(f"/o/{house.organisation.slug}/actions/").text
    assert "60 actions, by unit" in text
    assert text.count('role="rowheader"') == 50


def test_a_reviewer_reads_those_of_their_units_and_changes_none(
    house: House, other: SurveyUnit
) -> None:
    act(house, house.result, "Ask each shift", 2)
    act(house, other, "Elsewhere", 2)
    text = page_of(house, role=Role.REVIEWER, unit=house.ward_7)
    assert "Ask each shift" in text
    assert ">Ask each shift</a>" not in text
    assert "Elsewhere" not in text


def ended(house: House, days: int) -> Action:
    """An action that a reviewer's stop dropped so many days ago."""
    action = act(house, house.result, "Count noise", 5)
    Action.objects.filter(pk=action.pk).update(
        state="dropped", outcome=ENDED, closed_on=timezone.localdate()
    )
    review = Review.objects.create(
        initiative=action.initiative, decision="stop", reason="The week is full.",
        drops_actions=True, reviewer=house.member(Role.REVIEWER),
        reviewed_at=timezone.now() - timedelta(days=days, minutes=-5),
    )  # fmt: skip
    review.units.add(house.ward_7)
    return action


@pytest.mark.parametrize(("days", "can"), [(29, True), (30, True), (31, False)])
def test_what_ended_with_its_improvement_is_taken_up_again_for_30_days(
    house: House, days: int, *, can: bool
) -> None:
    action = ended(house, days)
    text = page_of(house, "?show=closed")
    assert "Ended with the improvement" in text
    assert ("Take it up again" in text) is can
    client = Client()
    client.force_login(house.member(Role.LEAD))
    address = f"{house.address()}plan/actions/{action.pk}/take-up"
    pressed_twice = [client.post(address, follow=True).text for _ in range(2)]
    action.refresh_from_db()
    assert (action.state == "planned") is can
    assert ("within 30 days" in pressed_twice[-1]) is not can
    taken_up = AuditEntry.objects.filter(action="action taken up again")
    assert taken_up.count() == int(can)


def test_what_was_dropped_for_another_reason_is_not_offered(house: House) -> None:
    action = ended(house, 1)
    Action.objects.filter(pk=action.pk).update(outcome="Nobody needs it.")
    assert "Take it up again" not in page_of(house, "?show=closed")
    client = Client()
    client.force_login(house.member(Role.LEAD))
    client.post(f"{house.address()}plan/actions/{action.pk}/take-up")
    action.refresh_from_db()
    assert action.state == "dropped"


def test_a_reviewer_takes_nothing_up(house: House) -> None:
    action = ended(house, 1)
    assert "Take it up again" not in page_of(house, "?show=closed", role=Role.REVIEWER)
    client = Client()
    client.force_login(house.member(Role.REVIEWER))
    address = f"{house.address()}plan/actions/{action.pk}/take-up"
    assert client.post(address).status_code == 403
