import pytest

from organisations.actions.unit_import import import_units, plan_import
from organisations.actions.units import close_unit
from organisations.exchange.unit_list import read_unit_list
from organisations.models import AuditEntry, Unit
from organisations.queries.units import names_by_path, open_units
from organisations.rules.refusal import Refused
from tests.factories import UnitFactory
from tests.organisations.actions.test_units import paths_are_right
from tests.organisations.conftest import House


def paths(house: House) -> set[str]:
    return set(names_by_path(list(open_units(house.organisation))).values())


def bring(house: House, text: str) -> None:
    import_units(
        organisation=house.organisation, units=read_unit_list(text), by=house.administrator
    )


LIST = """unit,parent,posts
Bay D,Ward 20,4
Ward 20,Cancer care,18
Cancer care,,
Ward 7,Medicine,30
Ward 9,Surgery,
"""


def test_units_come_in_any_order_and_known_ones_get_their_posts(house: House) -> None:
    before = paths(house)
    bring(house, LIST)
    new = {"Cancer care", "Cancer care > Ward 20", "Cancer care > Ward 20 > Bay D"}
    assert paths(house) == before | new
    paths_are_right(house)
    house.ward_7.refresh_from_db()
    house.ward_9.refresh_from_db()
    assert (house.ward_7.posts, house.ward_9.posts) == (30, 22)
    entry = AuditEntry.objects.get()
    assert entry.action == "units imported"
    assert len(entry.detail["added"]) == 3
    assert entry.detail["posts_changed"] == [house.ward_7.pk]


def test_twice_changes_nothing(house: House) -> None:
    bring(house, LIST)
    rows = list(Unit.objects.order_by("pk").values())
    bring(house, LIST)
    assert list(Unit.objects.order_by("pk").values()) == rows
    assert AuditEntry.objects.count() == 1


def test_the_dry_run_changes_nothing(house: House) -> None:
    rows = list(Unit.objects.order_by("pk").values())
    plan = plan_import(organisation=house.organisation, units=read_unit_list(LIST))
    assert (len(plan.added), len(plan.changed), plan.same) == (3, 1, 1)
    assert list(Unit.objects.order_by("pk").values()) == rows


@pytest.mark.parametrize(
    ("rows", "line", "wrong"),
    [
        ("Ward 20,Nowhere,", 2, "no such unit"),
        ("A,B,\nB,A,", 2, "name each other as parent"),
        ("Ward 20,Ward 1,", 2, "2 units have this name"),
        ("Ward 20,Medicine,\nWard 21,,\nWard 20,medicine,", 4, "Row 2 has the same unit"),
        ("Ward 20,Ward 7,\nWard 20,Medicine > Ward 7,", 3, "Row 2 has the same unit"),
        ("Ward 20,,lots", 2, "not a whole number"),
    ],
)
def test_one_bad_row_and_nothing_is_imported(
    house: House, rows: str, line: int, wrong: str
) -> None:
    for parent in (house.medicine, house.surgery):
        UnitFactory.create(organisation=house.organisation, name="Ward 1", parent=parent)
    before = paths(house)
    units = read_unit_list(f"unit,parent,posts\n{rows}\nWard 99,,\n")
    plan = plan_import(organisation=house.organisation, units=units)
    assert any(p.line == line and wrong in p.wrong and p.mend for p in plan.problems)
    with pytest.raises(Refused):
        import_units(organisation=house.organisation, units=units, by=house.administrator)
    assert paths(house) == before
    assert not AuditEntry.objects.exists()


def test_a_name_that_several_units_have_is_told_apart_by_its_path(house: House) -> None:
    for parent in (house.medicine, house.surgery):
        UnitFactory.create(organisation=house.organisation, name="Ward 1", parent=parent)
    bring(house, "unit,parent\nBay A,surgery > ward 1\n")
    assert "Surgery > Ward 1 > Bay A" in paths(house)


def test_closed_units_are_not_known_any_more(house: House) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    bring(house, "unit,parent\nBay C,Ward 7\n")
    assert "Medicine > Ward 7 > Bay C" in paths(house)
    assert Unit.objects.filter(name="Bay C").count() == 2


def test_too_deep_is_a_row_to_mend(house: House) -> None:
    rows = "".join(f"L{n},{f'L{n - 1}' if n else ''}\n" for n in range(9))
    plan = plan_import(
        organisation=house.organisation, units=read_unit_list(f"unit,parent\n{rows}")
    )
    assert [(p.line, p.wrong) for p in plan.problems] == [
        (10, "You can have up to 8 levels of units.")
    ]


def test_a_large_list_needs_few_queries(
    house: House, django_assert_max_num_queries: object
) -> None:
    rows = "".join(f"Ward {n},Division {n % 10},{n % 50}\n" for n in range(100, 600))
    divisions = "".join(f"Division {n},,\n" for n in range(10))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        bring(house, f"unit,parent,posts\n{rows}{divisions}")
    assert open_units(house.organisation).count() == 515


def problems(house: House, text: str) -> list[tuple[int, str]]:
    plan = plan_import(organisation=house.organisation, units=read_unit_list(text))
    return [(one.line, one.wrong) for one in plan.problems]


def test_units_that_name_each_other_as_parent_are_told_so(house: House) -> None:
    two = "A and B name each other as parent."
    text = "unit,parent\nA,B\nB,A\nC,A\nD,\n"
    assert problems(house, text) == [(2, two), (3, "B and A name each other as parent."), (4, two)]
    ring = "unit,parent\nA,D\nB,A\nC,B\nD,C\n"
    assert next(why for _, why in problems(house, ring)) == (
        "A, D, C and others name each other as parent."
    )


def test_a_unit_is_not_put_into_a_unit_of_its_own(house: House) -> None:
    assert problems(house, "unit,parent\nMedicine,Bay C\n") == [
        (2, "Bay C is part of Medicine already.")
    ]
