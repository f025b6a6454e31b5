"""Numbers, small tests and ideas on Home, and what Home costs with all that can wait."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from initiatives.models import Commitment, Idea, Measure, Point, Responsibility, SmallTest
from organisations.models import Role, Unit, User
from tests.factories import ActionFactory
from tests.fieldwork.launching import Trust, a_trust
from tests.initiatives.asking import running

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    return running(trust)


def home(trust: Trust, user: User) -> str:
    client = Client()
    client.force_login(user)
    return " ".join(client.get(trust.url()).text.split())


def measure(here: Commitment, *, last: int | None, every: str = "week", ago: int = 60) -> Measure:
    """With a last number so many days ago, added so many."""
    made = Measure.objects.create(
        initiative=here.initiative, unit=here.unit, name="Falls", every=every, better="less",
        added_by=here.initiative.added_by, added_at=timezone.now() - DAY * ago,
    )  # fmt: skip
    if last is not None:
        day = timezone.localdate() - DAY * last
        Point.objects.create(measure=made, day=day, value=Decimal(2))
    return made


def small_test(here: Commitment, *, until: int, number: int = 1) -> SmallTest:
    return SmallTest.objects.create(
        initiative=here.initiative, unit=here.unit, number=number, what="A red apron",
        expects="Fewer", until=timezone.localdate() + DAY * until,
        added_by=here.initiative.added_by,
    )  # fmt: skip


def idea(here: Commitment, *, days: int, **more: object) -> None:
    shown_on = timezone.localdate() - DAY * days
    Idea.objects.create(unit=here.unit, words="Bins", shown_on=shown_on, **more)


@pytest.mark.parametrize(
    ("every", "last", "is_due"),
    [
        ("week", 6, False), ("week", 7, True), ("week", 8, True),
        ("month", 30, False), ("month", 31, True), ("month", 32, True),
    ],
)  # fmt: skip
def test_a_number_is_due_a_week_or_a_month_after_the_last(
    trust: Trust, here: Commitment, every: str, last: int, is_due: bool
) -> None:
    made = measure(here, last=last, every=every)
    page = home(trust, trust.manager)
    assert (f"dd this {every}’s number: Falls" in page) is is_due
    assert (f"measures/{made.pk}/add" in page) is is_due
    assert ("The last number is for" in page) is is_due


@pytest.mark.parametrize(("ago", "is_due"), [(6, False), (7, True), (8, True)])
def test_before_the_first_number_the_days_since_it_was_added_count(
    trust: Trust, here: Commitment, ago: int, is_due: bool
) -> None:
    measure(here, last=None, ago=ago)
    assert ("No numbers yet." in home(trust, trust.manager)) is is_due


@pytest.mark.parametrize(("until", "asks"), [(1, False), (0, True), (-1, True)])
def test_a_small_test_is_asked_about_from_the_day_it_ends(
    trust: Trust, here: Commitment, until: int, asks: bool
) -> None:
    made = small_test(here, until=until)
    page = home(trust, trust.manager)
    assert ("ay how the small test went: A red apron" in page) is asks
    assert (f"tests/{made.pk}" in page) is asks
    SmallTest.objects.update(ended_at=timezone.now(), outcome="keep")
    assert "A red apron" not in home(trust, trust.manager)


def test_only_those_who_do_it_are_asked(trust: Trust, here: Commitment) -> None:
    """Managers of exactly the unit, and whoever is responsible."""
    measure(here, last=9)
    small_test(here, until=0)
    sponsor = trust.member(Role.REVIEWER)
    above = trust.member(Role.MANAGER, trust.medicine)
    elsewhere = trust.member(Role.MANAGER, trust.ward_9)
    other_lead = trust.member(Role.LEAD)
    for user in (sponsor, above, elsewhere, other_lead):
        page = home(trust, user)
        assert "number: Falls" not in page and "A red apron" not in page
    Responsibility.objects.create(initiative=here.initiative, part="sponsor", user=sponsor)
    for user in (sponsor, trust.manager):
        page = home(trust, user)
        assert "number: Falls" in page and "A red apron" in page


@pytest.mark.parametrize("state", ["on_hold", "stopped", "merged", "finished"])
def test_what_is_over_or_on_hold_on_the_unit_asks_for_nothing(
    trust: Trust, here: Commitment, state: str
) -> None:
    measure(here, last=9)
    small_test(here, until=0)
    Commitment.objects.filter(pk=here.pk).update(state=state)
    page = home(trust, trust.manager)
    assert "number: Falls" not in page and "A red apron" not in page


@pytest.mark.parametrize(("days", "asks"), [(-1, False), (0, False), (1, True)])
def test_no_number_is_asked_for_from_the_day_on_which_the_unit_closes(
    trust: Trust, here: Commitment, days: int, *, asks: bool
) -> None:
    """What is open is still closed there: its small tests."""
    measure(here, last=9)
    small_test(here, until=0)
    Unit.objects.filter(pk=here.unit_id).update(
        valid_to=timezone.localdate() + timedelta(days=days)
    )
    page = home(trust, trust.manager)
    assert ("number: Falls" in page) is asks and "A red apron" in page


def test_a_measure_that_has_ended_asks_for_nothing(trust: Trust, here: Commitment) -> None:
    measure(here, last=9)
    Measure.objects.update(ended_at=timezone.now())
    assert "number: Falls" not in home(trust, trust.manager)


@pytest.mark.parametrize(("days", "late"), [(13, 0), (14, 1), (15, 1)])
def test_ideas_without_an_answer_for_14_days_are_counted(
    trust: Trust, here: Commitment, days: int, late: int
) -> None:
    idea(here, days=days)
    idea(here, days=2)
    idea(here, days=40, for_lead_only=True)
    words = "1 of 2 has waited 14 days or longer."
    assert (words in home(trust, trust.manager)) is bool(late)
    client = Client()
    client.force_login(trust.manager)
    page = client.get(trust.url("ideas/")).text
    assert ("1 idea has waited 14 days or longer." in page) is bool(late)
    client.force_login(trust.lead)
    # Two hear of it, and the lead of the one for the lead alone.
    assert (f"{late + 1} idea" in client.get(trust.url("ideas/")).text) is True


def full(trust: Trust, here: Commitment, number: int) -> None:
    """So many of each thing that can wait."""
    for one in range(1, number + 1):
        measure(here, last=9)
        small_test(here, until=0, number=one)
        idea(here, days=20)
        ActionFactory.create(
            initiative=here.initiative, unit=here.unit, result=1, is_promise=True, what="Lamp",
            owner="Clerk", added_by=trust.manager, first_due_on=timezone.localdate() - DAY * 9,
            due_on=timezone.localdate() - DAY * 9,
        )  # fmt: skip


def test_home_takes_12_statements_at_most_with_all_that_can_wait(
    trust: Trust, here: Commitment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    full(trust, here, 6)
    here.initiative.responsibilities.create(part="sponsor", user=trust.lead)
    client = Client()
    for user in (trust.manager, trust.lead):
        client.force_login(user)
        with django_assert_max_num_queries(12):
            page = client.get(trust.url()).text
        assert "umber" in page and "small test" in page and "idea" in page and "action" in page


def test_many_numbers_and_small_tests_stand_in_one_line_for_who_has_several_units(
    trust: Trust, here: Commitment
) -> None:
    full(trust, here, 4)
    here.initiative.responsibilities.create(part="sponsor", user=trust.lead)
    page = home(trust, trust.lead)
    assert "4 numbers are due" in page
    assert "4 small tests have come to their end" in page
