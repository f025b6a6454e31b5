"""What a result says in words, tier by tier."""

from typing import Any

import pytest

from results.presenters import sections
from results.presenters.leaders import lettered, letters_of
from results.presenters.section_rows import section_rows
from results.presenters.spreads import spreads
from results.words import phrases
from results.words.scores import level_bounds
from scoring.queries.leaders_forms import LeaderScores
from scoring.rules.payload import SnapshotPayload
from tests.results.payloads import change, leaders, payload


def section(said: SnapshotPayload, place: int) -> dict[str, Any]:
    found: Any = said["sections"][place]
    return found


def test_a_withheld_section_keeps_its_place_with_its_reason() -> None:
    said = payload(leaders=None)
    section(said, 1).update(mean=None, word=None, anchors=None, interval=None)
    section(said, 1).update(withheld="too_few_statements")
    row = section_rows(said).rows[1]
    assert (row.title, row.words, row.chart) == ("Resourcing", "Not shown", None)
    assert row.instead.startswith("Too many people left statements out")
    assert sections.table(said).rows[1].withheld == row.instead
    assert sections.table(said).rows[1].cells == ()


def test_levels_of_another_scale_are_its_fifths() -> None:
    scale = {"min": 0, "max": 10, "labels": [str(option) for option in range(11)]}
    assert level_bounds(payload(scale=scale)) == "High means more than 6, low less than 4."
    scale = {"min": 1, "max": 5, "labels": list("abcde")}
    assert level_bounds(payload(scale=scale)) == "High means more than 3.4, low less than 2.6."


def test_no_cell_of_the_table_is_empty() -> None:
    for tier in ("figures", "small", "words", "joint"):
        for row in sections.table(payload(tier)).rows:
            assert all(cell.text for cell in row.cells), row
            assert row.leaders is not None and row.leaders.text


def test_the_table_has_only_columns_that_were_released() -> None:
    assert [head for head, _ in sections.table(payload("words")).heads] == ["In words"]
    assert [head for head, _ in sections.table(payload("small")).heads] == [
        *("Staff", "In words", "Agreement"),
    ]
    assert sections.table(payload("small")).reasons == ()
    assert len(sections.table(payload()).heads) == 6
    assert sections.table(payload()).reasons == (
        "Too few statements here have bars, so there is no range and no word for agreement.",
    )


@pytest.mark.parametrize(
    ("count", "head", "text", "each"),
    [
        (4, "Leaders’ mean, and each (4)", "3.8", "3.2, 3.6, 4.1, 4.1"),
        (2, "Leaders (2)", "3.2, 3.6", ""),
        (1, "Leaders (1)", "3.2", ""),
    ],
)
def test_leaders_in_the_table(count: int, head: str, text: str, each: str) -> None:
    table = sections.table(payload(leaders=leaders(count)))
    assert table.leaders_head == head
    cell = table.rows[0].leaders
    assert cell is not None and (cell.text, cell.each, cell.whose) == (text, each, ())


def test_without_leaders_no_column() -> None:
    table = sections.table(payload(leaders=None))
    assert table.leaders_head == ""
    assert all(row.leaders is None for row in table.rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (phrases.within("Learning"), "learning"),
        (phrases.within("QI and us"), "QI and us"),
        (phrases.listed(["a", "b", "c"]), "a, b and c"),
        (phrases.listed([]), ""),
        (phrases.plural(1, "person", "people"), "1 person"),
        (phrases.plural(2, "person", "people"), "2 people"),
        (phrases.percent(0.125), "13%"),
    ],
)
def test_phrases(words: str, said: str) -> None:
    assert words == said


def test_bars_stand_beside_each_released_statement_on_one_scale() -> None:
    said = payload()
    first, second = said["sections"][0]["items"][:2]
    first["distribution"], second["distribution"] = [0, 0, 0, 0, 20, 80], [10, 20, 30, 40, 0, 0]
    shown = spreads(said)
    assert [len(section.rows) for section in shown.sections] == [11, 7, 7, 7, 4, 4, 5]
    one, other = shown.sections[0].rows[:2]
    assert one.shares == ("0%", "0%", "0%", "0%", "20%", "80%")
    assert one.chart is not None and other.chart is not None
    # 80% is the highest of the page, so 40% is half as high.
    assert 'y="18" width="13.33%" height="35"' in one.chart
    assert 'y="35" width="13.33%" height="18"' in other.chart
    assert "80% chose 5" in one.chart


@pytest.mark.parametrize(
    ("values", "mean", "head", "sentence"),
    [
        ({"withheld": "few_answers"}, "", "Score not shown.", "Fewer than 5 people scored this"),
        ({"level": "low", "why": "below_11"}, "Low", "A word, no bars.", "13 people scored this"),
    ],
)
def test_a_statement_without_bars_says_why(
    values: dict[str, Any], mean: str, head: str, sentence: str
) -> None:
    said = payload()
    none = {"mean": None, "level": None, "distribution": None, "agreement": None}
    change(said["sections"][0]["items"][0], **{**none, **values})
    row = spreads(said).sections[0].rows[0]
    assert (row.chart, row.shares, row.mean) == (None, (), mean)
    assert row.instead is not None and row.instead[0] == head
    assert sentence in row.instead[1]


def test_letters_only_where_the_marks_are_exactly_these_leaders() -> None:
    said = payload(leaders=leaders(2))
    code, other = (section["code"] for section in said["sections"][:2])
    people = lettered(
        [
            LeaderScores("Ann", {code: 3.6, other: 3.0}),
            LeaderScores("Bo", {code: 3.2, other: 4.9}),
        ]
    )
    assert letters_of(said, people) == {code: ["B", "A"]}
    assert letters_of(payload(leaders=None), people) == {}
    assert [one.letter for one in lettered([LeaderScores("x", {})] * 28)][-3:] == [
        "Z", "AA", "AB",
    ]  # fmt: skip
