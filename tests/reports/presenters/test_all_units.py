"""The figures of all units in one file: the same as each unit's own, and nobody else's."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import AuditEntry, Membership, Role, Unit, User
from reports import tasks
from reports.actions import documents
from reports.actions.documents import ask_for_export
from reports.models import Export, File
from reports.presenters.all_units import EXPORTERS, all_units_table, all_units_workbook
from reports.presenters.figures import figures
from reports.presenters.source import Source, source_of
from reports.queries.beside import Beside
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.factories import OrganisationFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import change, payload
from tests.results.published import publish

HOSTILE = "=cmd|' /C calc'!A0"


def sources(*units: SurveyUnit) -> list[Source]:
    related = ("survey_unit__survey__organisation", "survey_unit__survey__leaders_edition")
    found = Snapshot.objects.filter(survey_unit__in=units, replaced_by=None).order_by("survey_unit")
    return [source_of(one, Beside()) for one in found.select_related(*related)]


@pytest.fixture
def every_tier(house: House) -> list[Source]:
    """A ward of each tier, one of them with a name that a spreadsheet would calculate."""
    made = [house.result]
    for number, tier in enumerate(("figures", "small", "words", "joint")):
        name = HOSTILE if tier == "figures" else f"Ward {number + 20}"
        ward = UnitFactory.create(organisation=house.organisation, name=name)
        shown = payload(tier)  # type: ignore[arg-type]
        if tier == "figures":
            hidden = shown["sections"][1]
            change(hidden, mean=None, word=None, interval=None, sd=None, withheld="few_answers")
        made.append(publish(organisation=house.organisation, unit=ward, payload=shown))
    return sources(*made)


def table_of(content: bytes, name: str = "figures.csv") -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return list(csv.DictReader(io.StringIO(bundle.read(name).decode("utf-8-sig"))))


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def shown(value: object) -> str:
    return "" if value is None else str(value)


def test_table_and_workbook_say_what_each_units_own_figures_say(every_tier: list[Source]) -> None:
    rows = table_of(all_units_table(iter(every_tier)))
    expected = [
        (one.unit.unit_name, figure.level, figure.code, figure.measure, shown(figure.option),
         shown(figure.value), shown(figure.n), figure.withheld)
        for one in every_tier
        for figure in figures(one.payload)
    ]  # fmt: skip
    assert [
        (row["unit"].removeprefix("'"), row["level"], row["code"], row["measure"], row["option"],
         row["value"], row["people"], row["why_not_shown"])
        for row in rows
    ] == expected  # fmt: skip
    assert f"'{HOSTILE}" in {row["unit"] for row in rows}

    sheets = sheets_of(all_units_workbook(iter(every_tier)))
    assert [row[0] for row in sheets["Units"][1:]] == [one.unit.unit_name for one in every_tier]
    for name, level in (("Sections", "section"), ("Statements", "statement")):
        head, *lines = sheets[name]
        cells = {
            (line[0], line[2], measure): line[place]
            for line in lines
            for place, measure in enumerate(head)
        }
        for one in every_tier:
            for figure in figures(one.payload):
                key = (one.unit.unit_name, figure.code, figure.measure)
                if figure.level != level or figure.option is not None or key not in cells:
                    continue
                wanted = figure.withheld if figure.value is None else figure.value
                assert cells[key] == wanted, key
        assert len(lines) == len(every_tier) * (7 if level == "section" else 45)
    shares = sheets["Statements"][1][-11:]
    assert list(shares) == [7, 14, 29, 29, 14, 7, None, None, None, None, None]


def test_what_is_withheld_stands_nowhere_and_its_reason_does(every_tier: list[Source]) -> None:
    reason = "Fewer than 5 people scored this statement"
    rows = [
        row
        for row in table_of(all_units_table(iter(every_tier)))
        if row["unit"].endswith(HOSTILE) and row["level"] == "section" and row["code"] == "RES"
    ]
    means = [row for row in rows if row["measure"] == "mean"]
    assert [(row["value"], row["people"]) for row in means] == [("", "")]
    assert means[0]["why_not_shown"].startswith(reason)
    for sheet in ("codebook.csv",):
        meanings = table_of(all_units_table(iter(every_tier)), sheet)
        assert any(row["What it means and how it is worked out"].startswith(reason)
                   for row in meanings)  # fmt: skip
        assert any("not been validated" in str(row) for row in meanings)
    codebook = sheets_of(all_units_workbook(iter(every_tier)))["Codebook"]
    assert any(str(row[1]).startswith(reason) for row in codebook)
    assert any("not been validated" in str(row) for row in codebook)


def test_no_text_becomes_a_formula(every_tier: list[Source]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(all_units_workbook(iter(every_tier))))
    for sheet in book:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    for name in ("figures.csv", "codebook.csv"):
        for row in table_of(all_units_table(iter(every_tier)), name):
            assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in row.values())


def client_of(house: House, role: Role, unit: Unit | None = None) -> tuple[Client, User]:
    client, member = Client(), house.member(role, unit)
    client.force_login(member)
    return client, member


def page_of(house: House) -> str:
    return f"/o/{house.organisation.slug}/figures/"


def names_in(file: Any) -> set[str]:
    return {row["unit"] for row in table_of(file.content)}


def test_it_is_asked_for_made_with_progress_and_fetched(house: House) -> None:
    client, _ = client_of(house, Role.LEAD)
    page = page_of(house)
    assert "Create" in client.get(page).text
    assert client.get(f"{page}table").status_code == 404
    for _ in range(2):
        assert client.post(f"{page}table").status_code == 302
    assert AuditEntry.objects.filter(action="export asked for").count() == 1
    export = Export.objects.get()
    begun = documents.begin_export(export_id=export.pk)
    assert begun is not None
    documents.record_progress(export=begun, done=1)
    waiting = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" in waiting and "Being created: 1 of 1 unit" in waiting
    assert "<html" not in waiting
    tasks.make_export(export.pk)  # the message comes again, and a worker is at it
    assert "every 2s" in client.get(page, headers={"HX-Request": "true"}).text
    Export.objects.update(begun_at=timezone.now() - timedelta(seconds=31))
    tasks.make_export(export.pk)
    ready = client.get(page, headers={"HX-Request": "true"}).text
    assert "every 2s" not in ready and "1 unit, " in ready and "kept until" in ready
    file = client.get(f"{page}table")
    assert file["Content-Disposition"] == (
        'attachment; filename="merrowfield-hospitals-figures.zip"'
    )
    assert "no-store" in file["Cache-Control"]
    assert names_in(file) == {"Ward 7 – care of older people"}
    other, _ = client_of(house, Role.LEAD)
    assert other.get(f"{page}table").status_code == 404, "each reader has a file of their own"
    client.post(f"{page}table")
    assert Export.objects.get().state == File.State.ASKED, "asked again it is made anew"


def test_each_gets_the_latest_results_within_reach(house: House) -> None:
    other = publish(organisation=house.organisation, unit=house.ward_9, payload=payload())
    old = publish(
        organisation=house.organisation, unit=house.ward_9, payload=payload(), days_ago=90
    )
    few = UnitFactory.create(organisation=house.organisation, name="Ward 30")
    publish(organisation=house.organisation, unit=few, payload=payload("too_few"))
    stranger = OrganisationFactory.create()
    ward = UnitFactory.create(organisation=stranger, name="Elsewhere")
    publish(organisation=stranger, unit=ward, payload=payload())
    latest = Snapshot.objects.get(survey_unit=other).pk
    ours = Snapshot.objects.get(survey_unit=house.result).pk
    for role, unit, expected in (
        (Role.LEAD, None, [ours, latest]),
        (Role.MANAGER, house.ward_9, [latest]),
        (Role.REVIEWER, None, [Snapshot.objects.get(survey_unit=old).pk]),
    ):
        client, member = client_of(house, role, unit)
        client.post(f"{page_of(house)}workbook")
        assert Export.objects.get(asked_by=member).snapshots == expected, role
    SurveyUnit.objects.filter(pk=other.pk).update(published_at=timezone.now() - timedelta(days=15))
    client, member = client_of(house, Role.REVIEWER)
    client.post(f"{page_of(house)}workbook")
    assert Export.objects.get(asked_by=member).snapshots == [latest]


def test_what_went_out_of_reach_or_was_corrected_is_not_handed_out(house: House) -> None:
    client, member = client_of(house, Role.LEAD)
    client.post(f"{page_of(house)}table")
    tasks.make_export(Export.objects.get().pk)
    assert client.get(f"{page_of(house)}table").status_code == 200
    first = Snapshot.objects.get()
    Snapshot.objects.create(
        survey_unit=house.result, number=2, released_at=timezone.now(), payload=payload(),
        replaces=first, reason="A wrong number of staff.",
    )  # fmt: skip
    answer = client.get(f"{page_of(house)}table", follow=True)
    assert "Create it again." in answer.text
    client.post(f"{page_of(house)}table")
    tasks.make_export(Export.objects.get().pk)
    assert client.get(f"{page_of(house)}table").status_code == 200
    Membership.objects.filter(user=member).update(unit=house.ward_9)
    assert client.get(f"{page_of(house)}table").status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_nobody_else_has_it(house: House, role: Role) -> None:
    client, _ = client_of(house, role)
    assert client.get(page_of(house)).status_code == 403
    assert client.post(f"{page_of(house)}table").status_code == 403
    assert not Export.objects.exists()


def test_without_a_result_and_of_no_known_kind_there_is_none(house: House) -> None:
    client, _ = client_of(house, Role.MANAGER, house.ward_9)
    assert "There are no figures to download yet" in client.get(page_of(house)).text
    said = client.post(f"{page_of(house)}table", follow=True).text
    assert "There are no results yet, so there is nothing to download." in said
    assert client.post(f"{page_of(house)}secrets").status_code == 404
    assert not Export.objects.exists()


def test_what_cannot_be_made_is_said_and_old_ones_go(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    export = ask_for_export(
        organisation=house.organisation,
        kind=Export.Kind.TABLE,
        snapshots=[Snapshot.objects.get().pk],
        by=house.member(Role.LEAD),
    )

    def broken(found: object) -> bytes:
        raise ValueError("no ink")

    monkeypatch.setitem(EXPORTERS, Export.Kind.TABLE, broken)
    tasks.make_export(export.pk)
    export.refresh_from_db()
    assert export.state == File.State.FAILED
    assert "no ink" in caplog.text
    Export.objects.update(asked_at=timezone.now() - timedelta(days=8))
    tasks.sweep()
    assert not Export.objects.exists()


def test_many_units_cost_the_page_no_more_queries(
    house: House, django_assert_num_queries: Any
) -> None:
    for number in range(60):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        survey = house.result.survey
        publish(organisation=house.organisation, unit=ward, payload=payload(), survey=survey)
    client, _ = client_of(house, Role.LEAD)
    client.post(f"{page_of(house)}table")
    with django_assert_num_queries(6):
        text = client.get(page_of(house)).text
    assert "each of the 61 units" in re.sub(r"\s+", " ", text)
    export = Export.objects.get()
    with django_assert_num_queries(3 + 2 + 3):  # begin, 50 and 11 results, progress at 20, 40, 60
        tasks.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.done) == (File.State.READY, 60)
    assert len({row["unit"] for row in table_of(bytes(export.content))}) == 61
