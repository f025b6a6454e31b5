"""“You said, we did” shows what the unit counts and tries, without the notes beside the numbers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from debriefs.actions.debrief import start_debrief
from debriefs.actions.deciding import Says, end_debrief
from initiatives.actions.measures import Typed, add_numbers, end_measure, start_measure
from initiatives.actions.register import commit_units, set_hours
from initiatives.actions.small_tests import end_test, start_test
from initiatives.actions.ten_checks import answer_check
from initiatives.models import Commitment
from organisations.models import Role
from tests.published_house import House

PAGE = "/w/ward-7-unguessable/you-said-we-did"


@pytest.fixture
def here(house: House) -> Commitment:
    manager = house.member(Role.MANAGER, house.ward_7)
    team = start_debrief(
        snapshot=house.result.snapshots.get(), kind="team", name="Day team", by=manager
    )
    says = Says("go_ahead", "We are ready.", "Clerk")
    end_debrief(debrief=team, says=says, notes=[], pictures=[], by=manager)
    initiative = house.result.survey.initiative
    commit_units(initiative=initiative, units=[house.ward_7, house.ward_9])
    return Commitment.objects.get(initiative=initiative, unit=house.ward_7)


def test_what_is_counted_and_tried(house: House, here: Commitment, client: Client) -> None:
    by = house.member(Role.LEAD)
    measure = start_measure(
        commitment=here, name="Falls at night", every="week", better="less", is_watch=False, by=by
    )
    assert "What we count" not in client.get(PAGE).text, "not a number yet"
    today = timezone.localdate()
    add_numbers(measure=measure, numbers=[Typed(today, Decimal(9), None, "Short of staff")], by=by)
    test = start_test(commitment=here, what="Red trays", expects="Fewer", until=today, by=by)
    page = client.get(PAGE).text
    assert "Falls at night" in page
    assert "app-chart--measure" in page
    assert "Short of staff" not in page
    assert "Now: Red trays" in page
    end_test(test=test, happened="9 of 12", outcome="keep", following="", by=by)
    end_measure(measure=measure, by=by)
    page = client.get(PAGE).text
    assert "Kept." in page
    assert "Falls at night" not in page


def test_what_another_unit_counts_is_not_there(
    house: House, here: Commitment, client: Client
) -> None:
    other = Commitment.objects.get(initiative=here.initiative, unit=house.ward_9)
    by = house.member(Role.LEAD)
    until = timezone.localdate() + timedelta(days=1)
    start_test(commitment=other, what="Red trays", expects="Fewer", until=until, by=by)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Red trays" not in page.text


def test_what_it_takes_is_said_before_people_sign_up(
    house: House, here: Commitment, client: Client
) -> None:
    """Hours that somebody has said, what is given up for them, and nothing once it is over."""
    assert "What it takes" not in client.get(PAGE).text, "nobody has said"
    by = house.member(Role.LEAD)
    set_hours(initiative=here.initiative, unit=house.ward_7, hours=Decimal("2.5"), by=by)
    assert "2.5 staff hours a week" in client.get(PAGE).text
    for answer in ("The tea round", "The second <i>audit</i>"):
        answer_check(initiative=here.initiative, number=4, answer=answer, by=by)
    answer_check(initiative=here.initiative, number=5, answer="Go home on time", by=by)
    page = client.get(PAGE).text
    assert "What we give up for it:</b> The second &lt;i&gt;audit&lt;/i&gt;" in page
    assert "The tea round" not in page and "Go home on time" not in page
    Commitment.objects.filter(pk=here.pk).update(hours_a_week=None)
    page = client.get(PAGE).text
    assert "What we give up for it" in page and "staff hours" not in page
    Commitment.objects.filter(pk=here.pk).update(state="stopped")
    assert "What it takes" not in client.get(PAGE).text


def test_the_page_is_read_in_few_statements(
    house: House,
    here: Commitment,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    set_hours(
        initiative=here.initiative,
        unit=house.ward_7,
        hours=Decimal(3),
        by=house.member(Role.LEAD),
    )
    with django_assert_max_num_queries(11):
        assert "3 staff hours a week" in client.get(PAGE).text
