"""The run chart of a section: its means over the audits, with their median, as SVG."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from results.presenters.charts import Axis

PLOT, MARGIN, FOOT, DOT = 120, 10, 24, 6
# Percent of the width left of the points: room for the scale's numbers.
LEFT = 8
# With more options their numbers would touch.
MOST_NUMBERS = 7


def run_chart(
    axis: Axis, means: Sequence[float], median: float, *, days: Sequence[str], title: str
) -> Markup:
    """The means joined, oldest first, the median a dashed line; `days` of the first and last."""
    step = (100 - LEFT) / len(means)
    points = [
        (_percent(LEFT + (place + 0.5) * step), _height(axis, mean))
        for place, mean in enumerate(means)
    ]
    left, middle = _percent(LEFT), _height(axis, median)
    grid = [
        f'<line class="app-chart__grid" x1="{left}" y1="{y}" x2="100%" y2="{y}"/>'
        for y in (_height(axis, tick) for tick in axis.ticks)
    ]
    ends = (axis.minimum, axis.maximum)
    numbers = [
        f'<text class="app-chart__tick" x="{_percent(LEFT / 2)}" y="{_height(axis, tick) + 5}">'
        f"{tick}</text>"
        for tick in (axis.ticks if len(axis.ticks) <= MOST_NUMBERS else ends)
    ]
    line = [
        f'<line class="app-chart__run" x1="{x}" y1="{y}" x2="{next_x}" y2="{next_y}"/>'
        for (x, y), (next_x, next_y) in pairwise(points)
    ]
    dots = [f'<circle class="app-chart__ward" cx="{x}" cy="{y}" r="{DOT}"/>' for x, y in points]
    y = PLOT + FOOT - 6
    said = (
        f'<text class="app-chart__day" x="{left}" y="{y}">{escape(days[0])}</text>'
        f'<text class="app-chart__day app-chart__day--last" x="100%" y="{y}">'
        f"{escape(days[-1])}</text>"
    )
    dashed = f'<line class="app-chart__median" x1="{left}" y1="{middle}" x2="100%" y2="{middle}"/>'
    return Markup(  # noqa: S704 (numbers of ours; every word is escaped)
        f'<svg class="app-chart" width="100%" height="{PLOT + FOOT}" aria-hidden="true" '
        f'focusable="false"><title>{escape(title)}</title>'
        f"{''.join([*grid, *numbers, dashed, *line, *dots, said])}</svg>"
    )


def _height(axis: Axis, value: float) -> int:
    share = (value - axis.minimum) / (axis.maximum - axis.minimum)
    return round(PLOT - MARGIN - share * (PLOT - 2 * MARGIN))


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
