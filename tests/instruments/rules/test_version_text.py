"""A whole version: its scale turned round, its languages, and how large it may be."""

from dataclasses import replace

import pytest

from instruments.exchange.faults import size_faults
from instruments.rules.texts import InstrumentText
from instruments.rules.version_text import (
    MOST_SECTIONS,
    MOST_STATEMENTS,
    Found,
    TranslationText,
    VersionText,
)
from surveys.rules import comments

VERSION = VersionText(
    InstrumentText(
        code="OWN", title="Our own", version="1.0", language="en-GB", source="", purpose="",
        notice="", recommended_respondents="", section_titles_are="authors", minimum=0, maximum=2,
        labels=("never", "sometimes", "always"), sections=(),
    ),
    labels={"cy": ("byth", "weithiau", "bob amser")},
)  # fmt: skip


def test_turned_round_the_first_label_is_the_highest_in_every_language() -> None:
    turned = VERSION.turned()
    assert turned.instrument.labels == ("always", "sometimes", "never")
    assert turned.labels == {"cy": ("bob amser", "weithiau", "byth")}
    assert turned.turned() == VERSION


def test_its_own_language_is_named_first_and_each_once() -> None:
    further = tuple(
        TranslationText("verbatim", language, "", "", ()) for language in ("pl", "cy", "en-GB")
    )
    assert replace(VERSION, translations=further).languages == ("en-GB", "pl", "cy")
    assert VERSION.languages == ("en-GB", "cy")


@pytest.mark.parametrize(
    ("sections", "statements", "faulty"),
    [
        *((1, 1, []), (0, 1, ["sections"]), (1, 0, ["sections"])),
        *((59, 499, []), (60, 500, []), (61, 500, ["sections"]), (60, 501, ["items"])),
        (61, 501, ["sections", "items"]),
    ],
)
def test_how_many_sections_and_statements_there_may_be(
    sections: int, statements: int, faulty: list[str]
) -> None:
    assert [field for field, _ in size_faults(sections, statements)] == faulty


def test_the_fullest_sheet_of_the_largest_instrument_fits_in_an_envelope() -> None:
    for ask, fields in ((comments.WHOLE, 1), (comments.PARTS, MOST_SECTIONS)):
        assert comments.room(ask, statements=MOST_STATEMENTS, fields=fields) < 64 * 1024


def test_an_error_begins_with_the_files_name_once() -> None:
    found = Found(None, errors=("own.json: is empty.", "line 3: no text."))
    assert found.errors_of("own.json") == ("own.json: is empty.", "own.json: line 3: no text.")
