"""What is released of a section and its statements, each number at its edges."""

from random import Random

import pytest

from scoring.rules.columns import Column, count_columns
from scoring.rules.release import release
from scoring.rules.sections import fewest, is_often, mean_of, on_scale, standard_error
from tests.scoring.rules.wards import LAYOUT, item, scored_by, section, ward, without
from tests.scoring.worlds import layout_of, released, wording_of


@pytest.mark.parametrize(
    ("n", "level", "bars", "withheld", "why"),
    [
        (0, False, False, "no_answer", None),
        (4, False, False, "few_answers", None),
        (5, True, False, None, "below_11"),
        (10, True, False, None, "below_11"),
        (11, True, True, None, None),
    ],
)
def test_a_statements_own_number_decides_what_is_shown_of_it(
    n: int, level: bool, bars: bool, withheld: str | None, why: str | None
) -> None:
    shown = item(released(LAYOUT, without(ward(14), 0, n)))
    assert (shown["level"] is not None, shown["distribution"] is not None) == (level, bars)
    assert (shown["mean"] is not None, shown["agreement"] is not None) == (bars, bars)
    assert (shown["withheld"], shown["why"]) == (withheld, why)
    assert (shown["n"], shown["cant_say_count"]) == (n, 14 - n)


def test_in_a_small_ward_a_statement_needs_five_scores() -> None:
    four, five = (item(released(LAYOUT, without(ward(9), 0, n))) for n in (4, 5))
    assert (four["level"], four["withheld"]) == (None, "few_answers")
    assert (five["level"] is None, five["withheld"], five["why"]) == (False, None, "small_ward")


def test_levels_end_where_the_rules_say() -> None:
    layout = layout_of([1])

    def level(digits: str) -> str | None:
        return item(released(layout, list(digits)))["level"]

    assert level("1222223") == "middle"
    assert level("1222222") == "low"
    assert level("3333333") == "middle"
    assert level("3333334") == "high"


@pytest.mark.parametrize("seed", range(20))
def test_how_far_answers_without_bars_lie_apart_moves_nothing(seed: int) -> None:
    # Of eleven or more people 5 to 10 scored the first statement. Two of them move apart by one
    # each: its mean and level stay, so nothing may tell.
    random = Random(seed)
    sheets = without(ward(random.randint(11, 16), seed), 0, random.randint(5, 10))
    for place, digit in ((0, "2"), (1, "2")):
        sheets[place] = digit + sheets[place][1:]
    moved = ["1" + sheets[0][1:], "3" + sheets[1][1:], *sheets[2:]]
    assert count_columns(LAYOUT, moved) != count_columns(LAYOUT, sheets)
    assert released(LAYOUT, moved) == released(LAYOUT, sheets)


@pytest.mark.parametrize(("options", "has_level"), [(3, False), (4, True)])
def test_on_a_short_scale_a_level_comes_only_with_bars(options: int, has_level: bool) -> None:
    small = scored_by(8, 8, 8, 8, of=8, options=options)
    assert (item(small)["level"] is not None) == has_level
    assert item(small)["withheld"] == (None if has_level else "short_section")
    large = scored_by(10, 11, 11, 11, of=11, options=options)
    assert (item(large)["level"] is not None) == has_level
    assert item(large)["withheld"] == (None if has_level else "below_11")
    assert item(large, "A2")["level"] is not None


@pytest.mark.parametrize(("n", "often"), [(7, False), (6, True)])
def test_many_cant_say_is_more_than_thirty_percent(n: int, often: bool) -> None:
    shown = item(released(LAYOUT, without(ward(10), 0, n)))
    assert shown["cant_say_often"] is often


@pytest.mark.parametrize(("last", "leads"), [(8, False), (7, True)])
def test_many_cant_say_of_a_section_is_of_all_its_answers(last: int, leads: bool) -> None:
    # Of 40 answers 12 or 13 are "can't say".
    payload = scored_by(6, 6, 8, last, of=10)
    assert section(payload)["cant_say_leads"] is leads
    assert section(scored_by(2, 6, 6, 6, of=6))["cant_say_leads"] is False, "4 of 24"


@pytest.mark.parametrize(("size", "need"), [(4, 2), (5, 3), (7, 4), (11, 6)])
def test_a_mean_needs_half_of_the_statements_scored_by_seven(size: int, need: int) -> None:
    few = section(scored_by(*[7] * (need - 1), *[6] * (size - need + 1), of=12))
    assert (few["mean"], few["why"]["mean"]) == (None, "too_few_statements")
    assert few["word"] is not None
    enough = section(scored_by(*[7] * need, *[6] * (size - need), of=12))
    assert enough["mean"] is not None
    assert enough["statements"] == [need, size]
    assert (enough["agreement"], enough["why"]["agreement"]) == (None, "few_bars")


@pytest.mark.parametrize(("size", "need"), [(4, 2), (5, 3), (7, 4), (11, 6)])
def test_a_word_needs_half_of_the_statements_scored_by_five(size: int, need: int) -> None:
    nothing = section(scored_by(*[5] * (need - 1), *[4] * (size - need + 1), of=12))
    assert (nothing["word"], nothing["withheld"]) == (None, "too_few_statements")
    word = section(scored_by(*[5] * need, *[4] * (size - need), of=12))
    assert (word["word"] is None, word["mean"], word["withheld"]) == (False, None, None)


def test_a_small_ward_has_a_mean_if_one_of_half_its_statements_has_seven() -> None:
    assert section(scored_by(6, 6, 6, 6, of=9))["mean"] is None
    assert section(scored_by(7, 5, 4, 4, of=9))["mean"] is not None
    few = section(scored_by(7, 4, 4, 4, of=9))
    assert (few["mean"], few["withheld"]) == (None, "too_few_statements")


@pytest.mark.parametrize(
    ("size", "bars", "is_shown"),
    [
        *((4, 1, False), (4, 2, True), (7, 2, False), (7, 3, True)),
        *((11, 3, False), (11, 4, True)),
    ],
)
def test_range_and_agreement_need_two_and_a_third_of_the_statements_with_bars(
    size: int, bars: int, is_shown: bool
) -> None:
    shown = section(scored_by(*[11] * bars, *[10] * (size - bars), of=12))
    assert shown["mean"] is not None
    assert (shown["agreement"] is not None, shown["interval"] is not None) == (is_shown, is_shown)
    assert shown["why"].get("interval") == (None if is_shown else "few_bars")


def test_a_short_section_has_figures_only_from_bars() -> None:
    eight = section(scored_by(8, 8, 8, of=8))
    assert (eight["mean"], eight["why"]["mean"]) == (None, "short_section")
    assert (eight["agreement"], eight["word"] is None) == (None, False)
    assert section(scored_by(8, 8, 8, 8, of=8))["mean"] is not None, "four are no short section"
    assert section(scored_by(11, 11, 10, of=12))["statements"] == [2, 3]
    lacking = section(scored_by(11, 10, 10, of=12))
    assert (lacking["mean"], lacking["why"]["mean"]) == (None, "too_few_statements")
    assert section(scored_by(11, of=11))["mean"] is not None


def test_a_short_scale_has_figures_only_from_bars() -> None:
    assert section(scored_by(8, 8, 8, 8, of=8, options=3))["why"]["mean"] == "short_section"
    assert section(scored_by(8, 8, 8, 8, of=8, options=4))["mean"] is not None


@pytest.mark.parametrize(
    ("headcount", "reason"),
    [(None, "no_headcount"), (13, "everybody"), (14, "everybody"), (15, None)],
)
def test_no_range_without_a_headcount_or_where_everybody_answered(
    headcount: int | None, reason: str | None
) -> None:
    payload = release(
        layout=LAYOUT,
        columns=count_columns(LAYOUT, ward(14)),
        headcount=headcount,
        k=7,
        wording=wording_of(LAYOUT),
    )
    shown = section(payload)
    assert (shown["interval"] is None, shown["why"].get("interval")) == (reason is not None, reason)
    assert shown["agreement"] is not None


def test_a_range_is_never_narrower_than_a_tenth_and_never_leaves_the_scale() -> None:
    layout = layout_of([4])
    alike = section(released(layout, ["2222"] * 12, headcount=20))
    assert (alike["mean"], alike["interval"], alike["agreement"]) == (2, [1.9, 2.1], "people agree")
    high = section(released(layout, ["5555"] * 11 + ["0000"], headcount=40))
    assert high["interval"] is not None
    assert high["interval"][1] == 5


def test_the_range_is_the_average_of_the_statements_ranges() -> None:
    # Twelve of sixteen people, each statement 6 times 1 and 6 times 4: variance 27/11.
    shown = section(released(layout_of([4]), ["1111", "4444"] * 6, headcount=16))
    half = 1.7958848187 * (27 / 11 / 12) ** 0.5 * (1 - 12 / 16) ** 0.5
    assert 0.4 < half < 0.5
    assert shown["interval"] == [2.0, 3.0]


def test_a_section_has_the_average_of_its_statements_means_and_errors() -> None:
    # Means 1 and 3; variances 1 of three people, 0 of four.
    columns = [Column((1, 1, 1, 0), 0, 1), Column((0, 0, 0, 4), 0, 0)]
    assert mean_of(columns) == 2
    assert fewest(columns) == 3
    assert standard_error(columns) == pytest.approx((1 / 3) ** 0.5 / 2)
    assert standard_error(columns, 6) == pytest.approx((1 / 6) ** 0.5 / 2), "half of six answered"
    assert standard_error(columns, 2) == 0, "more answered than there are posts"


@pytest.mark.parametrize(("count", "of", "often"), [(3, 10, False), (4, 10, True), (31, 100, True)])
def test_often_is_more_than_three_in_ten(count: int, of: int, often: bool) -> None:
    assert is_often(count, of) is often


def test_tenths_stand_on_the_versions_own_scale() -> None:
    assert on_scale(layout_of([1], -2, 2), 13) == -0.7
    assert on_scale(layout_of([1], 1, 7), 0) == 1


@pytest.mark.parametrize(
    ("answers", "interval"),
    [("003212200230", [0.9, 1.7]), ("442335242555", [3.2, 4.2]), ("000000000012", [0.0, 0.6])],
)
def test_a_range_is_of_ninety_percent_with_the_degrees_of_its_people(
    answers: str, interval: list[float]
) -> None:
    """Of 12 of 20 people; one percent or one degree more or less would be a tenth more or less."""
    shown = section(released(layout_of([4]), [one * 4 for one in answers], headcount=20))
    assert shown["interval"] == interval


def test_figures_come_with_the_numbers_behind_them() -> None:
    payload = released(LAYOUT, without(ward(14), 0, 11))
    shown = section(payload)
    assert (shown["scored"], shown["item_count"]) == ([11, 14], 4)
    assert (shown["cant_say"], shown["cant_say_leads"]) == (0.0536, False)
    assert (item(payload)["n"], item(payload)["cant_say"]) == (11, 0.2143)
    assert "cant_say" not in shown["why"]
    assert not any(each["relatively_low"] for each in payload["sections"])


@pytest.mark.parametrize(("n", "why"), [(9, "small_ward"), (6, "words_only")])
def test_without_figures_no_number_is_shown_and_the_reason_is(n: int, why: str) -> None:
    payload = released(LAYOUT, without(ward(n), 0, n - 1))
    shown = section(payload)
    assert (shown["scored"], shown["cant_say"], shown["interval"]) == (None, None, None)
    assert (shown["why"]["cant_say"], shown["why"]["interval"]) == (why, why)
    assert (item(payload)["n"], item(payload)["cant_say"]) == (None, None)
    assert item(payload)["cant_say_count"] is None


def test_four_statements_are_no_short_section() -> None:
    assert section(scored_by(6, 6, 6, 6, of=9))["why"]["mean"] == "too_few_statements"
    assert section(scored_by(6, 6, 6, of=9))["why"]["mean"] == "short_section"
