"""The three sentences of a result: each of them, and where each begins and ends to be said.

Over 300 lines: each sentence with both of its limits.
"""

from typing import Any

import pytest

from results.words import sentences
from results.words.findings import findings
from results.words.scores import leaders_in_words, quoted, score_in_words, share_in_words
from scoring.rules.payload import SnapshotPayload
from tests.results.payloads import LABELS, change, leaders, payload

SCALE: Any = {"min": 0, "max": 5, "labels": LABELS}


def said(of: SnapshotPayload, place: int) -> str:
    """What stands under the first, second or third head."""
    return findings(of)[place].said


def with_means(of: SnapshotPayload, *means: float | None) -> SnapshotPayload:
    for section, mean in zip(of["sections"], means, strict=True):
        anchors = None if mean is None else [int(mean), int(mean) + (mean != int(mean))]
        change(section, mean=mean, anchors=anchors, relatively_low=False)
    return of


def level(of: SnapshotPayload, *low: str) -> SnapshotPayload:
    for section in of["sections"]:
        for item in section["items"]:
            change(item, level="low" if item["code"] in low else "middle")
    return of


def differ(of: SnapshotPayload, *codes: str) -> SnapshotPayload:
    for section in of["sections"]:
        word = "people differ" if section["code"] in codes else "people agree"
        change(section, agreement=word)
    return of


def test_figures_name_the_highest_and_what_is_low_compared_with_the_others() -> None:
    assert [one.head for one in findings(payload())] == [
        *("What stands out", "Where people differ", "What many people can’t say"),
    ]
    assert said(payload(), 0) == (
        "Front-line staff and environment scored highest: a moderate to a great extent. "
        "Low compared with the other sections: resourcing."
    )
    low = with_means(payload(), 3.6, 1.9, 2.8, 2.4, 2.3, 3.0, 2.4)
    assert said(low, 0).endswith("Resourcing scored lowest, but not clearly so.")


def test_sections_within_a_fifth_of_a_point_share_the_place() -> None:
    two = with_means(payload("small"), 3.6, 1.9, 3.4, 2.4, 2.3, 3.0, 2.4)
    assert "environment and managers leading the change scored highest: a moderate to" in said(
        two, 0
    )
    one = with_means(payload("small"), 3.6, 1.9, 3.3, 2.4, 2.3, 3.0, 2.4)
    assert said(one, 0).startswith("Front-line staff and environment scored highest:")
    other_words = with_means(payload("small"), 3.1, 1.9, 2.9, 2.4, 2.3, 2.5, 2.4)
    assert "environment and managers leading the change scored highest. " in said(other_words, 0)


def test_more_than_three_at_one_end_are_not_named() -> None:
    three = with_means(payload("small"), 3.6, 3.6, 3.6, 2.4, 2.3, 2.6, 1.9)
    assert said(three, 0).count("scored highest") == 1
    four = with_means(payload("small"), 3.6, 3.6, 3.6, 3.6, 2.3, 2.6, 1.9)
    assert said(four, 0).startswith("Fitting the context scored lowest: a small to some extent.")


def test_a_result_whose_sections_are_close_together_has_neither() -> None:
    close = with_means(payload("small"), 2.4, 2.0, 2.1, 2.2, 2.3, 2.2, 2.4)
    assert said(close, 0).startswith(
        "The 7 sections are close together, all about some to a moderate extent."
    )
    apart = with_means(payload("small"), 2.5, 2.0, 2.1, 2.2, 2.3, 2.2, 2.4)
    assert "close together" not in said(apart, 0)


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        (1, "Learning has no score, so it is not compared."),
        (2, "Communicating the message and learning have no score, so they are not compared."),
        (3, "3 sections have no score, so they are not compared."),
        (7, "No section has a score, so none can be compared."),
    ],
)
def test_what_is_not_shown_is_said_and_never_that_nothing_stands_out(
    hidden: int, words: str
) -> None:
    means: list[float | None] = [3.6, 1.9, 2.8, 2.4, 2.3, 3.0, 2.4]
    for place in (5, 4, 3, 2, 1, 0, 6)[:hidden]:
        means[place] = None
    assert words in said(with_means(payload("small"), *means), 0)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), ""),
        (("RES06",), "One statement is low: “active help and support from senior managers”."),
        (("RES02", "RES06"), "2 statements are low: “the equipment we need” and “active"),
        (("RES02", "RES05", "RES06"), "3 of 45 statements are low."),
    ],
)
def test_a_small_group_hears_of_its_low_statements(codes: tuple[str, ...], words: str) -> None:
    found = said(level(payload("small"), *codes), 0)
    assert words in found
    assert ("low" in found.replace("lowest", "")) is bool(codes)


def test_low_statements_are_counted_among_those_shown() -> None:
    of = level(payload("small"), "RES02", "RES05", "RES06")
    change(of["sections"][0]["items"][0], level=None, withheld="few_answers")
    assert "3 of the 44 shown statements are low." in said(of, 0)


def test_figures_name_the_statement_on_which_answers_differ_most() -> None:
    of = payload()
    item = of["sections"][1]["items"][3]
    change(item, agreement="people differ", distribution=[20, 20, 20, 20, 20, 0])
    assert said(of, 1) == (
        "Answers differ most on “enough help with admin work” (resourcing): from not at all to a "
        "great extent."
    )


def test_without_a_mixed_statement_it_is_the_leaders_distance_and_then_neither() -> None:
    assert said(payload(), 1).startswith("Team and leaders are furthest apart on “")
    alone = payload(leaders=None, furthest_apart=[])
    assert said(alone, 1) == "On none of the 41 statements with bars do answers differ widely."
    for section in alone["sections"]:
        for item in section["items"]:
            change(item, distribution=[7, 14, 29, 29, 14, 7], agreement="people agree")
    assert said(alone, 1) == "On no statement do answers differ widely."
    for section in alone["sections"]:
        for item in section["items"]:
            change(item, distribution=None, agreement=None)
    assert said(alone, 1) == ("We cannot tell where people differ: too few statements have bars.")


ONLY = " With 7 to 10 answers we say this for sections only."


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), "There is no section where people differ widely."),
        (("RES",), "People differ on resourcing."),
        (("RES", "LRN"), "People differ on resourcing and learning."),
        (("RES", "LRN", "CTX"), "People differ on 3 of the 7 sections."),
    ],
)
def test_a_small_group_hears_on_which_sections_people_differ(
    codes: tuple[str, ...], words: str
) -> None:
    assert said(differ(payload("small"), *codes), 1) == words + ONLY


def test_no_negative_sentence_where_a_flag_was_not_released() -> None:
    of = differ(payload("small"))
    change(of["sections"][0], agreement=None)
    assert said(of, 1).startswith("On none of the 6 sections where we can tell")
    for section in of["sections"]:
        change(section, agreement=None)
    assert said(of, 1).startswith("We cannot tell where people differ")


def test_too_soon_says_its_own_reason_in_place_of_seven_to_ten() -> None:
    of = payload("small", why="too_soon", answered=14)
    assert "closed less than 6 weeks before or after" in said(of, 1)
    assert "7 to 10" not in said(of, 1)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.301, "about a third"), (0.399, "about a third"), (0.4, "about half"),
        (0.599, "about half"), (0.6, "about two thirds"), (0.749, "about two thirds"),
        (0.75, "most"), (1.0, "most"),
    ],
)  # fmt: skip
def test_shares_in_words(share: float, words: str) -> None:
    assert share_in_words(share) == words


def test_many_who_cannot_say() -> None:
    of = payload()
    assert said(of, 2) == (
        "Communicating the message: about a third of the answers were “I can’t say”. Ask what "
        "people have been told."
    )
    change(of["sections"][5], cant_say=0.5, cant_say_leads=True)
    assert "Learning: about half of the answers were “I can’t say”." in said(of, 2)
    change(of["sections"][6], cant_say_leads=True)
    assert said(of, 2).startswith("On 3 of the 7 sections many people said “I can’t say”.")
    for section in of["sections"]:
        change(section, cant_say_leads=False)
    assert said(of, 2) == "There is no section where many people said “I can’t say”."


@pytest.mark.parametrize("tier", ["small", "words"])
def test_below_eleven_answers_no_share_of_them_is_told(tier: Any) -> None:
    of = payload(tier)
    assert said(of, 2) == "There is no section where many people said “I can’t say”."
    change(of["sections"][5], cant_say_leads=True)
    assert said(of, 2) == "Many people can’t say: learning."


def test_five_or_six_answers_have_words_for_both_ends() -> None:
    of = payload("words")
    assert said(of, 0) == (
        "Front-line staff and environment scored higher: a moderate to a great extent. "
        "Resourcing scored lower: a small to some extent."
    )
    for section in of["sections"]:
        change(section, anchors=[2, 3])
    assert said(of, 0) == "The 7 sections shown are all some to a moderate extent."
    for section in of["sections"][:3]:
        change(section, anchors=[3, 4])
    assert "managers leading the change scored higher: a moderate" in said(of, 0)
    assert "scored lower" not in said(of, 0)
    change(of["sections"][6], anchors=None, word=None, withheld="too_few_statements")
    assert said(of, 0).endswith("Fitting the context is not shown.")
    for section in of["sections"]:
        change(section, anchors=None)
    assert said(of, 0).startswith("No section is shown")
    assert "Ask in the debrief who sees it differently." in said(of, 1)


def test_four_at_each_end_are_counted() -> None:
    of = payload("words")
    of["sections"].append(of["sections"][0].copy())
    for place, section in enumerate(of["sections"]):
        change(section, anchors=[2, 3] if place < 4 else [3, 4])
    assert said(of, 0) == (
        "4 sections scored a moderate to a great extent, 4 some to a moderate extent."
    )


def test_one_form_of_a_team_has_its_lowest_scores_and_what_it_left_out() -> None:
    of = payload("joint")
    assert [one.head for one in findings(of)] == [
        *("What stands out", "Where the team settled", "What the team could not say"),
    ]
    items = [item for section in of["sections"] for item in section["items"]]
    for item in items:
        change(item, mean=3.0)
    assert "lowest of all" not in said(of, 0)
    change(items[0], mean=1.0)
    assert said(of, 0).endswith(" lowest of all: a small extent.")
    for item in items[1:3]:
        change(item, mean=1.0)
    assert said(of, 0).endswith("3 statements have the lowest score: a small extent.")
    assert "Which one took longest to agree?" in said(of, 1)
    assert said(of, 2) == "The team scored every statement."
    change(items[4], mean=None, withheld="no_answer")
    assert said(of, 2).startswith("1 statement has no score: “")
    for item in items[5:7]:
        change(item, mean=None, withheld="no_answer")
    assert said(of, 2) == "3 of 45 statements have no score."


def test_without_a_result_there_is_no_sentence() -> None:
    assert findings(payload("too_few")) == ()


def test_a_score_just_off_an_option_is_between_two() -> None:
    assert score_in_words(3.0, SCALE) == "a moderate extent"
    assert score_in_words(3.1, SCALE) == "a moderate to a great extent"
    assert score_in_words(2.9, SCALE) == "some to a moderate extent"
    assert score_in_words(3.0, {"min": 1, "max": 6, "labels": LABELS}) == "some extent"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Leader: a moderate to a great extent"),
        (2, "Leaders: a moderate to a great extent"),
        (3, "Leaders: a moderate to a great extent"),
    ],
)
def test_leaders_in_words(count: int, words: str) -> None:
    shown = leaders(count)
    assert leaders_in_words(shown["sections"]["ENV"], SCALE) == words
    two = {"dots": [1.0, 4.5], "mean": None}
    assert leaders_in_words(two, SCALE) == (  # type: ignore[arg-type]
        "Leaders: a small extent; a great to a very great extent"
    )


@pytest.mark.parametrize("length", [59, 60, 61])
def test_a_long_statement_is_cut_at_a_word(length: int) -> None:
    text = ("word " * 20)[:length].replace(" ", "x") if length < 61 else "word " * 13
    assert quoted(text).endswith(" …”") is (length > 60)
    assert len(quoted("a " * 80)) <= 64


@pytest.mark.parametrize(
    ("caution", "words"),
    [
        (None, ""),
        ("caution", "8 staff did not answer. They may see it differently."),
        (
            "indicative",
            "This is a rough guide only: 8 staff did not answer. They may see it differently.",
        ),
    ],
)
def test_who_answered_and_who_did_not(caution: Any, words: str) -> None:
    assert sentences.who_did_not(payload(caution=caution)) == words
    assert sentences.who_answered(payload()) == (
        "14 of 22", " staff and 4 leaders answered 45 statements.",
    )  # fmt: skip
    assert sentences.who_answered(payload(leaders=None, headcount=None)) == (
        "14", " staff answered 45 statements.",
    )  # fmt: skip
    assert sentences.who_answered(payload("joint", leaders=None)) == (
        "12 people", " in the team answered 45 statements together, on one form.",
    )  # fmt: skip
    assert "4 leaders answered too." in sentences.who_answered(payload("joint"))[1]


@pytest.mark.parametrize("tier", ["figures", "small", "words", "joint"])
def test_a_form_that_leaders_agreed_is_said_to_be_one(tier: Any) -> None:
    said = payload(tier, leaders=leaders(1, together=True))
    assert sentences.who_answered(said)[1].endswith("The leaders agreed one form together.")
    assert "1 leader" not in sentences.who_answered(said)[1]


@pytest.mark.parametrize("tier", ["figures", "small", "words", "joint"])
def test_no_sentence_has_a_decimal(tier: Any) -> None:
    assert not any(
        "." in one.said.replace(". ", " ").rstrip(".") for one in findings(payload(tier))
    )
