"""The slides of each tier: their titles as findings, native charts, what these do not hold."""

from typing import Any

import pytest
from pptx.enum.chart import XL_CHART_TYPE

from reports.presenters import slides
from results.words.findings import furthest_apart_in_words, most_mixed_in_words
from tests.published_house import House
from tests.reports.presenters.test_files import source
from tests.reports.read import charts_of, shapes_of, slides_of, title_of
from tests.results.payloads import change, leaders, payload


def titles(content: bytes) -> list[str]:
    return [title_of(content, number) for number in range(1, 7)]


def kinds(content: bytes) -> list[tuple[int, Any]]:
    return [(number, shape.chart.chart_type) for number, shape in shapes_of(content)
            if shape.has_chart]  # fmt: skip


def test_with_figures_and_leaders_marks_are_on_two_scales(house: House) -> None:
    shown = payload()
    content = slides.slides(source(house, shown))
    said = titles(content)
    assert (
        said[1] == "Front-line staff and environment scored highest: a moderate to a great extent"
    )
    assert said[2] == furthest_apart_in_words(shown).rstrip(".")
    assert kinds(content) == [(2, XL_CHART_TYPE.XY_SCATTER), (3, XL_CHART_TYPE.XY_SCATTER)]
    sections, statements = charts_of(content)[:9], charts_of(content)[9:]
    assert [name for name, _ in sections[:3]] == ["Leaders, each one", "Leaders, mean", "Team"]
    lengths = [len(values) for _, values in sections]
    assert lengths == sorted(lengths, reverse=True), "a shorter series before a longer is dropped"
    ranges = {name: values for name, values in sections if name.startswith("Likely range")}
    assert len(ranges) == 6, "communicating the message has none"
    assert ranges["Likely range: Learning"] == shown["sections"][5]["interval"]
    assert [name for name, _ in statements] == ["Leaders, each one", "Leaders, mean", "Team"]


def test_with_figures_but_without_leaders_columns_show_where_answers_differ(house: House) -> None:
    shown = payload(leaders=None, furthest_apart=[])
    for item in shown["sections"][0]["items"][:4]:
        change(item, agreement="people differ", distribution=[40, 10, 0, 0, 10, 40])
    content = slides.slides(source(house, shown))
    assert title_of(content, 3) == most_mixed_in_words(shown).rstrip(".")
    assert kinds(content)[1:] == [(3, XL_CHART_TYPE.COLUMN_CLUSTERED)] * 3
    assert [values for _, values in charts_of(content)[-3:]] == [[40, 10, 0, 0, 10, 40]] * 3
    assert "40% chose 0" in slides_of(content)[2]


@pytest.mark.parametrize("why", ["small_ward", "too_soon"])
def test_a_small_group_has_levels_by_section_and_no_statement_in_a_chart(
    house: House, why: str
) -> None:
    content = slides.slides(source(house, payload("small", why=why)))
    assert title_of(content, 3) == "7 of 45 statements are low"
    assert kinds(content) == [(2, XL_CHART_TYPE.XY_SCATTER)]
    assert not any(name.startswith("Likely range") for name, _ in charts_of(content))
    assert "High means more than" in slides_of(content)[2]


def test_the_smallest_group_has_no_chart(house: House) -> None:
    shown = payload("words")
    content = slides.slides(source(house, shown))
    assert charts_of(content) == []
    assert title_of(content, 3) == "With 5 or 6 answers, no statement is shown on its own"
    for section in shown["sections"]:
        assert section["title"] in slides_of(content)[1]


def test_a_joint_form_shows_its_lowest_statements(house: House) -> None:
    content = slides.slides(source(house, payload("joint")))
    assert "lowest" in title_of(content, 3)
    assert not any(name.startswith("Likely range") for name, _ in charts_of(content))


def test_too_few_say_that_there_is_no_result(house: House) -> None:
    content = slides.slides(source(house, payload("too_few")))
    said = slides_of(content)
    assert title_of(content, 2) == "No result this time"
    assert charts_of(content) == [] and len(said) == 6
    assert "We deleted the answers unopened." in said[1]


def test_a_withheld_section_has_no_point_and_says_why(house: House) -> None:
    shown = payload()
    change(shown["sections"][5], mean=None, word=None, anchors=None, interval=None, scored=None,
           statements=None, agreement=None, withheld="too_few_statements")  # fmt: skip
    content = slides.slides(source(house, shown))
    team = next(values for name, values in charts_of(content) if name == "Team")
    assert len(team) == 6
    assert "Learning: Not shown. Too many people left statements out" in slides_of(content)[1]
    assert "stands out here" not in " ".join(slides_of(content))


def test_a_form_that_leaders_agreed_is_said_to_be_one(house: House) -> None:
    content = slides.slides(source(house, payload(leaders=leaders(1, together=True))))
    names = [name for name, _ in charts_of(content)]
    assert "Leaders, together" in names
    assert not {"Leaders, each one", "Leaders, mean"} & {*names}
