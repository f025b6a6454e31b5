"""Requests: sent once, answered once, moved once, withdrawn, forgotten in time.

Over 300 lines: all that can become of a request is tried on the same one.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions import requests
from initiatives.actions.requests import (
    Said,
    answer_request,
    erase_asked_addresses,
    say_if_it_came,
    withdraw_request,
)
from initiatives.models import Action, Commitment, DepartmentRequest
from initiatives.queries.requests import Recipient, recipients, with_standing
from initiatives.rules.requests import MOST_A_DAY, Standing
from organisations.models import AuditEntry, Role
from organisations.rules.refusal import Refused
from tests.factories import ActionFactory, PriorityFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, department, in_days, running, to_department

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    return running(trust)


def an_action(here: Commitment, trust: Trust, **fields: Any) -> Action:
    priority = PriorityFactory.create(
        initiative=here.initiative, unit=here.unit, result=1, title="Enough hands at lunch"
    )
    made: Action = ActionFactory.create(
        initiative=here.initiative, unit=here.unit, priority=priority, what="Second trolley",
        owner="Charge nurse", due_on=in_days(20), added_by=trust.manager, **fields,
    )  # fmt: skip
    return made


def stands(one: DepartmentRequest) -> Standing:
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=one.pk))
    return state.standing


def test_a_request_keeps_who_what_and_its_priority(trust: Trust, here: Commitment) -> None:
    action = an_action(here, trust)
    one = ask(trust, here, action=action)
    assert (one.whom, one.email, one.member) == ("Estates", "estates@merrowfield.example", None)
    assert (one.action, one.priority) == (action, action.priority)
    assert len(bytes(one.token_hash or b"")) == 32 and one.link_token not in str(one.__dict__)
    entry = AuditEntry.objects.get(action="request sent")
    assert entry.actor == trust.manager
    assert "merrowfield.example" not in str(entry.detail) and NEEDS not in str(entry.detail)


def test_the_same_twice_is_one(trust: Trust, here: Commitment) -> None:
    assert ask(trust, here) == ask(trust, here)
    assert DepartmentRequest.objects.count() == 1
    assert ask(trust, here, to=to_department(trust, "Pharmacy")).whom == "Pharmacy"


@pytest.mark.parametrize(("there", "fits"), [(18, True), (19, True), (20, False), (21, False)])
def test_a_person_sends_20_a_day(trust: Trust, here: Commitment, there: int, fits: bool) -> None:
    for number in range(there):
        DepartmentRequest.objects.create(
            initiative=here.initiative, unit=here.unit, whom="Estates", needs=str(number),
            answer_by=in_days(3), asked_by=trust.manager,
        )  # fmt: skip
    if fits:
        ask(trust, here)
    else:
        with pytest.raises(Refused, match="20 requests today"):
            ask(trust, here)
    assert ask(trust, here, by=trust.lead, needs="Another person"), "each has their own"
    DepartmentRequest.objects.update(asked_at=timezone.now() - timedelta(days=1))
    assert ask(trust, here, needs="The next day")


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_no_answer_is_due_today_or_in_91_days(trust: Trust, here: Commitment, days: int) -> None:
    with pytest.raises(Refused, match="tomorrow to 90 days") as refused:
        ask(trust, here, days=days)
    assert refused.value.field == "answer_by"
    assert not DepartmentRequest.objects.exists()


@pytest.mark.parametrize("state", ["stopped", "merged"])
def test_nothing_is_asked_for_what_is_over(trust: Trust, here: Commitment, state: str) -> None:
    Commitment.objects.update(state=state)
    with pytest.raises(Refused, match="stopped"):
        ask(trust, here)


def test_nothing_is_asked_for_an_action_that_is_done(trust: Trust, here: Commitment) -> None:
    with pytest.raises(Refused, match="done or dropped"):
        ask(
            trust,
            here,
            action=an_action(here, trust, state=Action.State.DONE, closed_on=in_days(0)),
        )


class TestAnAnswer:
    @pytest.mark.parametrize(
        "said",
        [Said("yes", promised_on=in_days(9)), Said("no", "No plumber"), Said("not_ours")],
    )
    def test_stands_once(self, trust: Trust, said: Said) -> None:
        one = ask(trust)
        for _ in range(2):
            answer_request(one=one, said=said, by=None)
        one.refresh_from_db()
        assert (one.answer, one.answer_words) == (said.answer, said.words)
        assert AuditEntry.objects.filter(action="request answered").count() == 1
        with pytest.raises(Refused, match="an answer already"):
            answer_request(one=one, said=Said("no", "Another word"), by=None)
        one.refresh_from_db()
        assert one.answer == said.answer

    @pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True)])
    def test_promises_no_day_that_has_passed(self, trust: Trust, days: int, fits: bool) -> None:
        one = ask(trust)
        said = Said("yes", promised_on=in_days(days))
        if fits:
            answer_request(one=one, said=said, by=None)
        else:
            with pytest.raises(Refused, match="today or a later day"):
                answer_request(one=one, said=said, by=None)
        assert stands(one) is (Standing.ANSWERED if fits else Standing.WAITING)

    def test_is_not_taken_once_it_is_not_needed(self, trust: Trust, here: Commitment) -> None:
        action = an_action(here, trust)
        one = ask(trust, here, action=action)
        withdrawn = ask(trust, here)
        withdraw_request(one=withdrawn, by=trust.manager)
        action.state, action.closed_on = Action.State.DONE, in_days(0)
        action.save()
        for other in (one, withdrawn):
            with pytest.raises(Refused, match="no longer needed"):
                answer_request(one=other, said=Said("no", "Why"), by=None)
        assert (stands(one), stands(withdrawn)) == (Standing.NEEDLESS, Standing.WITHDRAWN)


class TestNotOurs:
    def test_moves_once_and_then_is_the_teams_again(self, trust: Trust) -> None:
        one = ask(trust, days=3)
        pharmacy, kitchen = department(trust, "Pharmacy"), department(trust, "Kitchen")
        answer_request(one=one, said=Said("not_ours", instead=pharmacy), by=None)
        moved = DepartmentRequest.objects.get(moved_from=one)
        assert (moved.whom, moved.email) == ("Pharmacy", "pharmacy@merrowfield.example")
        assert (moved.needs, moved.asked_by) == (NEEDS, trust.manager)
        assert moved.answer_by == in_days(14) and moved.token_hash != one.token_hash
        assert (stands(one), stands(moved)) == (Standing.MOVED, Standing.WAITING)
        answer_request(one=moved, said=Said("not_ours", instead=kitchen), by=None)
        assert DepartmentRequest.objects.count() == 2, "it moves once"
        assert stands(moved) is Standing.RETURNED

    def test_keeps_a_day_that_is_further_ahead(self, trust: Trust) -> None:
        one = ask(trust, days=40)
        said = Said("not_ours", instead=department(trust, "Pharmacy"))
        answer_request(one=one, said=said, by=None)
        assert DepartmentRequest.objects.get(moved_from=one).answer_by == in_days(40)

    def test_without_another_name_it_returns_and_the_team_asks_again(
        self, trust: Trust, here: Commitment
    ) -> None:
        one = ask(trust, here)
        answer_request(one=one, said=Said("not_ours"), by=None)
        assert stands(one) is Standing.RETURNED
        again = ask(trust, here, to=to_department(trust, "Pharmacy"), instead_of=one)
        assert (again.moved_from, stands(one)) == (one, Standing.MOVED)
        with pytest.raises(Refused, match="asked again already"):
            ask(trust, here, to=to_department(trust, "Kitchen"), instead_of=one)

    def test_can_be_withdrawn_when_it_is_the_teams_again(self, trust: Trust) -> None:
        one = ask(trust)
        answer_request(one=one, said=Said("not_ours"), by=None)
        withdraw_request(one=one, by=trust.lead)
        assert stands(one) is Standing.WITHDRAWN


class TestSomebodyElse:
    def test_is_asked_for_what_was_withdrawn_and_the_first_stays_withdrawn(
        self, trust: Trust, here: Commitment
    ) -> None:
        one = ask(trust, here)
        withdraw_request(one=one, by=trust.manager)
        pharmacy = to_department(trust, "Pharmacy")
        again = [ask(trust, here, to=pharmacy, instead_of=one) for _ in range(2)]
        assert again[0] == again[1] and again[0].moved_from is None
        assert again[0].answer_by == in_days(14)
        assert (stands(one), stands(again[0])) == (Standing.WITHDRAWN, Standing.WAITING)

    def test_is_asked_in_place_of_who_has_left_whose_request_then_waits_no_more(
        self, trust: Trust, here: Commitment
    ) -> None:
        reviewer = trust.member(Role.REVIEWER)
        one = ask(trust, here, to=Recipient("", "the senior reviewer", member=reviewer))
        with pytest.raises(Refused, match="still waits for an answer"):
            ask(trust, here, instead_of=one)
        one.refresh_from_db()
        assert one.withdrawn_at is None and DepartmentRequest.objects.count() == 1
        reviewer.memberships.update(is_active=False)
        again = [ask(trust, here, instead_of=one) for _ in range(2)]
        assert again[0] == again[1] and again[0].moved_from is None
        assert (stands(one), stands(again[0])) == (Standing.WITHDRAWN, Standing.WAITING)
        assert AuditEntry.objects.filter(action="request withdrawn").count() == 1

    def test_is_asked_after_a_no_which_stays(self, trust: Trust, here: Commitment) -> None:
        one = ask(trust, here)
        answer_request(one=one, said=Said("no", "No money"), by=None)
        again = ask(trust, here, to=to_department(trust, "Pharmacy"), instead_of=one)
        assert again.moved_from is None and stands(again) is Standing.WAITING
        one.refresh_from_db()
        assert (stands(one), one.withdrawn_at, one.answer_words) == (
            Standing.ANSWERED,
            None,
            "No money",
        )

    def test_is_not_asked_for_what_was_promised(self, trust: Trust, here: Commitment) -> None:
        one = ask(trust, here)
        answer_request(one=one, said=Said("yes", promised_on=in_days(5)), by=None)
        with pytest.raises(Refused, match="an answer already"):
            ask(trust, here, to=to_department(trust, "Pharmacy"), instead_of=one)
        assert DepartmentRequest.objects.count() == 1

    def test_counts_as_one_more_of_the_day(self, trust: Trust, here: Commitment) -> None:
        one = ask(trust, here)
        withdraw_request(one=one, by=trust.manager)
        for number in range(MOST_A_DAY - 1):
            ask(trust, here, needs=f"Trolley {number}")
        with pytest.raises(Refused, match="Send the next one tomorrow"):
            ask(trust, here, to=to_department(trust, "Pharmacy"), instead_of=one)
        assert DepartmentRequest.objects.count() == MOST_A_DAY


def test_an_answered_request_is_not_withdrawn(trust: Trust) -> None:
    one = ask(trust)
    answer_request(one=one, said=Said("no", "No money"), by=None)
    with pytest.raises(Refused, match="an answer already"):
        withdraw_request(one=one, by=trust.manager)
    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_what_was_promised_has_come_or_not_yet(trust: Trust) -> None:
    one = ask(trust)
    with pytest.raises(Refused, match="Nothing was promised"):
        say_if_it_came(one=one, has_come="yes", by=trust.manager)
    answer_request(one=one, said=Said("yes", promised_on=in_days(2)), by=None)
    for word in ("no", "no", "yes"):
        say_if_it_came(one=one, has_come=word, by=trust.manager)
    one.refresh_from_db()
    assert one.has_come == "yes"
    assert AuditEntry.objects.filter(action="said if it has come").count() == 2


class TestWhoCanBeAsked:
    def test_departments_reviewers_and_managers_above(self, trust: Trust) -> None:
        department(trust)
        trust.member(Role.MANAGER, trust.medicine, name="Asha Bell")
        trust.member(Role.REVIEWER, name="Col Day")
        trust.member(Role.REVIEWER, trust.ward_9, name="Elsewhere")
        trust.member(Role.MANAGER, trust.ward_9, name="Beside")
        gone = trust.member(Role.REVIEWER, name="Gone")
        gone.is_active = False
        gone.save()
        found = recipients(trust.organisation, trust.ward_7, asker=trust.manager)
        assert [(str(one.member or ""), one.whom) for one in found] == [
            ("", "Estates"),
            ("Col Day", "the senior reviewer"),
            ("Asha Bell", "the manager of Medicine"),
        ]

    def test_nobody_asks_themselves(self, trust: Trust) -> None:
        reviewer = trust.member(Role.REVIEWER)
        assert recipients(trust.organisation, trust.ward_7, asker=reviewer) == []


class TestAddresses:
    def at(self, days: int) -> datetime:
        return timezone.now() + timedelta(days=days)

    def kept(self, one: DepartmentRequest) -> bool:
        one.refresh_from_db()
        assert bool(one.email) == (one.token_hash is not None) == bool(one.seed)
        return bool(one.email)

    @pytest.mark.parametrize(("days", "kept"), [(29, True), (30, True), (31, False)])
    def test_go_30_days_after_the_answer(self, trust: Trust, days: int, kept: bool) -> None:
        one = ask(trust)
        answer_request(one=one, said=Said("no", "No money"), by=None)
        erase_asked_addresses(self.at(days) - timedelta(minutes=1))
        assert self.kept(one) is kept
        assert one.answer_words == "No money"

    @pytest.mark.parametrize(("days", "kept"), [(119, True), (120, True), (121, False)])
    def test_go_120_days_after_asking_at_the_latest(
        self, trust: Trust, days: int, kept: bool
    ) -> None:
        one = ask(trust, days=90)
        erase_asked_addresses(self.at(days) - timedelta(minutes=1))
        assert self.kept(one) is kept

    def test_go_30_days_after_a_withdrawal_and_once(self, trust: Trust) -> None:
        one = ask(trust)
        withdraw_request(one=one, by=trust.manager)
        assert erase_asked_addresses(self.at(29)) == 0
        assert erase_asked_addresses(self.at(31)) == 1
        assert erase_asked_addresses(self.at(31)) == 0
        assert AuditEntry.objects.filter(action="address erased").count() == 1
        assert not self.kept(one)


def test_the_database_refuses_a_link_for_a_member(trust: Trust, here: Commitment) -> None:
    reviewer = trust.member(Role.REVIEWER)
    one = ask(trust, here, to=Recipient("", "the senior reviewer", member=reviewer))
    assert (one.member, one.email, one.seed, one.token_hash) == (reviewer, "", "", None)
    for wrong in ({"email": "a@b.example"}, {"answer": "no"}, {"promised_on": in_days(1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DepartmentRequest.objects.filter(pk=one.pk).update(**wrong)


def test_its_usual_day_is_14_days_on(trust: Trust) -> None:
    assert requests.usual_day(trust.organisation) == in_days(14)
