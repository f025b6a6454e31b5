"""Agreement in three words, read with two decimals."""

from fractions import Fraction

import pytest

from scoring.rules.agreement import agreement_of, agreement_word
from scoring.rules.columns import Column
from tests.scoring.worlds import layout_of

# Five options: answers spread evenly over them have a variance of 2.
LAYOUT = layout_of([4], 0, 4)


def column(thousandths: int) -> Column:
    """1,001 people who agree to so many thousandths: the others stand one option beside."""
    aside = 1000 - thousandths
    return Column((0, aside, 1001 - 2 * aside, aside, 0), 0, 0)


@pytest.mark.parametrize(
    ("thousandths", "word"),
    [
        *((500, "people differ"), (504, "people differ"), (505, "people partly agree")),
        *((600, "people partly agree"), (704, "people partly agree"), (705, "people agree")),
        (1000, "people agree"),
    ],
)
def test_words_end_at_fifty_and_seventy_hundredths(thousandths: int, word: str) -> None:
    assert agreement_of(LAYOUT, [column(thousandths)]) == Fraction(thousandths, 1000)
    assert agreement_word(LAYOUT, [column(thousandths)]) == word


def test_a_section_agrees_as_its_statements_do_on_average() -> None:
    three = [column(1000), column(700), column(600)]
    assert agreement_of(LAYOUT, three) == Fraction(2300, 3000)
    assert agreement_word(LAYOUT, three) == "people agree"
    # Four people who stand at both ends have a variance of 16/3.
    torn = Column((2, 0, 0, 0, 2), 0, 0)
    assert agreement_of(LAYOUT, [torn, Column((4, 0, 0, 0, 0), 0, 0)]) == 1 - Fraction(16, 12)
    assert agreement_word(LAYOUT, [torn]) == "people differ"
