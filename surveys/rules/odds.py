"""How likely it is that enough staff answer, in people's words. No Django here.

Each of `headcount` people is taken to answer independently with the same share, so the number who
do is binomial; the sum is exact, in whole numbers.
"""

from fractions import Fraction
from math import comb

# As many unit surveys an organisation must have behind it before its own share is told.
FEWEST_SURVEYS = 20
USUAL_SHARE = Fraction(2, 3)
# A share so small that hundreds of staff are not enough is beyond any table.
FURTHEST = 400


def chance(*, headcount: int, minimum_group: int, share: Fraction) -> Fraction:
    """That at least `minimum_group` of `headcount` answer; exact."""
    top, bottom = share.numerator, share.denominator
    rest = bottom - top
    few = sum(
        comb(headcount, n) * top**n * rest ** (headcount - n)
        for n in range(minimum_group)
        if n <= headcount
    )
    return 1 - Fraction(few, bottom**headcount)


def share_of(surveys: list[tuple[int, int]]) -> Fraction | None:
    """The share of staff who answered in past surveys, given each one's answers and headcount.

    None below `FEWEST_SURVEYS`. More answers than posts (bank staff) count as all posts.
    """
    if len(surveys) < FEWEST_SURVEYS:
        return None
    answered = sum(min(answers, headcount) for answers, headcount in surveys)
    # In hundredths: nobody reads more, and the sums stay small.
    return Fraction(round(Fraction(100 * answered, sum(posts for _, posts in surveys))), 100)


def in_words(found: Fraction) -> str:
    """`About 8 in 10 units of this size get there`."""
    tenths = int(found * 10 + Fraction(1, 2))
    if tenths == 10:
        return "Nearly all units of this size get there"
    if tenths == 0:
        return "Hardly any unit of this size gets there"
    if tenths == 1:
        return "About 1 in 10 units of this size gets there"
    return f"About {tenths} in 10 units of this size get there"


def sentence(*, headcount: int, minimum_group: int, share: Fraction | None) -> str:
    """What the launch page says under how many must answer; `share` None is the usual one."""
    used = USUAL_SHARE if share is None else share
    words = in_words(chance(headcount=headcount, minimum_group=minimum_group, share=used))
    if share is None:
        return f"If 2 in 3 answer, {words[0].lower()}{words[1:]}."
    return f"{words}, as your past surveys went."


def steps(
    *, minimum_group: int, share: Fraction | None, smallest: int, largest: int
) -> list[tuple[int, str]]:
    """The sentence by headcount, each at the first headcount for which it is said.

    More staff never make it less likely, so once nearly all get there the rest is known.
    """
    found: list[tuple[int, str]] = []
    for headcount in range(smallest, min(largest, smallest + FURTHEST) + 1):
        words = sentence(headcount=headcount, minimum_group=minimum_group, share=share)
        if not found or found[-1][1] != words:
            found.append((headcount, words))
        if "early all" in words:
            break
    return found
