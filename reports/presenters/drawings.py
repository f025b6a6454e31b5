"""Charts that leave the page: each SVG with its own style, so that it looks the same anywhere."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.text import slugify
from markupsafe import Markup

from reports.presenters.source import Source
from results.presenters.section_rows import section_rows
from results.presenters.statement_folds import statement_folds

# Wide enough for the longest label beside the marks; the charts are drawn in percents.
FILE_WIDTH = 640

CLASSES = re.compile(r'class="([^"]*)"')
# Of a compiled stylesheet: what is for some screens, a rule, a class in its selector.
QUERY = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CLASS = re.compile(r"\.([\w-]+)")


@cache
def compiled(name: str) -> str:
    """A stylesheet that `./dev` compiled."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"{name} is not compiled: run ./dev build")
    return Path(found).read_text(encoding="utf-8")


def drawn(chart: Markup) -> Markup:
    """A chart inside a document: with its style, which the page's own does not reach.

    Of the stylesheet only the rules of what is in this chart: a document holds some fifty charts,
    and WeasyPrint reads each one's rules and asks them of each of its marks.
    """
    classes = frozenset(name for one in CLASSES.findall(chart) for name in one.split())
    return _styled(chart, _rules_of(classes, has_text="<text" in chart))


def _styled(chart: Markup, css: str) -> Markup:
    start, end = chart.split(">", 1)
    return Markup(f"{start}><style>{css}</style>{end}")  # noqa: S704 (the chart's own and our CSS)


@cache
def _rules_of(classes: frozenset[str], *, has_text: bool) -> str:
    css = QUERY.sub("", compiled("drawing.css"))
    return "".join(
        f"{selectors}{{{said}}}"
        for selectors, said in RULE.findall(css)
        if any(
            set(CLASS.findall(one)) <= classes and (has_text or not one.endswith(" text"))
            for one in selectors.split(",")
        )
    )


def drawing(chart: Markup) -> bytes:
    """A chart as a file of its own."""
    svg = str(_styled(chart, compiled("drawing.css"))).replace(
        'width="100%"', f'width="{FILE_WIDTH}"', 1
    )
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return svg.replace(' aria-hidden="true" focusable="false"', ' role="img"', 1).encode()


def drawings(source: Source) -> bytes:
    """Every chart of a result as SVG files in one ZIP: sections, and the bars of statements."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, chart in _named(source):
            if chart:
                bundle.writestr(f"{name}.svg", drawing(chart))
        bundle.writestr("read-me.txt", _about(source))
    return kept.getvalue()


def _named(source: Source) -> Iterator[tuple[str, Markup | None]]:
    """Each chart with the name of its file; None where a figure is withheld."""
    for place, row in enumerate(section_rows(source.payload, with_figures=True).rows, 1):
        yield f"section-{place}", row.chart
    folds = statement_folds(source.payload)
    for fold in folds.folds if folds else ():
        for group in fold.groups:
            for one in group.lines:
                yield f"statement-{slugify(one.code)}", one.chart


def _about(source: Source) -> str:
    lines = (source.title, source.answered, source.dates, source.wording, source.payload["notice"])
    return "\n".join(lines) + "\n"
