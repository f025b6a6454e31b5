"""Every chart of the product: server-side SVG, the same on screen and on paper.

Positions along an axis are percents, so that one markup serves a phone, a projector and a page.
Colours and fonts are the stylesheet's (`assets/_charts.scss`). Charts are hidden from screen
readers: the words and the table beside each carry everything.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

WARD_LANE, LEADERS_LANE = 23, 45
ROW_HEIGHT, ROW_HEIGHT_ALONE = 68, 46
MINI_HEIGHT = 24
BEFORE_LANE, NOW_LANE, CHANGE_HEIGHT = 17, 39, 56
# A card of small multiples: its width, where its axis begins and ends, the height of a row.
CARD_WIDTH, CARD_PLOT, CARD_ROW = 310, (92, 266), 24
DOT, DIAMOND, MEAN_DIAMOND, GROWN_DIAMOND = 7, 5, 9, 13
# What a figure takes of a phone's width, in percent, with its name ("Leaders 3.8") and without.
NAME_ROOM, FIGURE_ROOM = 22.0, 13.0
MOST_DOTS, DOT_STEP = 60, 18
# A legend's samples as somebody hears them.
LEGEND = {
    "range": "Filled dot on a line",
    "before": "Hollow dot on a line",
    "hollow": "Hollow dot",
    "ward": "Filled dot",
    "mean": "Large hollow diamond",
    "leader": "Small hollow diamond",
}
BAR_HIGHEST, BAR_FOOT = 34, 52
BENEATH = 20


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

    def stretched(self, value: float) -> float:
        """The same on a mini axis, which runs from edge to edge and leaves a dot's room."""
        return round(10 + (value - self.minimum) / (self.maximum - self.minimum) * 80, 2)

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


def section_row(
    axis: Axis,
    marks: SectionMarks,
    *,
    title: str,
    names: tuple[str, str] = ("", ""),
    lanes: int = 2,
) -> Markup:
    """A section's row: the ward's lane and, with two lanes, the leaders' beneath it.

    `names` ("Ward", "Leaders") stand before each lane's first figure in the chart.
    """
    parts = [_grid(axis)]
    if marks.mean is not None:
        parts += _ward_lane(axis, marks.mean, marks.interval, names[0])
    if lanes == 2 and marks.leaders:
        parts += _leaders_lane(axis, marks, names[1])
    return _svg(parts, height=ROW_HEIGHT if lanes == 2 else ROW_HEIGHT_ALONE, title=title)


def mini_axis(axis: Axis, mean: float, *, title: str, leaders_mean: float | None = None) -> Markup:
    """A statement's short axis: the ward's dot, and the leaders' diamond where it is compared."""
    middle = MINI_HEIGHT // 2
    parts = [_mini_rule(axis), _dot(axis.stretched(mean), middle, DOT - 1)]
    if leaders_mean is not None:
        size = GROWN_DIAMOND if axis.near(mean, leaders_mean) else MEAN_DIAMOND - 1
        parts.append(_diamond(axis.stretched(leaders_mean), middle, size, "mean"))
    return _svg(parts, height=MINI_HEIGHT, title=title)


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
    """A unit's sections in a card: short word, ward's dot, leaders' mean, figure; nothing else."""
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
            parts.append(f'<text class="app-chart__word" x="{CARD_WIDTH}" y="{y + 5}" '
                         f'text-anchor="end">{mean:.1f}</text>')  # fmt: skip
    for tick, value in ((left, axis.minimum), (right, axis.maximum)):
        parts.append(f'<text class="app-chart__word" x="{tick}" y="{height - 3}" '
                     f'text-anchor="middle">{value}</text>')  # fmt: skip
    return Markup(  # noqa: S704 (numbers of ours; every word is escaped)
        f'<svg class="app-chart" viewBox="0 0 {CARD_WIDTH} {height}" aria-hidden="true" '
        f'focusable="false"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def share_bar(count: int, total: int, *, title: str) -> Markup:
    """How many of all said "I can't say": a bar on a pale ground."""
    percent = count / total * 100 if total else 0
    bars = (
        f'<rect class="app-chart__{kind}" x="0" y="6" width="{_number(width)}%" height="12"/>'
        for kind, width in (("ground", 100), ("share", percent))
    )
    return _svg([*bars], height=MINI_HEIGHT, title=title)


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


def people_dots(answered: int, asked: int) -> Markup:
    """One dot a post, filled for as many as answered: how many, never who. None above 60."""
    if asked > MOST_DOTS:
        return Markup("")
    rows = -(-asked // (11 if asked <= 22 else 15))
    row = -(-asked // rows)
    dots = [
        f'<circle class="app-chart__{"person" if place < answered else "post"}" '
        f'cx="{place % row * DOT_STEP + 7}" cy="{place // row * DOT_STEP + 7}" r="5.5"/>'
        for place in range(asked)
    ]
    width = str(min(asked, row) * DOT_STEP - 4)
    return _svg(dots, height=rows * DOT_STEP - 4, width=width, title=f"{answered} of {asked}")


def axis_numbers(axis: Axis) -> Markup:
    """The scale's numbers above a column of rows that carry none."""
    texts = [
        f'<text class="app-chart__tick" x="{_number(axis.percent(tick))}%" y="15">{tick}</text>'
        for tick in axis.ticks
    ]
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
    """The sample before a legend's words: `range`, `ward`, `mean` or `leader`; of the audit before
    `before` with its range or `hollow`."""
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


def _ward_lane(
    axis: Axis, mean: float, interval: tuple[float, float] | None, name: str
) -> Iterator[str]:
    place = axis.percent(mean)
    ends = (place, place)
    if interval is not None:
        low, high = max(axis.minimum, interval[0]), min(axis.maximum, interval[1])
        ends = (axis.percent(low), axis.percent(high))
        yield _line(*ends, WARD_LANE, "range")
    yield _dot(place, WARD_LANE, DOT)
    yield _figure(ends, WARD_LANE, f"{mean:.1f}", name, "app-chart__figure")


def _leaders_lane(axis: Axis, marks: SectionMarks, name: str) -> Iterator[str]:
    mean = marks.leaders_mean
    places = Counter(axis.percent(score) for score in marks.leaders)
    for place in sorted(places):
        yield _diamond(place, LEADERS_LANE, DIAMOND, "leader")
    if marks.letters:
        whose: dict[float, str] = {}
        for score, letter in zip(marks.leaders, marks.letters, strict=True):
            place = axis.percent(score)
            whose[place] = f"{whose[place]} {letter}" if place in whose else letter
        yield from _beneath(whose, "app-chart__count app-chart__letter")
    else:
        equal = {place: f"×{count}" for place, count in places.items() if count > 1}
        yield from _beneath(equal, "app-chart__count")
    if mean is None:
        return
    middle = axis.percent(mean)
    ends = (min(*places, middle), max(*places, middle))
    yield _diamond(middle, LEADERS_LANE, MEAN_DIAMOND, "mean")
    css = "app-chart__figure app-chart__figure--leaders"
    yield _figure(ends, LEADERS_LANE, f"{mean:.1f}", name, css)


def _beneath(said: dict[float, str], css: str) -> Iterator[str]:
    """ "×2" or a letter beneath diamonds; labels that would touch share one place."""
    groups: list[list[float]] = []
    for place in sorted(said):
        if groups and place - groups[-1][-1] < 6:
            groups[-1].append(place)
        else:
            groups.append([place])
    for group in groups:
        words = " ".join(said[place] for place in group)
        middle = _number(sum(group) / len(group))
        yield f'<text class="{css}" x="{middle}%" y="{LEADERS_LANE + BENEATH}">{words}</text>'


def _figure(ends: tuple[float, float], y: int, figure: str, name: str, css: str) -> str:
    """The figure right of its marks, left of them where the right has no room."""
    room = NAME_ROOM if name else FIGURE_ROOM
    left = ends[1] + room > 100 and ends[0] - room > 0
    if name and not left and ends[1] + room > 100:
        name, left = "", ends[1] + FIGURE_ROOM > 100
    if name:
        figure = f'<tspan class="app-chart__who">{escape(name)} </tspan>{figure}'
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


@cache
def _mini_rule(axis: Axis) -> str:
    middle = MINI_HEIGHT // 2
    ticks = (_number(axis.stretched(tick)) for tick in axis.ticks)
    ends = axis.stretched(axis.minimum), axis.stretched(axis.maximum)
    return _line(*ends, middle, "rule") + "".join(
        f'<line class="app-chart__rule" x1="{tick}%" y1="{middle - 3}" '
        f'x2="{tick}%" y2="{middle + 3}"/>'
        for tick in ticks
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
