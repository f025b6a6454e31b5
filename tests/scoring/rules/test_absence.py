"""Whatever scores people choose, the same figures are missing for the same reasons."""

from random import Random
from typing import Any

import pytest

from scoring.rules.payload import SnapshotPayload
from scoring.rules.sums import SumNode, release_sum
from tests.scoring.rules.made_up import Sheets, made_up_layout, made_up_sheets, texts
from tests.scoring.worlds import released, summed_unit, wording_of


def missing(payload: SnapshotPayload) -> Any:
    """The shape of a payload: which figures are there, with every reason and every count of people.

    All but `relatively_low`, which hangs on shown figures.
    """
    figures = {"mean", "word", "anchors", "level", "agreement", "interval", "distribution"}

    def shape(value: Any) -> Any:
        if isinstance(value, list):
            return [shape(each) for each in value]
        if isinstance(value, dict):
            return {
                key: (each is not None) if key in figures and key != "why" else shape(each)
                for key, each in value.items()
                if key != "relatively_low"
            }
        return value

    shaped = shape({**payload, "sections": []})
    shaped["sections"] = [
        {**shape({**section, "why": {}}), "why": section["why"]} for section in payload["sections"]
    ]
    return shaped


def rescored(random: Random, sheets: Sheets, options: int) -> Sheets:
    """The same people with other scores, or all with one, and the same gaps."""
    alike = random.randrange(options) if random.random() < 0.3 else None
    return [
        [
            each if each in "?-" else str(random.randrange(options) if alike is None else alike)
            for each in sheet
        ]
        for sheet in sheets
    ]


@pytest.mark.parametrize("seed", range(100))
def test_the_scores_change_and_the_same_figures_are_missing(seed: int) -> None:
    random = Random(seed)
    layout = made_up_layout(random)
    wards = [made_up_sheets(random, layout, random.randint(5, 16)) for _ in range(3)]
    others = [rescored(random, sheets, layout.options) for sheets in wards]
    too_soon = random.random() < 0.2
    for sheets, other in zip(wards, others, strict=True):
        for headcount in (None, 20, len(sheets)):
            before, after = (
                missing(released(layout, texts(each), headcount=headcount, too_soon=too_soon))
                for each in (sheets, other)
            )
            assert before == after
    sums = []
    for each in (wards, others):
        units = [summed_unit(layout, key, texts(one)) for key, one in enumerate(each, start=1)]
        found = release_sum(
            layout=layout,
            node=SumNode((units[2],), (SumNode((units[0], units[1])),)),
            asked=3,
            wording=wording_of(layout),
            remembered={"items": {}, "sections": {}},
            snapshots={unit.snapshot: unit for unit in units},
        )
        assert found is not None
        sums.append((missing(found.payload), found.pools))
    assert sums[0] == sums[1]
