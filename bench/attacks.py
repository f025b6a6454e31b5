"""Attacks on the release rules of a tree: `python -P bench/attacks.py` with that tree on the path.

`./dev bench release --against REV` runs it on REV and on this tree. So it imports nothing of the
product but `tests.scoring.worlds`, which both have, and what it tries is the same for both. The
tests of release use the exact search too.

A *fact* is what 1 to 4 people answered to a statement on which not all agreed. They are picked by
what they answered to another statement, by their "can't say", by what they left out, or by being
the few who scored a statement. It is fixed if every set of answers that gives this very payload
agrees on it.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations_with_replacement, product
from random import Random
from typing import Any

DIGITS, CANT_SAY, BLANK = "0123456789", "?", "-"
FEW = range(1, 5)
# People, statements, options, and what may stand in place of a score.
EXACT = (
    *((11, 2, 2, CANT_SAY), (12, 2, 2, CANT_SAY), (7, 2, 2, CANT_SAY + BLANK)),
    *((6, 2, 3, CANT_SAY), (5, 3, 2, CANT_SAY)),
)
SWAPS = 2000
REASONS = ("why", "withheld")
OF_FIGURES = ("relatively_low", "highest", "lowest", "furthest_apart")

World = tuple[str, ...]
Question = tuple[str, int]
"""A group by its description, and a statement."""


@dataclass(frozen=True)
class Fixed:
    """A question that some payload leaves with a single answer, and the sets of answers behind."""

    question: Question
    worlds: list[World]


def groups(world: World, size: int) -> Iterator[tuple[str, list[str]]]:
    """Every group that can be picked without names, with its description."""
    for item in range(size):
        for value in sorted({sheet[item] for sheet in world}):
            yield f"answered {value} to {item}", [each for each in world if each[item] == value]
        yield f"scored {item}", [each for each in world if each[item] in DIGITS]
    by_pattern = defaultdict(list)
    for sheet in world:
        by_pattern[_gaps(sheet)].append(sheet)
    for pattern in sorted(by_pattern):
        yield f"left {pattern}", by_pattern[pattern]


@cache
def _gaps(sheet: str) -> str:
    return "".join(cell if cell not in DIGITS else "." for cell in sheet)


def facts(world: World, size: int) -> Iterator[tuple[Question, str, bool]]:
    """Each question about a few, what they answered, and whether all who scored agree on it."""
    agree = [len({each[item] for each in world} - {CANT_SAY, BLANK}) == 1 for item in range(size)]
    for about, group in groups(world, size):
        if len(group) not in FEW:
            continue
        for item in range(size):
            if about.startswith("answered") and about.endswith(f"to {item}"):
                continue
            answered = "".join(sorted(each[item] for each in group if each[item] in DIGITS))
            if answered:
                yield (f"{about}, {len(group)} people", item), answered, agree[item]


def fixed_facts(
    shown: Callable[[World], str], n: int, size: int, options: int, gaps: str
) -> tuple[list[Fixed], int]:
    """What is fixed in any set of answers of n people, by going through all; and how many sets.

    `shown` is the text of all that is released of a set.
    """
    sheets = ["".join(cells) for cells in product(DIGITS[:options] + gaps, repeat=size)]
    sheets = [sheet for sheet in sheets if set(sheet) != {BLANK}]
    alike: dict[str, list[World]] = defaultdict(list)
    for chosen in combinations_with_replacement(sheets, n):
        alike[shown(chosen)].append(chosen)
    found = []
    for worlds in alike.values():
        values: dict[Question, set[str]] = defaultdict(set)
        seen: dict[Question, int] = defaultdict(int)
        unanimous: dict[Question, bool] = defaultdict(lambda: True)
        for world in worlds:
            for question, answered, all_agree in facts(world, size):
                values[question].add(answered)
                seen[question] += 1
                unanimous[question] = unanimous[question] and all_agree
        found += [
            Fixed(question, worlds)
            for question, each in values.items()
            if len(each) == 1 and not unanimous[question] and seen[question] == len(worlds)
        ]
    return found, sum(map(len, alike.values()))


def missing(shown: dict[str, Any]) -> dict[str, Any]:
    """Where a figure is missing from a payload and why, and nothing of the figures themselves.

    But for "low compared with the other sections" and for lists of extremes, which hang on figures
    that are shown.
    """
    return {key: _missing(key, each) for key, each in shown.items() if key not in OF_FIGURES}


def _missing(key: str, value: Any) -> Any:
    if key in REASONS:
        return value
    if isinstance(value, dict):
        return missing(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [missing(each) for each in value]
    return value is None


def swapped(random: Random, sheets: list[list[str]]) -> list[list[str]] | None:
    """The same with two people's different scores of one statement changed about, five times."""
    sheets = [list(sheet) for sheet in sheets]
    changed = False
    for _ in range(5):
        one, other = random.sample(sheets, 2)
        item = random.randrange(len(one))
        if one[item] != other[item]:
            one[item], other[item] = other[item], one[item]
            changed = True
    return sheets if changed else None


def rescored(random: Random, sheets: list[list[str]], options: int) -> list[list[str]]:
    """The same people with other scores and the same gaps."""
    return [
        [each if each in CANT_SAY + BLANK else str(random.randrange(options)) for each in sheet]
        for sheet in sheets
    ]


def made_up(random: Random, items: int, options: int) -> list[list[str]]:
    """5 to 20 people with leanings of their own, some of whom leave much out."""
    gaps = random.choice((0.0, 0.05, 0.3, 0.6))
    spread, lean = random.choice((0.0, 0.5, 1.5)), random.uniform(0, options - 1)

    def answer() -> str:
        if (drawn := random.random()) < gaps:
            return CANT_SAY if drawn < gaps / 2 else BLANK
        return str(min(options - 1, max(0, round(random.gauss(lean, spread)))))

    return [[answer() for _ in range(items)] for _ in range(random.randint(5, 20))]


def main() -> None:
    """Prints one line for each attack: its name, what was tried, what was found."""
    from tests.scoring.worlds import layout_of, released

    def payload(layout: Any, sheets: Any) -> Any:
        return released(layout, ["".join(sheet) for sheet in sheets])

    def text(layout: Any, world: World) -> str:
        return json.dumps(payload(layout, world), sort_keys=True)

    for n, size, options, gaps in EXACT:
        began = time.process_time()
        layout = layout_of([size], 0, options - 1)
        found, tried = fixed_facts(partial(text, layout), n, size, options, gaps)
        count = sum(len(one.worlds) for one in found)
        worlds = len({world for one in found for world in one.worlds})
        name = f"every set, {n} people, {size} statements of {options} options, {gaps}"
        _say(name, f"{tried} sets", f"{count} facts fixed, in {worlds} sets", began)
    began = time.process_time()
    moved = swaps = other_gaps = 0
    for number in range(SWAPS):
        random = Random(number)
        sizes = [random.choice((1, 2, 3, 4, 4, 5, 7)) for _ in range(random.randint(1, 3))]
        options = random.choice((2, 3, 4, 6, 6))
        layout = layout_of(sizes, 0, options - 1)
        sheets = made_up(random, sum(sizes), options)
        before = payload(layout, sheets)
        other_gaps += missing(payload(layout, rescored(random, sheets, options))) != missing(before)
        if (after := swapped(random, sheets)) is not None:
            swaps += 1
            moved += payload(layout, after) != before
    _say("answers swapped within a statement", f"{swaps} teams", f"{moved} payloads moved", began)
    found_gaps = f"{other_gaps} with figures missing elsewhere"
    _say("other scores, same gaps", f"{SWAPS} teams", found_gaps, began)


def _say(name: str, tried: str, found: str, began: float) -> None:
    print(f"{name}: {tried}: {found} ({time.process_time() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
