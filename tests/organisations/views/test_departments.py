"""The departments of the settings: up to 20, each with an address."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.actions.departments import MOST
from organisations.models import AuditEntry, Department
from tests.organisations.conftest import House

ESTATES = {"name": "Estates", "email": "estates@merrowfield.example"}


def add(house: House, number: int) -> list[Department]:
    return Department.objects.bulk_create(
        Department(
            organisation=house.organisation, name=f"Department {place}", email="a@trust.example"
        )
        for place in range(number)
    )


def test_a_department_is_added_changed_and_removed(office: Client, house: House) -> None:
    assert "No department yet" in office.get(house.url("settings/departments/")).text
    posted = {"name": "  Estates ", "email": "Estates@Merrowfield.example"}
    assert office.post(house.url("settings/departments/add"), posted).status_code == 302
    made = Department.objects.get()
    assert (made.name, made.email) == ("Estates", "estates@merrowfield.example")
    page = office.get(house.url("settings/departments/")).text
    assert "Estates" in page and "estates@merrowfield.example" in page
    changed = {"name": "Estates and facilities", "email": made.email}
    office.post(house.url(f"settings/departments/{made.pk}/change"), changed)
    made.refresh_from_db()
    assert made.name == "Estates and facilities"
    asked = office.get(house.url(f"settings/departments/{made.pk}/remove"))
    assert "Remove Estates and facilities?" in asked.text and Department.objects.exists()
    office.post(house.url(f"settings/departments/{made.pk}/remove"))
    assert not Department.objects.exists()
    done = AuditEntry.objects.filter(object_type="department").order_by("pk")
    assert [one.action for one in done] == [
        "department added", "department changed", "department removed",
    ]  # fmt: skip
    assert "merrowfield.example" not in str([one.detail for one in done])


def test_the_same_twice_is_one(office: Client, house: House) -> None:
    for _ in range(2):
        answer = office.post(house.url("settings/departments/add"), ESTATES)
        assert answer.status_code == 302
    made = Department.objects.get()
    office.post(house.url(f"settings/departments/{made.pk}/change"), ESTATES)
    assert AuditEntry.objects.filter(object_type="department").count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Enter the name of the department"),
        ({"name": "x" * 61}, "Name must be 60 characters or fewer"),
        ({"name": "ESTATES"}, "There is a department with this name already"),
        ({"email": ""}, "Enter an email address"),
        ({"email": "estates"}, "Enter an email address"),
        ({"email": "x" * 250 + "@trust.example"}, "Enter an email address"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(
    office: Client, house: House, wrong: dict[str, str], sentence: str
) -> None:
    office.post(house.url("settings/departments/add"), ESTATES)
    posted = {"name": "Pharmacy", "email": "pharmacy@merrowfield.example", **wrong}
    answer = office.post(house.url("settings/departments/add"), posted)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Department.objects.count() == 1


def test_a_name_of_60_letters_is_kept(office: Client, house: House) -> None:
    office.post(house.url("settings/departments/add"), {**ESTATES, "name": "x" * 60})
    assert Department.objects.get().name == "x" * 60


@pytest.mark.parametrize(("there", "status"), [(MOST - 1, 302), (MOST, 422), (MOST + 1, 422)])
def test_there_are_20_at_most(office: Client, house: House, there: int, status: int) -> None:
    add(house, there)
    answer = office.post(house.url("settings/departments/add"), ESTATES)
    assert answer.status_code == status
    assert Department.objects.count() == there + (status == 302)
    offers = ">Add a department</a>" in office.get(house.url("settings/departments/")).text.replace(
        "\n", ""
    )
    assert offers is (Department.objects.count() < MOST)


def test_what_somebody_else_removed_is_not_found(office: Client, house: House) -> None:
    (gone,) = add(house, 1)
    gone.delete()
    assert office.get(house.url("settings/departments/999/change")).status_code == 404
    assert office.post(house.url("settings/departments/999/remove")).status_code == 404


def test_the_list_costs_the_same_for_20(
    office: Client, house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add(house, MOST)
    with django_assert_max_num_queries(8):
        office.get(house.url("settings/departments/"))
