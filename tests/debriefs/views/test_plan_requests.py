"""Requests where the plan is read: the plan, the list of actions, “You said, we did”."""

import pytest
from django.test import Client

from initiatives.actions.requests import Said, answer_request, withdraw_request
from initiatives.models import Action, Commitment, DepartmentRequest, Priority
from initiatives.queries.requests import Recipient
from organisations.models import Department, Role
from tests.debriefs.meetings import DECIDED, start, text
from tests.initiatives.asking import NEEDS, in_days, typed
from tests.published_house import House

PUBLIC = "/w/ward-7-unguessable/you-said-we-did"


@pytest.fixture
def action(house: House, manager: Client) -> Action:
    """One in a plan that the team reads."""
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Enough hands"})
    manager.post(f"{meeting}steps/decide", DECIDED)
    add = f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act"
    manager.post(add, {"what": "Second trolley", "owner": "Clerk", "due_on": in_days(60)})
    return Action.objects.get()


def ask(house: House, manager: Client, about: str) -> DepartmentRequest:
    """By the form, from the page that offers it."""
    department, _ = Department.objects.get_or_create(
        organisation=house.organisation, name="Estates", email="estates@merrowfield.example"
    )
    unit = house.result
    address = (
        f"/o/{house.organisation.slug}/initiatives/{unit.survey.initiative_id}"
        f"/units/{unit.unit_id}/{about}"
    )
    posted = typed(department)
    assert manager.post(address, posted).status_code == 302
    return DepartmentRequest.objects.latest("pk")


def test_an_action_waits_while_its_request_does(
    house: House, manager: Client, action: Action
) -> None:
    plan, listed = f"{house.address()}plan/", f"/o/{house.organisation.slug}/actions/"
    assert f"actions/{action.pk}/request" in text(manager, plan)
    one = ask(house, manager, f"actions/{action.pk}/request")
    for address in (plan, listed, PUBLIC):
        page = text(manager, address)
        assert "Waiting for an answer" in page and "Request to Estates, answer due " in page
    assert f"actions/{action.pk}/request" not in text(manager, plan)
    answer_request(one=one, said=Said("yes", promised_on=in_days(9)), by=None)
    for address in (plan, listed, PUBLIC):
        page = text(manager, address)
        assert "Waiting for an answer" not in page and "Estates: yes, by " in page
    assert "Planned" in text(manager, PUBLIC)


def test_a_request_for_a_priority_stands_with_it(
    house: House, manager: Client, action: Action
) -> None:
    one = ask(house, manager, f"priorities/{action.priority_id}/request")
    for address in (f"{house.address()}plan/", PUBLIC):
        page = text(manager, address)
        assert NEEDS in page and "Request to Estates, answer due " in page
    assert "Waiting for an answer" not in text(manager, PUBLIC)
    withdraw_request(one=one, by=one.asked_by)
    assert NEEDS not in text(manager, PUBLIC)


def test_what_is_asked_for_the_improvement_is_on_the_teams_page(
    house: House, manager: Client, action: Action
) -> None:
    one = ask(house, manager, "requests/add")
    page = text(manager, PUBLIC)
    assert "What we asked for" in page and NEEDS in page
    answer_request(one=one, said=Said("no", "No money before April"), by=None)
    assert "Estates: no, or not now. No money before April" in text(manager, PUBLIC)


def test_the_teams_page_names_no_member(house: House, manager: Client, action: Action) -> None:
    reviewer = house.member(Role.REVIEWER)
    reviewer.name = "Cora Day"
    reviewer.save()
    here = Commitment.objects.get(initiative=house.result.survey.initiative, unit=house.result.unit)
    DepartmentRequest.objects.create(
        initiative=here.initiative, unit=here.unit, action=action, needs=NEEDS,
        whom=Recipient("", "the senior reviewer").whom, member=reviewer,
        answer_by=in_days(3), asked_by=action.added_by,
    )  # fmt: skip
    page = text(manager, PUBLIC)
    assert "Request to the senior reviewer, answer due " in page
    assert "Cora Day" not in page and "estates@" not in page


def test_what_an_ideas_action_needs_is_on_the_teams_page(
    house: House, manager: Client, action: Action
) -> None:
    Action.objects.filter(pk=action.pk).update(priority=None, result=house.result.pk)
    one = ask(house, manager, f"actions/{action.pk}/request")
    page = text(manager, PUBLIC)
    assert "What we asked for" in page and "Request to Estates, answer due " in page
    answer_request(one=one, said=Said("no", "No money before April"), by=None)
    assert "Estates: no, or not now. No money before April" in text(manager, PUBLIC)
