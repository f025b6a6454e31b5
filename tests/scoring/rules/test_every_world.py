"""Every set of answers that some people could give to a short section: no release pins down what a
few of them answered. Not by trying, but by going through all of them.

A few are 1 to 4 people picked by what they answered to another statement, by their "can't say", by
what they left out, or by being the few who scored a statement. What they answered to a statement is
pinned down if every set of answers that gives this very payload agrees on it; that is allowed only
where all who scored the statement agree.
"""

import json

import pytest

from bench.attacks import World, fixed_facts
from responses.rules.answer_string import NOT_SURE, SKIPPED
from tests.scoring.worlds import layout_of, released


def pinned_down(n: int, size: int, options: int, gaps: str) -> list[str]:
    """Each question that some release of n sheets leaves with a single answer."""
    layout = layout_of([size], 0, options - 1)
    kept: dict[tuple[str, ...], str] = {}

    def shown(world: World) -> str:
        columns = tuple("".join(sorted(column)) for column in zip(*world, strict=True))
        if columns not in kept:
            kept[columns] = json.dumps(released(layout, world), sort_keys=True)
        return kept[columns]

    found, _ = fixed_facts(shown, n, size, options, gaps)
    return [f"{each.question} of {each.worlds[0]}" for each in found]


def test_no_release_of_seven_yes_or_no_sheets_pins_down_a_few() -> None:
    assert pinned_down(7, 2, 2, SKIPPED) == []


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize(
    ("n", "size", "options", "gaps"),
    [
        *((5, 3, 2, NOT_SURE), (6, 2, 3, NOT_SURE), (7, 2, 2, NOT_SURE + SKIPPED)),
        *((11, 2, 2, NOT_SURE), (12, 2, 2, NOT_SURE)),
    ],
)
def test_no_release_of_a_short_section_pins_down_a_few(
    n: int, size: int, options: int, gaps: str
) -> None:
    assert pinned_down(n, size, options, gaps) == []
