"""Words for change, each limit at its edges, and what a section is compared over."""

from datetime import date
from math import sqrt
from typing import Any

import pytest

from scoring.rules.change import Side, judged
from scoring.rules.columns import count_columns
from scoring.rules.layout import Layout
from scoring.rules.payload import ChangeShown, SectionChange
from scoring.rules.released_change import ComparedSurvey, released_change
from tests.scoring import reference_file
from tests.scoring.worlds import layout_of, released


def side(mean: int, error: float, n: int = 12) -> Side:
    return Side(mean, error, n)


@pytest.mark.parametrize(
    ("now", "word", "why"),
    [
        *((23, "clear rise", None), (22, "no clear change", "under_least")),
        *((17, "clear fall", None), (18, "no clear change", "under_least")),
    ],
)
def test_a_sure_change_is_clear_from_three_tenths(now: int, word: str, why: str | None) -> None:
    verdict = judged(side(20, 0.001), side(now, 0.001))
    assert (verdict.word, verdict.why, verdict.clear_from) == (word, why, 1)


def test_a_difference_of_just_what_chance_may_bring_is_not_clear() -> None:
    error = 0.15
    clear_from = judged(side(20, error), side(20, error)).clear_from
    assert clear_from == 5
    just = judged(side(20, error), side(20 + clear_from, error))
    assert (just.word, just.why) == ("no clear change", None)
    assert judged(side(20, error), side(21 + clear_from, error)).word == "clear rise"


def test_too_few_where_a_whole_point_could_be_chance() -> None:
    def verdict(wanted: float) -> tuple[int, str, str | None]:
        # Of 12 people each time: 22 degrees of freedom.
        error = wanted / reference_file.t_quantile(0.975, 22) / sqrt(2)
        found = judged(side(20, error), side(20, error))
        return found.clear_from, found.word, found.why

    assert verdict(1.0) == (10, "no clear change", None)
    assert verdict(1.01) == (11, "too few answers to tell", "wide")


@pytest.mark.parametrize(
    ("now", "word"),
    [(23, "clear rise"), (22, "no clear change"), (20, "no clear change"), (17, "clear fall")],
)
def test_where_all_agreed_both_times_three_tenths_decide(now: int, word: str) -> None:
    verdict = judged(side(20, 0), side(now, 0))
    assert (verdict.word, verdict.clear_from, verdict.detectable) == (word, 0, 0.3)


def test_what_can_be_found_is_worked_out_as_the_page_says() -> None:
    # Twelve and fourteen people, worked out once more with quantiles of another source.
    first, second, n, m = 0.30, 0.25, 12, 14
    error = sqrt(first**2 + second**2)
    df = error**4 / (first**4 / (n - 1) + second**4 / (m - 1))
    critical = reference_file.t_quantile(0.975, df) * error
    rounded = -int(-critical * 10 // 1) / 10
    found = judged(side(20, first, n), side(25, second, m))
    assert found.clear_from == round(rounded * 10)
    expected = rounded + reference_file.t_quantile(0.80, df) * error
    assert found.detectable == pytest.approx(expected, abs=1e-6)


def survey(
    layout: Layout, sheets: list[str], *, headcount: int | None = None, too_soon: bool = False
) -> ComparedSurvey:
    payload = released(layout, sheets, headcount=headcount, too_soon=too_soon)
    return ComparedSurvey(
        1, "Fewer falls", date(2026, 3, 2), layout, count_columns(layout, sheets), payload
    )


def compared(before: ComparedSurvey, now: ComparedSurvey, **options: Any) -> ChangeShown:
    joined = options.get("joined", set(now.layout.items))
    return released_change(earlier=before, later=now, joined=joined, rounds=[])


def only(change: ChangeShown) -> SectionChange:
    (found,) = change["sections"]
    return found


def people(n: int, *scored: int, value: int = 2) -> list[str]:
    """n people, of whom so many scored each statement, with one answer or the one above."""
    return [
        "".join(str(value + person % 2) if person < many else "?" for many in scored)
        for person in range(n)
    ]


@pytest.mark.parametrize(
    ("before", "now", "is_told"), [(11, 11, True), (10, 11, False), (11, 10, False)]
)
def test_both_surveys_need_eleven_answers(before: int, now: int, is_told: bool) -> None:
    layout = layout_of([4])
    first = survey(layout, people(before, *[before] * 4), headcount=20)
    second = survey(layout, people(now, *[now] * 4), headcount=20)
    found = only(compared(first, second))
    assert found["word"] == ("no clear change" if is_told else "too few answers to tell")
    assert found["why"] == (None if is_told else "few_people")
    assert (found["difference"] is None) is not is_told


@pytest.mark.parametrize(("size", "need"), [(4, 2), (5, 3), (7, 4), (11, 6)])
def test_half_of_the_statements_must_count_in_both(size: int, need: int) -> None:
    layout = layout_of([size])

    def word(common: int) -> str | None:
        # All statements count before; of the later ones only so many have bars, the others none.
        first = survey(layout, people(14, *[14] * size), headcount=20)
        second = survey(layout, people(14, *[14] * common, *[4] * (size - common)), headcount=20)
        found = only(compared(first, second))
        return found["why"] if found["why"] else found["word"]

    assert word(need) == "no clear change"
    assert word(need - 1) == "few_statements"


def test_a_statement_that_counts_once_is_left_out_of_both_means() -> None:
    layout = layout_of([4])
    first = survey(layout, people(14, 14, 14, 14, 14), headcount=20)
    high = [
        sheet[:3] + ("5" if person < 6 else "?")
        for person, sheet in enumerate(people(14, 14, 14, 14, 14))
    ]
    second = survey(layout, high, headcount=20)
    found = only(compared(first, second))
    assert found["statements"] == [3, 4]
    assert found["before"] == found["now"] == 2.5
    assert found["before_interval"] is None, "that range is around another mean"
    same = only(compared(first, first))
    assert same["statements"] == [4, 4]
    assert same["before_interval"] == first.payload["sections"][0]["interval"]


def test_statements_without_bars_count_where_they_count_in_both() -> None:
    layout = layout_of([4])
    sheets = people(14, 14, 14, 14, 8)
    found = only(compared(survey(layout, sheets), survey(layout, sheets)))
    assert found["statements"] == [4, 4]
    # Seven against six scores: the fourth counts once, so only those with bars are compared.
    other = survey(layout, people(14, 14, 14, 10, 6))
    found = only(compared(survey(layout, sheets), other))
    assert found["statements"] == [2, 4]


@pytest.mark.parametrize(("staff", "is_told"), [(35, True), (36, False), (None, True)])
def test_under_four_in_ten_nothing_is_told(staff: int | None, is_told: bool) -> None:
    layout = layout_of([4])
    sheets = people(14, *[14] * 4)
    first, second = (
        survey(layout, sheets, headcount=20),
        survey(layout, sheets, headcount=staff or 20),
    )
    for pair in ((first, second), (second, first)):
        found = only(compared(*pair))
        assert found["word"] == ("no clear change" if is_told else "not told")
        assert found["why"] == (None if is_told else "low_response")


def test_other_wording_is_not_compared() -> None:
    layout = layout_of([4])
    one = survey(layout, people(14, *[14] * 4))
    found = only(compared(one, one, joined={"A1", "A2", "A3"}))
    assert (found["withheld"], found["word"], found["difference"]) == ("other_wording", None, None)
    assert compared(one, one, joined=set())["detectable"] is None


def test_a_later_survey_too_soon_keeps_its_words_for_change() -> None:
    layout = layout_of([4])
    first = survey(layout, people(14, *[14] * 4), headcount=20)
    rise = [sheet.translate(str.maketrans("23", "45")) for sheet in people(14, *[14] * 4)]
    found = only(compared(first, survey(layout, rise, headcount=20, too_soon=True)))
    assert (found["word"], found["difference"]) == ("clear rise", 2.0)


def test_a_sections_word_does_not_hang_on_the_others() -> None:
    both, one = layout_of([4, 4]), layout_of([4])
    before, now = people(14, *[14] * 4), people(14, *[14] * 4, value=3)
    twice = compared(
        survey(both, [sheet + sheet for sheet in before], headcount=20),
        survey(both, [sheet + sheet for sheet in now], headcount=20),
    )
    once = compared(survey(one, before, headcount=20), survey(one, now, headcount=20))
    assert twice["sections"][0] == once["sections"][0]
    assert once["sections"][0]["word"] == "clear rise"


def test_the_interval_of_a_clear_change_leaves_out_nothing() -> None:
    layout = layout_of([4])
    for value in (2, 3, 4):
        found = only(
            compared(
                survey(layout, people(14, *[14] * 4), headcount=20),
                survey(layout, people(14, *[14] * 4, value=value), headcount=20),
            )
        )
        assert found["interval"] is not None
        is_clear = found["word"] in ("clear rise", "clear fall")
        assert is_clear == (found["interval"][0] > 0)


def test_where_all_agreed_both_times_the_change_is_told_without_a_margin() -> None:
    layout = layout_of([4])
    found = compared(survey(layout, ["2222"] * 14), survey(layout, ["3333"] * 14))
    assert found["detectable"] == 0.3
    assert only(found)["difference"] == 1.0
    assert only(found)["interval"] == [1.0, 1.0]
    fall = compared(survey(layout, ["3333"] * 14), survey(layout, ["2222"] * 14))
    assert only(fall)["interval"] == [-1.0, -1.0]


def test_the_interval_of_a_change_is_as_wide_as_what_chance_may_bring() -> None:
    layout = layout_of([4])
    sheets = people(14, *[14] * 4)
    found = only(compared(survey(layout, sheets), survey(layout, sheets)))
    # Of 7 times 2 and 7 times 3 both times: variance 7/26, 26 degrees of freedom.
    width = reference_file.t_quantile(0.975, 26) * sqrt(2 * 7 / 26 / 14)
    assert found["interval"] == [-0.5, 0.5]
    assert 0.4 < width < 0.5


def test_what_is_not_compared_keeps_what_was_shown_each_time() -> None:
    one, two = layout_of([4]), layout_of([4, 4])
    before = survey(one, people(14, *[14] * 4), headcount=20)
    now = survey(two, people(14, *[14] * 8), headcount=20)
    known, new = compared(before, now, joined=set())["sections"]
    section = before.payload["sections"][0]
    assert section["interval"] is not None
    assert (known["before"], known["before_interval"]) == (section["mean"], section["interval"])
    assert (new["before"], new["before_interval"], new["withheld"]) == (
        None, None, "other_wording"
    )  # fmt: skip
    assert new["now"] == now.payload["sections"][1]["mean"]
