"""The plan in views: who reads it, what is added to it, what is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.models import EarlyPlan
from initiatives.actions.suggestions import add_suggestion
from initiatives.models import Action, Priority
from organisations.models import Organisation, Role, User
from organisations.words.dates import day as in_words
from scoring.rules.payload import Tier
from tests.debriefs.meetings import DECIDED, publish_long_ago, start, text
from tests.factories import MembershipFactory, UnitFactory
from tests.initiatives.asking import in_days
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def test_a_reviewer_reads_the_plan_and_finds_nothing_to_press(
    house: House, manager: Client
) -> None:
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
    reviewer = Client()
    reviewer.force_login(house.member(Role.REVIEWER))
    text(reviewer, f"{house.address()}plan/", 403)
    manager.post(f"{meeting}steps/decide", DECIDED)
    add = f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act"
    manager.post(add, {"what": "Hang up a sheet", "owner": "Clerk", "due_on": in_days(60)})
    page = text(reviewer, f"{house.address()}plan/").split('id="maincontent"')[1]
    assert "Answer ideas" in page and "Hang up a sheet" in page
    for pressed in ("Add an action", "Change<", "<form", "you-said-we-did", "Suggestions"):
        assert pressed not in page
    assert f"{house.address()}plan/" in text(reviewer, house.address())


def test_before_the_talk_a_reviewer_reads_that_there_is_no_plan(
    house: House, client: Client
) -> None:
    publish_long_ago(house)
    client.force_login(house.member(Role.REVIEWER))
    assert "There is no plan yet." in text(client, f"{house.address()}plan/")


@pytest.mark.parametrize(("tier", "minutes"), [("figures", 30), ("words", 30), ("joint", 20)])
def test_it_says_how_long_this_debrief_takes(
    house: House, client: Client, tier: Tier, minutes: int
) -> None:
    mode = "joint" if tier == "joint" else "sealed"
    unit = publish(
        organisation=house.organisation, unit=house.ward_9, payload=payload(tier), mode=mode
    )
    client.force_login(house.member(Role.MANAGER, house.ward_9))
    said = f"The debrief takes {minutes} minutes."
    for address in (f"{house.address(unit)}plan/", f"/o/{house.organisation.slug}/"):
        assert said in text(client, address)
    assert f"{minutes} minutes" in text(client, house.address(unit))


def test_words_for_a_statement_that_is_chosen_already_are_not_lost_unsaid(
    house: House, manager: Client
) -> None:
    said = "“Answer ideas” is already a priority about that statement"
    plan = f"{house.address()}plan/"
    manager.post(plan, {"reason": "A visit on Monday"})
    typed = {"code": "ENV07", "title": "Answer ideas"}
    for _ in range(2):
        assert said not in manager.post(f"{plan}priority", typed, follow=True).text
    other = {**typed, "title": "Thank for each idea"}
    page = manager.post(f"{plan}priority", other, follow=True).text
    assert said in page and "You wrote: “Thank for each idea”." in page
    meeting = start(manager, house)
    for wanted, is_said in ((typed, False), (other, True)):
        answer = manager.post(f"{meeting}choices", {**wanted, "step": "first"}, follow=True)
        assert (said in answer.text) == is_said
        assert ("You wrote: “Thank for each idea”." in answer.text) == is_said
    assert Priority.objects.get().title == "Answer ideas"


def test_without_figures_it_takes_20_minutes(house: House, client: Client) -> None:
    few = payload("too_few")
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=few)
    client.force_login(house.member(Role.MANAGER, house.ward_9))
    for address in (f"{house.address(unit)}plan/", f"{house.address(unit)}debrief/"):
        assert "20 minutes" in text(client, address)


class TestPlan:
    def test_before_the_debrief_it_asks_why_and_keeps_the_reason(
        self, house: House, manager: Client
    ) -> None:
        address = f"{house.address()}plan/"
        assert "Hold a team debrief before you make a plan" in text(manager, address)
        assert (
            manager.post(f"{address}priority", {"code": "ENV07", "title": "Ours"}).status_code
            == 302
        )
        assert not Priority.objects.exists()
        empty = manager.post(address, {"reason": " "})
        assert empty.status_code == 422
        assert "Say why the plan cannot wait" in empty.content.decode()
        assert not EarlyPlan.objects.exists()
        assert manager.post(address, {"reason": "A visit on Monday"}).status_code == 302
        assert "A visit on Monday" in text(manager, address)
        manager.post(f"{address}priority", {"code": "ENV07", "title": "Answer ideas"})
        assert "Chosen before a debrief" in text(manager, address)
        text(manager, "/w/ward-7-unguessable/you-said-we-did", 404)
        add = f"{address}priorities/{Priority.objects.get().pk}/act"
        manager.post(add, {"what": "Ask", "owner": "Ward clerk", "due_on": f"{in_days(60)}"})
        assert "The action for its priority is not done yet" in text(manager, address)
        manager.post(f"{start(manager, house)}steps/decide", DECIDED)
        manager.post(f"{address}priority", {"code": "ENV01", "title": "Ours"})
        assert Priority.objects.count() == 1
        assert "A visit on Monday" in text(manager, "/w/ward-7-unguessable/you-said-we-did")

    def test_an_action_goes_from_planned_to_done(self, house: House, manager: Client) -> None:
        meeting = start(manager, house)
        manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
        manager.post(f"{meeting}steps/decide", DECIDED)
        address = f"{house.address()}plan/"
        plan = text(manager, address)
        assert "Try one suggestion from staff this month" in plan
        assert "Source: <cite>Able to improve?</cite>" in plan
        add = f"{address}priorities/{Priority.objects.get().pk}/act"
        assert 'value="Ask &amp; answer"' in text(manager, f"{add}?what=Ask+%26+answer")
        typed = {"what": "A sheet", "owner": "Ward clerk", "due_on": f"{in_days(60)}"}
        assert manager.post(add, typed).status_code == 302
        said = f"not done yet; it is due on {in_words(in_days(60))}."
        for page in (address, house.address()):
            assert said in text(manager, page)
        change = f"{address}actions/{Action.objects.get().pk}"
        done = {**typed, "state": "done", "outcome": "Four ideas, four answers."}
        assert manager.post(change, done).status_code == 302
        Action.objects.create(
            **Action.objects.values(
                *("initiative_id", "unit_id", "priority_id", "owner", "due_on", "added_by_id"),
                *("result", "first_due_on", "evidence_code", "evidence_wording", "evidence_link"),
            ).get(),
            what="Dropped one", state="dropped", outcome="No time.", closed_on=in_days(30),
        )  # fmt: skip
        for page in (address, house.address()):
            assert " is done." in text(manager, page), "what was dropped is not counted"
        ward = text(manager, "/w/ward-7-unguessable/you-said-we-did")
        assert "Done" in ward and "Four ideas, four answers." in ward and "Ward clerk" in ward

    def test_a_day_that_has_passed_asks(self, house: House, manager: Client) -> None:
        meeting = start(manager, house)
        manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Answer ideas"})
        manager.post(f"{meeting}steps/decide", DECIDED)
        address = f"{house.address()}plan/"
        add = f"{address}priorities/{Priority.objects.get().pk}/act"
        today = timezone.localdate()
        typed = {"what": "A sheet", "owner": "Ward clerk", "due_on": f"{today - timedelta(1)}"}
        assert "is_past" not in text(manager, add)
        asked = manager.post(add, typed)
        assert asked.status_code == 422
        assert "has passed. Change it, or tick that it has" in asked.text
        assert 'name="is_past"' in asked.text
        assert not Action.objects.exists()
        assert manager.post(add, {**typed, "is_past": "on"}).status_code == 302
        # Saved again with its old day, or for today: nothing to ask.
        change = f"{address}actions/{Action.objects.get().pk}"
        doing = {**typed, "state": "doing", "outcome": ""}
        assert manager.post(change, doing).status_code == 302
        assert manager.post(change, {**doing, "due_on": f"{today}"}).status_code == 302
        assert (
            manager.post(change, {**doing, "due_on": f"{today - timedelta(2)}"}).status_code == 422
        )

    @pytest.mark.parametrize(
        ("posted", "sentence"),
        [
            ({"what": ""}, "Enter the action"),
            ({"owner": ""}, "Enter the owner’s role"),
            ({"due_on": "soon"}, "Enter a date, like 30/11/2026"),
            ({"state": "paused"}, "Choose a status"),
            ({"state": "dropped"}, "Enter why it was dropped."),
        ],
    )
    def test_bad_input_is_said_and_changes_nothing(
        self, house: House, manager: Client, posted: dict[str, str], sentence: str
    ) -> None:
        meeting = start(manager, house)
        manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Ours"})
        manager.post(f"{meeting}steps/decide", DECIDED)
        typed = {"what": "A sheet", "owner": "Clerk", "due_on": in_days(14)}
        manager.post(f"{house.address()}plan/priorities/{Priority.objects.get().pk}/act", typed)
        before = Action.objects.values().get()
        answer = manager.post(
            f"{house.address()}plan/actions/{before['id']}",
            {**typed, "state": "planned", "outcome": "", **posted},
        )
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert Action.objects.values().get() == before
        long = {**typed, "state": "dropped", "outcome": "x" * 241}
        answer = manager.post(f"{house.address()}plan/actions/{before['id']}", long)
        assert "Use 240 characters or fewer" in answer.content.decode()
        assert "Enter why it was dropped" not in answer.content.decode()


def test_the_organisations_own_suggestion_comes_first(house: House, manager: Client) -> None:
    other: Organisation = UnitFactory.create().organisation
    by: User = MembershipFactory.create(organisation=house.organisation, role=Role.EDITOR).user
    for organisation, title in ((house.organisation, "Ours first"), (other, "Not ours")):
        add_suggestion(
            organisation=organisation,
            title=title,
            what="Ask.",
            achieves="Answers.",
            tasks=["1.5"],
            source="Ward 9",
            by=by,
        )
    meeting = start(manager, house)
    manager.post(f"{meeting}choices", {"code": "ENV07", "title": "Ours"})
    manager.post(f"{meeting}steps/decide", DECIDED)
    plan = text(manager, f"{house.address()}plan/")
    assert "Ours first" in plan and "Not ours" not in plan
    assert plan.count('<li class="app-suggestion">') == 3
