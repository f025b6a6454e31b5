"""Every kind of document: the page's figures and no others, whatever the tier."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from pptx import Presentation
from pypdf import PdfReader

from initiatives.soffts import soffts
from organisations.models import Role
from reports.models import ContextNote
from reports.presenters.documents import csv_table, drawings, pdf, slides, workbook
from reports.presenters.documents.figures import figures
from reports.presenters.documents.source import Source, source_of
from reports.presenters.explanations import explanations
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from tests.reports.conftest import House
from tests.reports.documents.structure import elements, of_kind
from tests.reports.payloads import change, payload
from tests.reports.published import publish

TIERS = ["figures", "small", "words", "joint"]
# A name that a spreadsheet would calculate and a page would run.
HOSTILE = "=cmd|' /C calc'!A0 <b>{{ 7*7 }}</b>"


def source(house: House, shown: SnapshotPayload, **unit: Any) -> Source:
    survey_unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown, **unit)
    return source_of(
        Snapshot.objects.select_related(
            "survey_unit__survey__organisation", "survey_unit__survey__leaders_edition"
        ).get(survey_unit=survey_unit)
    )


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def cells_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def words_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def charts_of(content: bytes) -> Iterator[tuple[str, list[float | None]]]:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                for series in shape.chart.plots[0].series:
                    yield series.name, list(series.values)


@pytest.mark.parametrize("tier", TIERS)
def test_screen_pdf_slides_workbook_and_table_say_the_same(house: House, tier: Any) -> None:
    shown = payload(tier)
    if tier == "figures":
        change(shown["sections"][0]["items"][2], distribution=[0, 8, 15, 0, 31, 46])
    made = source(house, shown)
    means = [section["mean"] for section in shown["sections"]]
    leaders = shown["leaders"]
    assert leaders
    theirs = [leaders["sections"][section["code"]]["mean"] for section in shown["sections"]]

    rows = rows_of(csv_table.csv_table(made))
    assert [
        (row["level"], row["code"], row["measure"], row["option"], row["value"]) for row in rows
    ] == [
        (
            figure.level,
            figure.code,
            figure.measure,
            "" if figure.option is None else str(figure.option),
            "" if figure.value is None else str(figure.value),
        )
        for figure in figures(shown)
    ]
    in_table = [row for row in rows if (row["level"], row["measure"]) == ("section", "mean")]
    assert [float(row["value"]) if row["value"] else None for row in in_table] == means

    sheets = cells_of(workbook.workbook(made))
    head, *sections = sheets["Sections"]
    if any(mean is not None for mean in means):
        assert [row[head.index("mean")] for row in sections] == means
    assert [row[head.index("leaders, mean")] for row in sections] == theirs
    assert len(sheets["Statements"]) == 46

    drawn = dict(charts_of(slides.slides(made)))
    first = next(charts_of(slides.slides(made)))
    if tier == "words":
        assert first == ("Leaders", theirs)
    else:
        assert first == ("Team" if tier == "joint" else "Ward", means)
        assert "Leaders" in drawn

    full = pdf.full_pdf(made)
    words = words_of(full)
    for section in shown["sections"]:
        assert section["title"] in words
        if section["mean"] is not None:
            assert f"{section['mean']:.1f}" in words
        for item in section["items"] if tier == "figures" else ():
            assert " ".join(item["text"].split()) in words
    if tier == "figures":
        assert_bars(full, shown, sheets["Statements"])


def assert_bars(content: bytes, shown: SnapshotPayload, rows: list[tuple[Any, ...]]) -> None:
    """Each statement's bars in the PDF have the snapshot's percents, as the workbook has."""
    head, *statements = rows
    options = [place for place, name in enumerate(head) if str(name).startswith("% of answers")]
    in_book = {row[0]: [row[place] for place in options] for row in statements}
    named = [figure["/Alt"] for figure in of_kind(elements(content), "/Figure")]
    released = {
        item["code"]: (item["text"], item["distribution"])
        for section in shown["sections"]
        for item in section["items"]
    }
    empty: list[int | None] = [None] * 6
    assert in_book == {code: shares or empty for code, (_, shares) in released.items()}
    drawn = {
        name.rsplit(": ", 1)[0]: [int(one) for one in re.findall(r"(\d+)% chose", name)]
        for name in named
        if "% chose" in name
    }
    assert drawn == {text: shares for text, shares in released.values() if shares}


def test_what_is_withheld_stands_nowhere_and_its_reason_everywhere(house: House) -> None:
    shown = payload()
    section = shown["sections"][6]
    change(section, n=None, mean=None, word=None, interval=None, sd=None, agreement=None)
    change(section, withheld="few_answers", why={})
    made = source(house, shown)
    reason = "Fewer than 5 people scored this."
    rows = [row for row in rows_of(csv_table.csv_table(made)) if row["code"] == section["code"]]
    kept = {row["measure"] for row in rows if row["value"]}
    assert kept == {"cannot say", "leaders, each", "leaders, mean"}
    assert all(reason in row["why_not_shown"] for row in rows if not row["value"])
    (line,) = [row for row in cells_of(workbook.workbook(made))["Sections"] if row[0] == "CTX"]
    assert [cell for cell in line[3:] if isinstance(cell, float)] == [0.19, 3.2]
    assert reason in words_of(pdf.wall_pdf(made))
    ward = dict(list(charts_of(slides.slides(made)))[:1])["Ward"]
    assert ward[6] is None


def assert_tagged(reader: PdfReader, made: Source) -> None:
    """What PDF/UA asks of the file as a whole, and bookmarks."""
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata and reader.metadata.title == made.title
    assert reader.outline


@pytest.mark.parametrize("tier", TIERS)
def test_each_document_carries_n_dates_wording_and_the_notice(house: House, tier: Any) -> None:
    made = source(house, payload(tier))
    said = [made.answered, made.dates, made.wording]
    for content in (pdf.wall_pdf(made), pdf.full_pdf(made)):
        words = words_of(content)
        assert all(line in words for line in said)
        assert "has not been validated" in words
    about = " ".join(
        str(cell) for row in cells_of(workbook.workbook(made))["About"] for cell in row
    )
    assert all(line in about for line in said) and "has not been validated" in about
    deck = Presentation(io.BytesIO(slides.slides(made)))
    assert len(deck.slides) == 6
    for slide in deck.slides:
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert all(line in words for line in said)
    with zipfile.ZipFile(io.BytesIO(drawings.drawings(made))) as bundle:
        assert "has not been validated" in bundle.read("read-me.txt").decode()
        pictures = [name for name in bundle.namelist() if name.endswith(".svg")]
        assert len(pictures) >= (0 if tier == "words" else 7)
        bars = [name for name in pictures if name.startswith("statement-")]
        shown = [item for section in made.payload["sections"] for item in section["items"]]
        assert len(bars) == sum(item["distribution"] is not None for item in shown)
        for name in pictures:
            svg = bundle.read(name).decode()
            assert svg.startswith("<svg xmlns=") and "<style>" in svg and "<title>" in svg


def test_a_text_that_looks_like_a_formula_stays_a_text(house: House) -> None:
    shown = payload()
    shown["sections"][0]["items"][0]["text"] = "+1+1 @SUM(A1)"
    made = source(house, shown, unit_name=HOSTILE)
    rows = rows_of(csv_table.csv_table(made))
    assert {row["unit"] for row in rows} == {f"'{HOSTILE}"}
    assert not any(
        str(value).startswith(("=", "+", "@", "\t", "\r")) for row in rows for value in row.values()
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook(made)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
    }
    assert HOSTILE in [row[1].value for row in book["About"].iter_rows()]
    assert "{{ 7*7 }}" in words_of(pdf.wall_pdf(made))


@pytest.mark.parametrize("tier", TIERS)
def test_the_wall_has_two_pages_whatever_stands_there(house: House, tier: Any) -> None:
    made = source(house, payload(tier), unit_name="Ward of the long name, " * 5)
    survey = made.unit.survey
    survey.problem = survey.change = "Too many patients fall at night on the way to it. " * 4
    for _ in range(2):
        ContextNote.objects.create(
            unit=house.ward_9, day=timezone.localdate(), text="We moved. " * 20,
            written_by=house.member(Role.LEAD),
        )  # fmt: skip
    about = cells_of(workbook.workbook(made))["About"]
    assert sum(str(row[0]).startswith("What happened: ") for row in about) == 2
    first = Presentation(io.BytesIO(slides.slides(made))).slides[0]
    texts = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert sum(text.count("We moved. We moved.") > 1 for text in texts) == 1
    content = pdf.wall_pdf(made)
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
    assert words_of(content).count("We moved. We moved.") >= 2


def test_the_full_pdf_has_every_task_and_what_figures_mean(house: House) -> None:
    words = words_of(pdf.full_pdf(source(house, payload())))
    for task in soffts().tasks.values():
        assert task.plain in words
    assert "We give no scores to the pyramid." in words
    assert all(" ".join(one.answer) in words for one in explanations(payload()))


def test_a_correction_says_so_on_every_document(house: House) -> None:
    made = source(house, payload())
    later = Snapshot.objects.create(
        survey_unit=made.unit,
        number=2,
        replaces=made.snapshot,
        reason="the headcount was 24",
        released_at=timezone.now(),
        payload=payload(headcount=24),
    )
    corrected = source_of(later)
    assert "the headcount was 24" in words_of(pdf.wall_pdf(corrected))
    assert ("Corrected because", "the headcount was 24") in cells_of(workbook.workbook(corrected))[
        "About"
    ]
