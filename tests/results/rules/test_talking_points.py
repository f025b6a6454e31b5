"""What comes up in a debrief, tier by tier, and what a plan copies: released figures only."""

import pytest

from results.rules.talking_points import (
    TalkingPoint,
    evidence,
    fit_of,
    items_of,
    points_of,
)
from scoring.rules.payload import ItemShown, SnapshotPayload, Tier
from scoring.rules.standing_out import most_mixed
from tests.results.payloads import change, payload

WIDE = [40, 10, 0, 0, 10, 40]


def items(said: SnapshotPayload) -> dict[str, ItemShown]:
    return {item["code"]: item for _, item in items_of(said)}


def levelled(tier: Tier, level: str, **others: str) -> SnapshotPayload:
    """A result in which every statement has this level but those named."""
    said = payload(tier)
    for code, item in items(said).items():
        change(item, level=others.get(code, level), cant_say_often=False, withheld=None)
    return said


def mixed(*codes: str) -> SnapshotPayload:
    """A result of the tier figures in which only these statements are mixed, and none is low."""
    said = levelled("figures", "high")
    for code, item in items(said).items():
        change(item, agreement="people differ" if code in codes else "people agree")
        if code in codes:
            change(item, distribution=WIDE)
    said["most_cant_say"], said["furthest_apart"] = [], []
    return said


def why(said: SnapshotPayload) -> list[tuple[str, str]]:
    return [(point.code, point.why) for point in points_of(said)]


def lowest_section(said: SnapshotPayload) -> str:
    known = [one for one in said["sections"] if one["mean"] is not None]
    return min(known, key=lambda one: one["mean"] or 0)["code"]


def test_the_widest_spread_comes_first_and_agreement_is_not_mixed() -> None:
    said = mixed("ENV02", "RES03")
    change(items(said)["ENV02"], distribution=[0, 20, 30, 30, 20, 0])
    change(items(said)["LRN01"], distribution=[50, 0, 0, 0, 0, 50])
    assert most_mixed(said) == ["RES03", "ENV02"]


def test_figures_two_mixed_then_cant_say_then_apart_each_once() -> None:
    said = mixed("MGR04", "ENV01", "ENV02", "ENV03")
    change(items(said)["CTX01"], cant_say_often=True)
    said["most_cant_say"], said["furthest_apart"] = ["CTX01"], ["MGR04"]
    assert why(said) == [
        ("ENV01", "mixed"), ("ENV02", "mixed"), ("CTX01", "cant_say"), ("MGR04", "apart")
    ]  # fmt: skip


def test_many_cant_say_is_only_said_where_many_cannot() -> None:
    said = mixed("ENV01")
    said["most_cant_say"] = ["CTX01"]
    assert why(said) == [("ENV01", "mixed")]


def test_figures_fill_up_with_the_low_ones_of_the_lowest_section() -> None:
    said = mixed("ENV01")
    low = next(one for one in said["sections"] if one["code"] == lowest_section(said))
    for item in low["items"]:
        change(item, level="low")
    found = points_of(said)
    assert len(found) == 5
    assert [point.why for point in found] == ["mixed", *["low"] * 4]
    assert {point.section["code"] for point in found[1:]} == {low["code"]}


@pytest.mark.parametrize(("low", "shown"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_small_shows_up_to_two_low_ones_of_a_section(low: int, shown: int) -> None:
    codes = [f"ENV0{place}" for place in range(1, low + 1)]
    said = levelled("small", "middle", **dict.fromkeys(codes, "low"))
    found = points_of(said)
    assert [point.code for point in found if point.why == "low"] == codes[:shown]
    assert len(found) == 4


def test_small_shows_three_low_ones_at_most_then_one_that_many_cannot_say() -> None:
    low = dict.fromkeys(("ENV01", "RES01", "MGR01", "MSG01"), "low")
    said = levelled("small", "middle", **low)
    change(items(said)["LRN02"], cant_say_often=True)
    assert [point.why for point in points_of(said)] == ["low", "low", "low", "cant_say"]


def test_small_where_all_is_high_asks_what_keeps_it_so() -> None:
    said = levelled("small", "high")
    found = points_of(said)
    assert [point.why for point in found] == ["high"] * 3
    assert {point.section["code"] for point in found} == {lowest_section(said)}


def test_small_names_one_that_many_cannot_say_however_many_there_are() -> None:
    said = levelled("small", "high")
    for code in ("LRN02", "ENV02"):
        change(items(said)[code], cant_say_often=True)
    assert why(said) == [("ENV02", "cant_say")]


def test_figures_name_one_that_many_cannot_say_and_one_where_leaders_are_apart() -> None:
    said = mixed()
    for code in ("CTX01", "LRN02", "ENV02"):
        change(items(said)[code], cant_say_often=True)
    said["most_cant_say"], said["furthest_apart"] = ["LRN02"], ["MGR04", "RES01", "RES07"]
    assert why(said) == [("LRN02", "cant_say"), ("MGR04", "apart")]


@pytest.mark.parametrize(
    ("tier", "level", "shown"),
    [
        *(("small", "middle", 4), ("small", "high", 3), ("small", "low", 3)),
        *(("figures", "low", 5), ("figures", "middle", 3), ("figures", "high", 3)),
    ],
)
def test_where_all_is_alike_so_many_of_the_lowest_come_up(
    tier: Tier, level: str, shown: int
) -> None:
    said = levelled(tier, level)
    for item in items(said).values():
        change(item, agreement="people agree")
    said["most_cant_say"], said["furthest_apart"] = [], []
    found = points_of(said)
    assert [point.why for point in found] == [level] * shown
    # What is low in a small team is taken from several sections; all else fills up from one.
    sections = {point.section["code"] for point in found}
    assert len(sections) == (2 if (tier, level) == ("small", "low") else 1)
    assert lowest_section(said) in sections


@pytest.mark.parametrize("high", [2, 3, 4])
def test_what_fits_is_up_to_three_high_ones_of_the_highest_section(high: int) -> None:
    said = levelled("small", "middle")
    for item in said["sections"][0]["items"][:high]:
        change(item, level="high")
    fit = fit_of(said)
    assert fit is not None
    assert fit.section["code"] == "ENV"
    assert [item["code"] for item in fit.items] == ["ENV01", "ENV02", "ENV03"][: min(high, 3)]


def test_what_is_discussed_does_not_fit() -> None:
    said = levelled("small", "middle", ENV01="high", ENV02="high")
    change(items(said)["ENV01"], cant_say_often=True)
    fit = fit_of(said)
    assert ("ENV01", "cant_say") in why(said)
    assert fit is not None
    assert [item["code"] for item in fit.items] == ["ENV02"]


def test_of_sections_that_are_as_high_the_first_fits() -> None:
    said = payload("words")
    for place, section in enumerate(said["sections"]):
        change(section, anchors=[3, 4] if place in (2, 5) else [1, 2])
    fit = fit_of(said)
    assert fit is not None
    assert fit.section["code"] == said["sections"][2]["code"]
    assert why(said) == [(said["sections"][place]["code"], "further_down") for place in (0, 1, 3)]


def test_words_of_a_single_section_fit_and_leave_nothing_to_discuss() -> None:
    said = payload("words")
    del said["sections"][1:]
    fit = fit_of(said)
    assert fit is not None and fit.section["code"] == "ENV"
    assert points_of(said) == ()


def test_words_without_a_phrase_show_nothing() -> None:
    said = payload("words")
    for section in said["sections"]:
        change(section, anchors=None)
    assert (points_of(said), fit_of(said)) == ((), None)


def test_joint_asks_about_one_without_a_score_however_many_there_are() -> None:
    said = payload("joint")
    for item in items(said).values():
        change(item, mean=None)
    change(items(said)["RES02"], mean=1.0)
    assert why(said) == [("RES02", "lowest"), ("ENV01", "no_score")]


def test_words_shows_the_sections_with_the_lowest_phrase() -> None:
    said = payload("words")
    for place, section in enumerate(said["sections"]):
        change(section, anchors=[1, 2] if place in (1, 3) else [3, 4])
    assert why(said) == [
        (said["sections"][1]["code"], "further_down"),
        (said["sections"][3]["code"], "further_down"),
    ]


def test_words_where_all_phrases_are_one_does_not_call_any_lower() -> None:
    said = payload("words")
    for section in said["sections"]:
        change(section, anchors=[2, 3])
    fit = fit_of(said)
    assert fit is not None
    found = points_of(said)
    assert [point.why for point in found] == ["alike"] * 3
    assert fit.section["code"] not in {point.code for point in found}


def test_joint_shows_what_was_scored_lowest_and_one_without_a_score() -> None:
    said = payload("joint")
    for item in items(said).values():
        change(item, mean=4.0)
    for code, score in (("RES02", 1.0), ("ENV05", 0.0), ("CTX01", 2.0), ("MGR01", None)):
        change(items(said)[code], mean=score)
    assert why(said) == [
        ("ENV05", "lowest"), ("RES02", "lowest"), ("CTX01", "lowest"), ("MGR01", "no_score")
    ]  # fmt: skip
    assert fit_of(said) is None


def test_nothing_comes_of_a_result_that_was_not_released() -> None:
    assert points_of(payload("too_few")) == ()
    assert fit_of(payload("too_few")) is None
    assert evidence(payload("too_few"), "ENV01") is None


@pytest.mark.parametrize("tier", ["figures", "small", "words", "joint"])
def test_no_step_is_empty_and_none_repeats_another(tier: Tier) -> None:
    said = payload(tier)
    fit, found = fit_of(said), points_of(said)
    fitting = {item["code"] for item in fit.items} if fit else set()
    codes = [point.code for point in found]
    assert codes and len(codes) == len(set(codes))
    assert not fitting & set(codes)
    if fit and tier == "words":
        assert fit.section["code"] not in codes


def test_a_point_of_a_section_has_the_sections_code() -> None:
    said = payload("words")
    section = said["sections"][0]
    assert TalkingPoint(section, None, "further_down").code == section["code"]


def test_evidence_copies_the_words_the_figure_and_its_n() -> None:
    said = payload()
    copy = evidence(said, "ENV07")
    assert copy is not None
    assert copy.wording == f"{said['sections'][0]['stem']} {items(said)['ENV07']['text']}"
    assert copy.figure == "3.2 on a scale to 5"
    assert copy.n == 13


@pytest.mark.parametrize(
    ("tier", "code", "figure"),
    [
        ("small", "ENV07", "high, in words only"),
        ("words", "ENV07", "the whole section: a moderate to a great extent"),
        ("words", "ENV", "a moderate to a great extent"),
        ("joint", "ENV07", "3 of 5, agreed by the team"),
    ],
)
def test_evidence_says_no_more_than_was_released(tier: Tier, code: str, figure: str) -> None:
    copy = evidence(payload(tier), code)
    assert copy is not None
    assert (copy.figure, copy.n) == (figure, None)


def test_an_unknown_code_gives_nothing() -> None:
    assert evidence(payload(), "ENV99") is None
