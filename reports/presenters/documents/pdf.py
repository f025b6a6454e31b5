"""PDF of a result: two pages for the wall, or all of it. Tagged (PDF/UA-1), with bookmarks.

For the worker only: a page takes tenths of a second, and WeasyPrint some 60 MB.
"""

from django.template.loader import render_to_string
from PIL import ImageFile
from pydyf import PDF, Dictionary
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from reports.access import Result
from reports.presenters.documents.codebook import MEANINGS
from reports.presenters.documents.drawings import compiled, drawn
from reports.presenters.documents.figures import figures
from reports.presenters.documents.source import Source
from reports.presenters.result import result_page, section_parts, statement_parts
from reports.presenters.soffts import what_it_takes
from surveys.queries.reading import spoken_of

# WeasyPrint switches this on for the whole process; a picture cut off is no picture to us.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Points of plain text. Ten reads well at arm’s length; a small group’s page has more words.
WALL_SIZES = (10, 9, 8, 7)
WALL_PAGES = 2


def wall_pdf(source: Source) -> bytes:
    """Two pages to hang up, in letters as large as fit on two."""
    html = _html("reports/documents/wall.html", source)
    document = _drawn(html, WALL_SIZES[0])
    for smaller in WALL_SIZES[1:]:
        if len(document.pages) > WALL_PAGES:
            document = _drawn(html, smaller)
    return _file(document)


def full_pdf(source: Source) -> bytes:
    """Everything that was released, with how it is worked out."""
    return _file(_drawn(_html("reports/documents/full.html", source), WALL_SIZES[0]))


def _html(template: str, source: Source) -> str:
    unit = source.unit
    used = {figure.measure for figure in figures(source.payload)}
    return render_to_string(
        template,
        {
            "source": source,
            "result": result_page(Result(unit, source.snapshot), source.snapshot),
            "sections": section_parts(source.payload, unit.survey),
            "parts": statement_parts(source.payload),
            "takes": what_it_takes(source.payload, spoken_of(unit.survey.version)),
            "context_notes": source.notes,
            "drawn": drawn,
            "codebook": [(name, words) for name, words in MEANINGS.items() if name in used],
        },
    )


def _drawn(html: str, points: int) -> Document:
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
