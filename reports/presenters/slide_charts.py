"""Native charts of the slides: marks on a scale, and columns of percents.

Their data sheets hold what was released and nothing else: a figure that is not shown is no point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import XySeries
from pptx.dml.color import RGBColor
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Cm, Pt

from reports.presenters.deck import BLUE, EDGE, FOOT, INNER, SECOND, TEXT, TOP, Deck, Line
from results.presenters.section_rows import SectionLine
from results.words.scores import leaders_in_words, score_in_words
from scoring.rules.payload import ScaleShown, SnapshotPayload

# The words of the rows at the left of the marks; the numbers of the scale above them.
NAMES, NUMBERS = 12.0, 0.9
# A row's own lane and the leaders' beneath it, from its top.
LANE, LEADERS_LANE = 0.36, 0.68
# Statements on one slide.
MOST_SHOWN = 3
GRID = RGBColor(0xD8, 0xDD, 0xE0)


@dataclass(frozen=True)
class MarkRow:
    """A row: its name, its words, and its marks as far as they were released.

    `together`: the leaders' one mark is of a form that they agreed.
    `leaders_words` is for people who listen; the marks show the same.
    """

    name: str
    words: str
    leaders_words: str
    score: float | None
    interval: tuple[float, float] | None = None
    leaders: Sequence[float] = ()
    leaders_mean: float | None = None
    together: bool = False


def words_of(row: SectionLine) -> str:
    """What is said of a section, in one line."""
    return ". ".join([row.words, *row.notes, *([row.instead] if row.instead else [])])


def section_row(payload: SnapshotPayload, row: SectionLine) -> MarkRow:
    """A section with its marks."""
    section = next(one for one in payload["sections"] if one["code"] == row.code)
    leaders = payload["leaders"]
    theirs = leaders["sections"].get(row.code) if leaders else None
    interval = section["interval"]
    return MarkRow(
        row.title,
        words_of(row),
        row.leaders,
        section["mean"],
        (interval[0], interval[1]) if interval else None,
        theirs["dots"] if theirs else (),
        theirs["mean"] if theirs else None,
        together=leaders is not None and leaders["together"],
    )


def apart_rows(payload: SnapshotPayload) -> Iterator[MarkRow]:
    """The statements on which team and leaders are furthest apart."""
    leaders = payload["leaders"]
    items = {one["code"]: one for section in payload["sections"] for one in section["items"]}
    for code in payload["furthest_apart"][:MOST_SHOWN]:
        item, theirs = items[code], leaders["items"].get(code) if leaders else None
        together = leaders is not None and leaders["together"]
        words = "" if item["mean"] is None else (
            f"Team: {score_in_words(item['mean'], payload['scale'])}"
        )  # fmt: skip
        yield MarkRow(
            item["text"].removesuffix("?"),
            words,
            leaders_in_words(theirs, payload["scale"], together=together) if theirs else "",
            item["mean"],
            None,
            theirs["dots"] if theirs else (),
            theirs["mean"] if theirs else None,
            together=together,
        )


def marks(deck: Deck, page: Slide, rows: Sequence[MarkRow], *, scale: ScaleShown) -> None:
    """Team and leaders on the scale, a row each, in the given order."""
    top, height = TOP + 1, FOOT - TOP - 1
    deck.words(page, [("", _legend(rows, scale))], top=TOP + 0.1, height=0.9, largest=14)
    data = XyChartData()
    kinds = _add_points(data, rows)
    left = EDGE + NAMES
    frame = page.shapes.add_chart(
        *(XL_CHART_TYPE.XY_SCATTER, Cm(left), Cm(top), Cm(INNER - NAMES), Cm(height)), data
    )
    frame.element.nvGraphicFramePr.cNvPr.set("descr", _said(rows))
    chart = frame.chart
    _plain(chart)
    _fill(chart, left=0.03, top=NUMBERS / height, width=0.94, height=1 - NUMBERS / height)
    across, down = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = scale["min"], scale["max"], 1
    across.tick_labels.font.size, across.tick_labels.number_format = Pt(12), "0"
    across.tick_labels.number_format_is_linked = False
    across.has_major_gridlines = True
    down.minimum_scale, down.maximum_scale, down.major_unit = 0, len(rows), 1
    down.has_major_gridlines = True
    down.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    down.crosses = XL_AXIS_CROSSES.MAXIMUM
    for axis in (across, down):
        axis.format.line.fill.background()
        _pale(axis.major_gridlines.format.line)
    for series, kind in zip(chart.plots[0].series, kinds, strict=True):
        _dress(series, kind)
    lane = (height - NUMBERS) / len(rows)
    beside: list[list[Line]] = [[(row.name, ""), ("", row.words)] for row in rows]
    deck.rows(page, beside, top=top + NUMBERS, width=NAMES, lane=lane)


def _add_points(data: XyChartData, rows: Sequence[MarkRow]) -> list[str]:
    """From the longest series to the shortest: one program drops a shorter one before a longer."""
    every = [(place, row) for place, row in enumerate(rows)]

    def height(place: int, lane: float) -> float:
        return round(len(rows) - place - lane, 2)

    each = [(dot, height(place, LEADERS_LANE)) for place, row in every for dot in row.leaders]
    mean = [(row.leaders_mean, height(place, LEADERS_LANE))
            for place, row in every if row.leaders_mean is not None]  # fmt: skip
    score = [(row.score, height(place, LANE)) for place, row in every if row.score is not None]
    how = "together" if _together(rows) else "each one"
    found = [("leader", f"Leaders, {how}", each), ("mean", "Leaders, mean", mean),
             ("team", "Team", score)]  # fmt: skip
    found += [
        ("range", f"Likely range: {row.name}", [(end, height(place, LANE)) for end in row.interval])
        for place, row in every
        if row.interval
    ]
    found = [one for one in found if one[2]]
    for _, name, points in found:
        series = data.add_series(name)
        for across, down in points:
            series.add_data_point(across, down)
    return [kind for kind, _, _ in found]


def _dress(series: XySeries, kind: str) -> None:
    marker, line = series.marker, series.format.line
    if kind == "range":
        line.color.rgb, line.width = BLUE, Pt(3)
        marker.style = XL_MARKER_STYLE.NONE
        return
    line.fill.background()
    if kind == "team":
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 13
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = BLUE
        marker.format.line.fill.background()
        return
    marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 13 if kind == "mean" else 8
    marker.format.fill.background()
    marker.format.line.color.rgb = TEXT if kind == "mean" else SECOND
    marker.format.line.width = Pt(1.5)


def columns(
    page: Slide, shares: Sequence[int], *, scale: ScaleShown, title: str, left: float, width: float
) -> None:
    """How many percent chose each option of one statement."""
    data = CategoryChartData(number_format="0")
    options = range(scale["min"], scale["max"] + 1)
    data.categories = [str(option) for option in options]
    data.add_series("Percent of those who scored it", shares)
    frame = page.shapes.add_chart(
        *(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(left), Cm(TOP + 3.4), Cm(width)),
        *(Cm(FOOT - TOP - 3.6), data),
    )
    said = ", ".join(
        f"{share}% chose {option}" for share, option in zip(shares, options, strict=True)
    )
    frame.element.nvGraphicFramePr.cNvPr.set("descr", f"{title}: {said}")
    chart = frame.chart
    _plain(chart)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, max(60, *shares)
    chart.category_axis.tick_labels.font.size = Pt(12)
    _pale(chart.category_axis.format.line)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 30, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = '0"%";;', False
    plot.data_labels.font.size = Pt(12)
    bars = plot.series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = BLUE


def _plain(chart: Chart) -> None:
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.color.rgb = "Arial", TEXT


def _pale(line: LineFormat) -> None:
    line.color.rgb, line.width = GRID, Pt(0.75)


def _fill(chart: Chart, **places: float) -> None:
    """The plot's place in its frame, so that each row is beside its words."""
    named = dict(zip(("left", "top", "width", "height"), ("x", "y", "w", "h"), strict=True))
    values = "".join(f'<c:{named[key]} val="{value:.4f}"/>' for key, value in places.items())
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{values}</c:manualLayout></c:layout>'
    ))  # fmt: skip


def _together(rows: Sequence[MarkRow]) -> bool:
    return any(row.together for row in rows)


def _legend(rows: Sequence[MarkRow], scale: ScaleShown) -> str:
    said = ["● the team, with its likely range" if any(row.interval for row in rows)
            else "● the team"]  # fmt: skip
    who = "the leaders, who agreed one form" if _together(rows) else "one leader"
    said += [f"◇ {who}"] if any(row.leaders for row in rows) else []
    said += ["large ◇ mean of leaders"] if any(row.leaders_mean is not None for row in rows) else []
    ends = [f"{scale['min']}: {scale['labels'][0]}", f"{scale['max']}: {scale['labels'][-1]}"]
    return "     ".join([*said, *(end.lower() for end in ends)])


def _said(rows: Sequence[MarkRow]) -> str:
    """Every row in words, for people who listen."""
    return " ".join(
        f"{row.name}: {'. '.join(part for part in (row.words, row.leaders_words) if part)}."
        for row in rows
    )
