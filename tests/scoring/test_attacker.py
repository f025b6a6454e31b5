"""Nothing released pins down what a few people answered; random units, holes and corrections."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scoring.counts import count_answers
from scoring.decoys import Decoy, Decoys
from scoring.layout import Layout
from scoring.parents import Released, release_parent
from scoring.release import Before, release
from scoring.released_change import Audit, released_change
from surveys.answer_string import DIGITS
from tests.scoring.attacker import Fact, Release, View, World, facts, is_unanimous, twin
from tests.scoring.worlds import layout_of, released_unit, wording_of

attacked = settings(
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
def _unit(
    layout: Layout, key: str, sheets: tuple[str, ...], away: tuple[tuple[str, Decoy], ...] | None
) -> Released:
    return released_unit(layout, key, sheets, None if away is None else dict(away))


def attack(layout: Layout, world: World, release_all: Release, wanted: list[Fact]) -> None:
    random = Random(1)
    for fact in wanted:
        if is_unanimous(world, fact):
            continue
        found = twin(layout, world, fact, release_all, random, budget=60_000)
        assert found is not None, f"pinned down: {fact}, {fact.value(world)}, in {world}"


def attack_a_unit(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    world = [data.draw(units(layout))]
    attack(layout, world, of_units(layout), list(facts(layout, world)))


def of_units(layout: Layout) -> Release:
    """Releases units by themselves."""

    def release_all(other: World, away: Sequence[Decoys]) -> Iterator[View]:
        for key, sheets in enumerate(other):
            decoys = tuple(away[key].items()) if away else None
            unit = _unit(layout, str(key), tuple(sheets), decoys)
            yield unit.counts, unit.payload

    return release_all


def attack_a_parent(data: st.DataObject) -> None:
    """Its units, their division, the trust over it and another unit, perhaps an earlier sum."""
    layout = data.draw(layouts())
    world = [data.draw(units(layout, largest=14)) for _ in range(data.draw(st.integers(2, 4)))]
    late, nested = data.draw(st.booleans()), data.draw(st.booleans())
    if sum(len(sheets) >= 5 for sheets in world[:2]) == 0:
        return  # the division below has no result at all
    attack(layout, world, of_parents(layout, late=late, nested=nested), list(facts(layout, world)))


def of_parents(layout: Layout, *, late: bool, nested: bool) -> Release:
    """Releases units and sums over them; the last unit may come late, the first two be summed up
    by themselves."""

    def release_all(other: World, away: Sequence[Decoys]) -> Iterator[View]:
        chance = iter(away)
        parts = []
        for key, sheets in enumerate(other):
            decoys = tuple(next(chance).items()) if away else None
            parts.append(_unit(layout, str(key), tuple(sheets), decoys))
            yield parts[-1].counts, parts[-1].payload

        def parent(key: str, below: Sequence[Released], earlier: Sequence[Released]) -> Released:
            found = release_parent(
                layout=layout,
                key=key,
                parts=below,
                asked=4,
                wording=wording_of(layout),
                earlier=earlier,
                decoys=next(chance, None),
            )
            assert found is not None
            return found

        whole: list[Released] = []
        if nested and len(parts) > 2:
            division = parent("d", parts[:2], [])
            yield division.counts, division.payload
            parts = [division, *parts[2:]]
        if late and len(parts) > 2:
            whole.append(parent("p", parts[:-1], []))
            yield whole[0].counts, whole[0].payload
        last = parent("p", parts, whole)
        yield last.counts, last.payload

    return release_all


def attack_a_correction(data: st.DataObject) -> None:
    """Sheets taken out, put in or changed between two releases, perhaps with other headcounts."""
    layout = data.draw(layouts())
    sheets = data.draw(units(layout, smallest=12, largest=30))
    if len(sheets) < 10:
        return
    moved = data.draw(st.integers(0, min(15, len(sheets) - 5)))
    kind = data.draw(st.sampled_from(["taken out", "put in", "changed"]))
    headcounts = data.draw(st.lists(st.integers(30, 60), min_size=2, max_size=4))
    random = Random(data.draw(st.integers(0, 2**32)))
    # What the changed sheets were before the fault was mended.
    wrong = ["".join(random.sample(sheet, len(sheet))) for sheet in sheets[:moved]]
    if count_answers(layout, wrong) == count_answers(layout, sheets[:moved]):
        kind, moved = "taken out", 0

    def release_all(other: World, away: Sequence[Decoys]) -> Iterator[View]:
        mine, theirs = other
        versions = {
            "taken out": (mine, mine[moved:]),
            "put in": (mine[moved:], mine),
            "changed": ([*theirs, *mine[moved:]], mine),
        }[kind]
        earlier: list[Before] = []
        for index, headcount in enumerate(headcounts):
            counts = count_answers(layout, versions[min(index, 1)])
            payload = release(
                layout=layout,
                counts=counts,
                headcount=headcount,
                k=5,
                wording=wording_of(layout),
                earlier=earlier,
                # A unit's decoys are the same in each correction.
                decoys=_together(away),
            )
            if payload["sections"]:
                earlier.append(Before(counts, headcount))
            yield counts, payload

    world = [sheets, wrong]
    wanted = [fact for fact in facts(layout, world) if fact.unit == 0]
    if 0 < moved < 5:
        for section, span in enumerate(layout.spans):
            cells = [
                (index, item)
                for index in range(moved)
                for item in range(*span)
                if sheets[index][item] in DIGITS
            ]
            if cells:
                wanted.append(Fact(kind, 0, section, partial(_always, cells)))
    attack(layout, world, release_all, wanted)


def attack_a_change(data: st.DataObject) -> None:
    """Two audits of a unit, with the change between them."""
    layout = data.draw(layouts())
    world = [data.draw(units(layout, smallest=11)) for _ in range(2)]

    def release_all(other: World, away: Sequence[Decoys]) -> Iterator[View]:
        audits = []
        for index, sheets in enumerate(other):
            decoys = tuple(away[index].items()) if away else None
            unit = _unit(layout, "u", tuple(sheets), decoys)
            yield unit.counts, unit.payload
            audits.append(
                Audit(index, "Improvement", date(2026, 1, 1), layout, unit.counts, unit.payload)
            )
        before, now = audits
        codes = set(layout.items)
        yield (
            (before.counts, now.counts),
            released_change(earlier=before, later=now, joined=codes, rounds=[]),
        )

    attack(layout, world, release_all, list(facts(layout, world)))


def _always(cells: list[tuple[int, int]], world: World) -> list[tuple[int, int]]:
    return cells


def _together(away: Sequence[Decoys]) -> Decoys:
    """What may be missing by chance in all of a unit's payloads alike."""
    found: dict[str, Decoy] = {}
    for payload in away:
        for code, figures in payload.items():
            found[code] = found.get(code, figures) & figures
    return found


# How many of ten examples each gets: a parent's take long.
ATTACKS = {
    "unit": (attack_a_unit, 6),
    "correction": (attack_a_correction, 2),
    "change": (attack_a_change, 1),
    "parent": (attack_a_parent, 1),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_nothing_released_tells_of_a_few_people(what: str) -> None:
    run, share = ATTACKS[what]
    settings(attacked, max_examples=30 * share)(given(st.data())(run))()


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("what", ATTACKS)
def test_nothing_released_tells_of_a_few_people_in_ten_thousand_tries(what: str) -> None:
    run, share = ATTACKS[what]
    settings(attacked, max_examples=1000 * share)(given(st.data())(run))()


@pytest.mark.parametrize(
    ("size", "maximum", "sums", "world"),
    [
        pytest.param(
            4,
            5,
            False,
            [
                "?000 1011 1111 1111 1111 0000 1111 1111 0001 1111 2111 1111 0000 1111 1111 2222 "
                "0111 1111"
            ],
            id="whose spread lay just on a threshold, as wide as it could be",
        ),
        pytest.param(
            6,
            3,
            False,
            ["?11111 ?11111 ?11111 ?-1111 ?11111 -11111 ?11111 111111 ?11111 -11111 ?11111 ?11111"],
            id="who all agreed, but for what one alone was asked",
        ),
        pytest.param(
            3,
            3,
            True,
            ["?00 ?00 ?00 000 ??0", "-11 ?11 ?11 ?10 -01 -00 -00 ?00 -?1 ?11 -11 111"],
            id="whose one answer weighed less than it could have",
        ),
        pytest.param(
            2,
            6,
            True,
            ["66 ?6 66 ?6 ?6 5? -6 55 6-", "11 11 11 11 11"],
            id="of whom few filled in all, beside the statements of the sum",
        ),
        pytest.param(
            2,
            10,
            True,
            [
                "36 11 55 33 02 00 66 ?0 01 01 11 0?",
                "22 0? 20 ?3 34 0- 0? ?0 1? ?- -? 2-",
                "4? 44 44 44 44 44",
            ],
            id="whose agreement left only answers that would have moved the sum",
        ),
    ],
)
def test_worlds_that_once_told(size: int, maximum: int, sums: bool, world: list[str]) -> None:
    layout = layout_of([size], 0, maximum)
    how = of_parents(layout, late=False, nested=False) if sums else of_units(layout)
    sheets = [unit.split() for unit in world]
    attack(layout, sheets, how, list(facts(layout, sheets)))
