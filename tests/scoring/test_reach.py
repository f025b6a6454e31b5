"""What a few could have answered otherwise, against going through every possible set of answers."""

from collections.abc import Iterator
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.counts import count_answers
from scoring.layout import Layout
from scoring.reach import Reach, point_around, reach, tenth_around
from scoring.words import anchors_of_hidden, level_of, tenths
from surveys.answer_string import DIGITS
from tests.scoring.attacker import Fact, facts
from tests.scoring.worlds import layout_of


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[Layout, list[str]]:
    """One section and so few sheets that all sets of answers can be gone through."""
    size, options = draw(st.sampled_from([(2, 2), (3, 2), (2, 3)]))
    layout = layout_of([size], 0, options - 1)
    cells = st.sampled_from(DIGITS[:options] * 2 + "-")
    sheets = draw(st.lists(st.lists(cells, min_size=size, max_size=size), min_size=5, max_size=5))
    return layout, ["".join(sheet) for sheet in sheets]


def columns(layout: Layout, sheets: list[str], item: int, known_from: int | None) -> list[str]:
    """Every column that an item could have for all that is known of it."""
    column = [sheet[item] for sheet in sheets]
    places = [place for place, cell in enumerate(column) if cell in DIGITS]
    answers = [column[place] for place in places]
    if known_from is not None and len(places) >= known_from:
        fitting = set(permutations(answers))
    else:
        fitting = set(product(DIGITS[: layout.options], repeat=len(places)))
        if len(places) >= 5:
            own = level_of(sum(map(int, answers)), len(answers), layout.options)
            fitting = {
                found
                for found in fitting
                if level_of(sum(map(int, found)), len(found), layout.options) == own
            }
    result = []
    for found in fitting:
        for place, answer in zip(places, found, strict=True):
            column[place] = answer
        result.append("".join(column))
    return result


def every_set(layout: Layout, sheets: list[str], known_from: int | None) -> Iterator[list[str]]:
    """All sets of answers that fit, as sheets."""
    found = [columns(layout, sheets, item, known_from) for item in range(len(layout.items))]
    for chosen in product(*found):
        yield ["".join(cells) for cells in zip(*chosen, strict=True)]


def can_differ(fact: Fact, sets: list[list[str]]) -> bool:
    return len({fact.value([sheets]) for sheets in sets}) > 1


@settings(deadline=None, max_examples=60)
@given(small_worlds(), st.sampled_from([None, 5]))
def test_its_ends_are_met_and_within_its_rise_the_few_differ(
    world: tuple[Layout, list[str]], known_from: int | None
) -> None:
    layout, sheets = world
    counts = count_answers(layout, sheets)
    found = reach(layout, counts, 0, known_from=known_from, has_levels=True)
    sets = list(every_set(layout, sheets, known_from))
    at_stake = [fact for fact in facts(layout, [sheets]) if can_differ(fact, sets)]
    if found is None:
        assert not at_stake
        return
    sums = [count_answers(layout, each).scores[0].total for each in sets]
    assert (found.least, found.greatest) == (min(sums), max(sums))
    for fact in at_stake:
        low = [each for each, x in zip(sets, sums, strict=True) if x <= found.least + found.rise]
        high = [
            each for each, x in zip(sets, sums, strict=True) if x >= found.greatest - found.fall
        ]
        assert can_differ(fact, low), fact.about
        assert can_differ(fact, high), fact.about


def test_the_figures_of_one_who_left_a_statement_out() -> None:
    # Ten gave 2 and 4, one of them 2 only, and an eleventh 3 and 4: that one's 2 could be a 3.
    layout = layout_of([2])
    found = reach(
        layout, count_answers(layout, ["2-", *["24"] * 9, "34"]), 0, known_from=5, has_levels=True
    )
    # X is in halves. Somebody complete counts an answer once, who left one out twice.
    least = 2 * 2 + 9 * (2 + 4) + (3 + 4)
    assert found == Reach(least, least + 1, rise=1, fall=1, step=1)


@pytest.mark.parametrize(
    ("begins", "ends", "is_open"),
    [
        (0, 200, True),
        (90, 100, True),
        (90, 103, False),
        (90, 104, True),
        (118, 130, False),
        (117, 130, True),
        (105, 112, False),
        (105, 113, True),
    ],
)
def test_a_piece_stays_open_if_it_holds_two_sets(begins: int, ends: int, is_open: bool) -> None:
    found = Reach(100, 120, rise=3, fall=3, step=4)
    if ends <= 100:
        return
    assert found.stays_open(begins, ends) is is_open


def test_what_is_left_of_it_beside_a_figure_adds_up() -> None:
    found = Reach(100, 120, rise=3, fall=2, step=4)
    assert found.within(0, 500) == found
    assert found.within(105, 111) == Reach(105, 110, rise=8, fall=8, step=4)
    assert found + Reach(7, 7) == Reach(107, 127, rise=3, fall=2, step=4)
    assert found + Reach(1, 9, rise=1, fall=1, step=6) == Reach(101, 129, rise=4, fall=3, step=6)


@given(st.integers(20, 400), st.integers(0, 3000))
def test_the_sums_that_are_shown_alike(unit: int, total: int) -> None:
    begins, ends = tenth_around(total, unit)
    assert begins <= total < ends
    shown = tenths(total, unit)
    assert (tenths(ends - 1, unit), tenths(ends, unit)) == (shown, shown + 1)
    assert begins <= 0 or (tenths(begins, unit), tenths(begins - 1, unit)) == (shown, shown - 1)


@given(st.integers(1, 400), st.data())
def test_the_sums_that_have_one_word(unit: int, data: st.DataObject) -> None:
    options = data.draw(st.integers(2, 8))
    total = data.draw(st.integers(0, unit * (options - 1)))
    begins, ends = point_around(total, unit, options)
    alike = [
        x
        for x in range(unit * (options - 1) + 1)
        if anchors_of_hidden(x, unit, options) == anchors_of_hidden(total, unit, options)
    ]
    assert (begins, ends - 1) == (alike[0], alike[-1])
