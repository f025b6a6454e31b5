"""Who has left the organisation is offered for nothing and reads nothing."""

import pytest

from fieldwork.queries.launching import leaders_of
from fieldwork.queries.screeners import has_screener
from organisations.models import Membership, Role
from tests.factories import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db

LEFT = [{"is_active": False}, {"user__is_active": False}]


def _member(**fields: object) -> Membership:
    unit = UnitFactory.create()
    held: Membership = MembershipFactory.create(
        organisation=unit.organisation, unit=unit, role=Role.LEAD, **fields
    )
    return held


@pytest.mark.parametrize(("fields", "offered"), [({}, 1), *((left, 0) for left in LEFT)])
def test_only_who_is_here_is_offered_a_leaders_form(fields: dict[str, bool], offered: int) -> None:
    held = _member(**fields)
    assert held.unit is not None
    found = leaders_of(organisation=held.organisation, units=[held.unit])
    assert len(found) == offered


@pytest.mark.parametrize(("fields", "has"), [({}, True), *((left, False) for left in LEFT)])
def test_only_who_is_here_can_read_comments_first(fields: dict[str, bool], has: bool) -> None:
    held = _member(**fields)
    assert held.unit is not None
    assert has_screener(held.organisation, held.unit) is has


def test_who_has_left_as_manager_may_still_read_as_lead() -> None:
    held = _member()
    assert held.unit is not None
    role = {"organisation": held.organisation, "user": held.user, "unit": held.unit}
    managing = MembershipFactory.create(**role, role=Role.MANAGER)
    assert not has_screener(held.organisation, held.unit)
    Membership.objects.filter(pk=managing.pk).update(is_active=False)
    assert has_screener(held.organisation, held.unit)
