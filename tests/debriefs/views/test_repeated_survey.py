"""Two results of one unit and one improvement: each page counts and lists its own plan.

The first plan has an action that is done, one that was dropped and one that is still open after
the second survey; the second is about one of the same statements again.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from debriefs.actions.debrief import Wanted, choose_priority, start_debrief
from debriefs.actions.deciding import Says, end_debrief
from debriefs.models import Debrief
from debriefs.queries.checks import priorities_on
from initiatives.actions.plan import add_action, close_action
from initiatives.models import Action, Decision
from organisations.models import Role, User
from organisations.words import dates
from reports.presenters.brief import brief_of
from reports.presenters.making import make
from reports.presenters.source import source_of
from reports.queries.beside import beside, followed
from results.queries.decision import decided_of_all
from scoring.models import Snapshot
from surveys.models import Message, SurveyUnit
from surveys.queries.decided import decided_news
from tests.debriefs.meetings import text
from tests.factories import ActionFactory, InitiativeFactory
from tests.published_house import House
from tests.reports.api.conftest import Program
from tests.reports.read import slides_of, words_of
from tests.results.changes import audit, with_change
from tests.results.payloads import payload

FIRST, SECOND = "Say what became of ideas", "Answer within a week"
HANDS = "More hands at lunch"
CARRIED, NEW = "Ask the matron", "A list by the rota"
OF_FIRST = (
    "2 priorities from this result. 1 of 2 actions for them is done; the next is due on "
    "Sunday 14 December 2031. 1 was dropped."
)
OF_SECOND = (
    "1 priority from this result. The action for it is not done yet; it is due on "
    "Saturday 20 December 2031."
)


@dataclass
class Repeated:
    """Both results, and who manages their unit."""

    house: House
    first: SurveyUnit
    second: SurveyUnit
    by: User


def decide(result: SurveyUnit, by: User, name: str, **priorities: str) -> dict[str, int]:
    """A debrief that chooses these and ends; the keys of its priorities by statement."""
    snapshot = Snapshot.objects.get(survey_unit=result)
    debrief = start_debrief(snapshot=snapshot, kind=Debrief.Kind.TEAM, name=name, by=by)
    chosen = {
        code: choose_priority(debrief=debrief, wanted=Wanted(code, title), by=by).pk
        for code, title in priorities.items()
    }
    says = Says(Decision.Choice.GO_AHEAD, "We can.", "The night sister")
    end_debrief(debrief=debrief, says=says, notes=[], pictures=[], by=by)
    return chosen


@pytest.fixture
def both(house: House) -> Repeated:
    by = house.member(Role.MANAGER, house.ward_7)
    first = audit(house, payload(), days_ago=200, code="first")
    second = audit(house, with_change(first), days_ago=20, code="second")
    # The survey of the house itself was cancelled.
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        state=SurveyUnit.State.CANCELLED, published_at=None
    )

    def act(what: str, priority: int, day: int, state: str = "") -> None:
        action = add_action(
            priority=first.survey.initiative.priorities.get(pk=priority),
            what=what, owner="Clerk", due_on=date(2031, 12, day), by=by,
        )  # fmt: skip
        if state:
            close_action(action=action, state=state, outcome="So.", by=by)

    then = decide(first, by, "Day team", ENV07=FIRST, RES01=HANDS)
    act("Hang up a list", then["ENV07"], 12, "done")
    act("Move the round", then["RES01"], 13, "dropped")
    act(CARRIED, then["RES01"], 14)
    now = decide(second, by, "Whole team", ENV07=SECOND)
    act(NEW, now["ENV07"], 20)
    for one in (first, second):
        one.refresh_from_db()
    return Repeated(house, first, second, by)


def test_under_each_decision_its_own_plan_is_counted(both: Repeated, client: Client) -> None:
    client.force_login(both.by)
    for result, said, other in (
        (both.first, OF_FIRST, OF_SECOND),
        (both.second, OF_SECOND, OF_FIRST),
    ):
        for page in (both.house.address(result), f"/w/{result.ward_page_code}"):
            found = text(client, page)
            assert said in found and other not in found, page


def test_each_plan_lists_and_counts_its_own(both: Repeated, client: Client) -> None:
    client.force_login(both.by)
    for result, count, titles, others in (
        (
            both.first,
            "1 of 2 actions for its priorities is done;",
            (FIRST, HANDS, CARRIED),
            (SECOND, NEW),
        ),
        (
            both.second,
            "The action for its priority is not done yet;",
            (SECOND, NEW),
            (FIRST, HANDS, CARRIED),
        ),
    ):
        plan = text(client, f"{both.house.address(result)}plan/")
        assert count in plan
        told = text(client, f"/w/{result.ward_page_code}/you-said-we-did")
        for page in (plan, told):
            assert all(title in page for title in titles)
            assert [title for title in others if title in page] == []


def still_open(result: SurveyUnit, number: int) -> str:
    """What a later plan says of this one's."""
    actions = "1 action is" if number == 1 else f"{number} actions are"
    closed = dates.day(result.closes_at)
    return f"{actions} still open from the plan after the survey that closed on {closed}."


def pages_of(both: Repeated, result: SurveyUnit) -> tuple[str, str]:
    return f"{both.house.address(result)}plan/", f"/w/{result.ward_page_code}/you-said-we-did"


def test_a_later_plan_says_what_an_earlier_one_leaves_open(both: Repeated, client: Client) -> None:
    client.force_login(both.by)
    said = still_open(both.first, 1)
    for page, earlier in zip(pages_of(both, both.second), pages_of(both, both.first), strict=True):
        found = text(client, page)
        assert said in found and f'href="{earlier}">See the earlier plan' in found
        assert CARRIED not in found, "it is listed in its own plan alone"
        assert "still open from" not in text(client, earlier), "nothing of a later one"
    action = Action.objects.get(what=CARRIED)
    close_action(action=action, state="done", outcome="She came.", by=both.by)
    for page in pages_of(both, both.second):
        assert "still open from" not in text(client, page)


def test_each_earlier_plan_is_told_by_itself_whatever_its_actions_are_for(
    both: Repeated, client: Client
) -> None:
    """Promises and what follows from ideas are in it, too; actions of other improvements not."""
    client.force_login(both.by)
    third = audit(both.house, with_change(both.second), days_ago=5, code="third")
    here = {"unit": both.house.ward_7, "owner": "Matron", "added_by": both.by}
    ActionFactory.create(
        initiative=both.first.survey.initiative, result=both.first.pk, is_promise=True,
        what="A second porter", due_on=date(2031, 12, 1), priority=None, **here,
    )  # fmt: skip
    ActionFactory.create(
        initiative=InitiativeFactory.create(organisation=both.house.organisation),
        result=both.first.pk, what="Elsewhere", due_on=date(2031, 12, 1), priority=None, **here,
    )  # fmt: skip
    decide(third, both.by, "Whole team", ENV07="Once more")
    for page in pages_of(both, third):
        found = text(client, page)
        assert found.index(still_open(both.first, 2)) < found.index(still_open(both.second, 1))


def test_the_team_is_led_to_no_plan_that_it_does_not_read(both: Repeated, client: Client) -> None:
    """A plan that was started early, and whose result was never discussed."""
    client.force_login(both.by)
    SurveyUnit.objects.filter(pk=both.first.pk).update(debriefed_at=None)
    plan, told = (text(client, page) for page in pages_of(both, both.second))
    assert still_open(both.first, 1) in plan and "still open from" not in told


def test_documents_say_what_an_earlier_plan_leaves_open(both: Repeated) -> None:
    assert brief_of(both.first, followed(both.first)).before == ()
    assert brief_of(both.second, followed(both.second)).before == (still_open(both.first, 1),)
    snapshot = Snapshot.objects.get(survey_unit=both.second)
    source = source_of(snapshot, beside(both.second))
    said = {kind: words_of(make(kind, source)) for kind in ("board", "wall", "full")}
    said["slides"] = " ".join(slides_of(make("slides", source)))
    for kind, words in said.items():
        assert words.count("1 action is still open from the plan after") == 1, kind


def test_documents_hold_the_plan_of_their_result(both: Repeated) -> None:
    def rows(result: SurveyUnit) -> list[tuple[str, str]]:
        return [(one.title, one.what) for one in brief_of(result, followed(result)).rows]

    assert rows(both.first) == [(FIRST, "Hang up a list"), (HANDS, CARRIED)]
    assert rows(both.second) == [(SECOND, NEW)]


def test_staff_are_told_what_comes_first_in_this_decision(both: Repeated) -> None:
    for result, titles in ((both.first, (FIRST, HANDS)), (both.second, (SECOND,))):
        news = decided_news(result, Message.Step.DECIDED)
        assert news is not None and news.priorities == titles


def test_the_card_of_the_overview_counts_the_latest_plan(both: Repeated, client: Client) -> None:
    client.force_login(both.house.member(Role.LEAD))
    page = text(client, f"/o/{both.house.organisation.slug}/overview/?unit=ward+7")
    assert "The action for its priority is not done yet; it is due on Saturday" in page
    assert "of 2 actions" not in page


def test_many_results_are_counted_at_once(both: Repeated) -> None:
    found = decided_of_all([both.first, both.second])
    counted = {result: one.progress.priorities for result, one in found.items()}
    assert counted == {both.first.pk: 2, both.second.pk: 1}


def test_the_list_of_actions_has_both_each_with_its_result(both: Repeated, client: Client) -> None:
    client.force_login(both.by)
    page = text(client, f"/o/{both.house.organisation.slug}/actions/")
    assert "2 actions, by unit" in page
    for result, what in ((both.first, CARRIED), (both.second, NEW)):
        action = Action.objects.get(what=what)
        link = f"{both.house.address(result)}plan/actions/{action.pk}/close"
        assert f'<a href="{link}">{what}</a>' in page
        other = both.second if result == both.first else both.first
        assert client.get(link).status_code == 200
        text(client, link.replace(f"/{result.pk}/", f"/{other.pk}/"), status=404)


def test_a_check_offers_the_priorities_of_the_latest_plan(both: Repeated) -> None:
    found = priorities_on(both.first.survey.initiative, [both.house.ward_7])
    assert [one.title for one in found] == [SECOND]


def test_a_program_reads_in_whose_plan_an_action_is(both: Repeated) -> None:
    found = Program(both.house, both.by).get("/actions").json()["items"]
    read = {one["what"]: one["survey_unit_id"] for one in found}
    assert (read[CARRIED], read[NEW]) == (both.first.pk, both.second.pk)


def test_a_repeat_is_due_when_the_latest_plan_is_done(both: Repeated, client: Client) -> None:
    """Whatever is open still of the plan before."""
    client.force_login(both.by)
    home = f"/o/{both.house.organisation.slug}/"
    assert "Repeat the survey" not in text(client, home)
    action = Action.objects.get(what=NEW)
    close_action(action=action, state="done", outcome="It hangs.", by=both.by)
    assert "No actions in its plan are open." in text(client, home)
    assert OF_FIRST in text(client, both.house.address(both.first))
    assert "1 priority from this result. The action for it is done." in text(
        client, both.house.address(both.second)
    )
