"""“We will do it” becomes an action; and a box that is closed for a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debriefs.actions.debrief import start_debrief
from debriefs.actions.deciding import Says, end_debrief
from initiatives.actions.ideas import erase_old_ideas
from initiatives.models import (
    Action,
    ClosedIdeaBox,
    Commitment,
    Idea,
    Initiative,
    Measure,
    Point,
    Review,
    SmallTest,
    StatusChange,
)
from organisations.models import AuditEntry, Role
from results.queries.now import now_of
from surveys.models import SurveyUnit
from tests.factories import InitiativeFactory, SurveyFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

PAGE = "/w/ward-7-unguessable/idea"
SAID = "/w/ward-7-unguessable/you-said-we-did"


@pytest.fixture
def manager(house: House) -> Client:
    client = Client()
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    return client


@pytest.fixture
def lead(house: House) -> Client:
    client = Client()
    client.force_login(house.member(Role.LEAD))
    return client


def an_idea(house: House, answer: str = "") -> Idea:
    today = timezone.localdate()
    return Idea.objects.create(
        unit=house.ward_7, words="Quieter bins", shown_on=today, answer=answer,
        answer_words="From Monday" if answer else "", answered_on=today if answer else None,
    )  # fmt: skip


def debriefed(house: House) -> None:
    snapshot = house.result.snapshots.get()
    by = house.member(Role.LEAD)
    meeting = start_debrief(snapshot=snapshot, kind="team", name="Day", by=by)
    says = Says("go_ahead", "We are ready.", "Ward manager")
    end_debrief(debrief=meeting, says=says, notes=[], pictures=[], by=by)


def address(house: House, idea: Idea, rest: str = "") -> str:
    return f"/o/{house.organisation.slug}/ideas/{idea.pk}{rest}"


def typed(days: int = 5) -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=days)
    return {"what": "Fit soft closers", "owner": "Housekeeper", "due_on": due.isoformat()}


def test_doing_it_leads_to_an_action_that_the_team_reads(house: House, manager: Client) -> None:
    debriefed(house)
    idea = an_idea(house)
    answered = manager.post(address(house, idea), {"answer": "do", "words": "From Monday"})
    assert answered.url == address(house, idea, "/act")  # type: ignore[attr-defined]
    asked = manager.get(address(house, idea, "/act")).text
    assert "Quieter bins" in asked
    assert 'name="plan"' not in asked
    assert asked.count("Quieter bins") == 1
    manager.post(address(house, idea, "/act"), typed())
    action = Action.objects.get()
    assert (action.what, action.is_promise, action.priority) == ("Fit soft closers", False, None)
    assert (action.result, action.initiative) == (house.result.pk, house.result.survey.initiative)
    assert AuditEntry.objects.get(action="action added").detail == {"idea": str(idea.pk)}
    assert "Fit soft closers" in Client().get(SAID).text
    assert "From staff ideas" in manager.get(f"{house.address()}plan/").text
    listed = manager.get(f"/o/{house.organisation.slug}/actions/").text
    assert "an idea from staff" in listed
    assert "Fit soft closers" in manager.get(f"/o/{house.organisation.slug}/ideas/").text


def test_an_idea_has_one_action_at_most(house: House, manager: Client) -> None:
    idea = an_idea(house, "do")
    assert "Add the action" in manager.get(f"/o/{house.organisation.slug}/ideas/").text
    assert manager.post(address(house, idea, "/act"), typed()).status_code == 302
    again = manager.post(address(house, idea, "/act"), typed(6), follow=True)
    assert "has its action already" in again.text
    assert Action.objects.count() == 1


@pytest.mark.parametrize("answer", ["", "not_now", "have", "passed", "hidden"])
def test_what_is_not_taken_up_has_none(house: House, manager: Client, answer: str) -> None:
    idea = an_idea(house, answer)
    sent = manager.post(address(house, idea, "/act"), typed(), follow=True)
    assert "Answer it first" in sent.text
    assert not Action.objects.exists()


def test_what_is_no_action_is_said_and_nothing_changes(house: House, manager: Client) -> None:
    idea = an_idea(house, "do")
    for wrong in ({"what": ""}, {"what": "x" * 161}, {"due_on": "31/02/2027"}, {"owner": ""}):
        sent = manager.post(address(house, idea, "/act"), {**typed(), **wrong})
        assert sent.status_code == 422
    assert not Action.objects.exists()


def test_with_several_improvements_it_is_asked_for_which(house: House, manager: Client) -> None:
    other = SurveyFactory.create(
        organisation=house.organisation,
        initiative=InitiativeFactory.create(organisation=house.organisation, title="Soft shoes"),
    )
    second: SurveyUnit = publish(
        organisation=house.organisation, unit=house.ward_7, payload=payload(), survey=other
    )
    idea = an_idea(house, "do")
    assert "Soft shoes" in manager.get(address(house, idea, "/act")).text
    missing = manager.post(address(house, idea, "/act"), typed())
    assert (missing.status_code, "Choose an improvement" in missing.text) == (422, True)
    manager.post(address(house, idea, "/act"), {**typed(), "plan": str(second.pk)})
    assert Action.objects.get().initiative == other.initiative


def test_a_unit_without_a_result_says_so(house: House) -> None:
    idea = an_idea(house, "do")
    Idea.objects.update(unit=house.ward_9)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    sent = client.post(address(house, idea, "/act"), typed(), follow=True)
    assert "no result yet" in sent.text
    assert not Action.objects.exists()


def test_the_action_stays_when_the_idea_is_erased(house: House, manager: Client) -> None:
    idea = an_idea(house, "do")
    manager.post(address(house, idea, "/act"), typed())
    Idea.objects.update(answered_on=timezone.localdate() - timedelta(days=366))
    assert erase_old_ideas(timezone.localdate()) == 1
    assert Action.objects.get().what == "Fit soft closers"


def closing(house: House, days: int) -> dict[str, str]:
    until = timezone.localdate() + timedelta(days=days)
    return {"unit": str(house.ward_7.pk), "until": until.isoformat(), "why": "The lead is away"}


def test_a_closed_box_says_until_when_and_takes_nothing(house: House, lead: Client) -> None:
    debriefed(house)
    slug = house.organisation.slug
    for _ in range(2):
        assert lead.post(f"/o/{slug}/ideas/close", closing(house, 7)).status_code == 302
    box = ClosedIdeaBox.objects.get()
    for page in (Client().get(PAGE).text, Client().get(SAID).text):
        assert "Ideas are closed until" in page
        assert "The lead is away</p>" in page
        assert "Send the idea" not in page
        assert f'href="{PAGE}"' not in page
    sent = Client().post(PAGE, {"idea": "Quieter bins"})
    assert (sent.status_code, "Ideas are closed until" in sent.text) == (409, True)
    assert not Idea.objects.exists()
    trail = AuditEntry.objects.filter(action="idea box closed")
    assert [one.detail for one in trail] == [{"until": box.until.isoformat()}]
    assert "The lead is away" in lead.get(f"/o/{slug}/ideas/").text
    for _ in range(2):
        lead.post(f"/o/{slug}/ideas/units/{house.ward_7.pk}/open")
    assert Client().post(PAGE, {"idea": "Quieter bins"}).status_code == 200
    assert AuditEntry.objects.filter(action="idea box opened").count() == 1


@pytest.mark.parametrize(("days", "is_closed"), [(1, True), (0, False), (-1, False)])
def test_on_its_day_the_box_is_open_again(
    house: House, lead: Client, days: int, is_closed: bool
) -> None:
    until = timezone.localdate() + timedelta(days=days)
    ClosedIdeaBox.objects.create(
        unit=house.ward_7, until=until, why="Away", closed_by=house.member(Role.LEAD)
    )
    assert ("Ideas are closed" in Client().get(PAGE).text) is is_closed
    listed = lead.get(f"/o/{house.organisation.slug}/ideas/").text
    assert ("Open again" in listed) is is_closed


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "after today"), (0, "after today"), (1, ""), (84, ""), (85, "in the next 12 weeks")],
)
def test_a_box_is_closed_for_a_day_to_twelve_weeks(
    house: House, lead: Client, days: int, said: str
) -> None:
    sent = lead.post(f"/o/{house.organisation.slug}/ideas/close", closing(house, days))
    assert (sent.status_code, said in sent.text) == (422 if said else 302, True)
    assert ClosedIdeaBox.objects.exists() is not bool(said)


def test_only_a_lead_closes_it_and_only_of_their_units(house: House, manager: Client) -> None:
    slug = house.organisation.slug
    assert manager.get(f"/o/{slug}/ideas/close").status_code == 403
    assert "Units that take no ideas" not in manager.get(f"/o/{slug}/ideas/").text
    other = UnitFactory.create(organisation=house.organisation, name="Surgery")
    client = Client()
    client.force_login(house.member(Role.LEAD, other))
    sent = client.post(f"/o/{slug}/ideas/close", closing(house, 7))
    assert (sent.status_code, "Choose a unit" in sent.text) == (422, True)
    assert client.post(f"/o/{slug}/ideas/units/{house.ward_7.pk}/open").status_code == 403


def test_you_said_we_did_takes_twelve_statements_with_all_that_it_can_show(house: House) -> None:
    debriefed(house)
    initiative, by = house.result.survey.initiative, house.member(Role.LEAD)
    on = {"initiative": initiative, "unit": house.ward_7, "added_by": by}
    Commitment.objects.update_or_create(initiative=initiative, unit=house.ward_7)
    for number in range(3):
        measure = Measure.objects.create(name=f"Falls {number}", every="week", better="less", **on)
        for week in range(15):
            day = timezone.localdate() - timedelta(weeks=week)
            Point.objects.create(measure=measure, day=day, value=week % 4)
        SmallTest.objects.create(
            number=number, what="A sign", expects="Fewer", until=timezone.localdate(), **on
        )
        idea = an_idea(house, "do")
        idea.action = Action.objects.create(
            what="Fit closers", owner="Housekeeper", result=house.result.pk,
            due_on=timezone.localdate(), first_due_on=timezone.localdate(), **on,
        )  # fmt: skip
        idea.save()
    StatusChange.objects.create(
        initiative=initiative, unit=house.ward_7, was="proposed", state="active", why="So.",
        changed_by=by,
    )  # fmt: skip
    # SQLite is asked once what it can.
    Client().get(SAID)
    with CaptureQueriesContext(connection) as asked:
        page = Client().get(SAID).text
    assert "Falls 2" in page
    assert "Fit closers" in page
    assert len(asked) <= 12
    review = Review.objects.create(
        initiative=initiative, decision="continue", reason="It helps.", reviewer=by
    )
    review.units.add(house.ward_7)
    found = now_of(house.result)
    assert found is not None
    assert found.review == review
    # Also where a review changed no status, and for whoever is signed in.
    stranger, signed_in = Client(), Client()
    signed_in.force_login(by)
    for client in (stranger, signed_in):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(SAID).text.count("It helps.") == 1
        assert len(asked) <= 12
    assert not any("session" in str(one["sql"]) for one in asked)
    assert Initiative.objects.get(pk=initiative.pk).title
