"""A section on its own page: what was released of it, and help only where it stands out."""

import pytest

from instruments.queries.item_mappings import StatementMapping
from results.presenters.section_detail import SectionPage, section_page
from results.presenters.section_rows import section_rows
from results.queries.questions import AskedSection, Questions
from results.queries.suggestions import Helps
from scoring.rules.payload import SnapshotPayload, Tier
from tests.instruments.shipped import shipped_document
from tests.results.payloads import change, leaders, payload

READ = {
    code: StatementMapping(tuple(one["sofft_tasks"]), tuple(one["pyramid_sides"]))
    for code, one in shipped_document()["reading"]["items"].items()
}
HELPS = Helps("FFIT", READ, [])
QUESTIONS = Questions({"RES01": "Think of a shift."}, (AskedSection("RES", "Resourcing", "What?"),))


def page(shown: SnapshotPayload, code: str, *, with_figures: bool = False) -> SectionPage:
    found = section_page(shown, code, HELPS, QUESTIONS, with_figures=with_figures)
    assert found is not None
    return found


def test_it_says_its_words_and_its_place_and_figures_only_on_demand() -> None:
    found = page(payload(), "ENV")
    assert found.line.words == "A moderate to a great extent"
    assert found.place == "It is the highest section."
    assert found.facts == ()
    assert page(payload(), "ENV", with_figures=True).facts == (
        "Mean 3.6.",
        "Scored by 13 to 14 of 14 people.",
        "Likely range: 3.3 to 3.9. If all 22 had answered, the mean would probably lie here.",
        "People agree.",
    )
    assert page(payload(), "RES").place == "It is low compared with the other sections."
    assert page(payload(), "LRN").place == ""
    assert page(payload("small"), "RES").place == "It is the lowest section."
    assert [code for code, _ in found.sections] == [
        *("ENV", "RES", "MGR", "PRB", "MSG", "LRN", "CTX"),
    ]
    assert section_page(payload(), "XYZ", HELPS, QUESTIONS) is None


def test_each_low_statement_is_a_card_and_the_others_are_lines() -> None:
    shown = payload("small")
    low = [item for item in shown["sections"][1]["items"] if item["level"] == "low"]
    found = page(shown, "RES")
    assert [card.line.code for card in found.cards] == [item["code"] for item in low]
    lines = [line.code for group in found.groups for line in group.lines]
    assert len(lines) + len(low) == 7
    assert not set(lines) & {item["code"] for item in low}
    assert found.level_heads == (f"Low: {len(low)}", f"Middle: {7 - len(low)}", "High: none")


def test_a_level_that_is_not_shown_is_counted() -> None:
    assert page(payload(), "CTX").level_heads[-1] == "Not shown: 1"
    assert "71%" not in str(page(payload(), "CTX").cards)
    assert "71%" in str(page(payload(), "CTX", with_figures=True).cards)


@pytest.mark.parametrize(
    ("shown", "marks"),
    [
        (payload(leaders=None), "The dot is the team."),
        (payload(leaders=leaders(1)), "The dot is the team, the diamond is the leader."),
        (payload(leaders=leaders(2)), "The dot is the team, the diamonds are the leaders."),
        (
            payload(leaders=leaders(1, together=True)),
            "The dot is the team, the diamond is the leaders, who agreed one form together.",
        ),
        (payload("joint", leaders=None), "The dot is the team’s score."),
    ],
)
def test_whose_the_marks_are_is_said_as_on_the_result(shown: SnapshotPayload, marks: str) -> None:
    assert page(shown, "RES").marks == marks
    assert marks.removesuffix(".") in section_rows(shown).about


def test_leaders_scores_stand_only_where_both_forms_word_the_statement_the_same() -> None:
    shown = payload("small", leaders=leaders(2))
    for section in shown["sections"]:
        for item in section["items"]:
            change(item, level="low")
    assert page(shown, "RES").cards[0].leaders == "Leaders: a moderate extent"
    assert all(card.leaders == "" for card in page(shown, "PRB").cards)
    assert shown["leaders"] is not None
    shown["leaders"]["same_wording"].remove("RES01")
    shown["leaders"]["in_plainer_words"]["RES01"] = "staffing levels?"
    assert page(shown, "RES").cards[0].leaders == (
        "Leaders: a moderate extent. Asked in plainer words; leaders read: “staffing levels?”"
    )
    shown["leaders"] = None
    assert all(card.leaders == "" for card in page(shown, "RES").cards)


def test_what_leaders_were_asked_otherwise_is_a_list_of_its_own_with_both_texts() -> None:
    shown = payload(leaders=leaders(2))
    assert shown["leaders"] is not None
    assert page(shown, "PRB").other_words == ()
    items = shown["sections"][3]["items"]
    change(items[1], mean=None, level="low", distribution=None, agreement=None)
    change(items[2], mean=None, level=None, distribution=None, agreement=None)
    shown["leaders"]["worded_differently"] = {
        item["code"]: f"{item['code']} for leaders?" for item in items[2::-1]
    }
    found = page(shown, "PRB").other_words
    assert [one.read for one in found] == [f"PRB0{number} for leaders?" for number in (1, 2, 3)]
    assert [one.text for one in found] == [item["text"] for item in items[:3]]
    assert found[0].team.startswith("Team: a ") or found[0].team.startswith("Team: some")
    assert [one.team for one in found[1:]] == ["Team: low", "Team: not shown"]
    assert all(one.leaders.startswith("Leaders: ") for one in found)
    assert page(shown, "RES").other_words == ()
    shown["leaders"]["items"][items[0]["code"]]["dots"] = []
    assert len(page(shown, "PRB").other_words) < 3
    shown["leaders"] = None
    assert page(shown, "PRB").other_words == ()


def test_help_is_for_statements_that_stand_out_and_none_comes_first_twice() -> None:
    shown = payload()
    firsts = [card.suggestions[0].title for card in page(shown, "RES").cards if card.suggestions]
    assert firsts
    assert len(set(firsts)) == len(firsts)
    for item in shown["sections"][1]["items"]:
        change(item, level="high", cant_say_often=False)
    assert page(shown, "RES").cards == ()


@pytest.mark.parametrize("tier", ["small", "words", "joint"])
def test_a_smaller_release_has_no_bars(tier: Tier) -> None:
    found = page(payload(tier), "ENV", with_figures=True)
    assert found.bars == ""
    assert all(line.chart is None for group in found.groups for line in group.lines)
    assert bool(found.groups) is (tier != "words")
    assert (found.line.chart is None) is (tier == "words")


def test_a_withheld_section_has_its_reason_and_no_score() -> None:
    shown = payload()
    change(shown["sections"][4], mean=None, word=None, anchors=None, interval=None, agreement=None)
    change(shown["sections"][4], scored=None, statements=None, withheld="too_few_statements")
    found = page(shown, "MSG", with_figures=True)
    assert (found.line.words, found.facts, found.place) == ("Not shown", (), "")
    assert "Too many people left" in found.line.instead


def test_each_card_has_its_statements_question_or_its_sections() -> None:
    shown = payload("small")
    for item in shown["sections"][1]["items"]:
        change(item, level="low")
    cards = page(shown, "RES").cards
    assert [card.question for card in cards] == ["Think of a shift.", *["What?"] * 6]


def test_a_section_in_words_asks_its_own_question() -> None:
    assert page(payload("words"), "RES").question == "What?"
    assert page(payload("small"), "RES").question == ""
    withheld = payload("small")
    change(withheld["sections"][1], withheld="too_few_statements")
    assert page(withheld, "RES").question == "What?"


def test_it_names_the_task_that_most_of_its_statements_speak_to() -> None:
    rests_on = page(payload(), "RES").rests_on
    assert rests_on is not None and rests_on.plain == "Enough people, time and kit"
    found = section_page(payload(), "RES", Helps("FFIT", {}, []), QUESTIONS)
    assert found is not None and found.rests_on is None


def test_what_leaders_agreed_is_said_to_be_agreed_beside_every_statement() -> None:
    shown = payload("small", leaders=leaders(1, together=True))
    assert shown["leaders"] is not None
    for section in shown["sections"]:
        for item in section["items"]:
            change(item, level="low")
            shown["leaders"]["worded_differently"][item["code"]] = "Other words?"
    cards, others = page(shown, "RES").cards, page(shown, "RES").other_words
    assert cards and all(card.leaders.startswith("Leaders, together: ") for card in cards)
    assert others and all(one.leaders.startswith("Leaders, together: ") for one in others)
