"""The register: where each improvement stands, its page, deciding without a survey.

Over 300 lines: one register on all its pages.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fieldwork.actions.launch import UnitToAsk
from initiatives.models import Commitment, Decision, Initiative
from organisations.models import AuditEntry, Role, Unit
from overview.queries.unit_progress import SHOWN
from surveys.models import Message, SurveyUnit
from tests.factories import CommitmentFactory, MembershipFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def committed(trust: Trust, title: str, hours: str | None = None, **fields: Any) -> Initiative:
    initiative: Initiative = an_initiative(trust, title=title, **fields)
    CommitmentFactory.create(initiative=initiative, unit=trust.ward_7, hours_a_week=hours)
    return initiative


def decide(trust: Trust, client: Client, initiative: Initiative) -> None:
    """The team goes ahead, so that it takes its hours."""
    typed = {"choice": "go_ahead", "reason": "So."}
    assert client.post(decide_address(trust, initiative), typed).status_code == 302


def decide_address(trust: Trust, initiative: Initiative) -> str:
    return trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/decide")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "waiting"}, ["Survey scheduled", "Opens "]),
        ({"state": "open"}, ["Survey open: not enough yet", "Closes "]),
        ({"state": "open", "enough": True}, ["Survey open: enough for a result"]),
        ({"state": "open", "mode": "joint"}, ["Joint form open"]),
        ({"state": "closed"}, ["Being counted"]),
        ({"state": "counted"}, ["Counted", "Result soon"]),
        (
            {"state": "counted", "published_at": timezone.now()},
            ["Result ready", ">Start the debrief<"],
        ),
        (
            {"state": "counted", "published_at": timezone.now() - timedelta(days=30)},
            ["Result ready", ">Ask again<"],
        ),
        (
            {"state": "too_few", "published_at": timezone.now()},
            ["No result: too few answers", ">What now<"],
        ),
        (
            {"state": "too_few", "mode": "joint", "published_at": timezone.now()},
            ["No result: joint form not sent", ">What now<"],
        ),
        ({"state": "cancelled"}, ["No survey yet", ">Launch a survey<"]),
    ],
)
def test_where_it_stands_and_what_comes_next(
    trust: Trust, client: Client, fields: dict[str, Any], words: list[str]
) -> None:
    trust.launch()
    SurveyUnit.objects.update(**fields)
    client.force_login(trust.manager)
    page = page_of(client, trust.url("initiatives/"))
    for choice in words:
        assert choice in page


def test_the_managers_start_page_has_the_table_with_its_load(trust: Trust, client: Client) -> None:
    trust.open()
    committed(trust, "Protected mealtimes", "3", state="active")
    committed(trust, "Skin checks", "6", state="active")
    committed(trust, "Long over", "6", state="finished")
    client.force_login(trust.manager)
    page = page_of(client, trust.url())
    assert "Improvements on your unit" in page
    assert "Fewer falls at night" in page
    assert "Survey open: not enough yet" in page
    # The survey: 10 minutes for each of 12 posts in ten days.
    told = "About 10.5 staff hours a week in total, open surveys included. "
    assert f"{told}{trust.organisation.name} asks units to stay below 8." in page
    assert "Long over" not in page
    Unit.objects.filter(pk=trust.ward_7.pk).update(own_hours_limit=12)
    page = page_of(client, trust.url())
    assert f"{told}{trust.organisation.name} asks this unit to stay below 12." in page
    load = page_of(client, trust.url("load/"))
    assert "10.5 now" in load


def test_the_total_counts_what_the_table_has_no_room_for(trust: Trust, client: Client) -> None:
    for number in range(SHOWN + 1):
        committed(trust, f"Improvement {number}", "1", state="active")
    client.force_login(trust.manager)
    assert f"About {SHOWN + 1} staff hours a week in total" in page_of(client, trust.url())


def test_a_long_table_leads_to_the_register_with_its_search(trust: Trust, client: Client) -> None:
    for number in range(17):
        committed(trust, f"Improvement {number:02}")
    client.force_login(trust.manager)
    page = page_of(client, trust.url())
    assert page.count("Improvement ") < 17 * 3
    assert "See and search all 17" in page
    register = page_of(client, trust.url("initiatives/"))
    assert 'name="q"' in register
    found = page_of(client, trust.url("initiatives/?q=ment 03"))
    assert "Improvement 03" in found
    assert "Improvement 04" not in found
    none = page_of(client, trust.url("initiatives/?q=<b>"))
    assert "No improvements match" in none and 'value="&lt;b&gt;"' in none


def test_a_short_register_has_no_search(trust: Trust, client: Client) -> None:
    committed(trust, "Protected mealtimes")
    client.force_login(trust.manager)
    assert 'name="q"' not in page_of(client, trust.url("initiatives/"))


def test_an_empty_register_says_what_to_do(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    assert "It needs no survey yet." in page_of(client, trust.url("initiatives/"))


def test_the_senior_reviewer_sees_who_was_asked_on_a_full_week(
    trust: Trust, client: Client
) -> None:
    committed(trust, "Protected mealtimes", "8.5", state="active")
    trust.launch(why_now="The lift opens in March.")
    trust.launch(UnitToAsk(trust.ward_9, 22), title="Not on a full week", why_now="Lost")
    client.force_login(trust.member(Role.REVIEWER))
    start = page_of(client, trust.url())
    assert "8.5 hours a week at launch. Why now: The lift opens in March." in start
    assert "Not on a full week" not in start
    register = page_of(client, trust.url("initiatives/"))
    assert "Launched at 8.5 staff hours a week. Why now: The lift opens in March." in register
    assert ">Ask again<" not in register
    assert ">Launch a survey<" not in register


def test_a_decision_without_a_survey_is_kept_with_its_reason(trust: Trust, client: Client) -> None:
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.manager)
    address = decide_address(trust, initiative)
    assert "Why are you deciding without a survey?" in page_of(client, address)
    typed = {"choice": "go_ahead", "reason": "Two falls with harm  last week."}
    answer = client.post(address, typed)
    again = client.post(address, typed)
    assert answer.status_code == again.status_code == 302
    decision = Decision.objects.get()
    assert (decision.choice, decision.unit, decision.without_survey) == (
        "go_ahead", trust.ward_7, True,
    )  # fmt: skip
    assert decision.reason == "Two falls with harm last week."
    assert decision.decided_by == trust.manager
    initiative.refresh_from_db()
    assert initiative.state == Initiative.State.ACTIVE
    entry = AuditEntry.objects.get(action="decided without a survey")
    assert entry.detail == {"unit": trust.ward_7.pk, "decision": "go_ahead"}
    page = page_of(client, answer["Location"])
    assert "Decision saved" in page
    assert "Two falls with harm last week." in page
    assert "Decided, without a survey: go ahead" in page
    client.force_login(trust.member(Role.REVIEWER))
    assert "Two falls with harm" in page_of(client, trust.url(f"initiatives/{initiative.pk}/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose what you decide"),
        ({"choice": "hold", "reason": " "}, "Say why you decide without a survey"),
        ({"choice": "perhaps", "reason": "x"}, "Choose what you decide from the list"),
        ({"choice": "hold", "reason": "x" * 241}, "The reason must be 240 characters or fewer"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    trust: Trust, client: Client, typed: dict[str, str], sentence: str
) -> None:
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.manager)
    answer = client.post(decide_address(trust, initiative), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_unit_that_the_improvement_does_not_concern_is_refused(
    trust: Trust, client: Client
) -> None:
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.lead)
    address = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_9.pk}/decide")
    assert client.get(address).status_code == 404
    assert client.post(address, {"choice": "hold", "reason": "Because."}).status_code == 404
    assert not Decision.objects.exists()


def test_who_may_read_and_who_may_decide(trust: Trust, client: Client) -> None:
    initiative = committed(trust, "Protected mealtimes")
    page, decide = trust.url(f"initiatives/{initiative.pk}/"), decide_address(trust, initiative)
    statuses = {
        Role.MANAGER: (200, 200),
        Role.LEAD: (200, 200),
        Role.ADMINISTRATOR: (200, 403),
        Role.REVIEWER: (200, 403),
        Role.EDITOR: (403, 403),
    }
    for role, (reading, deciding) in statuses.items():
        client.force_login(trust.member(role))
        assert client.get(page).status_code == reading
        assert client.get(decide).status_code == deciding
    client.force_login(trust.member(Role.MANAGER, trust.ward_9))
    assert client.get(page).status_code == client.get(decide).status_code == 403
    client.force_login(MembershipFactory.create().user)
    assert client.get(page).status_code == client.post(decide).status_code == 404


def test_a_manager_sees_only_their_own_units_of_an_improvement(
    trust: Trust, client: Client
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22))
    client.force_login(trust.manager)
    page = page_of(client, trust.url(f"initiatives/{survey.initiative_id}/"))
    assert "Ward 7" in page
    assert "Ward 9" not in page
    assert "on some units" not in page
    Commitment.objects.filter(initiative=survey.initiative, unit=trust.ward_9).update(
        state="active", begins_on=timezone.localdate()
    )
    Initiative.objects.filter(pk=survey.initiative_id).update(state="active")
    page = page_of(client, trust.url(f"initiatives/{survey.initiative_id}/"))
    assert "Active on some units" in page, "it is not on their own"


def test_a_small_team_that_is_asked_decides_in_its_debrief(trust: Trust, client: Client) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 6))
    client.force_login(trust.manager)
    page = page_of(client, trust.url(f"surveys/{survey.pk}/"))
    assert decide_address(trust, survey.initiative) not in page
    register = page_of(client, trust.url(f"initiatives/{survey.initiative_id}/"))
    assert decide_address(trust, survey.initiative) not in register


def test_surveys_are_found_by_title_or_unit(trust: Trust, client: Client) -> None:
    for number in range(16):
        trust.launch(title=f"Improvement {number:02}")
    trust.launch(UnitToAsk(trust.ward_9, 22), title="Home by lunch")
    client.force_login(trust.lead)
    assert 'name="q"' in page_of(client, trust.url("surveys/"))
    by_unit = page_of(client, trust.url("surveys/?q=ward 9"))
    assert "Home by lunch" in by_unit
    assert "Improvement 0" not in by_unit
    assert "Improvement 07" in page_of(client, trust.url("surveys/?q=ment 07"))
    assert "No survey matches “zzz”" in page_of(client, trust.url("surveys/?q=zzz"))
    # A unit beyond reach finds nothing.
    client.force_login(trust.manager)
    assert "No survey matches" in page_of(client, trust.url("surveys/?q=ward 9"))


def test_the_pages_cost_the_same_for_many_improvements(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = trust.open()
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.open(UnitToAsk(unit, 12), title=f"Improvement {number}")
        CommitmentFactory.create(initiative=survey.initiative, unit=unit)
        Decision.objects.create(
            initiative=survey.initiative,
            unit=unit,
            choice="hold",
            reason="x",
            decided_by=trust.lead,
        )
    client.force_login(trust.lead)
    with django_assert_num_queries(10):
        client.get(trust.url("initiatives/"))
    with django_assert_num_queries(11):
        client.get(trust.url(f"initiatives/{survey.initiative_id}/"))


def test_hours_are_set_and_weigh_from_then_on(trust: Trust, client: Client) -> None:
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.manager)
    address = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/hours")
    assert "How many staff hours a week" in page_of(client, address)
    for _ in range(2):
        assert client.post(address, {"hours": "other", "hours_other": "8.5"}).status_code == 302
    initiative.refresh_from_db()
    assert initiative.state == Initiative.State.PROPOSED
    entry = AuditEntry.objects.get(action="hours set")
    assert entry.detail == {"unit": trust.ward_7.pk, "hours_a_week": 8.5}
    decide(trust, client, initiative)
    assert "about 8.5 staff hours a week" in page_of(client, trust.url("surveys/launch"))
    assert address in page_of(client, trust.url(f"initiatives/{initiative.pk}/"))


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("", "Enter the hours as a number, like 3 or 2.5"),
        ("x", "Enter the hours as a number, like 3 or 2.5"),
        ("NaN", "Enter the hours as a number, like 3 or 2.5"),
        ("2.55", "Enter the hours as a number, like 3 or 2.5"),
        ("-1", "Enter the hours as a number, like 3 or 2.5"),
        ("2.4", "Enter whole or half hours, like 3 or 2.5"),
        ("80.5", "Enter 80 hours or fewer"),
    ],
)
def test_hours_that_are_none_are_refused(
    trust: Trust, client: Client, hours: str, sentence: str
) -> None:
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.manager)
    address = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/hours")
    answer = client.post(address, {"hours": "other", "hours_other": hours})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Commitment.objects.exclude(hours_a_week=None).exists()


def test_who_may_set_hours(trust: Trust, client: Client) -> None:
    initiative = committed(trust, "Protected mealtimes")
    address = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_7.pk}/hours")
    for role in (Role.ADMINISTRATOR, Role.EDITOR):
        client.force_login(trust.member(role))
        assert client.post(address, {"hours": "1"}).status_code == 403
    client.force_login(trust.member(Role.MANAGER, trust.ward_9))
    assert client.post(address, {"hours": "1"}).status_code == 403
    client.force_login(trust.lead)
    elsewhere = trust.url(f"initiatives/{initiative.pk}/units/{trust.ward_9.pk}/hours")
    assert client.post(elsewhere, {"hours": "1"}).status_code == 404
    client.force_login(MembershipFactory.create().user)
    assert client.post(address, {"hours": "1"}).status_code == 404
    assert not Commitment.objects.exclude(hours_a_week=None).exists()
    client.force_login(trust.member(Role.REVIEWER))
    assert address in page_of(client, trust.url(f"initiatives/{initiative.pk}/"))
    assert client.post(address, {"hours": "1"}).status_code == 302
    assert Commitment.objects.get().hours_a_week == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR])
def test_no_cell_of_the_register_is_empty(trust: Trust, client: Client, role: Role) -> None:
    """Also for those who may do nothing next: the cell says why."""
    initiative = committed(trust, "Protected mealtimes")
    client.force_login(trust.member(role))
    pages = [
        page_of(client, trust.url(address))
        for address in ("initiatives/", f"initiatives/{initiative.pk}/")
    ]
    assert not any(re.search(r"<td[^>]*>\s*</td>", page) for page in pages)
    if role == Role.REVIEWER:
        assert all("No survey yet" in page for page in pages)


def test_why_it_was_stopped_is_kept_with_the_improvement(trust: Trust, client: Client) -> None:
    """As the form promises, and no more: the units are sent nothing."""
    initiative = committed(trust, "Protected mealtimes", state="active")
    client.force_login(trust.lead)
    address = trust.url(f"initiatives/{initiative.pk}/status/stop")
    refused = client.post(address, {"why": " "}).content.decode()
    assert "Say why. It is kept with the improvement." in refused
    assert "The units read it" not in refused
    client.post(address, {"why": "The kitchen moved away."})
    client.force_login(trust.manager)
    page = page_of(client, trust.url(f"initiatives/{initiative.pk}/"))
    assert "The kitchen moved away." in page
    assert not Message.objects.exists()
