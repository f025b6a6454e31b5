from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from initiatives.models import Suggestion
from organisations.actions.units import add_unit, move_unit
from organisations.models import AuditEntry, Organisation
from tests.factories import InitiativeFactory, OrganisationFactory, UnitFactory
from tests.organisations.conftest import House


def test_who_what_which_and_when_in_words(office: Client, house: House) -> None:
    move_unit(unit=house.bay, parent=house.ward_9, by=house.administrator)
    elsewhere = OrganisationFactory.create()
    add_unit(organisation=elsewhere, name="Foreign ward", parent=None, posts=None, by=None)
    body = office.get(house.url("audit/")).content.decode()
    for words in ("Unit moved", "Bay C", "from Ward 7, to Ward 9", house.administrator.email):
        assert words in body
    assert "Foreign ward" not in body


def test_an_object_that_is_gone_keeps_its_number(office: Client, house: House) -> None:
    AuditEntry.objects.create(
        organisation=house.organisation,
        action="survey_cancelled",
        object_type="invitation",
        object_id="77",
    )
    body = office.get(house.url("audit/")).content.decode()
    assert "Survey cancelled" in body and "Personal link 77" in body and "The system" in body


def at(organisation: Organisation, *moment: int) -> None:
    AuditEntry.objects.create(
        organisation=organisation,
        action="unit added",
        object_type="unit",
        object_id=str(UnitFactory.create(organisation=organisation, name=f"U{moment}").pk),
        at=datetime(*moment, tzinfo=ZoneInfo("UTC")),  # type: ignore[arg-type, misc]
    )


def test_the_days_are_the_organisations_days(office: Client, house: House) -> None:
    at(house.organisation, 2026, 6, 30, 22, 59)  # 23:59 in London
    at(house.organisation, 2026, 6, 30, 23, 30)  # 1 July, 00:30 in London
    june = office.get(house.url("audit/"), {"since": "30/6/2026", "until": "2026-06-30"})
    assert "1 entry found" in june.content.decode()
    none = office.get(house.url("audit/"), {"action": "unit added", "until": "1/6/2026"})
    assert "No entries match your search" in none.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "soon"}, "Enter a date, like 24/11/2026."),
        ({"since": "2/7/2026", "until": "1/7/2026"}, "must not be before"),
        ({"action": "everything"}, "Choose from the list."),
        ({"since": "1/1/0001", "until": "31/12/9999"}, "Enter a date, like 24/11/2026."),
    ],
)
def test_filters_that_make_no_sense_are_named(
    office: Client, house: House, query: dict[str, str], sentence: str
) -> None:
    at(house.organisation, 2026, 6, 30, 12)
    response = office.get(house.url("audit/"), query)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_a_long_trail_has_pages_and_few_queries(
    office: Client, house: House, django_assert_num_queries: Callable
) -> None:
    for _ in range(60):
        at(house.organisation, 2026, 6, 30, 12)
    with django_assert_num_queries(7):
        body = office.get(house.url("audit/")).content.decode()
    assert "60 entries" in body and "?page=2" in body


def test_things_are_called_by_their_names(office: Client, house: House) -> None:
    """By a thing's own name, else by a word for its kind."""
    suggestion = Suggestion.objects.create(
        organisation=house.organisation, title="A night round", added_by=house.administrator
    )
    kinds = ("namedresponse", "snapshot", "statuschange", "staffimport")
    for kind, key in (("suggestion", suggestion.pk), *((kind, 987) for kind in kinds)):
        AuditEntry.objects.create(
            organisation=house.organisation, action="changed", object_type=kind, object_id=str(key)
        )
    body = office.get(house.url("audit/")).content.decode()
    for words in (
        *("A night round", "Form in a person’s name 987", "Result 987", "Status change 987"),
        "Staff list 987",
    ):
        assert words in body


def test_details_name_improvements_and_units_and_no_idea_is_quoted(
    office: Client, house: House
) -> None:
    improvement = InitiativeFactory.create(organisation=house.organisation, title="Quieter nights")
    for kind, key, detail in (
        ("review", "1", {"initiative": improvement.pk, "units": [house.ward_7.pk, house.bay.pk]}),
        ("idea", "8fb57dca-68e0-4179-9a9a-68df2688b8e2", {"unit": house.ward_9.pk}),
        ("decision", "2", {"kind": "no_figures", "now": "go_ahead", "by": "May_list.csv"}),
    ):
        AuditEntry.objects.create(
            organisation=house.organisation, action=f"{kind} answered", object_type=kind,
            object_id=key, detail=detail,
        )  # fmt: skip
    body = office.get(house.url("audit/")).text
    assert "Quieter nights, Ward 7, Bay C" in body
    assert "by May_list.csv, no figures, now go ahead" in body
    assert "An idea" in body and "8fb57dca" not in body
