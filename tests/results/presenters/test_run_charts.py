"""The run chart as SVG."""

import re

import pytest

from results.presenters.charts import Axis
from results.presenters.run_charts import run_chart

MEANS = (2.0, 3.0, 2.5, 4.0, 1.0)


@pytest.mark.parametrize(
    ("axis", "numbers"),
    [(Axis(0, 5), ["0", "1", "2", "3", "4", "5"]), (Axis(0, 10), ["0", "10"])],
)
def test_it_has_its_scale_its_days_and_a_point_an_audit(axis: Axis, numbers: list[str]) -> None:
    chart = run_chart(axis, MEANS, 2.5, days=["1 May 2025", "2 May 2026"], title="A & B")
    assert re.findall(r'chart__tick"[^>]*>(\d+)<', chart) == numbers
    assert re.findall(r"chart__day[^>]*>([^<]+)<", chart) == ["1 May 2025", "2 May 2026"]
    assert chart.count("<circle") == len(MEANS)
    assert chart.count("app-chart__run") == len(MEANS) - 1
    assert "<title>A &amp; B</title>" in chart


def test_higher_means_lie_higher() -> None:
    chart = run_chart(Axis(0, 5), MEANS, 2.5, days=["a", "b"], title="")
    heights = [int(y) for y in re.findall(r'<circle[^>]* cy="(\d+)"', chart)]
    order = sorted(range(len(MEANS)), key=lambda place: -heights[place])
    assert order == sorted(range(len(MEANS)), key=lambda place: MEANS[place])
