"""Actions on Home: who is told when one is late, and how many were closed on time."""

import pytest
from django.db.models import F

from initiatives.models import Action
from organisations.models import Role
from tests.debriefs.views.test_action_list import act
from tests.overview.views.test_start import start_page
from tests.published_house import House

pytestmark = pytest.mark.django_db


def late(house: House, days: int) -> Action:
    return act(house, house.result, "Hang up a sheet", -days)


@pytest.mark.parametrize(
    ("role", "days", "says"),
    [
        (Role.LEAD, 6, False), (Role.LEAD, 7, True), (Role.LEAD, 8, True),
        (Role.REVIEWER, 20, False), (Role.REVIEWER, 21, True), (Role.REVIEWER, 22, True),
    ],
)  # fmt: skip
def test_a_lead_is_told_after_a_week_and_a_reviewer_after_three(
    house: House, role: Role, days: int, says: bool
) -> None:
    action = late(house, days)
    page = start_page(house, role)
    assert ("“Hang up a sheet” is overdue" in page) is says
    closes = f"/plan/actions/{action.pk}/close" in page
    assert closes is (says and role == Role.LEAD)
    assert ("/actions/?show=late" in page) is (says and role == Role.REVIEWER)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.REVIEWER])
def test_with_fewer_than_five_actions_there_are_words_and_no_figure(
    house: House, role: Role
) -> None:
    unit = house.ward_7 if role == Role.MANAGER else None
    late(house, 1)
    for number in range(3):
        closed = late(house, 2 + number)
        Action.objects.filter(pk=closed.pk).update(
            state="done", outcome="It hangs.", closed_on=closed.due_on
        )
    page = start_page(house, role, unit)
    assert "too few to say" in page
    assert "3 of 4" not in page
    assert "See the 1 not closed on time</a>" in page
    for number, said in ((5, "3 of 5"), (6, "3 of 6")):
        late(house, number + 1)
        page = start_page(house, role, unit)
        assert said in page
        assert "first due in the last 12 weeks were closed on time" in page
        assert f"The other {number - 3}</a>" in page
        assert "/actions/?show=missed" in page
    Action.objects.update(state="done", outcome="It hangs.", closed_on=F("due_on"))
    page = start_page(house, role, unit)
    assert "6 of 6" in page
    assert "?show=missed" not in page
