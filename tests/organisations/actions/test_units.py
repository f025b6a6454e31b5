from typing import Any

import pytest

from organisations import access
from organisations.actions.units import (
    DEEPEST,
    add_unit,
    change_unit,
    close_unit,
    merge_unit,
    move_unit,
    reopen_unit,
)
from organisations.models import AuditEntry, Membership, Role, Unit
from organisations.queries.units import is_open, open_units
from organisations.rules.refusal import Refused
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.organisations.conftest import House


def paths_are_right(house: House) -> None:
    for unit in Unit.objects.filter(organisation=house.organisation).select_related("parent"):
        over = unit.parent.path if unit.parent else "/"
        assert unit.path == f"{over}{unit.pk}/", unit


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_new_unit_lies_under_its_parent_and_is_audited(house: House) -> None:
    unit = add_unit(
        organisation=house.organisation,
        name="Ward 8",
        parent=house.medicine,
        posts=20,
        by=house.administrator,
    )
    assert unit.path == f"{house.medicine.path}{unit.pk}/"
    assert is_open(unit)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_id) == (
        "unit added", house.administrator, str(unit.pk),
    )  # fmt: skip


def test_the_same_name_in_the_same_place_is_refused_and_elsewhere_allowed(house: House) -> None:
    words: dict[str, Any] = {
        "organisation": house.organisation,
        "posts": None,
        "by": house.administrator,
    }
    with pytest.raises(Refused, match="already a unit called ward 7 in Medicine"):
        add_unit(name="ward 7", parent=house.medicine, **words)
    assert actions() == []
    add_unit(name="Ward 7", parent=house.surgery, **words)


def test_units_lie_eight_levels_deep_at_most(house: House) -> None:
    parent = house.medicine
    for level in range(DEEPEST - 1):
        parent = add_unit(
            organisation=house.organisation,
            name=f"L{level}",
            parent=parent,
            posts=None,
            by=house.administrator,
        )
    with pytest.raises(Refused, match="8 levels"):
        add_unit(organisation=house.organisation, name="deeper", parent=parent, posts=None, by=None)
    with pytest.raises(Refused, match="8 levels"):
        move_unit(unit=house.medicine, parent=house.surgery, by=house.administrator)
    paths_are_right(house)


def test_moving_takes_along_all_that_lies_in_the_unit(house: House) -> None:
    move_unit(unit=house.ward_7, parent=house.surgery, by=house.administrator)
    paths_are_right(house)
    house.bay.refresh_from_db()
    assert house.bay.path.startswith(house.surgery.path)
    move_unit(unit=house.ward_7, parent=house.surgery, by=house.administrator)
    assert actions() == ["unit moved"]


def test_ids_that_begin_alike_do_not_move_along(house: House) -> None:
    alike = [UnitFactory.create(organisation=house.organisation) for _ in range(12)]
    move_unit(unit=alike[0], parent=house.surgery, by=house.administrator)
    paths_are_right(house)


def test_a_unit_cannot_move_under_itself_or_into_another_organisation(house: House) -> None:
    foreign = UnitFactory.create(organisation=OrganisationFactory.create())
    for parent in (house.bay, house.medicine, foreign):
        with pytest.raises(Refused):
            move_unit(unit=house.medicine, parent=parent, by=house.administrator)
    paths_are_right(house)
    assert actions() == []


def test_moving_to_the_top(house: House) -> None:
    move_unit(unit=house.bay, parent=None, by=house.administrator)
    house.bay.refresh_from_db()
    assert house.bay.path == f"/{house.bay.pk}/"


def test_change_of_name_and_posts_says_both_once(house: House) -> None:
    for _ in range(2):
        change_unit(unit=house.ward_7, name="Ward 7A", posts=14, by=house.administrator)
    assert actions() == ["unit renamed", "unit posts changed"]
    assert AuditEntry.objects.get(action="unit posts changed").detail == {"was": 12, "now": 14}


def test_merging_closes_the_unit_and_its_people_and_units_go_over(house: House) -> None:
    manager = house.member(Role.MANAGER, house.ward_7)
    gone = MembershipFactory.create(
        organisation=house.organisation, unit=house.ward_7, is_active=False
    )
    for _ in range(2):
        merge_unit(unit=house.ward_7, into=house.ward_9, by=house.administrator)
    house.ward_7.refresh_from_db()
    house.bay.refresh_from_db()
    assert house.ward_7.successor == house.ward_9
    assert not is_open(house.ward_7)
    assert house.bay.parent == house.ward_9
    paths_are_right(house)
    reach = access.units_for(user=manager, organisation=house.organisation, roles=(Role.MANAGER,))
    assert set(reach) == {house.ward_7, house.ward_9, house.bay}
    assert not Membership.objects.filter(user=gone.user, is_active=True).exists()
    assert actions() == ["unit merged"]


@pytest.mark.parametrize("into", ["ward_7", "bay"])
def test_a_unit_cannot_merge_into_itself_or_what_lies_in_it(house: House, into: str) -> None:
    with pytest.raises(Refused, match="into itself"):
        merge_unit(unit=house.ward_7, into=getattr(house, into), by=house.administrator)
    assert set(open_units(house.organisation)) >= {house.ward_7, house.bay}


def test_a_merge_that_would_make_two_units_alike_changes_nothing(house: House) -> None:
    UnitFactory.create(organisation=house.organisation, name="bay c", parent=house.ward_9)
    with pytest.raises(Refused, match="already a unit called Bay C in Ward 9"):
        merge_unit(unit=house.ward_7, into=house.ward_9, by=house.administrator)
    house.ward_7.refresh_from_db()
    assert is_open(house.ward_7)


def test_a_unit_closes_when_nothing_open_lies_in_it(house: House) -> None:
    with pytest.raises(Refused, match="Close or move the unit in it first"):
        close_unit(unit=house.ward_7, by=house.administrator)
    close_unit(unit=house.bay, by=house.administrator)
    close_unit(unit=house.ward_7, by=house.administrator)
    close_unit(unit=house.ward_7, by=house.administrator)
    assert set(open_units(house.organisation)) == {house.medicine, house.surgery, house.ward_9}
    assert actions() == ["unit closed", "unit closed"]


def test_a_closed_unit_takes_no_unit_and_no_change(house: House) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    with pytest.raises(Refused, match="open"):
        move_unit(unit=house.ward_9, parent=house.bay, by=house.administrator)
    with pytest.raises(Refused, match="closed"):
        change_unit(unit=house.bay, name="Bay D", posts=None, by=house.administrator)


def test_a_unit_closed_by_mistake_opens_again_but_a_merged_one_does_not(house: House) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    reopen_unit(unit=house.bay, by=house.administrator)
    assert house.bay in open_units(house.organisation)
    merge_unit(unit=house.bay, into=house.ward_9, by=house.administrator)
    with pytest.raises(Refused, match="merged"):
        reopen_unit(unit=house.bay, by=house.administrator)


def test_opening_again_waits_for_the_unit_above(house: House) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    close_unit(unit=house.ward_7, by=house.administrator)
    with pytest.raises(Refused, match="open"):
        reopen_unit(unit=house.bay, by=house.administrator)
