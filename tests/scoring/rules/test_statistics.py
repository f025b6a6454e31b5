"""An analyst's figures: as R finds them, as the formulas say with holes, and at their edges."""

from random import Random
from typing import Any

import pytest

from scoring.rules.counts import Counts, count_answers
from scoring.rules.distributions import f_quantile, t_quantile
from scoring.rules.statistics import (
    ItemStatistics,
    feldt_interval,
    item_statistics,
    mean_and_sd,
    mean_interval,
    moments,
    r_star,
    score_statistics,
)
from tests.scoring import reference
from tests.scoring.rules.r_case import LAYOUT, SECTIONS, by_r, counted, near, sheets
from tests.scoring.worlds import layout_of

NAMES = [*SECTIONS, "total"]
UNITS = sorted(sheets("unit"))


def whole() -> Counts:
    return count_answers(LAYOUT, [one for unit in UNITS for one in sheets("unit")[unit]])


@pytest.mark.parametrize("unit", UNITS)
def test_items_and_scores_of_a_unit_are_rs(unit: str) -> None:
    counts, theirs = counted("unit", unit), by_r()["units"][unit]
    assert counts.respondents == theirs["respondents"]
    found = score_statistics(LAYOUT, counts, theirs["roster"])
    for place in range(45):
        item = item_statistics(LAYOUT, counts, place)
        of_r = {name: values[place] for name, values in theirs["items"].items()}
        assert (item.n, list(item.histogram)) == (of_r["n"], of_r["hist_0_to_5"])
        assert (item.mean, item.sd) == (near(of_r["mean"]), near(of_r["sd"]))
        assert item.percent_positive == near(of_r["pct_positive_4_5"])
    for name, score in zip(NAMES, found, strict=True):
        of_r = theirs["scores"][name]
        assert (score.n, score.mean, score.sd) == (of_r["n"], near(of_r["mean"]), near(of_r["sd"]))
        assert score.percent_of_maximum == near(of_r["pct_of_max"])
        assert score.interval_fpc == near(theirs["ci_fpc"][name]["ci95_fpc_t"])
        if name != "total":
            assert score.percent_positive == near(theirs["mean_of_item_pct_positive"][name])


@pytest.mark.parametrize("section", SECTIONS)
def test_agreement_in_a_section_is_rs(section: str) -> None:
    theirs, place = by_r()["agreement_sections"][section], SECTIONS.index(section)
    for unit in UNITS:
        found = score_statistics(LAYOUT, counted("unit", unit))[place]
        assert found.n_listwise == theirs["n_listwise"][unit]
        assert found.rwg_j == near(theirs["rwg_j"][unit])
        assert found.r_star == near(theirs["rwg_j_lindell"][unit])
        assert found.ad == near(theirs["ad_median"][unit])


def test_agreement_in_items_is_rs() -> None:
    for code, theirs in by_r()["agreement_items"].items():
        for unit in UNITS:
            found = item_statistics(LAYOUT, counted("unit", unit), int(code[1:]) - 1)
            assert found.variance == near(theirs["variance"][unit])
            assert found.rwg == near(theirs["rwg"][unit])
            assert found.ad == near(theirs["ad_median"][unit])


def test_alpha_is_rs() -> None:
    for place, name in enumerate([*SECTIONS, "all45"]):
        found, theirs = score_statistics(LAYOUT, whole())[place], by_r()["alpha"][name]
        assert found.alpha == near(theirs["alpha_listwise"])
        assert found.alpha_ci95 == near(theirs["alpha_ci95_feldt"])


@pytest.mark.parametrize("seed", range(40))
def test_with_holes_all_is_as_the_formulas_say(seed: int) -> None:
    random = Random(seed)
    low, high = random.choice([(0, 5), (1, 4), (-2, 2), (0, 1)])
    layout = layout_of([random.choice([1, 2, 4]), random.choice([1, 3])], low, high)
    answers: list[list[int | None]] = [
        [None if random.random() < 0.25 else random.randint(low, high) for _ in layout.items]
        for _ in range(random.choice([0, 1, 2, 3, 9]))
    ]
    counts = count_answers(
        layout, ["".join("-" if v is None else str(v - low) for v in row) for row in answers]
    )
    if answers:
        for place, theirs in enumerate(reference.items(answers, low, high)):
            _is_the_same(item_statistics(layout, counts, place), theirs)
    spans = list(layout.spans)
    by_score = reference.scores(answers, spans)
    for found, (begins, ends), scores in zip(
        score_statistics(layout, counts), [*spans, (0, len(layout.items))], by_score, strict=True
    ):
        assert found.n == len(scores)
        assert found.mean == near(float(sum(scores)) / len(scores) if scores else None)
        theirs = reference.agreement(answers, begins, ends, low, high) if answers else {}
        for name, value in theirs.items():
            own = getattr(found, name)
            assert own == near(None if value is None else float(value)), name


def _is_the_same(found: ItemStatistics, theirs: dict[str, Any]) -> None:
    for name, value in theirs.items():
        own = getattr(found, name)
        assert own == (
            value if name == "histogram" else near(None if value is None else float(value))
        )


def test_what_two_people_cannot_say_or_skip_is_counted() -> None:
    layout = layout_of([1])
    found = item_statistics(layout, count_answers(layout, ["?", "?", "-", "3"]), 0)
    assert (found.n, found.not_sure, found.skipped) == (1, 2, 1)
    assert (found.mean, found.median, found.sd, found.ad, found.rwg) == (3, 3, None, None, None)
    none = item_statistics(layout, count_answers(layout, ["?", "-", "-"]), 0)
    assert (none.n, none.mean, none.not_sure, none.skipped) == (0, None, 1, 2)


def test_a_section_has_a_percent_only_if_every_statement_has() -> None:
    layout = layout_of([2])
    assert score_statistics(layout, count_answers(layout, ["45", "0-"]))[0].percent_positive == 75
    assert score_statistics(layout, count_answers(layout, ["4-", "0-"]))[0].percent_positive is None


def test_alpha_needs_two_statements_two_people_and_a_spread() -> None:
    def alpha(sizes: list[int], *given: str) -> float | None:
        layout = layout_of(sizes)
        return score_statistics(layout, count_answers(layout, given))[0].alpha

    assert alpha([1], "1", "2", "3") is None
    assert alpha([2], "12") is None
    assert alpha([2], "12", "12", "12") is None
    assert alpha([2], "11", "22") == 1
    assert alpha([2], "12", "21", "12") is None, "one sum"


@pytest.mark.parametrize(
    ("n", "headcount", "left"),
    [(4, None, 1.0), (4, 8, 0.5**0.5), (4, 5, 0.2**0.5), (4, 4, 0.0), (2, 4, 0.5**0.5)],
)
def test_an_interval_shrinks_with_the_share_that_answered(
    n: int, headcount: int | None, left: float
) -> None:
    half = t_quantile(0.975, n - 1) * 0.5 / n**0.5 * left
    assert mean_interval(3.0, 0.5, n, headcount) == near((3 - half, 3 + half))


def test_no_interval_of_one_person_of_no_spread_or_of_more_than_there_are() -> None:
    assert mean_interval(3.0, 0.5, 1) is None
    assert mean_interval(None, 0.5, 4) is None
    assert mean_interval(3.0, None, 4) is None
    assert mean_interval(3.0, 0.5, 4, 3) is None
    assert mean_and_sd(count_answers(layout_of([1]), []).scores[0], 1) == (None, None)
    assert mean_and_sd(count_answers(layout_of([1]), ["4"]).scores[0], 1) == (4, None)


def test_feldts_interval_is_around_alpha() -> None:
    assert feldt_interval(None, 12, 4) is None
    low, high = feldt_interval(0.8, 12, 4) or (0.0, 0.0)
    assert low == near(1 - 0.2 * f_quantile(0.975, 11, 33))
    assert high == near(1 - 0.2 * f_quantile(0.025, 11, 33))


def test_r_star_of_columns() -> None:
    layout = layout_of([1], 0, 4)
    assert r_star(layout, [(1, 0, 0, 0, 0)]) is None
    assert r_star(layout, [(2, 0, 0, 0, 0)]) == 1
    assert r_star(layout, [(1, 0, 0, 0, 1)]) == -3
    assert r_star(layout, [(1, 0, 0, 0, 1), (2, 0, 0, 0, 0)]) == -1


def test_moments_of_a_histogram() -> None:
    assert moments((0, 0, 0)) == (0, 0, 0, 0, 0)
    # 0, 2, 2, 3: median 2, differences 2, 0, 0, 1.
    assert moments((1, 0, 2, 1)) == (4, 7, 4 * 17 - 49, 4, 6)
    # 0, 3: median 1.5.
    assert moments((1, 0, 0, 1)) == (2, 3, 9, 3, 6)
