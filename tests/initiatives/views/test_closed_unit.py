"""A unit that has closed takes nothing new; what it has is still closed, answered and withdrawn."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.actions.ideas import act_on_idea, answer_idea, send_idea
from initiatives.actions.measures import Typed, add_numbers, start_measure
from initiatives.actions.plan import add_action, take_up_again
from initiatives.actions.requests import Said, answer_request, withdraw_request
from initiatives.actions.small_tests import start_test
from initiatives.models import (
    Action,
    ClosedIdeaBox,
    Commitment,
    DepartmentRequest,
    Idea,
    Measure,
    Point,
    Priority,
    Review,
    SmallTest,
)
from organisations.models import Role, Unit, User
from organisations.rules.refusal import Refused
from organisations.words.dates import day
from tests.factories import ActionFactory, PriorityFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, department, in_days, running

pytestmark = pytest.mark.django_db
TO_BE_ADDED = "so nothing can be added to it"


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    return running(trust)


@pytest.fixture
def measure(trust: Trust, here: Commitment) -> Measure:
    return start_measure(
        commitment=here, name="Falls", every="week", better="less", is_watch=False, by=trust.manager
    )


@pytest.fixture
def a_test(trust: Trust, here: Commitment) -> SmallTest:
    return start_test(
        commitment=here, what="A sign", expects="Fewer", until=in_days(3), by=trust.manager
    )


@pytest.fixture
def priority(here: Commitment) -> Priority:
    made: Priority = PriorityFactory.create(
        initiative=here.initiative, unit=here.unit, result=1, title="Enough hands"
    )
    return made


@pytest.fixture
def action(trust: Trust, priority: Priority) -> Action:
    made: Action = ActionFactory.create(
        initiative=priority.initiative, unit=priority.unit, priority=priority, what="Trolley",
        owner="Charge nurse", due_on=in_days(20), added_by=trust.manager,
    )  # fmt: skip
    return made


def close(trust: Trust, days: int = 0) -> None:
    """Ward 7, in so many days."""
    Unit.objects.filter(pk=trust.ward_7.pk).update(valid_to=in_days(days))


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def on_unit(trust: Trust, here: Commitment, rest: str = "") -> str:
    return trust.url(f"initiatives/{here.initiative_id}/units/{here.unit_id}/{rest}")


@pytest.mark.parametrize(("days", "is_closed"), [(-1, True), (0, True), (1, False)])
def test_nothing_is_added_from_the_day_on_which_it_closes(
    trust: Trust, measure: Measure, priority: Priority, days: int, *, is_closed: bool
) -> None:
    close(trust, days)
    today = timezone.localdate()
    here = Commitment.objects.select_related("unit").get(unit=trust.ward_7)
    adding = [
        lambda: add_numbers(measure=measure, numbers=[Typed(today, Decimal(3))], by=trust.manager),
        lambda: start_measure(
            commitment=here, name="Pain", every="week", better="less", is_watch=True, by=trust.lead
        ),
        lambda: start_test(
            commitment=here, what="A bell", expects="Less", until=today, by=trust.lead
        ),
        lambda: ask(trust, here),
        lambda: add_action(
            priority=Priority.objects.get(pk=priority.pk), what="Bell", owner="Clerk",
            due_on=in_days(9), by=trust.lead,
        ),
    ]  # fmt: skip
    for add in adding:
        if is_closed:
            with pytest.raises(Refused, match=f"Ward 7 closed on .*, {TO_BE_ADDED}"):
                add()
        else:
            add()
    kept = [Point, SmallTest, DepartmentRequest, Action]
    assert [model._default_manager.count() for model in kept] == [0 if is_closed else 1] * len(kept)
    assert Measure.objects.count() == (1 if is_closed else 2)


def test_what_ended_with_its_improvement_is_not_taken_up_again(
    trust: Trust, here: Commitment, action: Action
) -> None:
    review = Review.objects.create(
        initiative=here.initiative, decision="stop", reason="Done.", reviewer=trust.lead,
        reply_by=in_days(14),
    )  # fmt: skip
    review.units.set([trust.ward_7])
    Action.objects.update(
        state="dropped", outcome="Ended with the improvement", closed_on=in_days(0)
    )
    close(trust)
    with pytest.raises(Refused, match=TO_BE_ADDED):
        take_up_again(action=Action.objects.get(), by=trust.manager)
    assert Action.objects.get().state == "dropped"


def test_its_page_says_so_and_offers_to_close_what_is_open_alone(
    trust: Trust, here: Commitment, measure: Measure, a_test: SmallTest, action: Action
) -> None:
    offered = [
        f"measures/{measure.pk}/add", f"measures/{measure.pk}/paste", "measures/add",
        "measures/watch", "tests/add", f"actions/{action.pk}/request", "requests/add",
    ]  # fmt: skip
    closing = [f"measures/{measure.pk}/end", f"tests/{a_test.pk}"]
    client, links = as_(trust.manager), (lambda rest: f'href="{on_unit(trust, here, rest)}"')
    page = client.get(on_unit(trust, here)).text
    assert [rest for rest in (*offered, *closing) if links(rest) not in page] == []
    close(trust)
    page = client.get(on_unit(trust, here)).text
    assert f"Ward 7 closed on {day(in_days(0))}." in page and "Nothing can be added here" in page
    assert [rest for rest in offered if links(rest) in page] == []
    assert [rest for rest in closing if links(rest) not in page] == []
    for rest in offered:
        told = client.get(on_unit(trust, here, rest), follow=True)
        assert told.redirect_chain[0][0] == on_unit(trust, here) and TO_BE_ADDED in told.text, rest


def test_what_was_typed_before_it_closed_stays_in_its_field(
    trust: Trust, here: Commitment, measure: Measure
) -> None:
    close(trust)
    sent = as_(trust.manager).post(
        on_unit(trust, here, f"measures/{measure.pk}/add"),
        {"value": "17", "day": in_days(0).isoformat()},
    )
    assert sent.status_code == 422 and TO_BE_ADDED in sent.text and 'value="17"' in sent.text
    assert not Point.objects.exists()


def test_what_is_open_is_still_closed(
    trust: Trust, here: Commitment, measure: Measure, a_test: SmallTest
) -> None:
    close(trust)
    client = as_(trust.manager)
    ended = client.post(
        on_unit(trust, here, f"tests/{a_test.pk}"),
        {"happened": "Nobody saw it", "outcome": "drop", "following": "No sign"},
    )
    assert ended.status_code == 302
    client.post(on_unit(trust, here, f"measures/{measure.pk}/end"))
    assert SmallTest.objects.get().ended_at and Measure.objects.get().ended_at


def test_a_request_is_still_answered_by_its_link_which_says_that_the_unit_has_closed(
    trust: Trust, here: Commitment
) -> None:
    one = ask(trust, here)
    closed, address = f"Ward 7 closed on {day(in_days(0))}", f"/ask/{one.link_token}"
    assert closed not in Client().get(address).text
    close(trust)
    page = Client().get(address).text
    assert closed in page and "You can still answer" in page and "Not ours" in page
    listed = as_(trust.manager).get(trust.url("requests/")).text
    assert f"The unit closed on {day(in_days(0))}" in listed
    page = as_(trust.manager).get(trust.url(f"requests/{one.pk}")).text
    assert closed in page and "still be answered or withdrawn" in page
    sent = Client().post(f"{address}?answer=no", {"why": "No money"})
    one.refresh_from_db()
    assert (sent.status_code, one.answer) == (302, "no")
    assert "You can still answer" not in Client().get(address).text


def test_what_is_not_theirs_goes_to_nobody_else(trust: Trust, here: Commitment) -> None:
    one = ask(trust, here)
    close(trust)
    said = Said("not_ours", instead=department(trust, "Pharmacy"))
    answer_request(one=one, said=said, by=None)
    assert DepartmentRequest.objects.get().answer_words == "Pharmacy"
    client, page = as_(trust.manager), trust.url(f"requests/{one.pk}")
    assert f"{page}/again" not in client.get(page).text
    told = client.get(f"{page}/again", follow=True)
    assert told.redirect_chain[0][0] == page and TO_BE_ADDED in told.text
    withdraw_request(one=one, by=trust.manager)
    assert f"{page}/again" not in client.get(page).text
    sent = client.post(f"{page}/again", {"to": "department-1", "needs": NEEDS})
    assert sent.status_code == 422 and DepartmentRequest.objects.count() == 1


def test_an_idea_is_still_answered_but_nothing_is_done_about_it(trust: Trust) -> None:
    today = timezone.localdate()
    waits, done = (
        Idea.objects.create(unit=trust.ward_7, words=words, shown_on=today, **fields)
        for words, fields in (
            ("Quieter bins", {}),
            ("A bell", {"answer": "do", "answer_words": "Yes", "answered_on": today}),
        )
    )
    client, address = as_(trust.manager), trust.url(f"ideas/{waits.pk}")
    assert 'value="do"' in client.get(address).text
    assert trust.url(f"ideas/{done.pk}/act") in client.get(trust.url("ideas/")).text
    close(trust)
    page = client.get(address).text
    assert "Ward 7 closed on" in page and 'value="do"' not in page
    assert client.post(address, {"answer": "do", "words": "Soon"}).status_code == 422
    assert client.post(address, {"answer": "not_now", "words": "We close."}).status_code == 302
    page = client.get(trust.url("ideas/")).text
    assert "We close." in page and trust.url(f"ideas/{done.pk}/act") not in page
    told = client.get(trust.url(f"ideas/{done.pk}/act"), follow=True)
    assert TO_BE_ADDED in told.text and not Action.objects.exists()


def test_no_idea_is_sent_or_taken_up_however_it_comes(trust: Trust, here: Commitment) -> None:
    """Also from a page that was open before it closed."""
    today = timezone.localdate()
    waits, done = (
        Idea.objects.create(unit=trust.ward_7, words=words, shown_on=today, answer=answer)
        for words, answer in (("Quieter bins", ""), ("A bell", "do"))
    )
    close(trust)
    with pytest.raises(Refused, match="so it takes no more ideas"):
        send_idea(unit=trust.ward_7, words="A lamp", for_lead_only=False)
    with pytest.raises(Refused, match=TO_BE_ADDED):
        answer_idea(idea=waits, answer="do", words="Soon", on=today, by=trust.manager)
    with pytest.raises(Refused, match=TO_BE_ADDED):
        act_on_idea(
            idea=done, initiative=here.initiative, result=1, what="A bell", owner="Clerk",
            due_on=in_days(9), by=trust.manager,
        )  # fmt: skip
    waits.refresh_from_db()
    assert not waits.answer and Idea.objects.count() == 2 and not Action.objects.exists()


def test_nobody_opens_ideas_again_on_it(trust: Trust) -> None:
    ClosedIdeaBox.objects.create(
        unit=trust.ward_7, until=in_days(9), why="A holiday", closed_by=trust.lead
    )
    lead = as_(trust.lead)
    assert "Open again" in lead.get(trust.url("ideas/")).text
    close(trust)
    assert "Open again" not in lead.get(trust.url("ideas/")).text


def test_no_check_offers_an_action_on_it(
    trust: Trust, here: Commitment, priority: Priority
) -> None:
    client, checks = as_(trust.manager), trust.url(f"initiatives/{here.initiative_id}/checks/")
    assert "Add as an action" in client.get(checks).text
    close(trust)
    assert "Add as an action" not in client.get(checks).text
    told = client.get(f"{checks}4/act", follow=True)
    assert "no open unit of yours" in told.text
    assert client.post(f"{checks}4/act", {"what": "A bell"}).status_code == 302
    assert not Action.objects.exists()


def test_who_reads_it_only_is_told_without_an_offer(trust: Trust, here: Commitment) -> None:
    close(trust)
    page = as_(trust.member(Role.REVIEWER)).get(on_unit(trust, here)).text
    assert "Nothing can be added here" in page and "You can still close" not in page
