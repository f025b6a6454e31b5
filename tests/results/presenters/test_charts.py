"""Where the marks of a chart stand, and what is not in it."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from devtools import ROOT
from results.presenters.charts import (
    LEGEND,
    Axis,
    SectionMarks,
    legend_mark,
    section_marks,
)

FFIT = Axis(0, 5)


def parsed(svg: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own chart)


def drawn(axis: Axis, marks: SectionMarks, *, title: str = "", lanes: int = 2) -> Markup:
    return section_marks(axis, marks, title=title, lanes=lanes, with_figures=True)


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
    svg = drawn(FFIT, SectionMarks(3.6, (3.4, 3.8)), title="Learning: ward 3.6", lanes=1)
    assert marks_of(svg, "app-chart__ward") == [FFIT.percent(3.6)]
    assert 'class="app-chart__range" x1="65%" y1="15" x2="71.67%" y2="15"' in svg
    assert words_of(svg) == ["3.6"]
    assert parsed(svg).findtext("title") == "Learning: ward 3.6"
    assert parsed(svg).get("aria-hidden") == "true"


def test_a_withheld_mean_leaves_no_mark() -> None:
    svg = drawn(FFIT, SectionMarks(None, None, (2.0, 3.0, 4.0), 3.0), title="Learning")
    assert marks_of(svg, "app-chart__ward") == []
    assert "app-chart__range" not in svg
    assert words_of(svg) == ["3.0"]


def test_equal_leaders_share_a_diamond_with_their_number() -> None:
    svg = drawn(FFIT, SectionMarks(2.0, None, (3.0, 3.0, 4.5), 3.5))
    assert marks_of(svg, "app-chart__leader") == [FFIT.percent(3.0), FFIT.percent(4.5)]
    assert marks_of(svg, "app-chart__mean") == [FFIT.percent(3.5)]
    assert words_of(svg) == ["2.0", "×2", "3.5"]


def test_numbers_of_near_leaders_do_not_cover_each_other() -> None:
    svg = drawn(FFIT, SectionMarks(2.0, None, (3.0, 3.0, 3.2, 3.2, 3.2), 3.1))
    assert "×2 ×3" in words_of(svg)


@given(leaders=st.lists(st.integers(0, 50).map(lambda tenths: tenths / 10), min_size=1, max_size=8))
def test_letters_of_leaders_never_touch_and_stay_in_the_chart(leaders: list[float]) -> None:
    letters = "ABCDEFGH"[: len(leaders)]
    svg = drawn(FFIT, SectionMarks(None, None, leaders, None, letters))
    labels = re.findall(r'<text class="[^"]*letter" x="([\d.]+)%" y="\d+">([A-H ]+)</text>', svg)
    assert sorted("".join(words for _, words in labels).replace(" ", "")) == list(letters)
    # A letter takes some 10 of the 190 pixels of the narrowest chart, a space 4.
    half = {words: (len(words) * 7 + 3) / 2 / 190 * 100 for _, words in labels}
    ends = [(float(at) - half[words], float(at) + half[words]) for at, words in labels]
    assert all(one[1] + 1 < other[0] for one, other in pairwise(ends))
    assert all(begin >= 0 and end <= 100 for begin, end in ends)


def test_letters_of_two_near_pairs_share_one_place() -> None:
    svg = drawn(FFIT, SectionMarks(None, None, (3.6, 3.6, 4.0, 4.1), None, "BCDA"))
    assert words_of(svg) == ["B C D A"]


def test_one_or_two_leaders_have_no_mean() -> None:
    svg = drawn(FFIT, SectionMarks(2.0, None, (3.0, 4.0)))
    assert len(marks_of(svg, "app-chart__leader")) == 2
    assert marks_of(svg, "app-chart__mean") == []
    assert words_of(svg) == ["2.0"]


def test_no_leaders_no_lane() -> None:
    alone = drawn(FFIT, SectionMarks(2.0), title="", lanes=1)
    both = drawn(FFIT, SectionMarks(2.0), title="", lanes=2)
    assert (parsed(alone).get("height"), parsed(both).get("height")) == ("30", "46")


def test_a_dense_row_is_lower_and_shows_the_same() -> None:
    marks = SectionMarks(2.0, (1.0, 3.0), (3.0, 3.0, 4.5), 3.5)
    usual, dense = (
        section_marks(FFIT, marks, title="", lanes=2, is_dense=is_dense)
        for is_dense in (False, True)
    )
    assert (parsed(usual).get("height"), parsed(dense).get("height")) == ("62", "40")
    for css in ("app-chart__ward", "app-chart__leader", "app-chart__mean"):
        assert marks_of(usual, css) == marks_of(dense, css)
    assert words_of(dense) == ["×2"], "and no figure"


@pytest.mark.parametrize(
    ("mean", "is_left"), [(1.9, False), (4.4, False), (4.9, True), (5.0, True)]
)
def test_a_figure_is_where_there_is_room(mean: float, is_left: bool) -> None:
    svg = drawn(FFIT, SectionMarks(mean), lanes=1)
    assert words_of(svg) == [f"{mean:.1f}"]
    assert ("app-chart__left" in svg) is is_left


def test_a_range_ends_with_the_scale() -> None:
    svg = drawn(FFIT, SectionMarks(4.9, (4.6, 5.2)), title="", lanes=1)
    assert f'x2="{FFIT.percent(5)}%" y2="15"' in svg


@pytest.mark.parametrize("kind", ["range", "ward", "mean", "leader"])
def test_the_legend_shows_every_mark(kind: str) -> None:
    assert parsed(legend_mark(kind)).get("aria-hidden") == "true"


def test_words_cannot_break_out_of_a_chart() -> None:
    svg = drawn(FFIT, SectionMarks(2.0), title="</svg><script>", lanes=1)
    assert parsed(svg).findtext("title") == "</svg><script>"


def test_no_chart_has_an_inline_style() -> None:
    row = drawn(FFIT, SectionMarks(2.0, (1.0, 3.0), (1.0, 1.0, 2.0), 1.3))
    assert "style=" not in row


@pytest.mark.parametrize("kind", ["range", "before", "hollow", "ward", "mean", "leader"])
def test_each_sample_of_a_legend_has_a_name(kind: str) -> None:
    assert f"<title>{LEGEND[kind]}</title>" in legend_mark(kind)


def looks(kind: str) -> str:
    """A legend's sample as one sees it without colours: its shapes, each filled or hollow."""
    styles = (ROOT / "assets" / "results" / "_charts.scss").read_text(encoding="utf-8")
    hollow = set()
    for classes, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", styles):
        if re.search(r"fill: (?:none|t\.\$white);", rules):
            hollow |= set(re.findall(r"\.(app-chart__[\w-]+)", classes))
    shapes = re.sub(r"<title>.*?</title>", "", legend_mark(kind))
    return re.sub(
        r'class="(app-chart__[\w-]+)"', lambda css: "hollow" if css[1] in hollow else "", shapes
    )


def test_every_mark_is_told_from_every_other_without_colour() -> None:
    assert len({looks(kind) for kind in LEGEND}) == len(LEGEND)
    assert "hollow" in looks("before")
    assert "hollow" not in looks("range")
