"""A deck of slides: titles, words, boxes and tables in letters as large as fit, the same foot."""

import io
from collections.abc import Sequence
from math import ceil

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Cm, Length, Pt

from reports.presenters.source import Source
from reports.words.papers import NOT_VALIDATED

# Centimetres: a slide of 16 to 9, and its edge.
WIDTH, HEIGHT, EDGE = 33.87, 19.05, 1.6
INNER = WIDTH - 2 * EDGE
TOP, FOOT = 4.2, 17.6
BLUE, PALE = RGBColor(0, 0x5E, 0xB8), RGBColor(0xF0, 0xF4, 0xF5)
SECOND, TEXT = RGBColor(0x4C, 0x62, 0x72), RGBColor(0x21, 0x2B, 0x32)
TITLE_ONLY = 5  # of the layouts in the library’s own template
SLIDES = 6
# A letter of one point is so wide on average and so high with its line, in centimetres.
LETTER, LINE = 0.0185, 0.0435
LEAST_BROKEN = 12
SIZES = (24, 22, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7)

# A paragraph: the words that lead it in bold, and the rest.
Line = tuple[str, str]


class Deck:
    """The file, kept in memory."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._file = Presentation()
        self._file.slide_width, self._file.slide_height = Cm(WIDTH), Cm(HEIGHT)
        about = self._file.core_properties
        about.title, about.author, about.last_modified_by = source.title, source.author, ""
        about.subject, about.comments = source.dates, NOT_VALIDATED
        about.created = about.modified = source.created.replace(tzinfo=None, microsecond=0)
        about.revision = 1

    def slide(self, title: str) -> Slide:
        """The next slide under its title."""
        page = self._file.slides.add_slide(self._file.slide_layouts[TITLE_ONLY])
        band = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Cm(WIDTH), Cm(0.35))
        band.fill.solid()
        band.fill.fore_color.rgb = BLUE
        band.line.fill.background()
        band.shadow.inherit = False
        band.element.nvSpPr.cNvPr.set("descr", "")
        heading = page.shapes.title
        heading.left, heading.top, heading.width, heading.height = _box(EDGE, 0.8, INNER, 2.9)
        size = size_for([("", title)], INNER, 2.9, (30, 26, 22, 20, 18, 16, 14))
        _write(heading.text_frame, [(title, "")], size=size)
        heading.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        source = self.source
        number = len(self._file.slides)
        foot = f"{source.unit.unit_name} · {source.answered} · {source.dates} · {source.wording}"
        foot += f" · {NOT_VALIDATED}, see slide {SLIDES} · {number} of {SLIDES}"
        size = size_for([("", foot)], INNER, 1.1, (11, 10, 9, 8, 7))
        box = page.shapes.add_textbox(*_box(EDGE, FOOT + 0.3, INNER, 1))
        _write(box.text_frame, [("", foot)], size=size, colour=SECOND)
        return page

    def words(
        self,
        page: Slide,
        lines: Sequence[Line],
        *,
        left: float = EDGE,
        top: float = TOP,
        width: float = INNER,
        height: float = 0,
        largest: int = 24,
    ) -> None:
        """Paragraphs, in letters as large as fit down to the foot or into a height."""
        height = height or FOOT - top
        sizes = [size for size in SIZES if size <= largest]
        box = page.shapes.add_textbox(*_box(left, top, width, height))
        _write(box.text_frame, lines, size=size_for(lines, width, height, sizes))

    def rows(
        self, page: Slide, rows: Sequence[Sequence[Line]], *, top: float, width: float, lane: float
    ) -> None:
        """Paragraphs beside each lane of a chart, all in letters of one size."""
        sizes = SIZES[SIZES.index(16) :]
        size = min(size_for(lines, width, lane, sizes) for lines in rows)
        for place, lines in enumerate(rows):
            box = page.shapes.add_textbox(*_box(EDGE, top + place * lane, width, lane))
            frame = box.text_frame
            frame.margin_top = frame.margin_bottom = 0
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            _write(frame, lines, size=size, after=0)

    def box(self, page: Slide, lines: Sequence[Line], *, left: float, top: float, width: float,
            height: float) -> None:  # fmt: skip
        """Paragraphs on a pale ground."""
        ground = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_box(left, top, width, height))
        ground.fill.solid()
        ground.fill.fore_color.rgb = PALE
        ground.line.fill.background()
        frame = ground.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        ground.shadow.inherit = False
        size = size_for(lines, width - 0.6, height - 0.4, SIZES[2:])
        ground.height = Cm(min(height, height_of(lines, width - 0.6, size) + 0.6))
        _write(frame, lines, size=size)

    def table(
        self,
        page: Slide,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        height: float = FOOT - TOP,
    ) -> float:
        """A table whose first row is its head; answers where it ends."""
        size, used = table_size(rows, widths, height)
        frame = page.shapes.add_table(
            len(rows), len(widths), *_box(EDGE, TOP, sum(widths), 0.1 * len(rows))
        )
        table: Table = frame.table
        table.horz_banding = False
        for column, width in enumerate(widths):
            table.columns[column].width = Cm(width)
        for place, row in enumerate(rows):
            table.rows[place].height = Cm(row_height(row, widths, size))
            for column, words in enumerate(row):
                cell = table.cell(place, column)
                cell.fill.solid()
                cell.fill.fore_color.rgb = PALE if place == 0 else RGBColor(0xFF, 0xFF, 0xFF)
                cell.margin_top = cell.margin_bottom = Cm(0.08)
                is_strong = place == 0 or column == 0
                line = (words, "") if is_strong else ("", words)
                _write(cell.text_frame, [line], size=size, after=0)
        return TOP + used

    def content(self) -> bytes:
        """The whole file."""
        kept = io.BytesIO()
        self._file.save(kept)
        return kept.getvalue()


def size_for(lines: Sequence[Line], width: float, height: float, sizes: Sequence[int]) -> int:
    """The largest of these sizes in which the paragraphs fit; the smallest if none does."""
    for size in sizes:
        if height_of(lines, width, size) <= height:
            return size
    return sizes[-1]


def height_of(lines: Sequence[Line], width: float, size: int) -> float:
    """How high these paragraphs are, in centimetres."""
    return sum(
        _lines_of(strong + words, width - 0.5, size) * LINE * size + 0.28 for strong, words in lines
    )


def table_size(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: float
) -> tuple[int, float]:
    """The largest size in which all rows fit, and how high they are then.

    Down to `LEAST_BROKEN` it is one in which no word is broken.
    """
    used = 0.0
    for size in SIZES[SIZES.index(18) :]:
        used = sum(row_height(row, widths, size) for row in rows)
        breaks = size > LEAST_BROKEN and any(
            _lines_of(word, width - 0.6, size) > 1
            for row in rows
            for words, width in zip(row, widths, strict=True)
            for word in words.split()
        )
        if used <= height and not breaks:
            return size, used
    return SIZES[-1], used


def row_height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    """How high a row of a table is, in centimetres."""
    lines = max(
        _lines_of(words, width - 0.6, size) for words, width in zip(row, widths, strict=True)
    )
    return lines * LINE * size + 0.25


def _lines_of(words: str, width: float, size: int) -> int:
    return max(1, ceil(len(words) * LETTER * size * 1.06 / width))


def _box(left: float, top: float, width: float, height: float) -> tuple[Length, ...]:
    return Cm(left), Cm(top), Cm(width), Cm(height)


def _write(
    frame: TextFrame,
    lines: Sequence[Line],
    *,
    size: int,
    colour: RGBColor = TEXT,
    after: int = 8,
) -> None:
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.alignment = Pt(after), PP_ALIGN.LEFT
        strong, words = line
        for text, is_bold in ((strong, True), (f" {words}" if strong and words else words, False)):
            if not text:
                continue
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, "Arial"
            run.font.color.rgb = colour
