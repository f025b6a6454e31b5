"""“Add as an action” from the ten checks."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.register import commit_units
from initiatives.models import Action, Commitment, Initiative, Priority
from organisations.models import AuditEntry, Role, Unit
from tests.factories import PriorityFactory
from tests.published_house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(house: House) -> Initiative:
    one = house.result.survey.initiative
    Commitment.objects.get_or_create(initiative=one, unit=house.ward_7)
    Commitment.objects.filter(initiative=one).update(state="active", begins_on=timezone.localdate())
    return one


def chosen(house: House, title: str = "Enough hands", unit: Unit | None = None) -> Priority:
    made: Priority = PriorityFactory.create(
        initiative=house.result.survey.initiative,
        unit=unit or house.ward_7,
        result=house.result.pk,
        title=title,
        evidence_code="RES01",
        evidence_wording="We have the staff.",
    )
    return made


def address(house: House, number: int = 4, rest: str = "/act") -> str:
    initiative = house.result.survey.initiative_id
    return f"/o/{house.organisation.slug}/initiatives/{initiative}/checks/{number}{rest}"


def all_of_them(house: House) -> str:
    return address(house, rest="").removesuffix("4")


def of(house: House, role: Role, unit: Unit | None = None) -> Client:
    client = Client()
    client.force_login(house.member(role, unit))
    return client


def typed(**more: str) -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=5)
    said = {"what": "Start one thing, stop one thing", "owner": "Ward manager"}
    return {**said, "due_on": due.isoformat(), **more}


def test_a_suggestion_fills_in_the_action_which_keeps_its_evidence(
    house: House, initiative: Initiative
) -> None:
    its, client = chosen(house), of(house, Role.MANAGER, house.ward_7)
    checks = client.get(all_of_them(house)).text
    assert "Add as an action" in checks
    link = checks.split('app-suggestion__acts"><a href="')[1].split('"')[0]
    form = client.get(link.replace("&amp;", "&")).text
    assert ">Start" in form or 'value="' in form or "</textarea>" in form
    assert "which priority" not in form.lower()
    for _ in range(2):  # pressed twice
        assert client.post(address(house), typed()).status_code == 302
    action = Action.objects.get()
    assert (action.priority, action.evidence_code) == (its, "RES01")
    assert AuditEntry.objects.filter(action="action added").count() == 1


def test_what_the_suggestion_says_is_in_the_field(house: House, initiative: Initiative) -> None:
    chosen(house)
    client = of(house, Role.LEAD)
    form = client.get(f"{address(house)}?what={quote('Count “falls” <b>')}").text
    assert "Count “falls” &lt;b&gt;" in form and "<b>" not in form.split("<main")[1]
    long = client.get(f"{address(house)}?what={'x' * 500}").text
    assert "x" * 160 in long and "x" * 161 not in long


def test_of_several_priorities_one_is_asked_for(house: House, initiative: Initiative) -> None:
    commit_units(initiative=initiative, units=[house.ward_9])
    chosen(house)
    other = chosen(house, "Two at night", house.ward_9)
    client = of(house, Role.LEAD)
    assert "Which priority is it for?" in client.get(address(house)).text
    refused = client.post(address(house), typed())
    assert refused.status_code == 422 and "Choose a priority" in refused.text
    # A manager is offered those of their own unit, and takes no other.
    manager = of(house, Role.MANAGER, house.ward_7)
    assert "Two at night" not in manager.get(address(house)).text
    assert client.post(address(house), typed(priority=str(other.pk))).status_code == 302
    assert Action.objects.get().unit == house.ward_9
    manager.post(address(house), typed(priority=str(other.pk), what="Mine"))
    assert Action.objects.get(what="Mine").unit == house.ward_7


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("what", "", "Enter the action"),
        ("owner", "", "Enter the owner"),
        ("due_on", "31 2 2027", "Enter a date"),
        ("due_on", "2020-01-01", "has passed"),
    ],
)
def test_what_is_no_action_is_said_and_changes_nothing(
    house: House, initiative: Initiative, field: str, value: str, said: str
) -> None:
    chosen(house)
    answer = of(house, Role.LEAD).post(address(house), typed(**{field: value}))
    assert answer.status_code == 422 and said in answer.text
    assert not Action.objects.exists()


@pytest.mark.parametrize("state", ["", "stopped"])
def test_without_a_priority_that_runs_it_says_so(
    house: House, initiative: Initiative, state: str
) -> None:
    if state:
        chosen(house)
        Commitment.objects.update(state=state)
    client = of(house, Role.MANAGER, house.ward_7)
    answer = client.post(address(house), typed(), follow=True)
    assert "The team chooses its priorities in the debrief." in answer.text
    assert not Action.objects.exists()


def test_who_only_reads_the_checks_is_not_offered_it(house: House, initiative: Initiative) -> None:
    chosen(house)
    reviewer = of(house, Role.REVIEWER)
    assert (
        "Add as an action" not in reviewer.get(address(house, rest="").rsplit("/", 1)[0] + "/").text
    )
    assert reviewer.get(address(house)).status_code == 403
    assert of(house, Role.MANAGER, house.ward_9).get(address(house)).status_code == 403
    for number in (0, 11):
        assert of(house, Role.LEAD).get(address(house, number)).status_code == 404


def test_many_priorities_cost_no_more_queries(
    house: House, initiative: Initiative, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        chosen(house, f"Priority {number}")
    client = of(house, Role.LEAD)
    with django_assert_max_num_queries(7):
        assert "Priority 5" in client.get(address(house)).text
