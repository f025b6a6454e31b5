"""The start page for each role, empty and full."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.plan import add_action
from initiatives.actions.register import commit_units
from initiatives.models import Action, Initiative, Priority
from organisations.models import Role, Unit
from reports.actions.debrief import choose_priority, end_debrief, start_debrief
from reports.actions.early_plan import open_early
from reports.models import Choice, Debrief
from surveys.actions.distribution import Leader
from surveys.actions.draft import copy_to_draft
from surveys.actions.launch import UnitToAsk
from surveys.models import NamedSheet, Survey, SurveyUnit
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
    published_ffit,
)
from tests.reports.conftest import House
from tests.reports.payloads import payload
from tests.reports.published import publish
from tests.surveys.launching import Trust, a_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "You launch in about 3 minutes."),
        (Role.LEAD, "You launch in about 3 minutes."),
        (Role.ADMINISTRATOR, "You launch in about 3 minutes."),
        (Role.REVIEWER, "once the team has had its time with them"),
        (Role.EDITOR, "copy it to a draft and reword it"),
    ],
)
def test_nothing_waits(trust: Trust, client: Client, role: Role, words: str) -> None:
    client.force_login(trust.member(role))
    page = page_of(client, trust.url())
    assert "Nothing waits for you." in page
    assert words in page
    assert ("Launch a survey" in page) == words.startswith("You launch")


def test_the_first_administrator_is_sent_to_units_and_people(client: Client) -> None:
    first = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(first.user)
    assert "once a manager has a unit" in page_of(client, f"/o/{first.organisation.slug}/")


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url()).status_code == 404


@pytest.mark.parametrize(
    ("state", "unit", "words"),
    [
        ("open", {"state": "open"}, ["Tell everyone about the survey", "not enough answers yet"]),
        ("open", {"state": "open", "enough": True}, ["enough answers for a result"]),
        ("scheduled", {"state": "waiting"}, ["The survey opens"]),
        ("closed", {"state": "closed"}, ["The survey is being counted"]),
        (
            "published",
            {"state": "too_few", "published_at": timezone.now()},
            ["Too few answers", "deleted unopened"],
        ),
    ],
)
def test_what_waits_for_a_manager(
    trust: Trust, client: Client, state: str, unit: dict[str, Any], words: list[str]
) -> None:
    survey = trust.open()
    Survey.objects.filter(pk=survey.pk).update(state=state)
    SurveyUnit.objects.update(**unit)
    client.force_login(trust.manager)
    page = page_of(client, trust.url())
    for said in words:
        assert said in page
    assert "Ward 7</span> What waits for you" in page


def test_an_old_and_a_cancelled_survey_wait_no_longer(trust: Trust, client: Client) -> None:
    survey = trust.open()
    Survey.objects.filter(pk=survey.pk).update(state="published")
    SurveyUnit.objects.update(state="too_few", published_at=timezone.now() - timedelta(days=31))
    client.force_login(trust.manager)
    assert "Nothing waits for you." in page_of(client, trust.url())
    SurveyUnit.objects.update(state="cancelled", published_at=None)
    assert "Nothing waits for you." in page_of(client, trust.url())


def test_one_list_by_date_with_the_units_named_for_a_lead(trust: Trust, client: Client) -> None:
    trust.open(closes_at=trust.closing(9))
    trust.open(UnitToAsk(trust.ward_9, 22), closes_at=trust.closing(5), title="Sooner")
    client.force_login(trust.lead)
    page = page_of(client, trust.url())
    assert page.index("Ward 9: tell everyone") < page.index("Ward 7: tell everyone")
    assert page.count("nhsuk-button nhsuk-button--secondary") == 2  # launch, and the second row


def test_beyond_five_the_rest_is_folded(trust: Trust, client: Client) -> None:
    for number in range(7):
        trust.open(title=f"Improvement {number}")
    client.force_login(trust.manager)
    assert "2 more" in page_of(client, trust.url())


def test_ones_own_leaders_sheet_waits_until_it_is_sent(trust: Trust, client: Client) -> None:
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=[Leader("L", trust.lead.email, trust.lead)]))
    client.force_login(trust.lead)
    assert "fill in your leaders’ sheet" in page_of(client, trust.url())
    client.force_login(trust.manager)
    assert "leaders’ sheet" not in page_of(client, trust.url())
    NamedSheet.objects.update(sent_at=timezone.now())
    client.force_login(trust.lead)
    assert "leaders’ sheet" not in page_of(client, trust.url())


@pytest.fixture
def meeting(house: House) -> Debrief:
    """Ward 7 has talked its result through and chosen one priority."""
    by = house.member(Role.LEAD)
    held = start_debrief(snapshot=house.result.snapshots.get(), name="Day team", by=by)
    choose_priority(debrief=held, code="ENV07", title="Answer each idea", by=by)
    end_debrief(debrief=held, word="go_ahead", reason="We can.", notes=[], pictures=[], by=by)
    return held


def start_page(house: House, role: Role, unit: Unit | None = None) -> str:
    client = Client()
    client.force_login(house.member(role, unit))
    return page_of(client, f"/o/{house.organisation.slug}/")


def published(days: int) -> None:
    SurveyUnit.objects.update(published_at=timezone.now() - timedelta(days=days))


def test_a_result_waits_for_its_talk_however_old(house: House) -> None:
    for days in (1, 60):
        published(days)
        page = start_page(house, Role.MANAGER, house.ward_7)
        assert "Talk the result through with the team" in page
        assert f"{house.address()}debrief/" in page
    assert "Ward 7 – care of older people: talk the result" in start_page(house, Role.LEAD)
    for role in (Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR):
        assert "Talk the result" not in start_page(house, role)
    assert "Talk the result" not in start_page(house, Role.MANAGER, house.ward_9)


def test_a_meeting_that_has_begun_waits_for_its_end(house: House) -> None:
    lead = house.member(Role.LEAD)
    start_debrief(snapshot=house.result.snapshots.get(), name="Day team", by=lead)
    assert "End the meeting that has begun" in start_page(house, Role.MANAGER, house.ward_7)


def test_a_plan_without_a_debrief_is_named(house: House) -> None:
    open_early(survey_unit=house.result, reason="A visit.", by=house.member(Role.LEAD))
    assert "The plan has no debrief yet" in start_page(house, Role.MANAGER, house.ward_7)


def test_a_reviewer_sees_plans_opened_early_until_the_team_has_talked(house: House) -> None:
    lead = house.member(Role.LEAD)
    open_early(survey_unit=house.result, reason="A visit on Monday.", by=lead)
    page = start_page(house, Role.REVIEWER)
    assert "the plan was opened before the team talked" in page
    assert "Their reason: A visit on Monday." in page
    assert f"initiatives/{house.result.survey.initiative_id}/" in page
    assert "before the team talked" not in start_page(house, Role.EDITOR)
    Debrief.objects.create(
        survey_unit=house.result, name="Day", started_by=lead, ended_at=timezone.now()
    )
    assert "before the team talked" not in start_page(house, Role.REVIEWER)


def test_asking_again_ends_the_wait_for_the_earlier_talk(house: House) -> None:
    published(60)
    survey = SurveyFactory.create(
        organisation=house.organisation, initiative=house.result.survey.initiative
    )
    SurveyUnitFactory.create(survey=survey, unit=house.ward_7)
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Talk the result" not in page
    assert "Tell everyone about the survey" in page


@pytest.mark.parametrize(("days", "said"), [(-1, "is past its day"), (7, "is due soon"), (8, "")])
def test_actions_wait_near_and_past_their_day(
    house: House, meeting: Debrief, days: int, said: str
) -> None:
    action = add_action(
        priority=meeting.choices.get().priority,
        what="Hang up a sheet",
        who="Ward clerk",
        due_on=timezone.localdate() + timedelta(days=days),
        by=house.member(Role.LEAD),
    )
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert (f"“Hang up a sheet” {said}" in page) == bool(said)
    assert ("Who does it: Ward clerk." in page) == bool(said)
    Action.objects.filter(pk=action.pk).update(state=Action.State.DONE)
    assert "Hang up a sheet" not in start_page(house, Role.MANAGER, house.ward_7)


def test_asking_again_is_due_after_twelve_weeks_or_once_the_plan_is_done(
    house: House, meeting: Debrief
) -> None:
    published(83)
    assert "Ask again" not in start_page(house, Role.MANAGER, house.ward_7)
    published(85)
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Ask again, to see what has changed" in page
    assert f"launch?repeat={house.result.survey_id}" in page
    published(20)
    action = add_action(
        priority=meeting.choices.get().priority,
        what="Hang up a sheet",
        who="Ward clerk",
        due_on=timezone.localdate() + timedelta(days=30),
        by=house.member(Role.LEAD),
    )
    assert "Ask again" not in start_page(house, Role.MANAGER, house.ward_7)
    Action.objects.filter(pk=action.pk).update(state=Action.State.DONE)
    assert "No action is open any more" in start_page(house, Role.MANAGER, house.ward_7)
    Initiative.objects.update(state=Initiative.State.DONE)
    assert "Ask again" not in start_page(house, Role.MANAGER, house.ward_7)


def test_drafts_wait_for_editors(house: House) -> None:
    copy_to_draft(
        version=published_ffit(), organisation=house.organisation, by=house.member(Role.EDITOR)
    )
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        assert "Finish the draft" in start_page(house, role)
    assert "Finish the draft" not in start_page(house, Role.LEAD)


def busy(house: House, wards: int) -> None:
    """Each ward has a result without a talk, a debriefed one with a late action, and a survey."""
    by = house.member(Role.LEAD)
    surveys = [SurveyFactory.create(organisation=house.organisation) for _ in range(3)]
    for number in range(wards):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        commit_units(initiative=surveys[0].initiative, units=[ward])
        for survey in surveys[:2]:
            publish(
                organisation=house.organisation,
                unit=ward,
                payload=payload(),
                survey=survey,
                days_ago=100,
            )
        SurveyUnitFactory.create(survey=surveys[2], unit=ward)
        talked = SurveyUnit.objects.get(unit=ward, survey=surveys[0])
        Debrief.objects.create(
            survey_unit=talked, name="Day team", started_by=by, ended_at=timezone.now()
        )
        chosen = Priority.objects.create(
            initiative=surveys[0].initiative, unit=ward, title="Answer each idea"
        )
        Choice.objects.create(survey_unit=talked, priority=chosen)
        today = timezone.localdate()
        add_action(priority=chosen, what="Hang up", who="Clerk", due_on=today, by=by)


def test_many_of_a_kind_stand_in_one_line(house: House) -> None:
    busy(house, 5)
    page = start_page(house, Role.LEAD)
    for said in (
        "6 results wait for the team’s talk",
        "Tell everyone about the survey on 5 units",
        "5 actions are due",
        "Ask 5 units again",
        "Ward 100, Ward 101, Ward 102 and 2 more.",
    ):
        assert said in page
    assert f"/o/{house.organisation.slug}/actions/" in page


@pytest.mark.parametrize("wards", [5, 40])
def test_the_page_costs_the_same_for_any_number_of_units(
    house: House, wards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    busy(house, wards)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    with django_assert_num_queries(16):
        client.get(f"/o/{house.organisation.slug}/")


def test_nothing_of_another_organisation_waits_here(house: House) -> None:
    """A lead of everything in one organisation reaches nothing in another."""
    other = OrganisationFactory.create()
    elsewhere = House(
        other, ward := UnitFactory.create(organisation=other, name="Elsewhere"), ward, house.result
    )
    busy(elsewhere, 2)
    SurveyUnit.objects.filter(survey__organisation=house.organisation).update(published_at=None)
    assert "Nothing waits for you." in start_page(house, Role.LEAD)
    assert "talk the result through" in start_page(elsewhere, Role.LEAD)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    for page in ("overview/", "overview/support/", "overview/base/", "actions/", "figures/"):
        text = client.get(f"/o/{house.organisation.slug}/{page}").text
        assert "Ward 10" not in text, page
        assert "Hang up" not in text, page
