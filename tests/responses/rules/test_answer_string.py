"""Only a sheet of this version is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.rules import answer_string
from responses.rules.answer_string import BadAnswers


@pytest.mark.parametrize(
    "answers",
    ["", "01", "0123", "012x", "016", "01 ", "01\u0663", "01\n", "---", "0A1", "0'1"],
)
def test_what_cannot_be_of_this_version_is_refused(answers: str) -> None:
    with pytest.raises(BadAnswers):
        answer_string.check(answers, items=3, options=6)


@pytest.mark.parametrize("answers", ["012", "5-?", "--?", "--0"])
def test_what_fits_is_taken(answers: str) -> None:
    answer_string.check(answers, items=3, options=6)


@given(st.text(max_size=4), st.integers(2, 11))
def test_only_the_scale_passes(answers: str, options: int) -> None:
    allowed = set("0123456789a"[:options] + "-?")
    try:
        answer_string.check(answers, items=3, options=options)
    except BadAnswers as refusal:
        assert str(refusal).endswith(".")
        assert len(answers) != 3 or set(answers) - allowed or answers == "---"
    else:
        assert len(answers) == 3
        assert set(answers) <= allowed


@pytest.mark.parametrize("answers", ["-01", "0-1", "--1", "???"])
def test_an_answer_to_what_the_edition_leaves_out_is_refused(answers: str) -> None:
    with pytest.raises(BadAnswers, match="Open the link again"):
        answer_string.check(answers, items=3, options=6, left_out=[0, 2])


def test_a_sheet_that_skips_what_the_edition_leaves_out_is_taken() -> None:
    answer_string.check("-0-", items=3, options=6, left_out=[0, 2])


def test_a_blank_sheet_is_asked_for_one_answer_and_not_to_open_its_link_again() -> None:
    with pytest.raises(BadAnswers, match="at least one statement"):
        answer_string.check("---", items=3, options=6, left_out=[0, 2])


def test_choices_become_a_string() -> None:
    assert answer_string.from_choices([0, 5, "?", None, 10]) == "05?-a"
