"""Every chart of the product: server-side SVG, the same on screen and on paper.

Positions along an axis are percents, so that one markup serves a phone, a projector and a page.
Colours and fonts are the stylesheet's (`assets/results/_charts.scss`). Charts are hidden from
screen readers: the words and the table beside each carry everything.
Over 300 lines: charts share their scale and their marks.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

# A section's marks beside its words: two lanes or one, and room for letters or counts beneath.
MARKS_LANES, MARKS_HEIGHT, MARKS_ALONE, MARKS_BENEATH = (14, 33), 46, 30, 16
# The same on one page of paper.
DENSE_LANES, DENSE_HEIGHT, DENSE_ALONE, DENSE_BENEATH = (9, 21), 31, 20, 9
BEFORE_LANE, NOW_LANE, CHANGE_HEIGHT = 17, 39, 56
# A card of small multiples: its width, where its axis begins and ends, the height of a row.
CARD_WIDTH, CARD_PLOT, CARD_ROW = 310, (92, 302), 24
DOT, DIAMOND, MEAN_DIAMOND = 7, 5, 9
# What a figure takes of a phone’s width, and a letter beneath the marks of the narrowest chart
# (190 px, where the page has just got its second column), in percent.
FIGURE_ROOM, LETTER_ROOM = 13.0, 4.2
# A legend's samples as somebody hears them.
LEGEND = {
    "range": "Filled dot on a line",
    "before": "Hollow dot on a line",
    "hollow": "Hollow dot",
    "ward": "Filled dot",
    "mean": "Large hollow diamond",
    "leader": "Small hollow diamond",
}
BAR_HIGHEST, BAR_FOOT, BENEATH = 34, 52, 20


@dataclass(frozen=True)
class Axis:
    """The whole scale from its lowest to its highest option, each in a column of equal width."""

    minimum: int
    maximum: int

    @property
    def ticks(self) -> range:
        """The scale's options."""
        return range(self.minimum, self.maximum + 1)

    def percent(self, value: float) -> float:
        """Where a value lies, in percent of the width: the middle of its option's column."""
        return round((value - self.minimum + 0.5) / len(self.ticks) * 100, 2)

    def near(self, one: float, other: float) -> bool:
        """Whether two marks on one line would cover each other: 0.3 on a scale from 0 to 5."""
        return abs(one - other) <= 0.06 * (self.maximum - self.minimum)


@dataclass(frozen=True)
class SectionMarks:
    """What a section's row shows. A withheld mean is None here and leaves no mark.

    `letters` name each leader's mark in their order, for those who may know whose it is.
    """

    mean: float | None
    interval: tuple[float, float] | None = None
    leaders: Sequence[float] = ()
    leaders_mean: float | None = None
    letters: Sequence[str] = ()


def section_marks(
    axis: Axis,
    marks: SectionMarks,
    *,
    title: str,
    lanes: int,
    with_figures: bool = False,
    is_dense: bool = False,
) -> Markup:
    """A section's marks beside its words; each with its figure only where these are asked for."""
    alone = DENSE_ALONE if is_dense else MARKS_ALONE
    both = DENSE_LANES if is_dense else MARKS_LANES
    lane, lower = (alone // 2, 0) if lanes == 1 else both
    parts = [_grid(axis)]
    if marks.mean is not None:
        parts += _ward_marks(axis, marks.mean, marks.interval, lane)
        if with_figures:
            parts.append(_ward_figure(axis, marks, lane))
    height = alone if lanes == 1 else DENSE_HEIGHT if is_dense else MARKS_HEIGHT
    if lanes == 2 and marks.leaders:
        parts += _leaders_marks(axis, marks, lower)
        if marks.letters or len(set(marks.leaders)) < len(marks.leaders):
            height += DENSE_BENEATH if is_dense else MARKS_BENEATH
        if with_figures and marks.leaders_mean is not None:
            parts.append(_leaders_figure(axis, marks, lower))
    return _svg(parts, height=height, title=title)


def spread(shares: Sequence[int], axis: Axis, *, top: int, title: str) -> Markup:
    """How many percent chose each option: a cell an option, its number beneath, percent above.

    `top` is the share that is as high as a bar can be, the same for every row of a page.
    """
    cell = 100 / len(shares)
    parts = []
    for place, (option, share) in enumerate(zip(axis.ticks, shares, strict=True)):
        left, middle = _number(cell * (place + 0.1)), _number(cell * (place + 0.5))
        height = share / top * BAR_HIGHEST
        parts.append(
            f'<rect class="app-chart__bar" x="{left}%" y="{_number(BAR_FOOT - height)}" '
            f'width="{_number(cell * 0.8)}%" height="{_number(height + 1)}"/>'
            f'<text class="app-chart__option" x="{middle}%" y="{BAR_FOOT + 17}">{option}</text>'
        )
        if share:
            parts.append(
                f'<text class="app-chart__percent" x="{middle}%" '
                f'y="{_number(BAR_FOOT - height - 4)}">{share}%</text>'
            )
    return _svg(parts, height=BAR_FOOT + 20, title=title)


def small_multiple(
    axis: Axis, rows: Sequence[tuple[str, float | None, float | None]], *, title: str
) -> Markup:
    """A unit's sections in a card: short word, team's dot, leaders' mean; no figure.

    A section whose score is not shown says so.
    """
    height = len(rows) * CARD_ROW + 22
    left, right = CARD_PLOT
    ticks = [
        left + (right - left) * place / (len(axis.ticks) - 1) for place in range(len(axis.ticks))
    ]

    def place(value: float) -> str:
        share = (value - axis.minimum) / (axis.maximum - axis.minimum)
        return _number(left + (right - left) * share)

    parts = [
        f'<line class="app-chart__grid" x1="{_number(tick)}" y1="0" x2="{_number(tick)}" '
        f'y2="{height - 22}"/>'
        for tick in ticks
    ]
    for number, (word, mean, leaders) in enumerate(rows):
        y = number * CARD_ROW + CARD_ROW // 2
        parts.append(f'<text class="app-chart__word" x="0" y="{y + 5}">{escape(word)}</text>')
        if leaders is not None:
            near = mean is not None and axis.near(mean, leaders)
            size = MEAN_DIAMOND if near else DIAMOND + 1
            at = f'<g transform="translate({place(leaders)} {y})">'
            parts.append(f"{at}{_path(size, 'mean')}</g>")
        if mean is not None:
            parts.append(f'<circle class="app-chart__ward" cx="{place(mean)}" cy="{y}" r="6"/>')
        else:
            parts.append(
                f'<text class="app-chart__word" x="{left + 4}" y="{y + 5}">not shown</text>'
            )
    for tick, value in ((left, axis.minimum), (right, axis.maximum)):
        parts.append(f'<text class="app-chart__word" x="{tick}" y="{height - 3}" '
                     f'text-anchor="middle">{value}</text>')  # fmt: skip
    return Markup(  # noqa: S704 (numbers of ours; every word is escaped)
        f'<svg class="app-chart" viewBox="0 0 {CARD_WIDTH} {height}" aria-hidden="true" '
        f'focusable="false"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def large_bars(shares: Sequence[int], *, first: int, title: str) -> Markup:
    """A statement's answers for the screen of a meeting: a bar an option, whole percents above.

    Drawn in a box of its own that grows with the screen. 60% fills the height, more raises it.
    """
    step, base, room = 120, 210, 170
    scale = room / max(60, *shares)
    parts = []
    for place, share in enumerate(shares):
        left, height = place * step, _number(share * scale)
        top = _number(base - share * scale)
        middle, above = left + 50, _number(base - share * scale - 10)
        parts += [
            f'<rect class="app-chart__bar" x="{left}" y="{top}" width="100" height="{height}"/>',
            f'<path class="app-chart__base" d="M{left} {base}h100"/>',
            f'<text class="app-chart__percent" x="{middle}" y="{above}">{share}%</text>',
            f'<text class="app-chart__option" x="{middle}" y="{base + 32}">{first + place}</text>',
        ]
    words = ", ".join(f"{first + place}: {share}%" for place, share in enumerate(shares))
    return Markup(  # noqa: S704 (numbers of ours; the title is escaped)
        f'<svg class="app-chart app-chart--large" viewBox="0 0 {len(shares) * step - 20} 250" '
        f'role="img" aria-label="{escape(f"{title} {words}")}">{"".join(parts)}</svg>'
    )


def axis_numbers(axis: Axis) -> Markup:
    """The scale's numbers above a column of rows that carry none."""
    css, places = "app-chart__tick", {tick: _number(axis.percent(tick)) for tick in axis.ticks}
    texts = [f'<text class="{css}" x="{x}%" y="15">{tick}</text>' for tick, x in places.items()]
    return _svg(texts, height=20, title="")


def change_row(axis: Axis, before: SectionMarks, now: SectionMarks, *, title: str) -> Markup:
    """Two audits of a section on two lines, the earlier one hollow; nothing joins them."""
    parts = [_grid(axis)]
    for marks, lane, kind in ((before, BEFORE_LANE, "before"), (now, NOW_LANE, "ward")):
        if marks.mean is None:
            continue
        if marks.interval is not None:
            low, high = max(axis.minimum, marks.interval[0]), min(axis.maximum, marks.interval[1])
            css = "range-before" if kind == "before" else "range"
            parts.append(_line(axis.percent(low), axis.percent(high), lane, css))
        parts.append(_dot(axis.percent(marks.mean), lane, DOT, kind))
    return _svg(parts, height=CHANGE_HEIGHT, title=title)


def legend_mark(kind: str) -> Markup:
    """The sample before a legend's words: one of `LEGEND`."""
    width = 40 if kind in ("range", "before") else 22
    dot = f'<circle class="app-chart__ward" cx="{width // 2}" cy="11" r="{DOT}"/>'
    shapes = {
        "range": ['<line class="app-chart__range" x1="2" y1="11" x2="38" y2="11"/>', dot],
        "before": [
            '<line class="app-chart__range-before" x1="2" y1="11" x2="38" y2="11"/>',
            f'<circle class="app-chart__before" cx="20" cy="11" r="{DOT}"/>',
        ],
        "hollow": [f'<circle class="app-chart__before" cx="11" cy="11" r="{DOT}"/>'],
        "ward": [dot],
        "mean": [_path(MEAN_DIAMOND, "mean", (width // 2, 11))],
        "leader": [_path(DIAMOND, "leader", (width // 2, 11))],
    }
    return _svg(shapes[kind], height=22, width=str(width), title=LEGEND[kind])


def _ward_ends(
    axis: Axis, mean: float, interval: tuple[float, float] | None
) -> tuple[float, float]:
    low, high = interval or (mean, mean)
    return axis.percent(max(axis.minimum, low)), axis.percent(min(axis.maximum, high))


def _ward_figure(axis: Axis, marks: SectionMarks, lane: int) -> str:
    mean = marks.mean or 0
    ends = _ward_ends(axis, mean, marks.interval)
    return _figure(ends, lane, f"{mean:.1f}", "app-chart__figure")


def _ward_marks(
    axis: Axis, mean: float, interval: tuple[float, float] | None, lane: int
) -> Iterator[str]:
    if interval is not None:
        yield _line(*_ward_ends(axis, mean, interval), lane, "range")
    yield _dot(axis.percent(mean), lane, DOT)


def _leaders_marks(axis: Axis, marks: SectionMarks, lane: int) -> Iterator[str]:
    places = Counter(axis.percent(score) for score in marks.leaders)
    for place in sorted(places):
        yield _diamond(place, lane, DIAMOND, "leader")
    if marks.letters:
        whose: dict[float, str] = {}
        for score, letter in zip(marks.leaders, marks.letters, strict=True):
            place = axis.percent(score)
            whose[place] = f"{whose[place]} {letter}" if place in whose else letter
        yield from _beneath(whose, lane, "app-chart__count app-chart__letter")
    else:
        equal = {place: f"×{count}" for place, count in places.items() if count > 1}
        yield from _beneath(equal, lane, "app-chart__count")
    if marks.leaders_mean is not None:
        yield _diamond(axis.percent(marks.leaders_mean), lane, MEAN_DIAMOND, "mean")


def _leaders_figure(axis: Axis, marks: SectionMarks, lane: int) -> str:
    places = [axis.percent(score) for score in (*marks.leaders, marks.leaders_mean or 0)]
    css = "app-chart__figure app-chart__figure--leaders"
    return _figure((min(places), max(places)), lane, f"{marks.leaders_mean:.1f}", css)


def _beneath(said: dict[float, str], lane: int, css: str) -> Iterator[str]:
    """ "×2" or a letter beneath diamonds; labels that would touch share one place."""
    groups: list[list[float]] = []
    for place in sorted(said):
        groups.append([place])
        while len(groups) > 1 and (
            _label(groups[-1], said)[0] - _label(groups[-2], said)[1] < LETTER_ROOM
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    for group in groups:
        middle = _number(sum(_label(group, said)) / 2)
        words = " ".join(said[place] for place in group)
        yield f'<text class="{css}" x="{middle}%" y="{lane + BENEATH}">{words}</text>'


def _label(group: Sequence[float], said: dict[float, str]) -> tuple[float, float]:
    """Where the words of these places begin and end, in percent: around them, within the chart."""
    width = len(" ".join(said[place] for place in group)) * LETTER_ROOM
    begin = min(max(sum(group) / len(group) - width / 2, 0.0), max(100 - width, 0.0))
    return begin, begin + width


def _figure(ends: tuple[float, float], y: int, figure: str, css: str) -> str:
    """The figure right of its marks, left of them where the right has no room."""
    left = ends[1] + FIGURE_ROOM > 100 and ends[0] - FIGURE_ROOM > 0
    place, side, shift = (ends[0], " app-chart__left", -13) if left else (ends[1], "", 13)
    return (
        f'<text class="{css}{side}" x="{_number(place)}%" dx="{shift}" y="{y + 5}">{figure}</text>'
    )


@cache
def _grid(axis: Axis) -> str:
    """A thin line at each whole number, as high as the row becomes beside a long label."""
    places = (_number(axis.percent(tick)) for tick in axis.ticks)
    return "".join(
        f'<line class="app-chart__grid" x1="{place}%" y1="0" x2="{place}%" y2="100%"/>'
        for place in places
    )


def _line(left: float, right: float, y: int, kind: str) -> str:
    return (
        f'<line class="app-chart__{kind}" x1="{_number(left)}%" y1="{y}" '
        f'x2="{_number(right)}%" y2="{y}"/>'
    )


def _dot(x: float, y: int, radius: int, kind: str = "ward") -> str:
    return f'<circle class="app-chart__{kind}" cx="{_number(x)}%" cy="{y}" r="{radius}"/>'


def _diamond(x: float, y: int, size: int, kind: str) -> str:
    """A hollow diamond: a tiny SVG of its own, since a path knows no percents."""
    return f'<svg x="{_number(x)}%" y="{y}" overflow="visible">{_path(size, kind)}</svg>'


@cache
def _path(size: int, kind: str, at: tuple[int, int] = (0, 0)) -> str:
    return (
        f'<path class="app-chart__{kind}" '
        f'd="M{at[0]} {at[1] - size}l{size} {size} -{size} {size} -{size} -{size}z"/>'
    )


def _svg(parts: Sequence[str], *, height: int, title: str, width: str = "100%") -> Markup:
    named = f"<title>{escape(title)}</title>" if title else ""
    return Markup(  # noqa: S704 (numbers and names of ours; every other word is escaped)
        f'<svg class="app-chart" width="{width}" height="{height}" aria-hidden="true" '
        f'focusable="false">{named}{"".join(parts)}</svg>'
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
