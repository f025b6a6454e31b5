"""The PDFs for people who listen: 104 rules of PDF/UA-1, and what no rule can ask."""

import io
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import page
import pytest
from pypdf import PdfReader

from reports.presenters.pdf import board_pdf, full_pdf, staff_room_pdf
from reports.presenters.source import Source
from scoring.rules.payload import Tier
from tests.published_house import House
from tests.reports.presenters.structure import elements, kids_of, of_kind
from tests.reports.presenters.test_files import HOSTILE, TIERS, source
from tests.results.payloads import change, payload

Makes = Callable[[Source], bytes]
EACH = pytest.mark.parametrize("make", [board_pdf, staff_room_pdf, full_pdf])


@EACH
@pytest.mark.parametrize("tier", TIERS)
def test_what_a_program_can_check_of_pdf_ua_holds(house: House, tier: Tier, make: Makes) -> None:
    shown = payload(tier)
    change(shown["sections"][6], mean=None, word=None, interval=None, withheld="few_answers")
    content = make(source(house, shown, unit_name=HOSTILE))
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant and report.rules.total > 100

    found = elements(content)
    figures = of_kind(found, "/Figure")
    assert figures or tier == "words"
    for figure in figures:
        assert len(figure["/Alt"].strip()) > 5, "a figure is named in words"
    heads = of_kind(found, "/TH")
    assert {head["/A"]["/Scope"] for head in heads} <= {"/Column", "/Row"}
    if make is not full_pdf:  # a table that goes on over the page is another one, without caption
        for table in of_kind(found, "/Table"):
            assert any(kid.get_object()["/S"] == "/Caption" for kid in table["/K"])
    levels = [int(one["/S"][2:]) for one in found if one["/S"] in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EACH
def test_the_foot_of_the_pages_is_not_read_aloud(house: House, make: Makes) -> None:
    content = make(source(house, payload()))
    pages: list[Any] = list(PdfReader(io.BytesIO(content)).pages)
    for number, one in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in one.extract_text()
    # What is marked is read only where an element of the tree holds it.
    marked = sum(one.get_contents().get_data().count(b"MCID") for one in pages)
    kids = [kid.get_object() for element in elements(content) for kid in kids_of(element)]
    read = sum(isinstance(kid, int) for kid in kids)
    assert 0 < read <= marked - 2 * len(pages), "two texts at the foot of each page"


def test_the_check_finds_what_is_wrong(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.presenters.charts.LEGEND", dict.fromkeys(
        ("range", "before", "ward", "mean", "leader"), ""
    ))  # fmt: skip
    report = page.validate_pdf_bytes(
        board_pdf(source(house, payload())), profile=page.ValidationProfile.PDF_UA_1
    )
    assert not report.is_compliant
