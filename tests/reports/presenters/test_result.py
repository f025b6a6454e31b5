"""What a result says in words, tier by tier."""

from typing import Any

import pytest

from reports.presenters import phrases, sections, sentences, statements
from reports.presenters.leaders import lettered, letters_of
from reports.presenters.spreads import spreads
from scoring.payload import SnapshotPayload
from scoring.queries.leaders_sheets import LeaderScores
from tests.reports.payloads import change, leaders, payload


def lead(said: SnapshotPayload) -> dict[str, str]:
    return dict(sentences.lead_sentences(said))


def section(said: SnapshotPayload, place: int) -> dict[str, Any]:
    found: Any = said["sections"][place]
    return found


def test_three_sentences_lead() -> None:
    assert lead(payload()) == {
        "Highest:": "front-line staff and environment, 3.6. We agree strongly on it.",
        "Relatively low:": "resourcing, 1.9. Low against our own other sections.",
        "Many can’t say:": "39% on communicating the message. That is a finding too: "
        "ask what people have been told.",
    }


def test_a_rule_that_does_not_hold_is_silent() -> None:
    said = payload()
    section(said, 1)["relatively_low"] = False
    section(said, 4)["cant_say_leads"] = False
    assert list(lead(said)) == ["Highest:"]


def test_equal_sections_have_no_highest_and_ties_share_it() -> None:
    said = payload()
    for one in said["sections"]:
        one["mean"] = 3.0
    assert "Highest:" not in lead(said)
    section(said, 1)["mean"] = 2.0
    for place in (2, 3, 4):
        section(said, place)["mean"] = None
    assert lead(said)["Highest:"] == (
        "front-line staff and environment, learning and fitting the context, 3.0."
    )


def test_many_sections_that_people_cannot_judge_are_counted() -> None:
    said = payload()
    for one in said["sections"]:
        one["cant_say_leads"] = True
    assert lead(said)["Many can’t say:"].startswith("on seven of our seven sections.")


def test_without_a_share_only_the_section_is_named() -> None:
    said = payload("small")
    section(said, 4)["cant_say_leads"] = True
    assert lead(said)["Many can’t say:"].startswith("on communicating the message.")


@pytest.mark.parametrize(
    ("caution", "words"),
    [
        (None, ""),
        ("caution", "Caution: 8 people did not answer. They may see it differently."),
        ("indicative", "Indicative only: 8 people did not answer. They may see it differently."),
    ],
)
def test_who_did_not_answer(caution: str | None, words: str) -> None:
    assert sentences.caution(payload(caution=caution)) == words


def test_a_section_shows_its_agreement_and_cant_say() -> None:
    rows = sections.chart_rows(payload())
    assert [note.label + note.value for note in rows[0].notes] == [
        "Agreement:strong",
        "“I can’t say”:4%",
    ]
    assert [(note.label + note.value, note.strong) for note in rows[4].notes] == [
        ("“I can’t say”:39%", True),
        ("Scored by 8 of 14: no range", False),
    ]


def test_names_stand_in_the_first_row_only() -> None:
    rows = sections.chart_rows(payload())
    assert ["Ward </tspan>" in (row.chart or "") for row in rows] == [True] + [False] * 6
    assert ["Leaders </tspan>" in (row.chart or "") for row in rows] == [True] + [False] * 6


def test_a_withheld_section_keeps_its_place_with_its_reason() -> None:
    said = payload(leaders=None)
    section(said, 1).update(mean=None, word=None, interval=None, withheld="few_answers")
    row = sections.chart_rows(said)[1]
    assert row.title == "Resourcing"
    assert row.chart is None
    assert row.instead is not None
    assert row.instead[1].startswith("Fewer than 5 people scored this.")
    assert sections.table(said).rows[1].withheld == row.instead[1]
    assert sections.table(said).rows[1].cells == ()


def test_a_section_in_words_says_why_it_has_no_mean() -> None:
    said = payload("small")
    section(said, 2).update(mean=None, why={"mean": "small_group"})
    row = sections.chart_rows(said)[2]
    assert row.instead == (
        "Between to some extent and to a moderate extent.",
        "Fewer than 7 people scored this, so it is shown in words.",
    )
    assert row.notes == ()


def test_no_cell_of_the_table_is_empty() -> None:
    for tier in ("figures", "small", "words", "joint"):
        for row in sections.table(payload(tier)).rows:
            assert all(cell.text for cell in row.cells), row
            assert row.leaders is not None and row.leaders.text


def test_the_table_has_only_columns_that_were_released() -> None:
    assert [head for head, _ in sections.table(payload("words")).heads] == ["In words"]
    assert [head for head, _ in sections.table(payload("small")).heads] == ["Ward", "In words"]
    assert sections.table(payload("small")).reasons == ()
    assert len(sections.table(payload()).heads) == 6
    assert sections.table(payload()).reasons == (
        "Shown only where 11 people or more scored it.",
        "Too few full sheets to tell: fewer than 10 people scored every statement.",
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


def test_lists_of_statements() -> None:
    lists = statements.statement_lists(payload())
    assert [shown.title for shown in lists] == [
        "Three highest statements",
        "Three lowest statements",
        "Ward and leaders furthest apart",
        "Most “I can’t say”",
    ]
    assert lists[0].rows[0].scored == "13 of 14 scored it"
    assert lists[2].about.startswith("Among the 25 statements worded the same")
    assert [words for words, _ in lists[3].rows[0].figures] == ["10 of 14"]
    assert lists[3].rows[0].withheld.startswith("Fewer than 5 people scored this.")


def test_ties_at_the_third_place_are_all_there() -> None:
    said = payload(highest=["ENV01", "ENV02", "ENV03", "ENV04", "ENV05"], lowest=["RES01"])
    titles = [shown.title for shown in statements.statement_lists(said)]
    assert titles[:2] == ["Five highest statements", "One lowest statement"]


def test_no_difference_is_printed_between_ward_and_leaders() -> None:
    apart = statements.statement_lists(payload())[2]
    for row in apart.rows:
        (ward, _), (theirs, _) = row.figures
        assert f"{abs(float(ward) - float(theirs)):.1f}" not in row.text + row.scored
        assert len(row.figures) == 2


def test_a_small_group_has_its_statements_in_words() -> None:
    said = payload("small")
    item = section(said, 1)["items"][0]
    item.update(level=None, withheld="few_answers")
    section(said, 1)["items"][1]["cant_say_often"] = True
    resourcing = statements.in_words(said)[1]
    assert [head for head, _ in resourcing.columns] == ["High", "Middle", "Low"]
    assert resourcing.missing == "1 statement not shown: fewer than 5 scored it"
    shown = [text for _, texts in resourcing.columns for text in texts]
    assert item["text"].removesuffix("?") not in shown
    assert "necessary equipment (often “I can’t say”)" in shown
    assert statements.levels(said) == (
        "High: more than a moderate extent. Low: less than some extent. Middle: in between."
    )


def test_levels_of_another_scale_are_its_fifths() -> None:
    scale = {"min": 0, "max": 10, "labels": [str(option) for option in range(11)]}
    assert statements.levels(payload(scale=scale)).startswith(
        "High: more than 6. Low: less than 4."
    )
    scale = {"min": 1, "max": 5, "labels": list("abcde")}
    assert statements.levels(payload(scale=scale)).startswith(
        "High: more than 3.4. Low: less than 2.6."
    )


def test_words_over_the_axis_only_where_they_fit() -> None:
    labels = sections.axis_labels(payload())
    assert (labels[3].number, labels[3].beginning, labels[3].words) == (
        3,
        "To a ",
        "moderate extent",
    )
    scale = {"min": 0, "max": 10, "labels": [f"word {option}" for option in range(11)]}
    assert all(label.words == "" for label in sections.axis_labels(payload(scale=scale)))


def test_the_joint_sheets_scores_are_whole_numbers() -> None:
    first = statements.all_statements(payload("joint"))[0].rows[0]
    assert first.figures == (("3", ""),)
    assert first.scored == ""


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
        (phrases.number(7), "seven"),
        (phrases.number(11), "11"),
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
        ({"withheld": "few_answers"}, "", "Score not shown.", "Fewer than 5 people scored this."),
        ({"level": "low", "why": "below_11"}, "Low", "A word, no bars.", "11 people or more"),
        ({"level": "high", "why": "subtraction"}, "High", "A word, no bars.", "worked out from it"),
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
            LeaderScores(1, "Ann", {code: 3.6, other: 3.0}),
            LeaderScores(2, "Bo", {code: 3.2, other: 4.9}),
        ]
    )
    assert letters_of(said, people) == {code: ["B", "A"]}
    assert letters_of(payload(leaders=None), people) == {}
    assert [one.letter for one in lettered([LeaderScores(None, "x", {})] * 28)][-3:] == [
        "Z", "AA", "AB",
    ]  # fmt: skip
