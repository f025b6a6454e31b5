"""A chart in a document holds the rules of its own marks alone, and looks as one by itself."""

import pytest
from markupsafe import Markup
from weasyprint import HTML

from reports.presenters.drawings import drawing, drawn
from results.presenters import charts

AXIS = charts.Axis(0, 5)
MARKS = charts.SectionMarks(2.4, (2.0, 2.8), [1.5, 1.5, 4], 2.3)
CHARTS = {
    "section": charts.section_marks(AXIS, MARKS, title="", lanes=2, with_figures=True),
    "statement": charts.spread([0, 8, 15, 0, 31, 46], AXIS, top=60, title=""),
    "legend": charts.legend_mark("range"),
}


def printed(svg: str) -> bytes:
    paper: bytes = HTML(string=f"<p>{svg}").write_pdf()
    return paper


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_printed_as_with_every_rule(name: str) -> None:
    chart: Markup = CHARTS[name]
    own = drawing(chart).decode().replace('width="640"', 'width="100%"')
    beside = str(drawn(chart))
    assert len(beside) < len(own) - 500
    assert printed(beside) == printed(own)
    assert printed(beside) != printed(chart)
