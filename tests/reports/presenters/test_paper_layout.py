"""What stands where on paper: words inside their columns, headings with what follows them."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TableCellBox, TextBox

from reports.presenters import pdf
from scoring.rules.payload import Tier
from tests.published_house import House
from tests.reports.presenters.test_files import TIERS, source
from tests.results.payloads import payload

HEADS = ("h1", "h2", "h3", "h4", "caption", "thead")


@pytest.fixture(params=["board_pdf", "staff_room_pdf", "full_pdf"])
def drawn(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, house: House
) -> Callable[..., Document]:
    """Draws a document and gives its pages as boxes."""
    monkeypatch.setattr(pdf, "_file", lambda document: document)

    def draw(tier: Tier, **unit: Any) -> Document:
        document: Document = getattr(pdf, request.param)(source(house, payload(tier), **unit))
        return document

    return draw


def body_of(page: Any) -> Any:
    """Without the head and foot of the page."""
    return next(box for box in page._page_box.children if box.element_tag == "html")


@pytest.mark.parametrize("tier", TIERS)
def test_words_stay_in_their_column(drawn: Callable[..., Document], tier: Tier) -> None:
    cells = 0
    for page in drawn(tier).pages:
        for cell in body_of(page).descendants():
            if not isinstance(cell, TableCellBox):
                continue
            cells += 1
            for text in cell.descendants():
                if isinstance(text, TextBox):
                    beyond = text.position_x + text.width - cell.content_box_x() - cell.width
                    assert beyond < 0.5, f"{text.text}: {beyond:.1f}px"
    assert cells > 13


def _around(box: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """For each text of a page in its order, the elements around it."""
    element = getattr(box, "element", None)
    above = above if element is None else (*above, element)
    if isinstance(box, TextBox):
        yield above
    for child in getattr(box, "children", ()):
        yield from _around(child, above)


def _opens_a_table(above: Any, one: Any) -> bool:
    """A paragraph between a heading and a table; the last answer stands before the codebook's."""
    place = list(above).index(one)
    beside = list(above)[max(0, place - 1) : place + 2]
    tags = [each.tag for each in beside]
    is_between = len(tags) == 3 and tags[0] in HEADS and tags[1:] == ["p", "table"]
    return is_between and beside[2].get("class") != "codebook"


# The others are a single page: `test_it_stays_one_page_with_the_longest_texts`.
@pytest.mark.parametrize("drawn", ["full_pdf"], indirect=True)
@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize("tier", TIERS)
def test_no_page_ends_with_a_heading(
    drawn: Callable[..., Document], tier: Tier, lines: int
) -> None:
    pages = drawn(tier, unit_name="A ward of a very long name indeed, its " * lines).pages
    assert len(pages) > 1
    for page in pages[:-1]:
        *_, around = _around(body_of(page))
        assert not [one.tag for one in around if one.tag in HEADS]
        for above, one in pairwise(around):
            if one is not above and one in list(above):
                assert not _opens_a_table(above, one), "a heading stands without its table"


@pytest.mark.parametrize("drawn", ["full_pdf"], indirect=True)
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_no_section_is_alone_and_a_question_stays_with_its_statement(
    drawn: Callable[..., Document], lines: int
) -> None:
    pages = drawn("figures", unit_name="A ward of a very long name indeed, its " * lines).pages
    sections: list[set[Any]] = []
    questions: list[set[Any]] = []
    for page in pages:
        found = list(_around(body_of(page)))
        sections.append(set(_within(found, "sections", "tr")))
        questions.append(set(_within(found, "begin", "li")))
    assert len(set.union(*questions)) == sum(map(len, questions)) > 0
    # With the head of the table, which is on each of its pages.
    assert min(len(on_page) for on_page in sections if on_page) > 2


def _within(found: list[tuple[Any, ...]], of_class: str, tag: str) -> Iterator[Any]:
    """The elements of this tag inside what has this class."""
    for above in found:
        if any(of_class in (one.get("class") or "").split() for one in above):
            yield from (one for one in above if one.tag == tag)
