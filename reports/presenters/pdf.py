"""PDF of a result: a page for the board, one for the staff room, or all of it.

Tagged (PDF/UA-1), with bookmarks. For the worker only: a page takes tenths of a second, and
WeasyPrint some 60 MB.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from PIL import ImageFile
from pydyf import PDF, Dictionary
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from reports.presenters.codebook import MEANINGS
from reports.presenters.drawings import compiled, drawn
from reports.presenters.figures import figures
from reports.presenters.source import Source
from reports.words.papers import ALONE, COMPARE_NONE, more_rows
from results.presenters.begin_here import begin_here
from results.presenters.section_rows import SectionRows, section_rows
from results.presenters.sharing import ward_page_link
from results.presenters.soffts import sofft_view
from results.presenters.statement_folds import statement_folds

# WeasyPrint switches this on for the whole process; a picture cut off is no picture to us.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Points of plain text.
USUAL_SIZE = 10


@dataclass(frozen=True)
class Room:
    """How a page is filled: the size of its letters, and what of it is left out.

    `letters` cuts what people wrote, for the longest texts alone; `sections` how many are listed.
    """

    points: float
    rows: int = 6
    has_moment: bool = True
    has_next: bool = True
    letters: int = 1000
    sections: int = 60


# In this order until one page is enough: a real moment goes first, then what is next.
BOARD = (
    Room(11.5),
    Room(10),
    Room(9),
    Room(8.5),
    Room(8),
    Room(8.5, has_moment=False),
    Room(8.5, has_moment=False, has_next=False),
    Room(7.5, has_moment=False, has_next=False),
    Room(7, rows=4, has_moment=False, has_next=False, letters=140, sections=14),
    Room(6.5, rows=3, has_moment=False, has_next=False, letters=90, sections=7),
)
STAFF_ROOM = (
    Room(13, rows=3),
    Room(12, rows=3),
    Room(11, rows=3),
    Room(10, rows=3),
    Room(9, rows=3),
    Room(8, rows=3),
    Room(8, rows=3, letters=140, sections=14),
    Room(7, rows=2, letters=90, sections=7),
)
# Without sections there is room for more.
LARGE = Room(17, rows=3)


def board_pdf(source: Source) -> bytes:
    """One page for a board: the decision, why, what the team says, what is done."""
    return _one_page("board", source, BOARD)


def staff_room_pdf(source: Source) -> bytes:
    """One page to hang up, with the way to the team page, in letters as large as fit."""
    rooms = STAFF_ROOM if source.payload["sections"] else (LARGE, *STAFF_ROOM)
    return _one_page("staff_room", source, rooms)


def full_pdf(source: Source) -> bytes:
    """Everything that was released, with how it is worked out, and what followed."""
    payload = source.payload
    used = {figure.measure for figure in figures(payload)}
    sections = _sections(source, with_figures=True)
    context = {
        "sections": sections,
        "statements_shown": statement_folds(payload, with_figures=True) if sections else None,
        "begin": begin_here(payload, source.beside.questions),
        "asked": source.beside.questions.sections,
        "takes": sofft_view(payload, source.beside.mappings),
        "codebook": [(name, words) for name, words in MEANINGS.items() if name in used],
    }
    return _file(_drawn(_html("full", source, context), USUAL_SIZE))


def _one_page(name: str, source: Source, rooms: Sequence[Room]) -> bytes:
    document = None
    for room in rooms:
        rows = source.brief.rows
        sections = _sections(source, is_dense=True)
        context = {
            "sections": sections,
            "room": room,
            "rows": rows[: room.rows],
            "more": more_rows(len(rows) - room.rows),
            "left_out": max(0, len(sections.rows) - room.sections) if sections else 0,
            "share": ward_page_link(source.unit),
        }
        document = _drawn(_html(name, source, context), room.points)
        if len(document.pages) == 1:
            break
    if document is None or len(document.pages) > 1:
        raise ValueError(f"{name} does not fit on one page")
    return _file(document)


def _sections(
    source: Source, *, with_figures: bool = False, is_dense: bool = False
) -> SectionRows | None:
    if not source.payload["sections"]:
        return None
    survey = source.unit.survey
    return section_rows(
        source.payload,
        same_wording=survey.ward_edition_id == survey.leaders_edition_id,
        with_figures=with_figures,
        is_dense=is_dense,
    )


def _html(name: str, source: Source, context: Mapping[str, object]) -> str:
    common = {
        "source": source,
        "page": source.page,
        "brief": source.brief,
        "context_notes": source.notes,
        "drawn": drawn,
        "alone": ALONE,
        "compare_none": COMPARE_NONE,
    }
    return render_to_string(f"reports/documents/{name}.html", {**common, **context})


def _drawn(html: str, points: float) -> Document:
    fonts = FontConfiguration()
    style = CSS(string=compiled("paper.css"), font_config=fonts)
    size = CSS(string=f"html {{ font-size: {points}pt }}")
    page = HTML(string=html, url_fetcher=_nothing_from_elsewhere)
    return page.render(stylesheets=[style, size], font_config=fonts)


def _file(document: Document) -> bytes:
    made: bytes = document.write_pdf(finisher=_with_scopes, pdf_variant="pdf/ua-1")
    return made


def _with_scopes(document: Document, pdf: PDF) -> None:
    """Says of each header cell what it heads; WeasyPrint names it only in the cells it heads."""
    known = {one.reference: one for one in pdf.objects if isinstance(one, Dictionary)}
    for cell in known.values():
        if cell.get("S") == "/TH":
            group = known[known[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _nothing_from_elsewhere(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise URLFetchingError(f"a document holds all it shows, and asked for {url}")
