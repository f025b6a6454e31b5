"""The chart of a measure as SVG: its numbers by day, the mean and the usual range of before.

Positions across are percents, so that one markup serves a phone and paper. Hidden from screen
readers: the sentence above it and the table below carry everything.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

from markupsafe import Markup, escape

from initiatives.models import Measure
from initiatives.rules.individuals_chart import Counted, Reading
from initiatives.words.measures import axis_words
from organisations.words.dates import short_day

HEIGHT, TOP, FOOT, DOT, DIAMOND = 200, 26, 28, 5, 6
# More numbers than this stand so close that large dots would be one stripe.
MANY, SMALL_DOT = 60, 2
# Percent of the width left of the numbers and right of them, for the axis and what is usual.
LEFT, RIGHT = 10.0, 12.0
APART = 18
STEPS = (1, 2, 5, 10)
# A gap of more than this many days is no line.
GAP = {Measure.Every.WEEK: 10, Measure.Every.MONTH: 45}


def measure_chart(
    numbers: Sequence[Counted],
    reading: Reading,
    *,
    every: str,
    began_on: date | None,
    title: str,
    is_share: bool = False,
    is_small: bool = False,
) -> Markup:
    """At least one number, in order of the days; the line joins no gap."""
    height = HEIGHT // 2 if is_small else HEIGHT
    plot = _Plot(numbers, reading, height=height)
    parts = [*_axis(plot, numbers, is_share), *_lines(plot, reading, is_share)]
    if began_on is not None and plot.first <= began_on <= plot.last:
        x = plot.across(began_on)
        parts.append(
            f'<line class="app-chart__began" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height}"/>'
            f'<text class="app-chart__count" x="{x}" y="{TOP - 12}">began</text>'
        )
    shown = reading.signal.days if reading.signal else frozenset()
    parts += [
        f'<line class="app-chart__run" x1="{plot.across(one.day)}" y1="{plot.up(one.value)}" '
        f'x2="{plot.across(other.day)}" y2="{plot.up(other.value)}"/>'
        for one, other in pairwise(numbers)
        if (other.day - one.day).days <= GAP[Measure.Every(every)]
    ]
    dot = DOT if len(numbers) <= MANY else SMALL_DOT
    parts += [_mark(plot, one, dot, is_signal=one.day in shown) for one in numbers]
    return Markup(  # noqa: S704 (numbers of ours; every word is escaped)
        f'<svg class="app-chart app-chart--measure" width="100%" height="{height + FOOT}" '
        f'aria-hidden="true" focusable="false"><title>{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


class _Plot:
    """Where days and values lie."""

    def __init__(self, numbers: Sequence[Counted], reading: Reading, *, height: int) -> None:
        self.first, self.last = numbers[0].day, numbers[-1].day
        usual = reading.usual
        values = [one.value for one in numbers] + ([usual.low, usual.high] if usual else [])
        self.step = _step(max(values), parts=2 if height < HEIGHT else 5)
        self.most = max(1, ceil(max(values) / self.step)) * self.step
        self.least = floor(min(0.0, *values) / self.step) * self.step
        self.height = height

    def across(self, day: date) -> str:
        days = max(1, (self.last - self.first).days)
        share = (day - self.first).days / days if self.last > self.first else 0.5
        return f"{LEFT + 2 + share * (100 - LEFT - RIGHT - 4):.2f}%"

    def up(self, value: float) -> int:
        share = (value - self.least) / (self.most - self.least)
        return round(self.height - share * (self.height - TOP))


def _step(most: float, *, parts: int) -> float:
    """The smallest round number of which so many reach the highest value."""
    if most <= 0:
        return 1.0
    power: float = 10 ** floor(log10(most / parts))
    return next(step * power for step in STEPS if step * power * parts >= most)


def _axis(plot: _Plot, numbers: Sequence[Counted], is_share: bool) -> list[str]:
    count = round((plot.most - plot.least) / plot.step)
    ticks = [plot.least + place * plot.step for place in range(count + 1)]
    right = f"{100 - RIGHT:g}%"
    parts = [
        f'<line class="app-chart__grid" x1="{LEFT:g}%" y1="{plot.up(tick)}" x2="{right}" '
        f'y2="{plot.up(tick)}"/><text class="app-chart__tick app-chart__left" '
        f'x="{LEFT - 1.5:g}%" y="{plot.up(tick) + 5}">'
        f"{axis_words(tick, is_share=is_share)}</text>"
        for tick in ticks
    ]
    y = plot.height + FOOT - 8
    parts.append(
        f'<text class="app-chart__day" x="{LEFT:g}%" y="{y}">'
        f"{escape(short_day(numbers[0].day))}</text>"
    )
    if plot.last > plot.first:
        parts.append(
            f'<text class="app-chart__day app-chart__day--last" x="{right}" y="{y}">'
            f"{escape(short_day(numbers[-1].day))}</text>"
        )
    return parts


def _lines(plot: _Plot, reading: Reading, is_share: bool) -> list[str]:
    """The mean and the usual range, or the median alone; their figures never overlap, and one that
    several have is there once.
    """
    if reading.usual is None:
        lines = [("app-chart__median", reading.middle)]
    else:
        usual = reading.usual
        lines = [
            ("app-chart__usual", usual.high),
            ("app-chart__middle", usual.mean),
            ("app-chart__usual", usual.low),
        ]
    parts, taken, last = [], -APART, ""
    for name, value in lines:
        if value is None:
            continue
        y = plot.up(value)
        parts.append(
            f'<line class="{name}" x1="{LEFT:g}%" y1="{y}" x2="{100 - RIGHT:g}%" y2="{y}"/>'
        )
        figure = axis_words(value, is_share=is_share)
        if figure != last:
            taken, last = max(y, taken + APART), figure
            parts.append(
                f'<text class="app-chart__usual-figure" x="{101 - RIGHT:g}%" y="{taken + 5}">'
                f"{figure}</text>"
            )
    return parts


def _mark(plot: _Plot, one: Counted, dot: int, *, is_signal: bool) -> str:
    x, y = plot.across(one.day), plot.up(one.value)
    if not is_signal:
        return f'<circle class="app-chart__ward" cx="{x}" cy="{y}" r="{dot}"/>'
    # A square turned on its corner; percents cannot stand in a polygon.
    return (
        f'<svg x="{x}" y="{y}" overflow="visible"><rect class="app-chart__signal" '
        f'x="{-DIAMOND}" y="{-DIAMOND}" width="{2 * DIAMOND}" height="{2 * DIAMOND}" '
        f'transform="rotate(45)"/></svg>'
    )
