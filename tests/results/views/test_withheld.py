"""Every form in which a result leaves the server, searched for figures that are withheld.

Two wards answer a real survey. A section that few scored, and their answers to it, lie high; all
else lies low. So any figure from 4.1 to 5 would be one that is withheld. And then the answers that
few gave are changed in the database: no page may change with them.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from random import Random

import openpyxl
import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from fieldwork import counting
from organisations.models import Membership, Role, User
from reports.presenters import all_units, csv_table, drawings, pdf, slides, workbook
from reports.presenters.source import source_of
from reports.queries.beside import beside
from responses.models.response import Response
from scoring import tasks
from scoring.models import Aggregate, ParentSnapshot, Snapshot
from scoring.queries.released import columns_behind_all
from scoring.queries.version_layout import sheet_layout
from scoring.rules.sections import mean_of
from surveys.models import SurveyUnit
from tests.access_matrix import MATRIX
from tests.factories import MembershipFactory, SurveyFactory, UnitFactory
from tests.reports.api.conftest import Program
from tests.reports.read import charts_of, data_sheets_of, slides_of, words_of
from tests.responses.ballots import answer, open_unit
from tests.scoring.actions.test_publish import close
from tests.test_access_matrix import PART

pytestmark = pytest.mark.django_db

# Sections of 11, 7, 7, 7, then the four statements that only four people scored.
HELD_BACK = slice(32, 36)
HIGH = re.compile(r"(?<![\d./#-])4\.[1-9]\d*(?!\d|%|\.\d)")


def sheets(number: int, few: str) -> list[str]:
    random = Random(number)
    made = []
    for index in range(number):
        sheet = [random.choice("0123") for _ in range(45)]
        sheet[HELD_BACK] = few if index < 4 else "????"
        made.append("".join(sheet))
    return made


@pytest.fixture
def unit() -> SurveyUnit:
    """A ward with figures, its second audit; beside it another ward, so that there is a sum."""
    first = _audit(None)
    SurveyUnit.objects.filter(survey=first.survey).update(
        closes_at=timezone.now() - timedelta(days=90)
    )
    return _audit(first)


def _audit(before: SurveyUnit | None) -> SurveyUnit:
    if before is None:
        survey = SurveyFactory.create()
        wards = [UnitFactory.create(organisation=survey.organisation) for _ in range(2)]
    else:
        survey = SurveyFactory.create(
            organisation=before.survey.organisation,
            version=before.survey.version,
            initiative=before.survey.initiative,
        )
        wards = [one.unit for one in before.survey.survey_units.order_by("pk")]
    units = [open_unit(survey=survey, unit=ward) for ward in wards]
    for one, number in zip(units, (13, 14), strict=True):
        for sheet in sheets(number, "5545"):
            answer(one, answers=sheet)
    for one in units:
        close(one)
    counting.sweep()
    tasks.sweep()
    return units[0]


def lead(unit: SurveyUnit) -> User:
    member: Membership = MembershipFactory.create(
        organisation=unit.survey.organisation, role=Role.LEAD
    )
    MembershipFactory.create(
        organisation=unit.survey.organisation, role=Role.ADMINISTRATOR, user=member.user
    )
    return member.user


def pages(unit: SurveyUnit, client: Client) -> Iterator[tuple[str, str]]:
    """Every address that a unit, a survey or a ward page's code leads to, and what it answers."""
    survey = unit.survey
    ids = {
        "slug": survey.organisation.slug,
        "survey_id": survey.pk,
        "survey_unit_id": unit.pk,
        "initiative_id": survey.initiative_id,
        "unit_id": unit.unit_id,
        "code": unit.ward_page_code,
        "ward_page_code": unit.ward_page_code,
        "credential": unit.answer_code,
        "section_code": "MSG",
    }
    for route, line in MATRIX.items():
        names = {part[2] for part in PART.finditer(route)}
        if line.method != "GET" or not names or not names <= ids.keys():
            continue
        if route.startswith("api/") or "/learning/" in route:
            continue  # those want a token, these number SOFFT tasks 4.1 and so on
        address = "/" + PART.sub(lambda part: str(ids[part[2]]), route)
        # Results alone are asked for with figures or without.
        is_result = resolve(address).func.__module__.startswith("results.")
        for asked in ("", "?figures=1") if is_result else ("",):
            answered = client.get(address + asked)
            content = b"" if answered.streaming else answered.content
            yield route + asked, content.decode(errors="replace")


def words(html: str) -> str:
    return unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", html, flags=re.S))


def answers_of_the_api(unit: SurveyUnit, user: User) -> Iterator[tuple[str, str]]:
    class House:
        organisation = unit.survey.organisation

    program = Program(House, user)  # type: ignore[arg-type]
    for path in ("/snapshots", f"/snapshots/{unit.pk}", "/figures", "/surveys", "/units"):
        answered = program.get(path)
        assert answered.status_code == 200, path
        yield path, answered.content.decode()


def documents(unit: SurveyUnit) -> Iterator[tuple[str, str]]:
    """Each kind of document, as words."""
    snapshot = Snapshot.objects.select_related(
        "survey_unit__survey__organisation", "survey_unit__survey__leaders_edition"
    ).get(survey_unit=unit)
    made = source_of(snapshot, beside(unit))
    yield "csv", csv_table.csv_table(made).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook(made)))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    yield "workbook", " ".join(str(cell) for row in rows for cell in row if cell is not None)
    papers = (pdf.board_pdf, pdf.staff_room_pdf, pdf.full_pdf)
    for make in papers:
        yield make.__name__, words_of(make(made))
    deck = slides.slides(made)
    yield "slides", " ".join(slides_of(deck))
    yield "charts of the slides", " ".join(str(values) for _, values in charts_of(deck))
    yield "data sheets of the charts", " ".join(data_sheets_of(deck))
    whole = openpyxl.load_workbook(io.BytesIO(all_units.all_units_workbook(iter([made]))))
    every = [row for sheet in whole for row in sheet.iter_rows(values_only=True)]
    yield "export", " ".join(str(cell) for row in every for cell in row if cell is not None)
    with zipfile.ZipFile(io.BytesIO(all_units.all_units_table(iter([made])))) as bundle:
        yield "export csv", " ".join(bundle.read(name).decode() for name in bundle.namelist())
    with zipfile.ZipFile(io.BytesIO(drawings.drawings(made))) as bundle:
        yield "drawings", " ".join(words(bundle.read(name).decode()) for name in bundle.namelist())


def test_no_form_holds_a_figure_that_is_withheld(unit: SurveyUnit, client: Client) -> None:
    payload = Snapshot.objects.get(survey_unit=unit).payload
    section = payload["sections"][4]
    assert (section["withheld"], section["scored"]) == ("too_few_statements", [4, 4])
    survey = unit.survey
    layout = sheet_layout(survey.version, survey.ward_edition).layout
    (columns,) = columns_behind_all(
        survey, Snapshot.objects.filter(survey_unit=unit), layout
    ).values()
    assert mean_of(columns.section(layout, 4)) == 4.75, "there is something to find"
    assert ParentSnapshot.objects.filter(survey=survey).exists()
    user = lead(unit)
    client.force_login(user)
    forms = dict(pages(unit, client))
    assert {"w/<slug:code>", "w/<slug:code>/change", "w/<slug:code>/tasks"} <= forms.keys()
    assert "Not shown." in forms["w/<slug:code>/sections/<slug:section_code>"]
    assert "Too many people left" in forms["o/<slug:slug>/results/<int:survey_unit_id>/"]
    assert "Score not shown." in forms["w/<slug:code>?figures=1"]
    assert "have a result" in forms["o/<slug:slug>/results/together/<int:survey_id>/"]
    forms = {name: words(page) for name, page in forms.items()}
    forms |= {f"api {name}": text for name, text in answers_of_the_api(unit, user)}
    forms |= dict(documents(unit))
    found = {name: HIGH.findall(text) for name, text in forms.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert len(forms) > 25


def test_the_search_finds_what_it_looks_for() -> None:
    for text in ("mean 4.8.", "4.75,", '"mean":4.8', "±4.6"):
        assert HIGH.search(text), text
    for text in ("14.5", "12:04.7", "left:4.5%", "2.4.1", "4.0"):
        assert not HIGH.search(text), text


def test_no_page_changes_with_answers_that_are_withheld(unit: SurveyUnit, client: Client) -> None:
    client.force_login(lead(unit))
    seen = dict(pages(unit, client))
    for response in Response.objects.filter(survey_unit=unit):
        changed = list(response.answers)
        changed[HELD_BACK] = response.answers[HELD_BACK].replace("5", "1").replace("4", "0")
        Response.objects.filter(pk=response.pk).update(answers="".join(changed))
    Aggregate.objects.filter(survey_unit=unit).update(counts={})
    results = [route for route in seen if "/results/" in route or route.startswith("w/")]
    assert len(results) > 6
    again = dict(pages(unit, client))
    for route in results:
        assert _still(again[route]) == _still(seen[route]), route


def _still(page: str) -> str:
    """The page without what differs at each request: nonces, tokens, keys of a form."""
    page = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return re.sub(r'value="[0-9a-f-]{36}"|[A-Za-z0-9_-]{40,}', "", page)
