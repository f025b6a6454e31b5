"""The start page for each role, empty and full.

Over 300 lines: each role's page is tried on the same organisation.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from debriefs.actions.debrief import Wanted, choose_priority, start_debrief
from debriefs.actions.deciding import Says, end_debrief, record_decision
from debriefs.actions.early_plan import open_early
from debriefs.models import Debrief
from fieldwork.actions.launch import UnitToAsk
from initiatives.actions.plan import add_action
from initiatives.actions.register import commit_units
from initiatives.models import Action, Initiative
from instruments.actions.draft import copy_to_draft
from organisations.models import Role, Unit
from responses.actions.submission import submit_named
from responses.queries.answer_page import find_named_by_token
from surveys.actions.distribution import Leader
from surveys.models import NamedResponse, Survey, SurveyUnit
from surveys.words.messages import leaders_link
from tests.debriefs.held import held_debrief
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PriorityFactory,
    SurveyFactory,
    SurveyUnitFactory,
    UnitFactory,
    published_ffit,
)
from tests.fieldwork.launching import Trust, a_trust
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

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
        (Role.MANAGER, "It takes about 3 minutes to launch a survey."),
        (Role.LEAD, "It takes about 3 minutes to launch a survey."),
        (Role.ADMINISTRATOR, "It takes about 3 minutes to launch a survey."),
        (Role.REVIEWER, "once its team has discussed it"),
        (Role.EDITOR, "copy it and change the wording"),
    ],
)
def test_nothing_waits(trust: Trust, client: Client, role: Role, words: str) -> None:
    client.force_login(trust.member(role))
    page = page_of(client, trust.url())
    assert "You have nothing to do" in page
    assert words in page
    assert ("Launch a survey" in page) == words.endswith("launch a survey.")


def test_the_first_administrator_is_sent_to_units_and_people(client: Client) -> None:
    first = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(first.user)
    assert "once they have a unit" in page_of(client, f"/o/{first.organisation.slug}/")


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url()).status_code == 404


@pytest.mark.parametrize(
    ("state", "unit", "words"),
    [
        ("open", {"state": "open"}, ["Tell everyone about the survey", "not enough answers yet"]),
        ("open", {"state": "open", "enough": True}, ["enough answers for a result"]),
        ("scheduled", {"state": "waiting"}, ["The survey opens"]),
        ("closed", {"state": "closed"}, ["We’re counting the answers"]),
        (
            "published",
            {"state": "too_few", "published_at": timezone.now()},
            ["No result: too few answers", "deleted unopened"],
        ),
        (
            "published",
            {"state": "too_few", "mode": "joint", "published_at": timezone.now()},
            ["No result: joint form not sent", "before the team sent its joint form"],
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
    assert "Ward 7</span> To do" in page


def test_an_old_and_a_cancelled_survey_wait_no_longer(trust: Trust, client: Client) -> None:
    survey = trust.open()
    Survey.objects.filter(pk=survey.pk).update(state="published")
    SurveyUnit.objects.update(state="too_few", published_at=timezone.now() - timedelta(days=31))
    client.force_login(trust.manager)
    assert "You have nothing to do" in page_of(client, trust.url())
    SurveyUnit.objects.update(state="cancelled", published_at=None)
    assert "You have nothing to do" in page_of(client, trust.url())


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
    assert "fill in your leaders’ form" in page_of(client, trust.url())
    client.force_login(trust.manager)
    assert "leaders’ form" not in page_of(client, trust.url())
    NamedResponse.objects.update(sent_at=timezone.now())
    client.force_login(trust.lead)
    assert "leaders’ form" not in page_of(client, trust.url())


def test_a_form_agreed_together_is_to_do_for_each_leader_until_one_has_sent_it(
    trust: Trust, client: Client
) -> None:
    leaders = [Leader(str(one), one.email, one) for one in (trust.lead, trust.manager)]
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=leaders, leaders_together=True))
    for user in (trust.lead, trust.manager):
        client.force_login(user)
        assert "You answer together with the other leaders." in page_of(client, trust.url())
    link = leaders_link(NamedResponse.objects.get(user=trust.lead))
    page = find_named_by_token(link.rsplit("/", 1)[1])
    assert page is not None
    submit_named(page=page, answers="3" * 45)
    for user in (trust.lead, trust.manager):
        client.force_login(user)
        assert "leaders’ form" not in page_of(client, trust.url())


@pytest.fixture
def meeting(house: House) -> Debrief:
    """Ward 7 has talked its result through and chosen one priority."""
    by = house.member(Role.LEAD)
    held = start_debrief(snapshot=house.result.snapshots.get(), kind="team", name="Day team", by=by)
    choose_priority(debrief=held, wanted=Wanted("ENV07", "Answer each idea"), by=by)
    end_debrief(
        debrief=held, says=Says("go_ahead", "We can.", "Clerk"), notes=[], pictures=[], by=by
    )
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
        assert "Discuss the result with your team" in page
        assert f"{house.address()}debrief/" in page
    assert "Ward 7 – care of older people: discuss the result" in start_page(house, Role.LEAD)
    for role in (Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR):
        assert "Discuss the result" not in start_page(house, role)
    assert "Discuss the result" not in start_page(house, Role.MANAGER, house.ward_9)


def test_a_meeting_that_has_begun_waits_for_its_end(house: House) -> None:
    lead = house.member(Role.LEAD)
    start_debrief(snapshot=house.result.snapshots.get(), kind="team", name="Day team", by=lead)
    assert "Finish the debrief you started" in start_page(house, Role.MANAGER, house.ward_7)


def differ(house: House, *, days_ago: int) -> None:
    """Two debriefs that say different things since so many days."""
    lead = house.member(Role.LEAD)
    for name, choice in (("Day team", "go_ahead"), ("Night team", "hold")):
        snapshot = house.result.snapshots.get()
        debrief = start_debrief(snapshot=snapshot, kind="team", name=name, by=lead)
        says = Says(choice, "We say so.", "Clerk")
        end_debrief(debrief=debrief, says=says, notes=[], pictures=[], by=lead)
    since = SurveyUnit.objects.filter(pk=house.result.pk)
    assert since.get().differ_since is not None
    since.update(differ_since=timezone.now() - timedelta(days=days_ago, minutes=1))


@pytest.mark.parametrize(
    ("days_ago", "lead_too"), [(0, False), (13, False), (14, True), (15, True)]
)
def test_debriefs_that_differ_wait_for_the_manager_at_once_and_for_the_lead_in_time(
    house: House, days_ago: int, *, lead_too: bool
) -> None:
    differ(house, days_ago=days_ago)
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "The debriefs differ: bring them together" in page
    assert f"{house.address()}debrief/views" in page
    assert ("he debriefs differ" in start_page(house, Role.LEAD)) == lead_too
    assert "he debriefs differ" not in start_page(house, Role.MANAGER, house.ward_9)
    assert "he debriefs differ" not in start_page(house, Role.REVIEWER)


def test_they_wait_no_more_once_one_decision_is_recorded(house: House) -> None:
    differ(house, days_ago=20)
    lead = house.member(Role.LEAD)
    unit = SurveyUnit.objects.get(pk=house.result.pk)
    replies = {one["debrief"]: "We start on days first." for one in unit.debrief_views}
    record_decision(
        survey_unit=unit, choice="go_ahead", reason="Together.", replies=replies, by=lead
    )
    unit.refresh_from_db()
    assert unit.differ_since is None
    assert "he debriefs differ" not in start_page(house, Role.MANAGER, house.ward_7)


def test_a_plan_without_a_debrief_is_named(house: House) -> None:
    open_early(survey_unit=house.result, reason="A visit.", by=house.member(Role.LEAD))
    assert "Hold the debrief for the plan you started early" in start_page(
        house, Role.MANAGER, house.ward_7
    )


def test_a_reviewer_sees_plans_opened_early_until_the_team_has_talked(house: House) -> None:
    lead = house.member(Role.LEAD)
    open_early(survey_unit=house.result, reason="A visit on Monday.", by=lead)
    page = start_page(house, Role.REVIEWER)
    assert "the plan was started before the team debrief" in page
    assert "Their reason: A visit on Monday." in page
    assert f"initiatives/{house.result.survey.initiative_id}/" in page
    assert "before the team debrief" not in start_page(house, Role.EDITOR)
    held_debrief(house.result, by=lead)
    assert "before the team debrief" not in start_page(house, Role.REVIEWER)


@pytest.mark.parametrize(("days", "said"), [(-1, "is overdue"), (7, "is due soon"), (8, "")])
def test_actions_wait_near_and_past_their_day(
    house: House, meeting: Debrief, days: int, said: str
) -> None:
    add_action(
        priority=meeting.choices.get().priority,
        what="Hang up a sheet",
        owner="Ward clerk",
        due_on=timezone.localdate() + timedelta(days=days),
        by=house.member(Role.LEAD),
    )
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert (f"“Hang up a sheet” {said}" in page) == bool(said)
    assert ("Owner: Ward clerk." in page) == bool(said)
    Action.objects.update(state=Action.State.DONE, closed_on=timezone.localdate())
    assert "Hang up a sheet" not in start_page(house, Role.MANAGER, house.ward_7)


def test_asking_again_is_due_after_twelve_weeks_or_once_the_plan_is_done(
    house: House, meeting: Debrief
) -> None:
    published(83)
    assert "Ask again" not in start_page(house, Role.MANAGER, house.ward_7)
    published(85)
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Repeat the survey to see what has changed" in page
    assert f"launch?repeat={house.result.survey_id}&amp;unit=" in page
    published(20)
    add_action(
        priority=meeting.choices.get().priority,
        what="Hang up a sheet",
        owner="Ward clerk",
        due_on=timezone.localdate() + timedelta(days=30),
        by=house.member(Role.LEAD),
    )
    assert "Ask again" not in start_page(house, Role.MANAGER, house.ward_7)
    Action.objects.update(state=Action.State.DONE, closed_on=timezone.localdate())
    assert "No actions in its plan are open" in start_page(house, Role.MANAGER, house.ward_7)
    Initiative.objects.update(state=Initiative.State.FINISHED)
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
        held_debrief(talked, by=by)
        chosen = PriorityFactory.create(
            initiative=surveys[0].initiative, unit=ward, result=talked.pk
        )
        due = timezone.localdate() - timedelta(days=7)
        add_action(priority=chosen, what="Hang up", owner="Clerk", due_on=due, by=by)


def test_many_of_a_kind_stand_in_one_line(house: House) -> None:
    busy(house, 5)
    page = start_page(house, Role.LEAD)
    for said in (
        "6 results are ready for a team debrief",
        "Tell everyone about the survey on 5 units",
        "5 actions are due",
        "Repeat the survey on 5 units",
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
    with django_assert_num_queries(7):
        client.get(f"/o/{house.organisation.slug}/")


def test_nothing_of_another_organisation_waits_here(house: House) -> None:
    """A lead of everything in one organisation reaches nothing in another."""
    other = OrganisationFactory.create()
    elsewhere = House(
        other, ward := UnitFactory.create(organisation=other, name="Elsewhere"), ward, house.result
    )
    busy(elsewhere, 2)
    SurveyUnit.objects.filter(survey__organisation=house.organisation).update(published_at=None)
    assert "You have nothing to do" in start_page(house, Role.LEAD)
    assert "discuss the result with your team" in start_page(elsewhere, Role.LEAD)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    for page in ("overview/", "overview/support/", "overview/base/", "actions/", "figures/"):
        text = client.get(f"/o/{house.organisation.slug}/{page}").text
        assert "Ward 10" not in text, page
        assert "Hang up" not in text, page
