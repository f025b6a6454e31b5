"""Sums over units: who enters by itself, who in a pool, and that a pool stays one."""

from random import Random

import pytest

from scoring.rules.payload import ItemShown, SectionShown
from scoring.rules.sums import KeptPools, Sum, SummedUnit, SumNode, joined_pools, release_sum
from tests.scoring.rules.wards import LAYOUT, ward, without
from tests.scoring.worlds import layout_of, released, summed_unit, wording_of

NONE: KeptPools = {"items": {}, "sections": {}}


def node(*units: SummedUnit, nodes: tuple[SumNode, ...] = ()) -> SumNode:
    return SumNode(units, nodes)


def summed(
    top: SumNode, *, remembered: KeptPools = NONE, known: tuple[SummedUnit, ...] = ()
) -> Sum:
    snapshots = {unit.snapshot: unit for unit in (*known, *top.all_units())}
    found = release_sum(
        layout=LAYOUT,
        node=top,
        asked=6,
        wording=wording_of(LAYOUT),
        remembered=remembered,
        snapshots=snapshots,
    )
    assert found is not None
    return found


def unit(
    key: int, n: int, first: int | None = None, *, snapshot: int = 0, too_soon: bool = False
) -> SummedUnit:
    """A unit of n people, whose first statement was scored by `first` of them."""
    sheets = ward(n, key) if first is None else without(ward(n, key), 0, first)
    return summed_unit(LAYOUT, key, sheets, snapshot=snapshot, too_soon=too_soon)


def item(found: Sum) -> ItemShown:
    return found.payload["sections"][0]["items"][0]


def section(found: Sum) -> SectionShown:
    return found.payload["sections"][0]


def test_units_that_show_a_statement_add_up_and_the_sum_says_who_is_in() -> None:
    one, two = unit(1, 14), unit(2, 20)
    found = summed(node(one, two))
    assert found.payload["units"] == {"released": 2, "asked": 6}
    assert (found.payload["answered"], found.payload["headcount"]) == (34, 51)
    both = released(LAYOUT, ward(14, 1) + ward(20, 2))["sections"][0]["items"][0]
    shown = item(found)
    assert (shown["distribution"], shown["mean"]) == (both["distribution"], both["mean"])
    assert (shown["people"], shown["units"]) == (34, 2)
    assert (shown["level"], shown["agreement"], shown["cant_say"]) == (None, None, None)
    assert section(found)["interval"] is None
    assert found.pools == NONE


def test_a_sections_sum_is_the_average_of_shown_means_weighted_by_people() -> None:
    one = summed_unit(LAYOUT, 1, ["222222222"] * 14)
    two = summed_unit(LAYOUT, 2, ["333333333"] * 7)
    found = summed(node(one, two))
    assert section(found)["mean"] == 2.3
    assert (section(found)["people"], section(found)["units"]) == (21, 2)


def test_one_unit_that_shows_a_figure_is_no_sum() -> None:
    found = summed(node(unit(1, 20), unit(2, 9)))
    assert (item(found)["distribution"], item(found)["withheld"]) == (None, "one_unit")
    assert item(found)["people"] is None
    assert section(found)["mean"] is not None, "both show their mean"
    alone = summed(node(unit(1, 20), unit(2, 6)))
    assert (section(alone)["mean"], section(alone)["withheld"]) == (None, "one_unit")


@pytest.mark.parametrize(
    ("first", "second", "enters"),
    [(5, 5, False), (5, 6, True), (4, 10, False), (10, 0, False)],
)
def test_a_pool_takes_two_units_of_five_and_eleven_people(
    first: int, second: int, enters: bool
) -> None:
    # Beside a ward that shows the statement itself.
    found = summed(node(unit(1, 20), unit(2, 10, first), unit(3, 10, second)))
    shown = item(found)
    assert (shown["distribution"] is not None) == enters
    assert shown["people"] == (20 + first + second if enters else None)
    assert found.pools["items"].get("A1", []) == ([[2, 3]] if enters else [])


def test_a_pool_of_one_unit_is_none_however_large() -> None:
    too_soon = unit(2, 20, too_soon=True)
    found = summed(node(unit(1, 20), too_soon))
    assert item(found)["withheld"] == "one_unit"
    more = summed(node(unit(1, 20), too_soon, unit(3, 9), unit(4, 9)))
    assert (item(more)["people"], item(more)["units"]) == (38, 3), "too soon: not in a pool either"
    assert section(more)["people"] == 58, "its section means are in"


def test_a_pool_made_below_stays_one_above_and_the_rest_needs_its_own() -> None:
    left = node(unit(1, 9), unit(2, 9))
    right = node(unit(3, 14), unit(4, 9))
    assert item(summed(right))["withheld"] == "one_unit"
    whole = summed(node(nodes=(left, right)))
    assert (item(whole)["people"], item(whole)["units"]) == (32, 3), "the fourth stays out"
    assert whole.pools["items"]["A1"] == [[1, 2]]
    more = summed(node(unit(5, 9), nodes=(left, right)))
    assert more.pools["items"]["A1"] == [[1, 2], [4, 5]]
    assert item(more)["people"] == 50


def test_a_unit_that_comes_later_needs_a_pool_of_its_own() -> None:
    first = node(unit(1, 9), unit(2, 9))
    before = summed(first)
    late = summed(node(unit(1, 9), unit(2, 9), unit(3, 9)), remembered=before.pools)
    assert (item(late)["people"], item(late)["units"]) == (18, 2)
    assert item(summed(node(unit(1, 9), unit(2, 9), unit(3, 9))))["people"] == 27
    two = summed(node(unit(1, 9), unit(2, 9), unit(3, 9), unit(4, 9)), remembered=before.pools)
    assert two.pools["items"]["A1"] == [[1, 2], [3, 4]]


def test_a_pooled_unit_stays_in_its_pool_with_the_columns_it_entered_with() -> None:
    old = (unit(1, 9), unit(2, 9))
    before = summed(node(*old))
    # A correction brought eleven more sheets, so that the first now shows its bars.
    corrected = unit(1, 20, snapshot=11)
    after = summed(node(corrected, old[1], unit(3, 14)), remembered=before.pools, known=old)
    assert (item(after)["people"], item(after)["units"]) == (9 + 9 + 14, 3)
    assert after.pools["items"]["A1"] == [[1, 2]]
    again = joined_pools([before.pools, after.pools])
    assert again["items"]["A1"] == [[1, 2]], "each pool once"


def test_a_sections_pool_counts_the_statements_that_eleven_scored() -> None:
    # Six and six people have words only; one statement was scored by four in the second.
    one = summed_unit(LAYOUT, 1, ["111111111"] * 6)
    two = summed_unit(LAYOUT, 2, without(["333333333"] * 6, 0, 4))
    found = summed(node(one, two))
    assert section(found)["mean"] == 2.0
    assert (section(found)["people"], section(found)["units"]) == (12, 2)
    ten = summed_unit(LAYOUT, 3, ["333333333"] * 5)
    assert section(summed(node(summed_unit(LAYOUT, 4, ["1" * 9] * 5), ten)))["mean"] is None
    # Half of its statements must count: of four, two.
    hard = summed_unit(LAYOUT, 5, [sheet[:1] + "???" + sheet[4:] for sheet in ward(6, 5)])
    assert section(summed(node(one, hard)))["withheld"] == "one_unit"


def test_a_pool_of_elsewhere_does_not_enter() -> None:
    away = (unit(8, 9), unit(9, 9))
    pools = summed(node(*away)).pools
    assert pools["items"]["A1"] == [[8, 9]]
    here = summed(node(unit(1, 14), unit(2, 20)), remembered=pools, known=away)
    assert (item(here)["people"], item(here)["units"]) == (34, 2)
    # Nor where only one of its units stands.
    part = summed(node(unit(1, 14), unit(2, 20), away[0]), remembered=pools, known=away)
    assert (item(part)["people"], item(part)["units"]) == (34, 2)


@pytest.mark.parametrize(("first", "second", "mean"), [(5, 6, 2.1), (5, 5, None), (4, 7, None)])
def test_in_a_sections_pool_five_count_and_eleven_together(
    first: int, second: int, mean: float | None
) -> None:
    """Of each statement: 1 of `first` people and 3 of `second`, five or more of a unit."""
    one = summed_unit(LAYOUT, 1, ["1" * 9] * first + ["?" * 9] * (6 - min(first, 6)))
    two = summed_unit(LAYOUT, 2, ["3" * 9] * second + ["?" * 9] * (6 - min(second, 6)))
    assert section(summed(node(one, two)))["mean"] == mean


@pytest.mark.parametrize(("counting", "is_there"), [(2, False), (3, True), (4, True)])
def test_half_of_a_later_sections_statements_must_count(counting: int, is_there: bool) -> None:
    """The second section has five statements: three are at least half."""
    sheets = ["2222" + "2" * counting + "?" * (5 - counting)] * 6
    found = summed(node(summed_unit(LAYOUT, 1, sheets), summed_unit(LAYOUT, 2, sheets)))
    assert (found.payload["sections"][1]["mean"] is not None) == is_there


def test_a_sum_says_means_on_the_versions_own_scale_and_marks_nothing() -> None:
    layout = layout_of([2], 1, 5)  # answers are kept from 0 on
    units = (summed_unit(layout, 1, ["22"] * 14), summed_unit(layout, 2, ["44"] * 14))
    found = release_sum(
        layout=layout, node=node(*units), asked=2, wording=wording_of(layout), remembered=NONE,
        snapshots={unit.snapshot: unit for unit in units},
    )  # fmt: skip
    assert found is not None
    shown = section(found)
    assert (shown["mean"], item(found)["mean"]) == (4.0, 4.0)
    assert not (shown["cant_say_leads"] or shown["relatively_low"])
    assert not item(found)["cant_say_often"]


def test_without_a_unit_with_a_result_there_is_no_sum() -> None:
    assert (
        release_sum(
            layout=LAYOUT,
            node=node(),
            asked=2,
            wording=wording_of(LAYOUT),
            remembered=NONE,
            snapshots={},
        )
        is None
    )


def rank_tells_one(differences: list[set[int]], units: set[int]) -> bool:
    """True if some combination of the known sums of units is a single one: by elimination."""
    rows = [{unit: 1 for unit in row} for row in differences]
    solved: list[dict[int, float]] = []
    for row in rows:
        current: dict[int, float] = dict(row)
        for pivot in solved:
            lead = min(pivot)
            if current.get(lead):
                factor = current[lead] / pivot[lead]
                for at, value in pivot.items():
                    current[at] = current.get(at, 0) - factor * value
                current = {at: value for at, value in current.items() if abs(value) > 1e-9}
        if current:
            solved.append(current)
            solved.sort(key=min)
    for unit in units:
        wanted: dict[int, float] = {unit: 1}
        for pivot in solved:
            lead = min(pivot)
            if wanted.get(lead):
                factor = wanted[lead] / pivot[lead]
                for at, value in pivot.items():
                    wanted[at] = wanted.get(at, 0) - factor * value
                wanted = {at: value for at, value in wanted.items() if abs(value) > 1e-9}
        if not wanted:
            return True
    return False


def assert_no_subtraction_tells_one(seed: int) -> None:
    """Over a made-up tree of three parents, of units of 5 to 15 people."""
    random = Random(seed)
    layout = layout_of([4])
    units = [
        summed_unit(
            layout,
            key,
            [
                "".join(random.choice("012345?") for _ in range(4))
                for _ in range(random.randint(5, 15))
            ],
        )
        for key in range(1, random.randint(3, 8))
    ]
    cut, second = sorted(random.sample(range(1, len(units) + 1), 2)) if len(units) > 2 else (1, 2)
    inner = SumNode(tuple(units[:cut]))
    middle = SumNode(tuple(units[cut:second]), (inner,))
    top = SumNode(tuple(units[second:]), (middle,))
    snapshots = {each.snapshot: each for each in units}
    for place, code in enumerate(("A1", "A2", "A3", "A4")):
        shown = {
            each.key
            for each in units
            if each.payload["tier"] == "figures" and each.columns.items[place].n >= 11
        }
        known: list[set[int]] = []
        for each in (inner, middle, top):
            found = release_sum(
                layout=layout,
                node=each,
                asked=9,
                wording=wording_of(layout),
                remembered=NONE,
                snapshots=snapshots,
            )
            assert found is not None
            pools = found.pools["items"].get(code, [])
            below = {one.key for one in each.all_units()}
            entered = (shown & below) | {key for pool in pools for key in pool}
            column = found.payload["sections"][0]["items"][place]
            if column["people"] is not None:
                assert column["units"] == len(entered)
                known.append(entered - shown)
        hidden = {each.key for each in units} - shown
        assert not rank_tells_one([row for row in known if row], hidden)


@pytest.mark.parametrize("seed", range(30))
def test_no_subtraction_over_a_tree_gives_a_single_small_unit(seed: int) -> None:
    assert_no_subtraction_tells_one(seed)


@pytest.mark.long
@pytest.mark.timeout(0)
def test_no_subtraction_over_four_hundred_trees_gives_a_single_small_unit() -> None:
    for seed in range(1000, 1400):
        assert_no_subtraction_tells_one(seed)
