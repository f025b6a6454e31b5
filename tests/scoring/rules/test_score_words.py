"""A score in words, the same on every page, in documents and in the frozen copies of plans."""

import pytest

from scoring.rules.score_words import score_word

LABELS = [
    *("Not at all", "To a small extent", "To some extent", "To a moderate extent"),
    *("To a great extent", "To a very great extent"),
]


@pytest.mark.parametrize(
    ("anchors", "words"),
    [
        ((0, 0), "not at all"), ((0, 1), "not at all to a small extent"),
        ((1, 2), "a small to some extent"), ((2, 3), "some to a moderate extent"),
        ((3, 3), "a moderate extent"), ((4, 5), "a great to a very great extent"),
    ],
)  # fmt: skip
def test_scores_in_words(anchors: tuple[int, int], words: str) -> None:
    assert score_word(anchors, LABELS) == words


def test_a_scale_without_a_common_beginning_and_end_keeps_between() -> None:
    labels = ["Never", "Rarely", "Often", "Always"]
    assert score_word((1, 2), labels) == "between rarely and often"
    assert score_word((2, 2), labels) == "often"
    assert score_word((0, 1), ["Strongly disagree", "Disagree", "Agree"]) == (
        "between strongly disagree and disagree"
    )


@pytest.mark.parametrize(
    ("anchors", "word"),
    [
        ([0, 0], "not at all"),
        ([1, 1], "I don’t agree"),
        ([0, 2], "between not at all and to some extent"),
        ([2, 3], "between to some extent and I’d say so"),
        ([3, 4], "between I’d say so and NHS standard"),
    ],
)
def test_a_label_keeps_its_capital_inside_a_sentence_where_it_needs_it(
    anchors: list[int], word: str
) -> None:
    labels = ["Not at all", "I don’t agree", "To some extent", "I’d say so", "NHS standard"]
    assert score_word(anchors, labels) == word
