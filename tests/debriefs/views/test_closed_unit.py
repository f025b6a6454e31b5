"""A unit that has closed: its team page and its plan take nothing new, and say why."""

import pytest
from django.test import Client

from debriefs.actions.debrief import Wanted, choose_early, start_debrief
from debriefs.actions.deciding import Says, end_debrief
from debriefs.actions.early_plan import open_early
from debriefs.actions.promises import add_promise
from debriefs.models import Debrief, EarlyPlan
from initiatives.actions.plan import add_action
from initiatives.models import Action, Idea, Priority
from organisations.models import Role, Unit, User
from organisations.rules.refusal import Refused
from organisations.words.dates import day
from scoring.models import Snapshot
from tests.debriefs.meetings import DECIDED, start, text
from tests.initiatives.asking import in_days
from tests.published_house import House

IDEA, SAID = "/w/ward-7-unguessable/idea", "/w/ward-7-unguessable/you-said-we-did"
TO_BE_ADDED = "so nothing can be added to it"


@pytest.fixture
def user(house: House) -> User:
    return house.member(Role.MANAGER, house.ward_7)


@pytest.fixture
def manager(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def plan(house: House, manager: Client, user: User) -> str:
    """The address of a plan with one priority and one action, after a debrief."""
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    manager.post(f"{meeting}steps/decide", DECIDED)
    add_action(
        priority=Priority.objects.get(), what="A list", owner="Clerk", due_on=in_days(9), by=user
    )
    return f"{house.address()}plan/"


def close(house: House, days: int = 0) -> str:
    """Ward 7, in so many days; the sentence that says so."""
    Unit.objects.filter(pk=house.ward_7.pk).update(valid_to=in_days(days))
    return f"{house.ward_7.name} closed on {day(in_days(days))}"


@pytest.mark.parametrize(("days", "is_closed"), [(-1, True), (0, True), (1, False)])
def test_it_takes_no_more_ideas(house: House, plan: str, days: int, *, is_closed: bool) -> None:
    anybody, said = Client(), close(house, days)
    page = anybody.get(IDEA)
    assert page.status_code == 200
    assert ("This unit has closed" in page.text) is is_closed
    assert (f"{said}, so it takes no more ideas." in page.text) is is_closed
    assert ('name="idea"' in page.text) is not is_closed
    sent = anybody.post(IDEA, {"idea": "Quieter bins"})
    assert sent.status_code == (409 if is_closed else 200)
    assert ("We have your idea." in sent.text) is not is_closed
    assert Idea.objects.count() == (0 if is_closed else 1)
    told = anybody.get(SAID).text
    assert (f"{said}, so it takes no more ideas." in told) is is_closed
    assert (IDEA in told) is not is_closed


def test_its_plan_offers_to_close_what_is_open_alone(
    house: House, plan: str, manager: Client
) -> None:
    priority, action = Priority.objects.get(), Action.objects.get()
    add, how = f"{plan}priorities/{priority.pk}/act", f"{plan}actions/{action.pk}/close"
    page = text(manager, plan)
    assert all(words in page for words in (add, how, "Send a request", "Suggestions"))
    said = close(house)
    page = text(manager, plan)
    assert f"{said}.</b> Nothing can be added to its plan. You can still close" in page
    assert not any(words in page for words in (add, "Send a request", "Suggestions"))
    assert how in page
    told = manager.get(add, follow=True)
    assert told.redirect_chain[0][0] == plan and f"{said}, {TO_BE_ADDED}." in told.text
    typed = {"what": "A bell", "owner": "Clerk", "due_on": in_days(9)}
    sent = manager.post(add, typed)
    assert sent.status_code == 422 and TO_BE_ADDED in sent.text and 'value="A bell"' in sent.text
    assert manager.post(how, {"state": "done", "outcome": "It hangs."}).status_code == 302
    assert [(one.what, one.state) for one in Action.objects.all()] == [("A list", "done")]
    assert "You can still close" not in text(reader_of(house), plan)


def reader_of(house: House) -> Client:
    reader = Client()
    reader.force_login(house.member(Role.REVIEWER))
    return reader


def test_a_plan_is_not_started_early(house: House, manager: Client, user: User) -> None:
    plan = f"{house.address()}plan/"
    assert "Make a plan without a debrief" in text(manager, plan)
    said = close(house)
    page = text(manager, plan)
    assert f"{said}, so it cannot start a plan without a debrief." in page
    assert "Make a plan without a debrief" not in page
    sent = manager.post(plan, {"reason": "A visit on Monday."})
    assert sent.status_code == 422 and TO_BE_ADDED in sent.text
    assert not EarlyPlan.objects.exists()


def test_an_early_plan_gets_no_more_priorities(house: House, manager: Client, user: User) -> None:
    open_early(survey_unit=house.result, reason="A visit.", by=user)
    plan = f"{house.address()}plan/"
    assert "Add a priority" in text(manager, plan)
    close(house)
    assert "Add a priority" not in text(manager, plan)
    wanted = Wanted("ENV07", "Answer ideas")
    with pytest.raises(Refused, match=TO_BE_ADDED):
        choose_early(survey_unit=house.result, wanted=wanted, by=user)
    sent = manager.post(f"{plan}priority", {"code": "ENV07", "title": "Answer"}, follow=True)
    assert TO_BE_ADDED in sent.text and not Priority.objects.exists()


def test_its_team_still_decides_and_its_leaders_promise_nothing_more(
    house: House, manager: Client, user: User
) -> None:
    snapshot = Snapshot.objects.get(survey_unit=house.result)
    said = close(house)
    team = start_debrief(snapshot=snapshot, kind="team", name="Day team", by=user)
    says = Says("hold", "We close.", "Clerk")
    end_debrief(debrief=team, says=says, notes=[], pictures=[], by=user)
    debriefs = f"{house.address()}debrief/"
    assert 'value="reply"' not in text(manager, debriefs)
    with pytest.raises(Refused, match=TO_BE_ADDED):
        start_debrief(snapshot=snapshot, kind="reply", name="Leaders", by=user)
    Unit.objects.update(valid_to=None)
    assert 'value="reply"' in text(manager, debriefs)
    reply = start_debrief(snapshot=snapshot, kind="reply", name="Leaders", by=user)
    promise = {"what": "A porter", "owner": "Matron", "due_on": in_days(9)}
    add_promise(debrief=reply, **promise, by=user)  # type: ignore[arg-type]
    close(house)
    page = text(manager, f"{debriefs}{reply.pk}/steps/promises")
    assert f"{said}, {TO_BE_ADDED}." in page and "Add promise" not in page
    with pytest.raises(Refused, match=TO_BE_ADDED):
        add_promise(debrief=reply, **{**promise, "what": "Two"}, by=user)  # type: ignore[arg-type]
    end_debrief(debrief=reply, says=None, notes=[], pictures=[], by=user)
    assert [one.what for one in Action.objects.all()] == ["A porter"], "said before it closed"
    assert Debrief.objects.filter(ended_at=None).count() == 0
