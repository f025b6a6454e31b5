"""Only a sheet of this version is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import answer_string
from surveys.answer_string import BadSheet


@pytest.mark.parametrize(
    "answers",
    ["", "01", "0123", "012x", "016", "01 ", "01\u0663", "01\n", "---", "0A1", "0'1"],
)
def test_what_cannot_be_of_this_version_is_refused(answers: str) -> None:
    with pytest.raises(BadSheet):
        answer_string.check(answers, items=3, options=6)


@pytest.mark.parametrize("answers", ["012", "5-?", "--?", "--0"])
def test_what_fits_is_taken(answers: str) -> None:
    answer_string.check(answers, items=3, options=6)


@given(st.text(max_size=4), st.integers(2, 11))
def test_only_the_scale_passes(answers: str, options: int) -> None:
    allowed = set("0123456789a"[:options] + "-?")
    try:
        answer_string.check(answers, items=3, options=options)
    except BadSheet as refusal:
        assert str(refusal).endswith(".")
        assert len(answers) != 3 or set(answers) - allowed or answers == "---"
    else:
        assert len(answers) == 3
        assert set(answers) <= allowed


def test_choices_become_a_string() -> None:
    assert answer_string.from_choices([0, 5, "?", None, 10]) == "05?-a"
