"""The release rules, tier by tier."""

import json
from random import Random
from statistics import stdev
from typing import Any

import pytest

from scoring.counts import count_answers
from scoring.joint import release_joint
from scoring.leaders import Leaders
from scoring.parents import Released, release_parent
from scoring.payload import REASONS, SectionShown, SnapshotPayload
from scoring.release import Before, release
from scoring.sections import spread_rounded_up
from scoring.statistics import mean_and_sd
from tests.scoring.worlds import layout_of, released, released_unit, wording_of

LAYOUT = layout_of([4, 5])


def ward(n: int, seed: int = 1, lean: float = 2.5) -> list[str]:
    """Complete sheets of n people who differ."""
    random = Random(seed)
    return [
        "".join(str(min(5, max(0, round(random.gauss(lean, 1.2))))) for _ in LAYOUT.items)
        for _ in range(n)
    ]


def without(sheets: list[str], item: int, keep: int, mark: str = "?") -> list[str]:
    """The sheets with only the first `keep` answers to one statement."""
    return [
        sheet if index < keep else sheet[:item] + mark + sheet[item + 1 :]
        for index, sheet in enumerate(sheets)
    ]


def numbers_in(value: Any) -> set[float]:
    if isinstance(value, dict):
        return set().union(*(numbers_in(each) for each in value.values()), set())
    if isinstance(value, list):
        return set().union(*(numbers_in(each) for each in value), set())
    return {value} if isinstance(value, float) else set()


def section(payload: SnapshotPayload, code: str = "A") -> SectionShown:
    (found,) = [each for each in payload["sections"] if each["code"] == code]
    return found


@pytest.mark.parametrize(("n", "k"), [(4, 5), (6, 7), (9, 10)])
def test_below_k_nothing_is_shown_and_not_even_how_many(n: int, k: int) -> None:
    payload = released(LAYOUT, ward(n), k=k)
    assert (payload["tier"], payload["withheld"]) == ("too_few", "below_k")
    assert (payload["answered"], payload["sections"], payload["leaders"]) == (None, [], None)
    assert payload["total"] == {"n": None, "mean": None, "withheld": "below_k"}


def test_destroyed_envelopes_release_nothing() -> None:
    payload = release(layout=LAYOUT, counts=None, headcount=20, k=7, wording=wording_of(LAYOUT))
    assert (payload["tier"], payload["headcount"], payload["k"]) == ("too_few", 20, 7)


@pytest.mark.parametrize("n", [5, 6])
def test_five_or_six_answers_give_words_and_no_figure(n: int) -> None:
    payload = released(LAYOUT, ward(n))
    assert payload["tier"] == "words"
    assert payload["answered"] == n
    assert numbers_in(payload["sections"]) == set()
    assert section(payload)["word"] == "between label 2 and label 3"
    assert all(item["withheld"] == "words_only" for item in section(payload)["items"])
    assert payload["total"]["mean"] is None


@pytest.mark.parametrize("n", [7, 10])
def test_seven_to_ten_answers_give_means_of_sections_and_items_in_words(n: int) -> None:
    payload = released(LAYOUT, ward(n))
    assert payload["tier"] == "small"
    shown = section(payload)
    assert shown["mean"] is not None
    assert (shown["interval"], shown["sd"], shown["agreement"]) == (None, None, None)
    assert shown["why"]["interval"] == "small_tier"
    for item in shown["items"]:
        assert item["level"] in ("low", "middle", "high")
        assert (item["mean"], item["distribution"], item["n"], item["cant_say"]) == (None,) * 4
    assert (payload["highest"], payload["lowest"], payload["most_cant_say"]) == ([], [], [])


def test_eleven_answers_give_figures() -> None:
    sheets = ward(11)
    payload = released(LAYOUT, sheets, headcount=20)
    shown = section(payload)
    exact = sum(int(digit) for sheet in sheets for digit in sheet[:4]) / 44
    assert shown["mean"] == pytest.approx(exact, abs=0.051)
    assert shown["interval"] is not None
    assert shown["sd"] is not None
    assert shown["agreement"] is not None
    item = shown["items"][0]
    column = [int(sheet[0]) for sheet in sheets]
    assert item["distribution"] == [int(100 * column.count(v) / 11 + 0.5) for v in range(6)]
    assert item["mean"] == pytest.approx(sum(column) / 11, abs=0.051)
    assert len(payload["highest"]) >= 3
    json.dumps(payload, allow_nan=False)


def test_levels_end_where_the_rules_say() -> None:
    layout = layout_of([1])

    def level(digits: str) -> str | None:
        return released(layout, list(digits))["sections"][0]["items"][0]["level"]

    assert level("1222223") == "middle"
    assert level("1222222") == "low"
    assert level("3333333") == "middle"
    assert level("3333334") == "high"


def test_a_statement_scored_by_fewer_than_five_is_withheld_but_not_its_cant_say() -> None:
    payload = released(LAYOUT, without(ward(14), 2, 4))
    item = section(payload)["items"][2]
    assert (item["withheld"], item["n"], item["mean"], item["level"]) == (
        "few_answers", 4, None, None,
    )  # fmt: skip
    assert (item["cant_say_count"], item["cant_say_often"]) == (10, True)
    assert item["cant_say"] == pytest.approx(10 / 14, abs=1e-4)
    assert payload["most_cant_say"] == ["A3"]
    assert "A3" not in payload["highest"] + payload["lowest"]


def test_a_statement_scored_by_five_to_ten_is_a_word() -> None:
    item = section(released(LAYOUT, without(ward(14), 2, 9)))["items"][2]
    assert (item["level"] is None, item["mean"], item["why"]) == (False, None, "below_11")


def test_a_section_scored_by_few_has_a_word_or_nothing() -> None:
    def scored_by(n: int) -> SectionShown:
        sheets = [
            sheet if index < n else "????" + sheet[4:] for index, sheet in enumerate(ward(14))
        ]
        return section(released(LAYOUT, sheets))

    assert (scored_by(4)["withheld"], scored_by(4)["word"]) == ("few_answers", None)
    assert scored_by(0)["withheld"] == "no_answer"
    six = scored_by(6)
    assert (six["mean"], six["why"]["mean"]) == (None, "small_group")
    assert six["word"] is not None
    eight = scored_by(8)
    assert eight["mean"] is not None
    assert (eight["interval"], eight["why"]["interval"]) == (None, "below_11")
    assert eight["cant_say_leads"] is True


def test_agreement_needs_ten_complete_sheets() -> None:
    shown = section(released(LAYOUT, without(ward(14), 0, 9, "-")))
    assert (shown["agreement"], shown["agreement_n"]) == (None, 9)
    assert shown["why"]["agreement"] == "few_full_sheets"


@pytest.mark.parametrize("sheet", ["2-", "3-"])
def test_a_mean_that_would_tell_one_persons_answers_is_not_shown(sheet: str) -> None:
    # Of twelve who scored the first statement one gave 3. Whether it was the one who left out the
    # second decides whether the mean is 3.0 or 3.1.
    others = ["24"] * 8 + ["25"] * 2 + ["34" if sheet == "2-" else "24"]
    shown = released(layout_of([2]), [sheet, *others])["sections"][0]
    assert (shown["mean"], shown["why"]["mean"]) == (None, "subtraction")
    assert shown["word"] == "between label 3 and label 4"
    assert shown["items"][0]["distribution"] == [0, 0, 92, 8, 0, 0]


def test_a_mean_that_leaves_the_answers_open_is_shown() -> None:
    shown = released(layout_of([2]), ["2-", *["24"] * 10, "34"])["sections"][0]
    assert shown["mean"] == 3.0


def test_beside_a_few_the_range_is_drawn_for_a_spread_in_steps() -> None:
    exact, rounded = ward(14), without(ward(14), 0, 13)
    first = section(released(LAYOUT, exact, headcount=21))
    shown = section(released(LAYOUT, rounded, headcount=21))
    assert first["sd"] is not None
    assert (shown["sd"], shown["why"]["sd"]) == (None, "subtraction")
    assert first["interval"] is not None
    assert shown["interval"] is not None
    assert shown["interval"][0] <= first["interval"][0] + 0.1
    assert shown["interval"][1] >= first["interval"][1] - 0.1
    counts = count_answers(LAYOUT, rounded)
    # Thirteen scored the first statement, so of fourteen places one counts twice: the lowest.
    columns = ["".join(sheet[item] for sheet in rounded if sheet[item] != "?") for item in range(4)]
    columns[0] += min(columns[0])
    _, sd = mean_and_sd(counts.scores[0], LAYOUT.unit_of_score)
    step = spread_rounded_up(LAYOUT, counts, 0)
    assert sd is not None
    assert step is not None
    widest = stdev(sum(map(int, scores)) / 4 for scores in zip(*map(sorted, columns), strict=True))
    assert sd <= step
    assert step / widest == pytest.approx(0.8)
    assert (
        spread_rounded_up(layout_of([3]), count_answers(layout_of([3]), ["123", "1-2"]), 0) is None
    )


def test_the_total_is_withheld_where_few_have_a_section_score_and_no_total() -> None:
    sheets = ward(14)
    assert released(LAYOUT, sheets)["total"]["mean"] is not None
    sheets[0] = "----" + sheets[0][4:]
    assert released(LAYOUT, sheets)["total"]["withheld"] == "subtraction"


def test_no_range_without_a_headcount_or_with_one_that_is_too_small() -> None:
    for headcount in (None, 13):
        payload = release(
            layout=LAYOUT,
            counts=count_answers(LAYOUT, ward(14)),
            headcount=headcount,
            k=7,
            wording=wording_of(LAYOUT),
        )
        assert section(payload)["interval"] is None
        assert section(payload)["why"]["interval"] == "no_headcount"


@pytest.mark.parametrize(
    ("headcount", "caution"), [(23, None), (24, "caution"), (35, "caution"), (36, "indicative")]
)
def test_caution_by_response_rate(headcount: int, caution: str | None) -> None:
    assert released(LAYOUT, ward(14), headcount=headcount)["caution"] == caution


def test_relatively_low_is_a_whole_interval_below_the_other_sections() -> None:
    low = [sheet[:4] + "".join(str(max(0, int(d) - 2)) for d in sheet[4:]) for sheet in ward(20)]
    payload = released(LAYOUT, low)
    assert (section(payload, "A")["relatively_low"], section(payload, "B")["relatively_low"]) == (
        False,
        True,
    )
    level = released(LAYOUT, ward(20))
    assert not any(each["relatively_low"] for each in level["sections"])


def test_ties_at_the_third_place_are_all_named_up_to_five() -> None:
    layout = layout_of([9])
    payload = released(layout, ["554444000", "455444000"] * 6)
    assert payload["highest"] == ["A2", "A1", "A3"]
    assert payload["lowest"] == ["A7", "A8", "A9"]
    tied = released(layout, ["544444444"] * 6 + ["500000000"] * 6)
    assert tied["highest"] == ["A1", "A2", "A3", "A4", "A5"]
    assert tied["lowest"] == []
    assert released(layout, ["444444444"] * 6 + ["222222222"] * 6)["highest"] == []


def test_a_small_correction_shows_no_figure_and_an_unchanged_one_all() -> None:
    sheets = ward(14)
    first = count_answers(LAYOUT, sheets)
    common: Any = {"layout": LAYOUT, "headcount": 20, "k": 7, "wording": wording_of(LAYOUT)}
    corrected = release(
        counts=count_answers(LAYOUT, sheets[1:]), earlier=[Before(first, 20)], **common
    )
    assert (corrected["tier"], corrected["withheld"]) == ("too_few", "corrected")
    assert release(counts=first, earlier=[Before(first, 20)], **common)["tier"] == "figures"


def corrected(sheets: list[str], *earlier: Before, headcount: int = 40) -> SnapshotPayload:
    return release(
        layout=LAYOUT,
        counts=count_answers(LAYOUT, sheets),
        headcount=headcount,
        k=7,
        wording=wording_of(LAYOUT),
        earlier=earlier,
    )


def test_a_correction_by_a_whole_group_shows_its_figures() -> None:
    first, more = ward(14), ward(12, 2)
    before = Before(count_answers(LAYOUT, first), 40)
    both = Before(count_answers(LAYOUT, first + more), 40)
    assert corrected(first + more, before)["tier"] == "figures", "12 came"
    assert corrected(first, both)["tier"] == "figures", "12 went"
    assert corrected(first + more[:10], before)["withheld"] == "corrected", "10 are too few"
    assert corrected(more + ward(2, 3), before)["withheld"] == "corrected", "some came, some went"
    # Of those who came, only two scored a statement: the two histograms would show just theirs.
    hard = without(more, 0, 2)
    assert corrected(first + hard, before)["withheld"] == "corrected"
    # And a few who filled in a part, wherever they are.
    assert corrected(first + without(more, 0, 11), before)["withheld"] == "corrected"


def test_another_headcount_shows_no_second_range_beside_a_secret() -> None:
    sheets = without(ward(14), 0, 13)
    before = Before(count_answers(LAYOUT, sheets), 30)
    same, other = corrected(sheets, before, headcount=30), corrected(sheets, before)
    assert section(same)["interval"] is not None
    assert section(other)["interval"] is None
    assert section(other)["why"]["interval"] == "other_headcount"
    assert section(other)["mean"] == section(same)["mean"]
    assert section(other, "B")["interval"] is not None, "nothing is at stake there"


def leaders() -> Leaders:
    return Leaders(
        ["444455555", "3333?-111", "544422222"],
        {code: f"statement {code}?" if code[0] == "A" else "other" for code in LAYOUT.items},
    )


def test_leaders_are_dots_beside_the_ward_and_never_within() -> None:
    sheets = ward(14)
    plain = released(LAYOUT, sheets, headcount=21)
    payload = release(
        layout=LAYOUT,
        counts=count_answers(LAYOUT, sheets),
        headcount=21,
        k=5,
        wording=wording_of(LAYOUT),
        leaders=leaders(),
    )
    assert payload["sections"] == plain["sections"]
    shown = payload["leaders"]
    assert shown is not None
    assert shown["n"] == 3
    assert shown["sections"]["A"] == {"dots": [3.0, 4.0, 4.3], "mean": 3.8}
    assert shown["sections"]["B"] == {"dots": [1.0, 2.0, 5.0], "mean": 2.7}
    assert shown["items"]["B1"] == {"dots": [2.0, 5.0], "mean": None}
    assert shown["same_wording"] == ["A1", "A2", "A3", "A4"]
    assert set(payload["furthest_apart"]) <= {"A1", "A2", "A3", "A4"}
    assert len(payload["furthest_apart"]) >= 3


def test_a_small_tier_names_no_statement_beside_the_leaders() -> None:
    payload = release(
        layout=LAYOUT,
        counts=count_answers(LAYOUT, ward(8)),
        headcount=12,
        k=7,
        wording=wording_of(LAYOUT),
        leaders=leaders(),
    )
    assert payload["leaders"] is not None
    assert payload["furthest_apart"] == []


def test_a_joint_sheet_is_shown_as_it_is() -> None:
    payload = release_joint(
        layout=LAYOUT, sheet="35?-44444", headcount=6, wording=wording_of(LAYOUT)
    )
    assert (payload["tier"], payload["answered"]) == ("joint", 1)
    shown = section(payload)
    assert (shown["mean"], shown["word"], shown["n"]) == (4.0, "label 4", None)
    assert [item["mean"] for item in shown["items"]] == [3.0, 5.0, None, None]
    assert [item["withheld"] for item in shown["items"]] == [None, None, "no_answer", "no_answer"]
    assert payload["highest"] == ["A2"] or "A2" in payload["highest"]


def parent_of(*units: Released, earlier: tuple[Released, ...] = ()) -> Released:
    found = release_parent(
        layout=LAYOUT,
        key="division",
        parts=units,
        asked=5,
        wording=wording_of(LAYOUT),
        earlier=earlier,
    )
    assert found is not None
    return found


def test_a_parent_is_the_sum_of_its_released_units_and_says_of_how_many() -> None:
    one, two = released_unit(LAYOUT, "1", ward(14)), released_unit(LAYOUT, "2", ward(20, 2))
    small = released_unit(LAYOUT, "3", ward(4, 3))
    payload = parent_of(one, two, small).payload
    both = released(LAYOUT, ward(14) + ward(20, 2))
    assert payload["units"] == {"released": 2, "asked": 5}
    assert (payload["answered"], payload["headcount"]) == (34, 51)
    for ours, theirs in zip(payload["sections"], both["sections"], strict=True):
        assert ours["mean"] == theirs["mean"]
        assert ours["items"] == theirs["items"]
        assert (ours["interval"], ours["sd"], ours["agreement"]) == (None, None, None)


def test_a_parent_shows_nothing_from_which_one_units_withheld_figure_could_be_subtracted() -> None:
    one = released_unit(LAYOUT, "1", ward(14))
    two = released_unit(LAYOUT, "2", without(ward(20, 2), 0, 8))
    item = section(parent_of(one, two).payload)["items"][0]
    assert (item["mean"], item["distribution"], item["withheld"]) == (None, None, "subtraction")
    assert section(parent_of(one, two).payload)["items"][1]["distribution"] is not None
    words = released_unit(LAYOUT, "3", ward(6, 3))
    assert section(parent_of(one, words).payload)["withheld"] == "subtraction"


def test_what_a_division_withholds_its_trust_may_show_with_others() -> None:
    one = released_unit(LAYOUT, "1", ward(14))
    left = parent_of(one, released_unit(LAYOUT, "2", ward(8, 2)))
    right = parent_of(
        released_unit(LAYOUT, "3", ward(14, 3)), released_unit(LAYOUT, "4", ward(8, 4))
    )
    assert section(left.payload)["items"][0]["distribution"] is None
    trust = parent_of(left, right)
    assert section(trust.payload)["items"][0]["distribution"] is not None
    assert trust.payload["units"] == {"released": 4, "asked": 5}
    lonely = parent_of(left, released_unit(LAYOUT, "3", ward(14, 3)))
    assert section(lonely.payload)["items"][0]["withheld"] == "subtraction"


def test_a_unit_that_comes_later_is_not_told_by_the_parents_two_sums() -> None:
    first = [released_unit(LAYOUT, str(key), ward(9, key)) for key in (1, 2)]
    before = parent_of(*first)
    assert section(before.payload)["items"][0]["distribution"] is not None
    late = released_unit(LAYOUT, "3", ward(9, 3))
    after = parent_of(*first, late, earlier=(before,))
    assert section(after.payload)["items"][0]["withheld"] == "subtraction"
    assert section(parent_of(*first, late).payload)["items"][0]["distribution"] is not None


def test_a_parent_without_a_released_unit_has_no_result() -> None:
    unit = released_unit(LAYOUT, "1", ward(4))
    assert (
        release_parent(layout=LAYOUT, key="p", parts=[unit], asked=1, wording=wording_of(LAYOUT))
        is None
    )


def test_every_reason_is_a_sentence() -> None:
    for sentence in REASONS.values():
        assert sentence[0].isupper()
        assert sentence.endswith(".")
