"""In how many units a statement came out low, middle and high: three bars on one base line."""

from markupsafe import Markup, escape

from scoring.rules.payload import Level

LEVELS: tuple[Level, ...] = ("low", "middle", "high")
CELL, WIDE, HIGHEST, FOOT = 80, 56, 34, 52


def level_chart(counts: dict[Level, int], *, top: int, title: str) -> Markup:
    """`top` is the count that is as high as a bar can be, the same for every row of a page."""
    parts = []
    for place, level in enumerate(LEVELS):
        left, middle = place * CELL + (CELL - WIDE) // 2, place * CELL + CELL // 2
        height = round(counts[level] / top * HIGHEST, 1) if top else 0
        parts.append(
            f'<rect class="app-chart__bar" x="{left}" y="{FOOT - height}" width="{WIDE}" '
            f'height="{height + 1}"/>'
            f'<text class="app-chart__option" x="{middle}" y="{FOOT + 17}">{level}</text>'
            f'<text class="app-chart__percent" x="{middle}" y="{FOOT - height - 4:.1f}">'
            f"{counts[level]}</text>"
        )
    width, height = CELL * len(LEVELS), FOOT + 22
    return Markup(  # noqa: S704 (numbers of ours; the title is escaped)
        f'<svg class="app-chart" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-hidden="true" focusable="false"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
