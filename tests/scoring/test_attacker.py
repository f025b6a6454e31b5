"""Nothing released pins down what a few people answered; random units, holes and corrections."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from scoring.counts import count_answers
from scoring.layout import Layout
from scoring.parents import Released, release_parent
from scoring.release import release
from surveys.answer_string import DIGITS
from tests.scoring.attacker import Fact, Release, View, World, facts, is_unanimous, twin
from tests.scoring.worlds import layout_of, released_unit, wording_of

EXAMPLES = int(os.environ.get("FFIT_ATTACKER_EXAMPLES", "300"))
attacked = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # A world found is small enough to read; making it smaller would take hours.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    return layout_of(sizes, 0, draw(st.sampled_from([3, 4, 5, 6, 10])))


@st.composite
def units(draw: st.DrawFn, layout: Layout, smallest: int = 5, largest: int = 18) -> list[str]:
    """Sheets of people who lean one way, with statements that many cannot score."""
    n = draw(st.integers(smallest, largest))
    random = Random(draw(st.integers(0, 2**32)))
    holes = draw(st.sampled_from([0.0, 0.03, 0.1, 0.3]))
    spread = draw(st.sampled_from([0.0, 0.4, 1.0, 3.0]))
    hard = draw(st.lists(st.integers(0, len(layout.items) - 1), max_size=2))
    few = draw(st.integers(0, 4))
    top = layout.options - 1
    lean = random.uniform(0, top)
    sheets = []
    for index in range(n):
        mine = min(top, max(0, random.gauss(lean, spread)))
        row = []
        for item in range(len(layout.items)):
            hole = random.random() < holes or (item in hard and index >= few)
            value = min(top, max(0, round(random.gauss(mine, spread / 2))))
            row.append(random.choice("-??") if hole else DIGITS[value])
        if set(row) != {"-"}:
            sheets.append("".join(row))
    random.shuffle(sheets)
    return sheets


@lru_cache(maxsize=1000)
def _unit(layout: Layout, key: str, sheets: tuple[str, ...]) -> Released:
    return released_unit(layout, key, sheets)


def attack(layout: Layout, world: World, release_all: Release, wanted: list[Fact]) -> None:
    random = Random(1)
    for fact in wanted:
        if is_unanimous(world, fact):
            continue
        note(f"{fact} in {world[fact.unit]}: {fact.value(world)}")
        found = twin(layout, world, fact, release_all, random, budget=30_000)
        assert found is not None, f"pinned down: {fact.about}"


@attacked
@given(st.data())
def test_a_unit_tells_nothing_of_a_few_people(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    world = [data.draw(units(layout))]

    def release_all(other: World) -> Iterator[View]:
        for sheets in other:
            unit = released_unit(layout, "u", sheets)
            yield unit.counts, unit.payload

    attack(layout, world, release_all, list(facts(layout, world)))


@settings(attacked, max_examples=max(1, EXAMPLES // 3))
@given(st.data())
def test_a_parent_beside_its_units_tells_nothing_of_a_few_people(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    world = [data.draw(units(layout, largest=14)) for _ in range(data.draw(st.integers(1, 3)))]
    late = data.draw(st.booleans())

    def parent(parts: Sequence[Released], earlier: Sequence[Released]) -> list[Released]:
        found = release_parent(
            layout=layout,
            key="p",
            parts=parts,
            asked=3,
            wording=wording_of(layout),
            earlier=earlier,
        )
        return [] if found is None else [found]

    def release_all(other: World) -> Iterator[View]:
        parts = []
        for key, sheets in enumerate(other):
            parts.append(_unit(layout, str(key), tuple(sheets)))
            yield parts[-1].counts, parts[-1].payload
        earlier = parent(parts[:-1], []) if late else []
        for each in [*earlier, *parent(parts, earlier)]:
            yield each.counts, each.payload

    attack(layout, world, release_all, list(facts(layout, world)))


@settings(attacked, max_examples=max(1, EXAMPLES // 3))
@given(st.data())
def test_a_correction_beside_the_first_snapshot_tells_nothing_of_a_few_people(
    data: st.DataObject,
) -> None:
    layout = data.draw(layouts())
    sheets = data.draw(units(layout, smallest=12))
    taken_out = data.draw(st.integers(1, 4))
    if len(sheets) < 10:
        return

    def release_all(other: World) -> Iterator[View]:
        first = count_answers(layout, other[0])
        second = count_answers(layout, other[0][taken_out:])
        common: Any = {"layout": layout, "k": 5, "wording": wording_of(layout), "headcount": 30}
        yield first, release(counts=first, **common)
        yield second, release(counts=second, earlier=[first], **common)

    removed = [
        Fact(
            "taken out",
            0,
            section,
            tuple(
                (index, item)
                for index in range(taken_out)
                for item in range(begins, ends)
                if sheets[index][item] in DIGITS
            ),
        )
        for section, (begins, ends) in enumerate(layout.spans)
    ]
    world = [sheets]
    attack(layout, world, release_all, [fact for fact in removed if fact.cells])
