from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations.actions.units import close_unit
from organisations.models import AuditEntry, Role, Unit
from organisations.queries.units import is_open
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.organisations.conftest import House


def test_the_tree_shows_every_open_unit_and_folds_the_closed_ones(
    office: Client, house: House
) -> None:
    close_unit(unit=house.bay, by=house.administrator)
    body = office.get(house.url("units/")).content.decode()
    assert "4 units" in body and "Closed units (1)" in body
    assert body.index("Medicine") < body.index("Ward 7") < body.index("Surgery")


def test_a_search_keeps_the_units_above_what_it_finds(office: Client, house: House) -> None:
    body = office.get(house.url("units/"), {"q": "ward 9"}).content.decode()
    assert "Surgery" in body and "Medicine" not in body
    assert (
        "No units match your search"
        in office.get(house.url("units/"), {"q": "zzz"}).content.decode()
    )


def test_an_empty_tree_says_what_units_are(client: Client, db: None) -> None:
    held = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(held.user)
    assert "No units yet" in client.get(f"/o/{held.organisation.slug}/units/").content.decode()


@pytest.mark.parametrize("more", [5, 500])
def test_five_hundred_units_cost_as_many_queries_as_five(
    office: Client, house: House, more: int, django_assert_num_queries: Callable
) -> None:
    Unit.objects.bulk_create(
        Unit(
            organisation=house.organisation,
            parent=house.medicine,
            name=f"W{n}",
            path=f"{house.medicine.path}{10_000 + n}/",
            pk=10_000 + n,
            valid_from=house.medicine.valid_from,
        )
        for n in range(more)
    )
    with django_assert_num_queries(5):
        body = office.get(house.url("units/")).content.decode()
    assert f"W{more - 1}" in body


def test_one_unit_shows_its_people_and_what_lies_in_it(
    office: Client, house: House, django_assert_num_queries: Callable
) -> None:
    for n in range(6):
        MembershipFactory.create(
            organisation=house.organisation,
            unit=house.ward_7,
            user__name=f"Manager {n}",
        )
    with django_assert_num_queries(9):
        body = office.get(house.url(f"units/{house.ward_7.pk}/")).content.decode()
    for words in ("Medicine", "Manager 5", "Bay C", "12"):
        assert words in body


def test_adding_changing_moving_merging_closing_and_opening_again(
    office: Client, house: House
) -> None:
    response = office.post(
        house.url("units/add"), {"name": " Ward  8 ", "parent": house.medicine.pk, "posts": "20"}
    )
    unit = Unit.objects.get(name="Ward 8")
    assert response["Location"] == house.url(f"units/{unit.pk}/")
    at = f"units/{unit.pk}"
    office.post(house.url(f"{at}/change"), {"name": "Ward 8A", "posts": ""})
    office.post(house.url(f"{at}/move"), {"parent": house.surgery.pk})
    unit.refresh_from_db()
    assert (unit.name, unit.posts, unit.parent) == ("Ward 8A", None, house.surgery)
    office.post(house.url(f"{at}/close"))
    unit.refresh_from_db()
    assert not is_open(unit)
    office.post(house.url(f"{at}/reopen"))
    office.post(house.url(f"{at}/merge"), {"into": house.ward_9.pk})
    unit.refresh_from_db()
    assert unit.successor == house.ward_9
    assert [e.action for e in AuditEntry.objects.order_by("pk")] == [
        "unit added", "unit renamed", "unit posts changed", "unit moved", "unit closed",
        "unit reopened", "unit merged",
    ]  # fmt: skip
    body = office.get(house.url(f"{at}/")).content.decode()
    assert "merged into" in body and "Reopen this unit" not in body


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"name": ""}, "Enter the name of the unit."),
        ({"name": "\u200b \u00a0"}, "Enter the name of the unit."),
        ({"name": "x" * 121}, "Name must be 120 characters or fewer"),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"name": "W", "posts": "12-14"}, "Enter the number of posts as one whole number"),
        ({"name": "W", "posts": "-1"}, "Enter the number of posts as one whole number"),
        ({"name": "W", "posts": "9" * 30}, "Enter the number of posts as one whole number"),
        ({"name": "W", "parent": "x"}, "Choose a unit from the list."),
        ({"name": "W", "parent": "999999999999999999999"}, "Choose a unit from the list."),
        ({"name": "Ward 7", "parent": "MEDICINE"}, "already a unit called Ward 7 in Medicine"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    office: Client, house: House, posted: dict[str, str], sentence: str
) -> None:
    if posted.get("parent") == "MEDICINE":
        posted = {**posted, "parent": str(house.medicine.pk)}
    response = office.post(house.url("units/add"), posted)
    assert response.status_code == 422
    body = response.content.decode()
    assert "There is a problem" in body and sentence in body
    assert Unit.objects.count() == 5
    assert not AuditEntry.objects.exists()


def test_a_unit_of_another_organisation_can_be_named_nowhere(office: Client, house: House) -> None:
    foreign = UnitFactory.create(organisation=OrganisationFactory.create())
    for posted in (
        ("units/add", {"name": "W", "parent": foreign.pk}),
        (f"units/{house.bay.pk}/move", {"parent": foreign.pk}),
        (f"units/{house.bay.pk}/merge", {"into": foreign.pk}),
    ):
        assert office.post(house.url(posted[0]), posted[1]).status_code == 422
    assert not AuditEntry.objects.exists()


def test_a_refusal_comes_back_with_the_page(office: Client, house: House) -> None:
    response = office.post(house.url(f"units/{house.ward_7.pk}/close"))
    assert response.status_code == 422
    assert "Close or move the unit in it first." in response.content.decode()
    assert office.post(house.url(f"units/{house.ward_7.pk}/merge"), {}).status_code == 422


def test_a_unit_with_five_units_in_it_merges(office: Client, house: House) -> None:
    wards = [
        UnitFactory.create(organisation=house.organisation, parent=house.medicine, name=f"W{n}")
        for n in range(5)
    ]
    answer = office.post(house.url(f"units/{house.medicine.pk}/merge"), {"into": house.surgery.pk})
    assert answer.status_code == 302
    for ward in wards:
        ward.refresh_from_db()
        assert ward.path == f"{house.surgery.path}{ward.pk}/"


def test_a_unit_with_three_people_merges(office: Client, house: House) -> None:
    held = [
        MembershipFactory.create(
            organisation=house.organisation, unit=house.ward_7, role=Role.MANAGER
        )
        for _ in range(3)
    ]
    before = MembershipFactory.create(
        user=held[0].user,
        organisation=house.organisation,
        unit=house.surgery,
        role=Role.MANAGER,
        is_active=False,
    )
    merge = house.url(f"units/{house.ward_7.pk}/merge")
    for _ in range(2):  # pressed twice
        assert office.post(merge, {"into": house.surgery.pk}).status_code == 302
    now = house.surgery.memberships.filter(is_active=True, role=Role.MANAGER)
    assert {one.user for one in now} == {one.user for one in held}
    assert before in now


def upload(office: Client, house: House, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("units.csv", content, "text/csv")
    response = office.post(house.url("units/import"), {"file": file})
    return response.status_code, response.content.decode()


def test_a_list_is_checked_and_then_imported(office: Client, house: House) -> None:
    text = "\ufeffunit,parent,posts\r\nWard 8,Medicine,20\r\nWard 7,Medicine,14\r\n"
    status, body = upload(office, house, text.encode())
    assert status == 200
    assert "We have not saved anything yet." in body and "Ward 8, part of Medicine" in body
    assert not Unit.objects.filter(name="Ward 8").exists()
    for _ in range(2):
        response = office.post(house.url("units/import/confirm"), {"text": text})
        assert response["Location"] == house.url("units/")
    assert Unit.objects.get(name="Ward 8").posts == 20
    assert AuditEntry.objects.count() == 1
    status, body = upload(office, house, text.encode())
    assert "All the units in this list have already been added" in body


def test_rows_to_mend_are_listed_and_nothing_can_be_imported(office: Client, house: House) -> None:
    bad = "".join(f"Ward {n},Nowhere,\n" for n in range(60, 120))
    text = f"unit,parent,posts\n<b>x</b>,,many\n{bad}"
    status, body = upload(office, house, text.encode())
    assert status == 422
    assert "There is no such unit, here or in the file." in body
    assert "Showing the first 50 of 61." in body
    assert "<b>x</b>" not in body
    assert "Save these units" not in body
    response = office.post(house.url("units/import/confirm"), {"text": text})
    assert response.status_code == 422
    assert Unit.objects.count() == 5


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The selected file is empty"),
        ("unit,parent\nA,".encode("utf-16"), "The file is in UTF-16."),
        (b"unit,parent\n\x81,", "letters cannot be read"),
        (b"x" * 600_000, "must be smaller than 500KB"),
        (b"name\nWard", "is missing"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    office: Client, house: House, content: bytes, sentence: str
) -> None:
    status, body = upload(office, house, content)
    assert status == 422 and sentence in body


def test_a_pasted_list_reads_as_a_file_does(office: Client, house: House) -> None:
    text = "Our units\n\nUnit\tPart of\tSite\nWard\u202e 8\tMedicine\tNorth\n"
    response = office.post(house.url("units/import"), {"list_text": text})
    body = response.content.decode()
    assert response.status_code == 200
    assert "Ward 8, part of Medicine" in body
    assert "Not used: row 1: “Our units”; column “Site”." in body


def test_no_file_and_no_text(office: Client, house: House) -> None:
    assert office.post(house.url("units/import")).status_code == 422
    for text in ("", "x", "\x00"):
        response = office.post(house.url("units/import/confirm"), {"text": text})
        assert response["Location"] == house.url("units/import")
