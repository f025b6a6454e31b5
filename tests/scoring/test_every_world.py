"""Every set of answers that some people could give to a short section: no release pins down what a
few of them answered. Not by trying, as `test_attacker`, but by going through all of them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations_with_replacement, product

import pytest

from scoring.layout import Layout
from scoring.payload import SnapshotPayload
from surveys.answer_string import DIGITS, SKIPPED
from tests.scoring.attacker import Fact, World, facts, is_unanimous, possible_decoys
from tests.scoring.worlds import layout_of, released

Question = tuple[str, object]


def same_text(payload: SnapshotPayload) -> str:
    return json.dumps(payload, sort_keys=True)


def public(payload: SnapshotPayload) -> str:
    """What no decoy ever takes away."""
    return json.dumps([section["items"] for section in payload["sections"]], sort_keys=True)


def asked(fact: Fact) -> Question:
    """The same question in whatever world."""
    return fact.about, getattr(fact.group, "keywords", {}).get("item")


def values(layout: Layout, worlds: Iterable[World]) -> dict[Question, set[tuple[str, ...]]]:
    """What the answer to each question is in these worlds."""
    found = defaultdict(set)
    for world in worlds:
        for fact in facts(layout, world):
            found[asked(fact)].add(fact.value(world))
    return found


def open_to_doubt(layout: Layout, worlds: Iterable[World]) -> set[Question]:
    """The questions that in one of these worlds are not about what everybody said."""
    return {
        asked(fact)
        for world in worlds
        for fact in facts(layout, world)
        if not is_unanimous(world, fact)
    }


def pinned_down(n: int, size: int, options: int) -> list[str]:
    """Each question that some release of n sheets leaves with a single answer."""
    layout = layout_of([size], 0, options - 1)
    sheets = ["".join(cells) for cells in product(DIGITS[:options] + SKIPPED, repeat=size)]
    sheets.remove(SKIPPED * size)
    alike: dict[str, list[World]] = defaultdict(list)
    beside: dict[str, list[World]] = defaultdict(list)
    for chosen in combinations_with_replacement(sheets, n):
        payload = released(layout, chosen)
        alike[same_text(payload)].append([list(chosen)])
        beside[public(payload)].append([list(chosen)])
    found = []
    for text, worlds in alike.items():
        single = {key for key, each in values(layout, worlds).items() if len(each) == 1}
        single &= open_to_doubt(layout, worlds)
        if not single:
            continue
        # Of the other worlds those may lie behind it in which a figure stays away by chance.
        payload = json.loads(text)
        chance = possible_decoys(payload)
        more = [
            world
            for world in beside[public(payload)]
            if same_text(released(layout, world[0], decoys=chance)) == text
        ]
        left = values(layout, [*worlds, *more])
        found += [f"{key} of {worlds[0]}" for key in single if len(left[key]) == 1]
    return found


def test_no_release_of_seven_yes_or_no_sheets_pins_down_a_few() -> None:
    assert pinned_down(7, 2, 2) == []


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize(
    ("n", "size", "options"), [(5, 3, 2), (6, 2, 3), (7, 2, 3), (11, 2, 2), (12, 2, 2)]
)
def test_no_release_of_a_short_section_pins_down_a_few(n: int, size: int, options: int) -> None:
    assert pinned_down(n, size, options) == []
