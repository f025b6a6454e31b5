"""The release rules of one unit, tier by tier, each number at its edges."""

import json
from typing import Any

import pytest

from scoring.rules.columns import count_columns
from scoring.rules.leaders import Leaders
from scoring.rules.payload import REASONS, reason_sentence
from scoring.rules.release import caution_of, release
from tests.scoring.rules.wards import LAYOUT, item, section, ward
from tests.scoring.worlds import layout_of, released, wording_of


def numbers_in(value: Any) -> set[float]:
    if isinstance(value, dict):
        return set().union(*(numbers_in(each) for each in value.values()), set())
    if isinstance(value, list):
        return set().union(*(numbers_in(each) for each in value), set())
    return {value} if isinstance(value, float) else set()


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_in(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(keys_in(each) for each in value), set())
    return set()


@pytest.mark.parametrize(
    ("n", "k", "tier"),
    [
        *((4, 5, "too_few"), (5, 5, "words"), (6, 5, "words"), (6, 7, "too_few")),
        *((7, 7, "small"), (9, 10, "too_few"), (10, 10, "small"), (11, 5, "figures")),
    ],
)
def test_how_much_is_shown_of_so_many_answers(n: int, k: int, tier: str) -> None:
    payload = released(LAYOUT, ward(n), k=k)
    assert payload["tier"] == tier
    if tier == "too_few":
        assert payload["withheld"] == "below_k"
        assert (payload["answered"], payload["sections"], payload["leaders"]) == (None, [], None)


def test_destroyed_envelopes_release_nothing() -> None:
    payload = release(layout=LAYOUT, columns=None, headcount=20, k=7, wording=wording_of(LAYOUT))
    assert (payload["tier"], payload["headcount"], payload["k"]) == ("too_few", 20, 7)


@pytest.mark.parametrize("n", [5, 6])
def test_five_or_six_answers_give_words_and_no_figure(n: int) -> None:
    payload = released(LAYOUT, ward(n))
    assert (payload["answered"], payload["why"]) == (n, "words_only")
    assert numbers_in(payload["sections"]) == set()
    assert section(payload)["word"] == "between label 2 and label 3"
    assert section(payload)["statements"] is None
    assert all(one["withheld"] == "words_only" for one in section(payload)["items"])
    assert not any(one["cant_say_often"] for one in section(payload)["items"])


def test_seven_to_ten_answers_give_means_agreement_and_levels() -> None:
    for n in (7, 10):
        payload = released(LAYOUT, ward(n))
        shown = section(payload)
        assert shown["mean"] is not None
        assert shown["agreement"] in ("people differ", "people partly agree", "people agree")
        assert (shown["interval"], shown["why"]["interval"]) == (None, "small_ward")
        assert (shown["scored"], shown["statements"]) == (None, [4, 4])
        for one in shown["items"]:
            assert one["level"] in ("low", "middle", "high")
            assert (one["mean"], one["distribution"], one["n"], one["cant_say"]) == (None,) * 4
            assert one["why"] == "small_ward"
        assert payload["most_cant_say"] == []


def test_eleven_answers_give_figures() -> None:
    sheets = ward(11)
    payload = released(LAYOUT, sheets, headcount=20)
    shown = section(payload)
    exact = sum(int(digit) for sheet in sheets for digit in sheet[:4]) / 44
    assert shown["mean"] == pytest.approx(exact, abs=0.051)
    assert shown["interval"] is not None
    assert shown["agreement"] is not None
    column = [int(sheet[0]) for sheet in sheets]
    assert item(payload)["distribution"] == [
        int(100 * column.count(value) / 11 + 0.5) for value in range(6)
    ]
    assert item(payload)["mean"] == pytest.approx(sum(column) / 11, abs=0.051)
    json.dumps(payload, allow_nan=False)


def test_no_payload_has_a_figure_that_looks_at_a_sheet() -> None:
    for n in (5, 8, 14):
        payload = released(LAYOUT, ward(n))
        assert not keys_in(payload) & {"sd", "total", "agreement_n", "highest", "lowest"}
    shown = keys_in(released(LAYOUT, ward(14))["sections"])
    assert {"scored", "statements", "people", "units"} <= shown


@pytest.mark.parametrize(
    ("answered", "staff", "caution"),
    [
        *((6, 10, None), (12, 20, None), (59, 100, "caution"), (4, 10, "caution")),
        *((39, 100, "indicative"), (14, None, None)),
    ],
)
def test_caution_by_response_rate(answered: int, staff: int | None, caution: str | None) -> None:
    assert caution_of(answered, staff) == caution


def test_relatively_low_needs_exactly_three_tenths() -> None:
    layout = layout_of([10, 10])

    def flagged(second: str) -> bool:
        payload = released(layout, ["2" * 10 + second] * 12, headcount=20)
        return section(payload)["relatively_low"]

    assert flagged("2222222333") is True, "2.0 and 2.3"
    assert flagged("2222222233") is False, "2.0 and 2.2"


def test_relatively_low_takes_more_than_chance_would_bring() -> None:
    low = [sheet[:4] + "".join(str(max(0, int(d) - 2)) for d in sheet[4:]) for sheet in ward(20)]
    payload = released(LAYOUT, low)
    assert [each["relatively_low"] for each in payload["sections"]] == [False, True]
    assert not any(each["relatively_low"] for each in released(LAYOUT, ward(20))["sections"])
    assert not any(each["relatively_low"] for each in released(LAYOUT, low[:10])["sections"])


def test_too_soon_a_large_ward_is_released_like_a_small_one() -> None:
    payload = released(LAYOUT, ward(14), too_soon=True)
    assert (payload["tier"], payload["why"], payload["answered"]) == ("small", "too_soon", 14)
    assert section(payload)["mean"] is not None
    assert section(payload)["why"]["interval"] == "too_soon"
    assert item(payload)["why"] == "too_soon"
    assert (item(payload)["distribution"], item(payload)["n"]) == (None, None)
    assert released(LAYOUT, ward(8), too_soon=True) == released(LAYOUT, ward(8))
    short = released(layout_of([2]), ["12"] * 12, too_soon=True)
    assert (section(short)["mean"], section(short)["why"]["mean"]) == (None, "too_soon")


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
        columns=count_columns(LAYOUT, sheets),
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


def test_a_statement_in_plainer_words_stands_beside_the_leaders_with_what_they_read() -> None:
    plainer = frozenset(code for code in LAYOUT.items if code[0] == "B")
    payload = release(
        layout=LAYOUT,
        columns=count_columns(LAYOUT, ward(14)),
        headcount=21,
        k=5,
        wording=wording_of(LAYOUT),
        leaders=Leaders(leaders().sheets, dict.fromkeys(LAYOUT.items, "other"), plainer),
    )
    shown = payload["leaders"]
    assert shown is not None
    assert shown["same_wording"] == []
    assert shown["in_plainer_words"] == dict.fromkeys(sorted(plainer), "other")
    rest = [code for code in LAYOUT.items if code not in plainer]
    assert shown["worded_differently"] == dict.fromkeys(rest, "other")
    assert payload["furthest_apart"]
    assert set(payload["furthest_apart"]) <= plainer


def test_a_small_tier_names_no_statement_beside_the_leaders() -> None:
    payload = release(
        layout=LAYOUT,
        columns=count_columns(LAYOUT, ward(8)),
        headcount=12,
        k=7,
        wording=wording_of(LAYOUT),
        leaders=leaders(),
    )
    assert payload["leaders"] is not None
    assert payload["furthest_apart"] == []


def test_every_reason_is_a_sentence() -> None:
    for sentence in REASONS.values():
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
    assert reason_sentence("below_11", n=8).startswith("8 people scored this statement.")
    assert reason_sentence("below_k", k=7).startswith("Fewer than 7 people answered")


@pytest.mark.parametrize(
    ("answers", "other", "is_low"), [("213433122233", "3", True), ("335433444234", "4", False)]
)
def test_relatively_low_begins_where_chance_ends(answers: str, other: str, is_low: bool) -> None:
    """0.6 below with 0.57 by chance, and 0.5 below with 0.51: twelve people, 97.5%."""
    sheets = [one * 4 + other * 4 for one in answers]
    payload = released(layout_of([4, 4]), sheets, headcount=20)
    assert section(payload)["relatively_low"] is is_low
