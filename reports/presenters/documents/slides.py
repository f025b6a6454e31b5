"""PPTX of a result: six slides with native charts, to be changed and shown in a team meeting."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Cm, Pt

from reports.access import Result
from reports.presenters.documents.codebook import statement_of_use
from reports.presenters.documents.source import Source
from reports.presenters.result import (
    ResultPage,
    StatementParts,
    result_page,
    statement_parts,
)
from reports.presenters.statements import Statement
from scoring.payload import ItemShown, SectionShown, SnapshotPayload

WIDTH, HEIGHT, EDGE = Cm(33.87), Cm(19.05), Cm(1.6)
INNER = WIDTH - 2 * EDGE
BLUE, SECOND, TEXT = RGBColor(0, 0x5E, 0xB8), RGBColor(0x4C, 0x62, 0x72), RGBColor(0x21, 0x2B, 0x32)
TITLE_ONLY = 5  # of the layouts in the library’s own template
LONGEST_CATEGORY = 60
# What happened on the unit, the latest of it: the first slide has room for so much.
MOST_NOTES = 2

Series = tuple[str, Sequence[float | None], RGBColor]


@dataclass
class _Deck:
    """Slides with a title, a body and the same foot."""

    source: Source
    file: Any

    def slide(self, title: str) -> Any:
        page = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        heading = page.shapes.title
        heading.left, heading.top, heading.width, heading.height = EDGE, Cm(0.9), INNER, Cm(2.4)
        _write(heading.text_frame, [title], size=30, bold=True)
        source = self.source
        foot = (
            f"{source.unit.unit_name} · {source.answered} · {source.dates} · {source.wording} · "
            "not validated, see the last slide"
        )
        box = page.shapes.add_textbox(EDGE, HEIGHT - Cm(1.4), INNER, Cm(1))
        _write(box.text_frame, [foot], size=11, colour=SECOND)
        return page

    def words(self, page: Any, lines: Sequence[str], *, top: float = 3.8, size: int = 20) -> None:
        box = page.shapes.add_textbox(EDGE, Cm(top), INNER, HEIGHT - Cm(top + 1.6))
        _write(box.text_frame, lines, size=size)

    def chart(self, page: Any, categories: Sequence[str], series: Sequence[Series]) -> None:
        """Bars from the scale's lowest option, first category on top; no figure, no bar."""
        scale = self.source.payload["scale"]
        ends = f"{scale['min']}: {scale['labels'][0]}. {scale['max']}: {scale['labels'][-1]}."
        self.words(page, [ends], top=2.9, size=14)
        data = CategoryChartData()
        data.categories = categories
        for name, values, _ in series:
            data.add_series(name, values)
        frame = page.shapes.add_chart(
            XL_CHART_TYPE.BAR_CLUSTERED, EDGE, Cm(4), INNER, HEIGHT - Cm(5.6), data
        )
        said = "; ".join(f"{name}: {_said(categories, values)}" for name, values, _ in series)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", said)
        chart = frame.chart
        chart.has_title = False
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position = XL_LEGEND_POSITION.TOP
            chart.legend.include_in_layout = False
            chart.legend.font.size = Pt(14)
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_labels.font.size = Pt(14)
        chart.value_axis.minimum_scale = scale["min"]
        chart.value_axis.maximum_scale = scale["max"]
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        plot = chart.plots[0]
        plot.gap_width = 60
        plot.has_data_labels = True
        plot.data_labels.number_format = "0.0"
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = Pt(14)
        for drawn, (_, _, colour) in zip(plot.series, series, strict=True):
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour

    def content(self) -> bytes:
        kept = io.BytesIO()
        self.file.save(kept)
        return kept.getvalue()


def slides(source: Source) -> bytes:
    """The whole file: opening, what stands out, sections, statements, differences, talk."""
    payload = source.payload
    page = result_page(Result(source.unit, source.snapshot), source.snapshot)
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    file.core_properties.title = source.title
    deck = _Deck(source, file)
    survey = source.unit.survey
    opening = deck.slide(source.unit.unit_name)
    about = [source.answered, source.dates, f"The problem: {survey.problem}"]
    about += [
        f"What would change: {survey.change}",
        *([page.correction] if page.correction else []),
        *(f"{note.day}: {note.text}" for note in source.notes[-MOST_NOTES:]),
    ]
    deck.words(opening, about)
    _stands_out(deck, page)
    _sections(deck, payload)
    parts = statement_parts(payload)
    _statements(deck, payload, parts)
    _beside(deck, payload, parts)
    last = deck.slide("Talk it through")
    talk = ["What fits? What surprises? What should come first?"]
    deck.words(last, [*talk, *statement_of_use(payload)], size=18)
    return deck.content()


def _stands_out(deck: _Deck, page: ResultPage) -> None:
    slide = deck.slide("What stands out")
    lines = [*(page.small_group or ())]
    lines += [f"{strong} {sentence}" for strong, sentence in page.lead]
    if page.headcount and page.headcount.caution:
        lines.append(page.headcount.caution)
    deck.words(slide, lines or ["No section stands out."])


def _sections(deck: _Deck, payload: SnapshotPayload) -> None:
    slide = deck.slide("Our sections")
    sections, leaders = payload["sections"], payload["leaders"]
    means = [section["mean"] for section in sections]
    theirs = [
        leaders["sections"][section["code"]]["mean"]
        if leaders and section["code"] in leaders["sections"]
        else None
        for section in sections
    ]
    series: list[Series] = []
    if any(mean is not None for mean in means):
        series.append((_who(payload), means, BLUE))
    if any(mean is not None for mean in theirs):
        series.append(("Leaders", theirs, SECOND))
    if series:
        deck.chart(slide, [_category(section) for section in sections], series)
    else:
        deck.words(slide, [_in_words(section) for section in sections], size=18)


def _statements(deck: _Deck, payload: SnapshotPayload, parts: StatementParts) -> None:
    items = {item["code"]: item for section in payload["sections"] for item in section["items"]}
    extremes = [items[code] for code in (*payload["highest"], *payload["lowest"])]
    shown: list[ItemShown] = [item for item in extremes if item["mean"] is not None]
    slide = deck.slide("Highest and lowest statements" if shown else "Statements in words")
    if shown:
        names = [_short(item["text"]) for item in shown]
        deck.chart(slide, names, [(_who(payload), [item["mean"] for item in shown], BLUE)])
        return
    lines = [parts.levels] if parts.levels else []
    for section in parts.in_words:
        counts = ", ".join(f"{len(texts)} {head.lower()}" for head, texts in section.columns)
        lines.append(f"{section.title}: {counts}")
    deck.words(slide, lines or ["Statements are not shown one by one for this group."], size=18)


def _beside(deck: _Deck, payload: SnapshotPayload, parts: StatementParts) -> None:
    items = {item["code"]: item for section in payload["sections"] for item in section["items"]}
    leaders, apart = payload["leaders"], payload["furthest_apart"]
    slide = deck.slide("Ward and leaders, and what people can’t say")
    if leaders and apart:
        names = [_short(items[code]["text"]) for code in apart]
        ward = [items[code]["mean"] for code in apart]
        theirs = [leaders["items"][code]["mean"] for code in apart]
        deck.chart(slide, names, [(_who(payload), ward, BLUE), ("Leaders", theirs, SECOND)])
        return
    unsaid = next((shown.rows for shown in parts.lists if shown.kind == "share"), ())
    lines = [_line(one) for one in unsaid]
    deck.words(slide, lines or ["No statement stands out here."], size=18)


def _line(one: Statement) -> str:
    return f"{one.text} {' '.join(figure for figure, _ in one.figures)} said “I can’t say”"


def _who(payload: SnapshotPayload) -> str:
    return "Team" if payload["tier"] == "joint" else "Ward"


def _category(section: SectionShown) -> str:
    return section["title"] if section["mean"] is not None else f"{section['title']} (not shown)"


def _in_words(section: SectionShown) -> str:
    return f"{section['title']}: {section['word'] or 'not shown'}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CATEGORY else f"{text[: LONGEST_CATEGORY - 1].rstrip()}…"


def _said(categories: Sequence[str], values: Sequence[float | None]) -> str:
    pairs = zip(categories, values, strict=True)
    return ", ".join(f"{name} {value:.1f}" for name, value in pairs if value is not None)


def _write(
    frame: Any,
    lines: Sequence[str],
    *,
    size: int,
    bold: bool = False,
    colour: RGBColor = TEXT,
) -> None:
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after, paragraph.alignment = Pt(8), PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Arial"
        run.font.color.rgb = colour
