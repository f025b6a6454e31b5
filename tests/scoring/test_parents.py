"""A parent is the plain sum of its released units: nothing else comes in, nothing is lost."""

from random import Random

from scoring.counts import count_answers, merge
from scoring.parents import Released, release_parent
from scoring.statistics import item_statistics, score_statistics
from tests.scoring.worlds import layout_of, released_unit, wording_of

LAYOUT = layout_of([4, 3, 5])


def sheets(random: Random, people: int) -> list[str]:
    return ["".join(random.choices("012345-?", k=len(LAYOUT.items))) for _ in range(people)]


def parent(key: str, parts: list[Released], asked: int) -> Released:
    found = release_parent(
        layout=LAYOUT, key=key, parts=parts, asked=asked, wording=wording_of(LAYOUT)
    )
    assert found is not None
    return found


def test_a_tree_of_sums_has_the_statistics_of_all_its_sheets_at_once() -> None:
    random = Random(4)
    wards = [sheets(random, 12 + number) for number in range(6)]
    units = [released_unit(LAYOUT, f"W{n}", each) for n, each in enumerate(wards)]
    divisions = [parent("A", units[:2], 2), parent("B", units[2:], 4)]
    top = parent("top", divisions, 6)
    at_once = count_answers(LAYOUT, [sheet for ward in wards for sheet in ward])
    assert top.counts == at_once == merge(LAYOUT, [unit.counts for unit in units])
    assert score_statistics(LAYOUT, top.counts, 200) == score_statistics(LAYOUT, at_once, 200)
    assert item_statistics(LAYOUT, top.counts, 3) == item_statistics(LAYOUT, at_once, 3)
    assert top.payload["units"] == {"released": 6, "asked": 6}


def test_a_unit_without_a_result_is_in_no_sum() -> None:
    random = Random(9)
    units = [released_unit(LAYOUT, f"W{n}", sheets(random, 14)) for n in range(3)]
    hidden = released_unit(LAYOUT, "small", sheets(random, 3))
    assert hidden.payload["tier"] == "too_few"
    found = parent("A", [*units, hidden], 4)
    assert found.counts == merge(LAYOUT, [unit.counts for unit in units])
    assert found.payload["units"] == {"released": 3, "asked": 4}
