"""The chance that enough answer: exact, and said in people's words."""

from fractions import Fraction
from itertools import product

import pytest

from surveys.rules import odds

TWO_THIRDS = Fraction(2, 3)


@pytest.mark.parametrize("headcount", [2, 5, 8])
@pytest.mark.parametrize("share", [TWO_THIRDS, Fraction(1, 4)])
def test_it_is_the_share_of_all_ways_in_which_people_may_answer(
    headcount: int, share: Fraction
) -> None:
    """Counted one by one: every person answers or does not."""
    for wanted in range(headcount + 2):
        found = Fraction(0)
        for ways in product((True, False), repeat=headcount):
            if sum(ways) >= wanted:
                found += share ** sum(ways) * (1 - share) ** (headcount - sum(ways))
        assert odds.chance(headcount=headcount, minimum_group=wanted, share=share) == found


def test_the_ward_of_12() -> None:
    found = odds.chance(headcount=12, minimum_group=7, share=TWO_THIRDS)
    assert round(float(found), 3) == 0.822
    said = odds.sentence(headcount=12, minimum_group=7, share=None)
    assert said == "If 2 in 3 answer, about 8 in 10 units of this size get there."


@pytest.mark.parametrize(
    ("twentieths", "words"),
    [
        (Fraction(0), "Hardly any unit"),
        (Fraction(49, 1000), "Hardly any unit"),
        (Fraction(1, 20), "About 1 in 10 units of this size gets there"),
        (Fraction(149, 1000), "About 1 in 10"),
        (Fraction(3, 20), "About 2 in 10 units of this size get there"),
        (Fraction(949, 1000), "About 9 in 10"),
        (Fraction(19, 20), "Nearly all units"),
        (Fraction(1), "Nearly all units"),
    ],
)
def test_words_change_half_way(twentieths: Fraction, words: str) -> None:
    assert odds.in_words(twentieths).startswith(words)


def test_an_organisations_own_share_is_told_from_20_surveys() -> None:
    assert odds.share_of([(6, 12)] * 19) is None
    assert odds.share_of([(6, 12)] * 20) == Fraction(1, 2)
    assert odds.share_of([(6, 12)] * 21) == Fraction(1, 2)
    assert odds.share_of([(30, 12)] * 20) == 1  # bank staff answered too
    assert odds.share_of([(0, 12)] * 20) == 0


def test_own_surveys_are_named() -> None:
    said = odds.sentence(headcount=12, minimum_group=7, share=Fraction(1, 2))
    assert said == "About 4 in 10 units of this size get there, as your past surveys went."


@pytest.mark.parametrize("share", [None, Fraction(1, 2), Fraction(1, 100), Fraction(1)])
def test_the_steps_say_the_same_as_the_sentence(share: Fraction | None) -> None:
    steps = odds.steps(minimum_group=7, share=share, smallest=8, largest=2000)
    for headcount in range(8, 60):
        said = [words for first, words in steps if first <= headcount][-1]
        assert said == odds.sentence(headcount=headcount, minimum_group=7, share=share)


@pytest.mark.parametrize("largest", range(8, 30))
def test_the_steps_go_as_far_as_the_largest_unit(largest: int) -> None:
    said = [
        odds.sentence(headcount=headcount, minimum_group=7, share=TWO_THIRDS)
        for headcount in range(8, largest + 1)
    ]
    steps = odds.steps(minimum_group=7, share=TWO_THIRDS, smallest=8, largest=largest)
    assert [words for _, words in steps] == list(dict.fromkeys(said))
    assert all(said.index(words) == headcount - 8 for headcount, words in steps)


@pytest.mark.parametrize(("smallest", "is_told"), [(1, True), (0, False)])
def test_what_takes_more_than_400_further_staff_is_not_told(smallest: int, is_told: bool) -> None:
    """With this share nearly all units get there from 401 staff on."""
    share = Fraction(8, 1073)
    steps = odds.steps(minimum_group=1, share=share, smallest=smallest, largest=2000)
    assert ((401, "Nearly all") in [(first, words[:10]) for first, words in steps]) is is_told
