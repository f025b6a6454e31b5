"""“You said, we did” shows what the unit counts and tries, without the notes beside the numbers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.debrief import start_debrief
from debriefs.actions.deciding import Says, end_debrief
from initiatives.actions.measures import Typed, add_numbers, end_measure, start_measure
from initiatives.actions.register import commit_units
from initiatives.actions.small_tests import end_test, start_test
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
