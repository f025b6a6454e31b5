"""What a section asks about and what a debrief asks: to read, in a draft to change."""

import io
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from instruments.actions.draft import copy_to_draft
from instruments.exchange.read_xlsx import read_xlsx
from instruments.exchange.write_xlsx import as_xlsx
from instruments.models import Section, Version
from instruments.queries.stored_version import stored_version
from organisations.models import Organisation, Role
from tests.factories import MembershipFactory, OrganisationFactory, published_ffit

pytestmark = pytest.mark.django_db
PLACE, CHANGE = Section.AsksAbout.PLACE, Section.AsksAbout.CHANGE


@pytest.fixture
def ours() -> Organisation:
    organisation: Organisation = OrganisationFactory.create()
    return organisation


@pytest.fixture
def desk(client: Client, ours: Organisation) -> Client:
    client.force_login(MembershipFactory.create(organisation=ours, role=Role.EDITOR).user)
    return client


@pytest.fixture
def draft(ours: Organisation) -> Version:
    editor = MembershipFactory.create(organisation=ours, role=Role.EDITOR).user
    return copy_to_draft(version=published_ffit(), organisation=ours, by=editor)


def about_place(version: Version) -> list[str]:
    found = Section.objects.filter(version=version, asks_about=PLACE)
    return list(found.values_list("code", flat=True))


def section(version: Version, code: str) -> Section:
    return Section.objects.get(version=version, code=code)


def page(ours: Organisation, of: Section) -> str:
    return reverse("question_bank_questions", args=[ours.slug, of.version_id, of.pk])


def test_of_the_ffit_only_the_environment_is_the_place_also_in_a_copy(draft: Version) -> None:
    assert about_place(published_ffit()) == ["ENV"]
    assert about_place(draft) == ["ENV"]


def test_an_editor_says_what_a_section_asks_about(
    desk: Client, ours: Organisation, draft: Version
) -> None:
    learning = section(draft, "LRN")
    told = {"asks_about": "place", "section": "Think of a lesson here. What was the outcome?"}
    answer = desk.post(page(ours, learning), told)
    assert answer.status_code == HTTPStatus.FOUND
    assert about_place(draft) == ["ENV", "LRN"]
    assert "place" in learning.history.latest().asks_about
    assert "Think of a lesson here" in desk.get(page(ours, learning)).text


@pytest.mark.parametrize("given", [{}, {"asks_about": "ward"}])
def test_without_saying_it_nothing_is_kept(
    desk: Client, ours: Organisation, draft: Version, given: dict[str, str]
) -> None:
    answer = desk.post(page(ours, section(draft, "LRN")), {**given, "section": "Another?"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose what this section asks about" in answer.text
    assert about_place(draft) == ["ENV"]


def test_a_published_version_says_it_and_takes_nothing(desk: Client, ours: Organisation) -> None:
    environment = section(published_ffit(), "ENV")
    assert "The place" in desk.get(page(ours, environment)).text
    answer = desk.post(page(ours, environment), {"asks_about": "change"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert about_place(published_ffit()) == ["ENV"]


def test_a_spreadsheet_keeps_it_and_names_another_word(draft: Version) -> None:
    content = as_xlsx(stored_version(draft))
    found = read_xlsx(content, "ffit.xlsx").version
    assert found is not None
    assert found.instrument.about_place == {"ENV"}
    book = load_workbook(io.BytesIO(content))
    sheet = book["Statements"]
    column = [cell.value for cell in sheet[1]].index("asks about") + 1
    sheet.cell(row=2, column=column).value = "ward"
    changed = io.BytesIO()
    book.save(changed)
    assert read_xlsx(changed.getvalue(), "ffit.xlsx").errors == (
        "sheet Statements, row 2, asks about: expected change or place.",
    )
