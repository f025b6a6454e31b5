"""Requests on Home: of who is asked, of who asked, of the reviewer past its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.actions.requests import Said, answer_request, say_if_it_came, withdraw_request
from initiatives.models import Commitment, DepartmentRequest
from initiatives.queries.requests import Recipient
from organisations.models import Membership, Role, User
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import NEEDS, ask, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def reviewer(trust: Trust) -> User:
    return trust.member(Role.REVIEWER)


def home(trust: Trust, user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(trust.url()).text


def late(one: DepartmentRequest, days: int) -> None:
    DepartmentRequest.objects.filter(pk=one.pk).update(
        answer_by=timezone.localdate() - timedelta(days=days)
    )


def test_a_member_who_is_asked_has_it_at_once(trust: Trust, reviewer: User) -> None:
    one = ask(trust, to=Recipient("", "the senior reviewer", member=reviewer))
    page = home(trust, reviewer)
    assert "Ward 7 asks you for something" in page and trust.url(f"requests/{one.pk}") in page
    assert NEEDS not in home(trust, trust.manager) and NEEDS not in home(trust, trust.lead)
    answer_request(one=one, said=Said("no", "No money"), by=reviewer)
    assert NEEDS not in home(trust, reviewer)


LEAVES: dict[str, dict[str, Any]] = {
    "the role is taken away": {"is_active": False},
    "another role, which reads no requests": {"role": Role.EDITOR},
}


@pytest.mark.parametrize("how", [*LEAVES, "the account is closed"])
def test_who_asked_learns_at_once_that_a_member_can_no_longer_answer(
    trust: Trust, reviewer: User, how: str
) -> None:
    one = ask(trust, to=Recipient("", "the senior reviewer", member=reviewer))
    to_estates = ask(trust, needs="A lamp")
    if how in LEAVES:
        Membership.objects.filter(user=reviewer).update(**LEAVES[how])
    else:
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
    page = home(trust, trust.manager)
    assert "he senior reviewer can no longer answer" in page
    assert "Ask someone else, or withdraw the request." in page
    assert "A lamp" not in page, "a department has no role to lose"
    client = Client()
    client.force_login(trust.manager)
    page = client.get(trust.url(f"requests/{one.pk}")).text
    assert "Request to the senior reviewer, who can no longer answer.</strong>" in page
    assert "Waiting for an answer" not in page and "Withdraw the request" in page
    withdraw_request(one=one, by=trust.manager)
    assert NEEDS not in home(trust, trust.manager)
    assert not DepartmentRequest.objects.get(pk=to_estates.pk).answer


@pytest.mark.parametrize(("days", "asker", "reviewers"), [
    (-1, False, False), (0, False, False), (1, True, False), (2, True, False), (3, True, True),
])  # fmt: skip
def test_without_an_answer_who_asked_then_the_reviewer(
    trust: Trust, reviewer: User, days: int, asker: bool, reviewers: bool
) -> None:
    late(ask(trust), days)
    assert ("o answer from Estates yet" in home(trust, trust.manager)) is asker
    assert (NEEDS in home(trust, reviewer)) is reviewers


def test_what_is_needed_ends_before_the_next_sentence(trust: Trust, reviewer: User) -> None:
    asked = ask(trust, to=Recipient("", "the senior reviewer", member=reviewer))
    one = ask(trust)
    DepartmentRequest.objects.update(needs="One trolley")
    for waiting in (asked, one):
        late(waiting, 3)
    assert "One trolley. Answer due" in home(trust, reviewer)
    assert "One trolley. The answer was due" in home(trust, trust.manager)
    DepartmentRequest.objects.update(undelivered="no")
    assert "One trolley. Check the address" in home(trust, trust.manager)
    DepartmentRequest.objects.update(undelivered="")
    answer_request(one=one, said=Said("not_ours"), by=None)
    assert "One trolley. Estates: not ours." in home(trust, trust.manager)
    DepartmentRequest.objects.filter(pk=one.pk).update(
        answer="yes", promised_on=timezone.localdate()
    )
    assert "One trolley. Estates said yes" in home(trust, trust.manager)


def test_what_is_over_is_on_nobodys_home(trust: Trust, reviewer: User) -> None:
    withdrawn, stopped = ask(trust), ask(trust)
    late(withdrawn, 5)
    late(stopped, 5)
    withdraw_request(one=withdrawn, by=trust.manager)
    Commitment.objects.filter(initiative=stopped.initiative).update(state="stopped")
    for user in (trust.manager, trust.lead, reviewer):
        assert NEEDS not in home(trust, user)


def test_what_was_returned_is_for_who_asked_and_the_lead(trust: Trust, reviewer: User) -> None:
    answer_request(one=ask(trust), said=Said("not_ours"), by=None)
    for user in (trust.manager, trust.lead):
        assert "sk someone else" in home(trust, user)
    assert NEEDS not in home(trust, reviewer)


@pytest.mark.parametrize(("days", "asks"), [(-1, True), (0, True), (1, False)])
def test_has_it_come_is_asked_from_the_day_of_a_yes(trust: Trust, days: int, asks: bool) -> None:
    one = ask(trust)
    answer_request(one=one, said=Said("yes", promised_on=timezone.localdate()), by=None)
    DepartmentRequest.objects.update(promised_on=timezone.localdate() + timedelta(days=days))
    assert ("as it come?" in home(trust, trust.manager)) is asks
    say_if_it_came(one=one, has_come="no", by=trust.manager)
    assert "as it come?" not in home(trust, trust.manager)


def test_a_manager_of_another_unit_has_none(trust: Trust) -> None:
    late(ask(trust), 5)
    assert NEEDS not in home(trust, trust.member(Role.MANAGER, trust.ward_9))


def test_many_cost_one_query(
    trust: Trust, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = running(trust)
    client = Client()
    client.force_login(trust.manager)
    client.get(trust.url())
    with django_assert_max_num_queries(30) as before:
        client.get(trust.url())
    for number in range(6):
        late(ask(trust, here, needs=f"Lamp {number}"), 4)
    # To find that some wait takes none, to name them one.
    with django_assert_max_num_queries(len(before) + 1):
        assert "Lamp 5" in client.get(trust.url()).text


def test_many_on_several_units_are_counted_and_not_read(trust: Trust) -> None:
    here = running(trust)
    for number in range(4):
        late(ask(trust, here, needs=f"Lamp {number}"), 4)
    client = Client()
    client.force_login(trust.member(Role.REVIEWER))
    page = client.get(trust.url()).text
    assert "4 requests need you" in page and "Lamp" not in page
