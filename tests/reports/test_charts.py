"""Where the marks of a chart stand, and what is not in it."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from reports.charts import (
    LEGEND,
    Axis,
    SectionMarks,
    legend_mark,
    mini_axis,
    people_dots,
    section_row,
    share_bar,
)

FFIT = Axis(0, 5)


def parsed(svg: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own chart)


def marks_of(svg: Markup, css: str) -> list[float]:
    """Where the marks of one kind stand, in percent."""
    places = re.findall(rf'<circle class="{css}" cx="([\d.]+)%"', svg)
    places += re.findall(rf'<svg x="([\d.]+)%"[^>]*><path class="{css}"', svg)
    return [float(place) for place in places]


def words_of(svg: Markup) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter("text")]


@pytest.mark.parametrize(
    ("axis", "value", "percent"),
    [
        (FFIT, 0, 8.33),
        (FFIT, 2.5, 50),
        (FFIT, 5, 91.67),
        (Axis(1, 5), 1, 10),
        (Axis(1, 5), 5, 90),
        (Axis(0, 10), 10, 95.45),
    ],
)
def test_a_value_stands_in_the_middle_of_its_option(
    axis: Axis, value: float, percent: float
) -> None:
    assert axis.percent(value) == percent


def test_the_wards_dot_has_its_figure_and_range() -> None:
    svg = section_row(FFIT, SectionMarks(3.6, (3.4, 3.8)), title="Learning: ward 3.6", lanes=1)
    assert marks_of(svg, "app-chart__ward") == [FFIT.percent(3.6)]
    assert 'class="app-chart__range" x1="65%" y1="23" x2="71.67%" y2="23"' in svg
    assert words_of(svg) == ["3.6"]
    assert parsed(svg).findtext("title") == "Learning: ward 3.6"
    assert parsed(svg).get("aria-hidden") == "true"


def test_a_withheld_mean_leaves_no_mark() -> None:
    svg = section_row(FFIT, SectionMarks(None, None, (2.0, 3.0, 4.0), 3.0), title="Learning")
    assert marks_of(svg, "app-chart__ward") == []
    assert "app-chart__range" not in svg
    assert words_of(svg) == ["3.0"]


def test_equal_leaders_share_a_diamond_with_their_number() -> None:
    svg = section_row(FFIT, SectionMarks(2.0, None, (3.0, 3.0, 4.5), 3.5), title="")
    assert marks_of(svg, "app-chart__leader") == [FFIT.percent(3.0), FFIT.percent(4.5)]
    assert marks_of(svg, "app-chart__mean") == [FFIT.percent(3.5)]
    assert words_of(svg) == ["2.0", "×2", "3.5"]


def test_numbers_of_near_leaders_do_not_cover_each_other() -> None:
    svg = section_row(FFIT, SectionMarks(2.0, None, (3.0, 3.0, 3.2, 3.2, 3.2), 3.1), title="")
    assert "×2 ×3" in words_of(svg)


def test_one_or_two_leaders_have_no_mean() -> None:
    svg = section_row(FFIT, SectionMarks(2.0, None, (3.0, 4.0)), title="")
    assert len(marks_of(svg, "app-chart__leader")) == 2
    assert marks_of(svg, "app-chart__mean") == []
    assert words_of(svg) == ["2.0"]


def test_no_leaders_no_lane() -> None:
    alone = section_row(FFIT, SectionMarks(2.0), title="", lanes=1)
    both = section_row(FFIT, SectionMarks(2.0), title="", lanes=2)
    assert (parsed(alone).get("height"), parsed(both).get("height")) == ("46", "68")


@pytest.mark.parametrize(
    ("mean", "named", "said", "left"),
    [
        (1.9, True, "Ward 1.9", False),
        (4.4, True, "Ward 4.4", True),
        (4.4, False, "4.4", False),
        (4.9, False, "4.9", True),
        (5.0, False, "5.0", True),
    ],
)
def test_a_figure_stands_where_there_is_room(
    mean: float, named: bool, said: str, left: bool
) -> None:
    names = ("Ward", "Leaders") if named else ("", "")
    svg = section_row(FFIT, SectionMarks(mean), title="", names=names, lanes=1)
    assert words_of(svg) == [said]
    assert ("app-chart__left" in svg) is left


def test_a_range_over_the_whole_scale_loses_the_name_not_the_figure() -> None:
    marks = SectionMarks(2.5, (0.0, 5.0))
    svg = section_row(FFIT, marks, title="", names=("Ward", ""), lanes=1)
    assert words_of(svg) == ["2.5"]


def test_a_range_ends_with_the_scale() -> None:
    svg = section_row(FFIT, SectionMarks(4.9, (4.6, 5.2)), title="", lanes=1)
    assert f'x2="{FFIT.percent(5)}%" y2="23"' in svg


@pytest.mark.parametrize(("leaders", "size"), [(3.5, 8), (2.3, 13), (2.0, 13), (2.4, 8)])
def test_the_leaders_diamond_grows_around_a_near_dot(leaders: float, size: int) -> None:
    svg = mini_axis(FFIT, 2.0, leaders_mean=leaders, title="")
    assert f'<path class="app-chart__mean" d="M0 -{size}l{size} {size}' in svg
    assert marks_of(svg, "app-chart__ward") == [FFIT.stretched(2.0)]


def test_a_mini_axis_runs_over_the_whole_scale() -> None:
    svg = mini_axis(Axis(0, 10), 10.0, title="")
    assert marks_of(svg, "app-chart__ward") == [90.0], "a dot's room is left at the end"
    assert svg.count("app-chart__rule") == 12


@pytest.mark.parametrize(
    ("count", "total", "width"), [(10, 14, "71.43"), (0, 14, "0"), (14, 14, "100"), (0, 0, "0")]
)
def test_a_share_is_a_bar(count: int, total: int, width: str) -> None:
    svg = share_bar(count, total, title="")
    assert f'class="app-chart__share" x="0" y="6" width="{width}%"' in svg


@pytest.mark.parametrize(
    ("answered", "asked", "size"),
    [
        (14, 22, ("194", "32")),
        (8, 12, ("104", "32")),
        (7, 9, ("158", "14")),
        (60, 60, ("266", "68")),
    ],
)
def test_a_dot_for_each_post_filled_for_as_many_as_answered(
    answered: int, asked: int, size: tuple[str, str]
) -> None:
    svg = people_dots(answered, asked)
    assert svg.count("app-chart__person") == answered
    assert svg.count("app-chart__post") == asked - answered
    assert (parsed(svg).get("width"), parsed(svg).get("height")) == size


def test_above_sixty_posts_there_are_no_dots() -> None:
    assert people_dots(40, 61) == ""


@pytest.mark.parametrize("kind", ["range", "ward", "mean", "leader"])
def test_the_legend_shows_every_mark(kind: str) -> None:
    assert parsed(legend_mark(kind)).get("aria-hidden") == "true"


def test_words_cannot_break_out_of_a_chart() -> None:
    svg = section_row(FFIT, SectionMarks(2.0), title="</svg><script>", lanes=1)
    assert parsed(svg).findtext("title") == "</svg><script>"


def test_no_chart_has_an_inline_style() -> None:
    row = section_row(FFIT, SectionMarks(2.0, (1.0, 3.0), (1.0, 1.0, 2.0), 1.3), title="")
    for svg in (row, mini_axis(FFIT, 2.0, title=""), share_bar(1, 2, title=""), people_dots(1, 2)):
        assert "style=" not in svg


@pytest.mark.parametrize("kind", ["range", "before", "hollow", "ward", "mean", "leader"])
def test_each_sample_of_a_legend_has_a_name(kind: str) -> None:
    assert f"<title>{LEGEND[kind]}</title>" in legend_mark(kind)
