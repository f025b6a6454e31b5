"""Every kind of document: the page's figures and no others, whatever the tier."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader

from initiatives.rules.soffts import soffts
from organisations.models import Role
from reports.presenters import csv_table, drawings, pdf, slides, workbook
from reports.presenters.figures import figures
from reports.presenters.source import Source, source_of
from reports.queries.beside import Beside, beside
from results.models import ContextNote
from results.words.explanations import explanations
from scoring.models import Snapshot
from scoring.rules.payload import SnapshotPayload
from tests.published_house import House
from tests.reports.presenters.structure import elements, of_kind
from tests.reports.read import (
    cells_of,
    charts_of,
    rows_of,
    slides_of,
    words_of,
)
from tests.results.payloads import change, payload
from tests.results.published import publish

TIERS = ["figures", "small", "words", "joint"]
# A name that a spreadsheet would calculate and a page would run.
HOSTILE = "=cmd|' /C calc'!A0 <b>{{ 7*7 }}</b>"


def source(house: House, shown: SnapshotPayload, **unit: Any) -> Source:
    survey_unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown, **unit)
    snapshot = Snapshot.objects.select_related(
        "survey_unit__survey__organisation", "survey_unit__survey__leaders_edition"
    ).get(survey_unit=survey_unit)
    return source_of(snapshot, beside(survey_unit))


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
    assert {row["notice"] for row in rows} == {shown["notice"]}
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

    drawn = dict(reversed(charts_of(slides.slides(made))))
    if tier == "words":
        assert drawn == {}
    else:
        assert drawn["Team"] == means
        assert drawn["Leaders, mean"] == theirs

    full = pdf.full_pdf(made)
    words = words_of(full)
    assert all(line in words for line in (made.answered, made.dates, made.wording))
    assert "has not been validated" in words
    assert ("What was answered" in words) == (tier in ("figures", "joint")), "no empty column"
    for section in shown["sections"]:
        assert section["title"] in words
        if section["mean"] is not None:
            assert f"{section['mean']:.1f}" in words
        for item in section["items"] if tier == "figures" else ():
            assert " ".join(item["text"].removesuffix("?").split()) in words
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


@pytest.mark.parametrize(
    ("withheld", "why", "answered"),
    [
        ("below_k", "Fewer people answered than the minimum", "Fewer than 7 of 22 answered"),
        ("not_sent", "before the team sent its joint form", "The joint form was not sent"),
    ],
)
def test_without_a_result_the_table_and_the_workbook_say_why_and_no_figure(
    house: House, withheld: Any, why: str, answered: str
) -> None:
    made = source(house, payload("too_few", withheld=withheld))
    rows = rows_of(csv_table.csv_table(made))
    assert [(row["measure"], row["value"]) for row in rows] == [
        ("answered", ""),
        ("headcount", "22"),
    ]
    assert why in rows[0]["why_not_shown"]
    book = cells_of(workbook.workbook(made))
    assert set(book) == {"About", "Codebook"}
    assert ("Answered", answered) in book["About"]
    assert any(why in str(cell) for row in book["Codebook"] for cell in row)
    assert not [cell for sheet in book.values() for row in sheet for cell in row
                if isinstance(cell, int | float)]  # fmt: skip


def test_what_is_withheld_stands_nowhere_and_its_reason_everywhere(house: House) -> None:
    shown = payload()
    section = shown["sections"][6]
    change(section, scored=None, statements=None, mean=None, word=None, interval=None)
    change(section, agreement=None, withheld="too_few_statements", why={})
    made = source(house, shown)
    reason = "Too many people left statements out here"
    rows = [row for row in rows_of(csv_table.csv_table(made)) if row["code"] == section["code"]]
    kept = {row["measure"] for row in rows if row["value"]}
    assert kept == {"cannot say", "leaders, each", "leaders, mean"}
    assert all(reason in row["why_not_shown"] for row in rows if not row["value"])
    (line,) = [row for row in cells_of(workbook.workbook(made))["Sections"] if row[0] == "CTX"]
    assert [cell for cell in line[3:] if isinstance(cell, float)] == [0.19, 3.2]
    for content in (pdf.board_pdf(made), pdf.staff_room_pdf(made), pdf.full_pdf(made)):
        assert reason in words_of(content)
    team = dict(reversed(charts_of(slides.slides(made))))["Team"]
    assert len(team) == 6


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
    # The full result is drawn, and says so, in the test of its figures.
    for content in (pdf.board_pdf(made), pdf.staff_room_pdf(made)):
        words = words_of(content)
        assert all(line in words for line in said)
        assert "has not been validated" in words
    about = " ".join(
        str(cell) for row in cells_of(workbook.workbook(made))["About"] for cell in row
    )
    assert all(line in about for line in said) and "has not been validated" in about
    deck = slides_of(slides.slides(made))
    assert len(deck) == 6
    assert all(line in words for words in deck for line in said)
    assert "has not been validated" in deck[5]
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
    assert "{{ 7*7 }}" in words_of(pdf.board_pdf(made))


def test_notes_on_the_unit_are_in_workbook_slides_and_full_result(house: House) -> None:
    made = source(house, payload())
    for _ in range(2):
        ContextNote.objects.create(
            unit=house.ward_9, day=timezone.localdate(), text="We moved. " * 20,
            written_by=house.member(Role.LEAD),
        )  # fmt: skip
    made = replace(made, beside=beside(made.unit))
    about = cells_of(workbook.workbook(made))["About"]
    assert sum(str(row[0]).startswith("What happened: ") for row in about) == 2
    assert slides_of(slides.slides(made))[0].count("We moved. We moved.") >= 2
    assert words_of(pdf.full_pdf(made)).count("We moved. We moved.") >= 2


def test_the_full_pdf_has_every_task_and_what_figures_mean(house: House) -> None:
    words = words_of(pdf.full_pdf(source(house, payload())))
    for task in soffts().tasks.values():
        assert task.plain in words
    assert "We do not score the pyramid." in words
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
    corrected = source_of(later, Beside())
    assert "the headcount was 24" in words_of(pdf.board_pdf(corrected))
    assert ("Corrected because", "the headcount was 24") in cells_of(workbook.workbook(corrected))[
        "About"
    ]
