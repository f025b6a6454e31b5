"""Documents of a result about which the team decided: what it agreed to show, and nothing else."""

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from debriefs.models import Debrief
from initiatives.actions.status import change_status
from initiatives.models import Action, Commitment
from organisations.models import Role
from reports.presenters import csv_table, pdf, slides, workbook
from reports.presenters.brief import brief_of, fingerprint
from reports.presenters.source import Source, source_of
from reports.queries.beside import beside, followed
from surveys.models import Survey, SurveyUnit
from tests.published_house import House
from tests.reports.decided import (
    ACTIONS,
    MOMENT,
    NOT_SHOWN,
    PRIORITIES,
    PROMISE,
    REASON,
    REPLY,
    SHOWN,
    decide,
)
from tests.reports.presenters.test_files import source
from tests.reports.read import cells_of, rows_of, shapes_of, slides_of, title_of, words_of
from tests.results.payloads import payload

TIERS = ["figures", "small", "words", "joint", "too_few"]
EACH_TIER = pytest.mark.parametrize("tier", TIERS)
# Drawing a page takes long: figures and bars, none of them, nothing. `test_files` draws each tier.
UNLIKE_TIERS = pytest.mark.parametrize("tier", ["figures", "words", "too_few"])
ONE_PAGE = pytest.mark.parametrize("make", [pdf.board_pdf, pdf.staff_room_pdf])


def decided(house: House, tier: Any, **how: Any) -> Source:
    made = source(house, payload(tier))
    decide(house, made.unit, **how)
    return source_of(made.snapshot, beside(made.unit))


def every_text(made: Source, deck: bytes) -> dict[str, str]:
    sheets = cells_of(workbook.workbook(made))
    return {
        "board": words_of(pdf.board_pdf(made)),
        "staff room": words_of(pdf.staff_room_pdf(made)),
        "full": words_of(pdf.full_pdf(made)),
        "slides": " ".join(slides_of(deck)),
        "workbook": " ".join(str(cell) for row in sheets["Plan"] for cell in row),
        "table": csv_table.csv_table(made).decode(),
    }


@UNLIKE_TIERS
def test_each_document_carries_decision_priorities_and_actions(house: House, tier: Any) -> None:
    made = decided(house, tier)
    deck = slides.slides(made)
    texts = every_text(made, deck)
    for name, text in texts.items():
        for said in (REASON, REPLY, *PRIORITIES, *ACTIONS):
            assert said in text, (name, said)
        assert NOT_SHOWN not in text, name
    for name in ("full", "slides", "workbook", "table"):
        assert SHOWN in texts[name] and PROMISE in texts[name], name
    assert MOMENT in texts["board"]
    headline = "Ward 9 strengthens first, then starts “Fewer falls at night”"
    assert headline in texts["board"] and headline in texts["staff room"]
    assert title_of(deck, 1) == headline
    assert title_of(deck, 5) == "3 priorities, 1 of them we cannot do alone"
    assert len(slides_of(deck)) == 6


@UNLIKE_TIERS
def test_before_the_debrief_documents_say_what_is_to_be_decided(house: House, tier: Any) -> None:
    made = source(house, payload(tier))
    for content in (pdf.board_pdf(made), pdf.staff_room_pdf(made)):
        words = words_of(content)
        assert "Ward 9 has not decided yet: the team debrief is on" in words
        assert "Strengthen first. We are for it." in words
        few = tier == "too_few"
        assert ("The team discusses the result on" in words) == (not few)
        assert ("The team discusses “Fewer falls at night” without figures on" in words) == few
        assert ("What the team says" in words) == (not few)
        assert not re.search(r"(?<![\d.])\d\.\d(?![\d.])", words), "no decimal"
    deck = slides.slides(made)
    assert [title_of(deck, number) for number in (5, 6)] == [
        "What we have to decide",
        "What we ask of the hospital, and how to read this",
    ]
    assert len(slides_of(deck)) == 6
    assert "Plan" not in cells_of(workbook.workbook(made))
    assert not [row for row in rows_of(csv_table.csv_table(made)) if row["level"] == "plan"]


def test_of_a_joint_form_that_was_not_sent_no_slide_speaks_of_answers(house: House) -> None:
    made = source(house, payload("too_few", withheld="not_sent"), mode="joint")
    said = " ".join(slides_of(slides.slides(made)))
    assert "The joint form was not sent." in said
    assert "No answers were sent" in said
    assert not re.search("deleted|unopened|Nobody has read|before they answered", said)


@EACH_TIER
def test_no_word_of_a_slides_table_is_broken(house: House, tier: Any) -> None:
    for _, shape in shapes_of(slides.slides(decided(house, tier))):
        for row in shape.table.rows if shape.has_table else ():
            for cell, column in zip(row.cells, shape.table.columns, strict=True):
                for run in cell.text_frame.paragraphs[0].runs:
                    # A letter of Arial is half as wide as high, or a little more.
                    widest = max(map(len, run.text.split() or [""]))
                    assert widest * 0.55 * run.font.size.cm < column.width.cm - 0.5, run.text


def test_a_small_debrief_that_did_not_agree_is_named_nowhere(house: House) -> None:
    made = source(house, payload())
    decide(house, made.unit)
    Debrief.objects.filter(name="Day team").update(people=4)
    made = source_of(made.snapshot, beside(made.unit))
    full = words_of(pdf.full_pdf(made))
    assert "One of our debriefs" in full
    assert "We counted: Waits" not in full


@ONE_PAGE
@pytest.mark.parametrize(
    ("tier", "is_decided"),
    [("figures", True), ("words", True), ("too_few", True), ("figures", False), ("too_few", False)],
)
def test_it_stays_one_page_with_the_longest_texts(
    house: House, tier: Any, make: Any, is_decided: bool
) -> None:
    made = source(house, payload(tier), unit_name="Ward of the long name, " * 5)
    longest = "Too many patients fall at night on the way to it. " * 5
    Survey.objects.filter(pk=made.unit.survey_id).update(
        problem=longest[:240], change=longest[:240], title="An improvement of a name " * 3
    )
    if is_decided:
        decide(house, made.unit, texts=1, priorities=9)
    unit = SurveyUnit.objects.select_related("survey__organisation", "unit").get(pk=made.unit.pk)
    made.snapshot.survey_unit = unit
    made = source_of(made.snapshot, beside(unit))
    content = make(made)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    if is_decided:
        assert "more in the plan." in words_of(content)


def test_many_sections_stay_on_one_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for rooms in ("BOARD", "STAFF_ROOM"):  # those that leave sections out
        monkeypatch.setattr(pdf, rooms, [one for one in getattr(pdf, rooms) if one.sections < 60])
    shown = payload()
    shown["sections"] = shown["sections"] * 8
    made = source(house, shown)
    for make in (pdf.board_pdf, pdf.staff_room_pdf):
        content = make(made)
        assert len(PdfReader(io.BytesIO(content)).pages) == 1
        assert "more sections are in the full result" in words_of(content)


def test_the_staff_room_page_leads_to_the_team_page(house: House) -> None:
    made = source(house, payload(), ward_page_code="unguessable")
    # The address goes over two lines.
    assert "/w/unguessable" in words_of(pdf.staff_room_pdf(made)).replace(" ", "")
    assert "/w/unguessable" not in words_of(pdf.board_pdf(made)).replace(" ", "")


def test_files_name_the_organisation_as_their_author(house: House) -> None:
    from pptx import Presentation

    made = source(house, payload())
    info = PdfReader(io.BytesIO(pdf.board_pdf(made))).metadata
    assert info is not None and info.author == "Merrowfield Hospitals"
    assert info.creation_date is not None and info.creation_date.date() == made.created.date()
    about = Presentation(io.BytesIO(slides.slides(made))).core_properties
    assert (about.author, about.title) == ("Merrowfield Hospitals", made.title)
    assert about.created is not None and about.created.date() == made.created.date()
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook(made))).properties
    assert (book.creator, book.title) == ("Merrowfield Hospitals", made.title)


def test_the_fingerprint_changes_with_what_documents_say(house: House) -> None:
    made = source(house, payload())

    def now() -> str:
        made.unit.refresh_from_db()
        return fingerprint(brief_of(made.unit, followed(made.unit)), ())

    seen = [now()]
    assert now() == seen[0]
    decide(house, made.unit)
    seen.append(now())
    Action.objects.filter(what=ACTIONS[0]).update(
        state=Action.State.DONE, closed_on=date(2026, 11, 30)
    )
    seen.append(now())
    Debrief.objects.filter(name="Day team").update(reason="For another reason.")
    seen.append(now())
    assert len(set(seen)) == 4


@pytest.mark.parametrize(("tier", "is_decided"), [("figures", True), ("too_few", False)])
def test_documents_say_what_was_decided_last(house: House, tier: Any, is_decided: bool) -> None:
    made = decided(house, tier) if is_decided else source(house, payload(tier))
    unit = made.unit
    before = fingerprint(brief_of(unit, followed(unit)), ())
    about: dict[str, Any] = {"initiative": unit.survey.initiative, "unit": unit.unit}
    Commitment.objects.update_or_create(**about, defaults={"state": "proposed", "begins_on": None})
    change_status(
        initiative=unit.survey.initiative, units=[unit.unit], to="stopped",
        why="The week is full.", by=house.member(Role.LEAD),
    )  # fmt: skip
    assert fingerprint(brief_of(unit, followed(unit)), ()) != before, "there is a newer state"
    made = source_of(made.snapshot, beside(unit))
    deck = slides.slides(made)
    headline = "Ward 9: “Fewer falls at night” has stopped"
    assert title_of(deck, 1) == headline
    assert len(slides_of(deck)) == 6
    texts = every_text(made, deck) if is_decided else {
        "board": words_of(pdf.board_pdf(made)),
        "staff room": words_of(pdf.staff_room_pdf(made)),
        "full": words_of(pdf.full_pdf(made)),
        "slides": " ".join(slides_of(deck)),
    }  # fmt: skip
    for name, text in texts.items():
        assert "has stopped" in text, name
        assert "The week is full." in text, name
        for untrue in ("has not decided yet", "strengthens first, then", "then decides", "Next."):
            assert untrue not in text, (name, untrue)
        assert "Strengthen first. We are for it." not in text, name
        assert "can be repeated" not in text, name
    assert ("The team decided to strengthen first on" in texts["board"]) == is_decided
