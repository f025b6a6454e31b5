"""The chart of a measure: figures that can be read beside it, whatever is counted."""

import re
from datetime import date, timedelta

import pytest

from initiatives.presenters.measure_chart import measure_chart
from initiatives.rules.individuals_chart import Counted, read_chart
from initiatives.words.measures import axis_words, number_words

FIRST = date(2026, 1, 5)


def chart(values: list[float], *, is_share: bool = False) -> str:
    numbers = [Counted(FIRST + timedelta(weeks=n), value) for n, value in enumerate(values)]
    reading = read_chart(numbers, began_on=None, restarted_on=None, most=100 if is_share else None)
    return measure_chart(
        numbers, reading, every="week", began_on=None, title="Falls", is_share=is_share
    )


def figures(svg: str, name: str) -> list[str]:
    return re.findall(rf'<text class="[^"]*{name}[^"]*"[^>]*>([^<]*)</text>', svg)


def test_a_share_has_its_percent_sign_beside_the_chart_too() -> None:
    svg = chart([75.0] * 13, is_share=True)
    assert figures(svg, "app-chart__tick") == ["0%", "20%", "40%", "60%", "80%"]
    assert figures(svg, "app-chart__usual-figure") == ["75%"], "three lines in one place"
    assert svg.count('app-chart__usual"') == 2 and svg.count("app-chart__middle") == 1


@pytest.mark.parametrize(
    ("value", "axis", "words"),
    [
        (0, "0", "0"),
        (12.05, "12.1", "12.1"),
        (1200, "1,200", "1,200"),
        (9999.9, "9,999.9", "9,999.9"),
        (12_500, "12.5k", "12,500"),
        (999_949, "999.9k", "999,949"),
        (3_000_000, "3m", "3,000,000"),
        (99_999_999, "100m", "99,999,999"),
    ],
)
def test_large_numbers_are_short_beside_the_chart(value: float, axis: str, words: str) -> None:
    assert (axis_words(value), number_words(value)) == (axis, words)


@pytest.mark.parametrize(("weeks", "radius"), [(60, 5), (61, 2), (520, 2)])
def test_many_numbers_have_small_dots(weeks: int, radius: int) -> None:
    svg = chart([float(n % 7) for n in range(weeks)])
    assert set(re.findall(r' r="(\d+)"', svg)) <= {str(radius)}
    assert f' r="{radius}"' in svg
