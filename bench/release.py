"""What teams of each size see of a result, on made-up teams; and what the rules cost in power.

`./dev bench release` prints the tables, with those that the rules were designed by beside them; a
difference over 5 points is marked with `!`. The teams come from `Maker`, whose parameters are
printed. Percents are of sections, those of bars and gaps of statements. `--teams N` makes more or
fewer teams a line; `--against REV` runs the attacks on that commit and on this tree instead.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random

from bench.made_up_teams import (
    FEW,
    LAYOUT,
    MANY,
    SECTIONS,
    STATEMENTS,
    WORDING,
    Maker,
    released,
    statements,
    team,
    teams,
)
from bench.paired import extracted
from devtools import ROOT
from scoring.rules.columns import Columns
from scoring.rules.released_change import ComparedSurvey, released_change
from scoring.rules.sums import SummedUnit, SumNode, release_sum

SIZES = (7, 8, 10, 11, 12, 15, 20, 30, 40)
SUMS = {
    # units: section means, bars, people behind a bar
    (12, 12): (100, 62, 94),
    (12, 8): (99, 25, 84),
    (12, 15, 9): (100, 100, 75),
    (20, 25, 14, 8): (100, 100, 81),
    (30, 20, 15, 12, 10, 7): (100, 100, 91),
    (9, 8, 7, 8): (100, 100, 91),
    (20, 6, 6): (87, 72, 94),
    (20, 6): (0, 0, None),
}
DIFFERING = 0.4
"""The spread of sections where they truly differ."""
TEAMS = 2000
SCORED_BY = ("scored by all", "by all but 1", "by all but 2", "by fewer")
MOST_APART = 5
"""Points from which a difference to the table of the design is marked."""
SHOWN = {
    # gaps, people: mean, range, agreement, bars
    ("many", 7): (90, 0, 90, 0),
    ("many", 8): (99, 0, 99, 0),
    ("many", 10): (100, 0, 100, 0),
    ("many", 11): (100, 63, 63, 43),
    ("many", 12): (100, 93, 93, 73),
    ("many", 15): (100, 100, 100, 98),
    ("many", 20): (100, 100, 100, 100),
    ("many", 30): (100, 100, 100, 100),
    ("many", 40): (100, 100, 100, 100),
    ("few", 11): (100, 84, 84, None),
    ("few", 12): (100, 97, 97, None),
    ("few", 15): (100, 100, 100, None),
    ("few", 20): (100, 100, 100, None),
    ("few", 30): (100, 100, 100, None),
    ("few", 40): (100, 100, 100, None),
}
CHANGE = {
    # gaps, people: too few, false clear, clear at .5, clear at .9
    ("many", 11): (61, None, None, None),
    ("many", 12): (16, None, None, None),
    ("many", 20): (None, None, 12, 65),
    ("few", 11): (28, None, None, None),
    ("few", 12): (6, None, None, None),
}

Percents = dict[str, float]
Designed = tuple[float | None, ...]


@dataclass(frozen=True)
class _Line:
    """One line of a table: its title, the beginning of its figures' names, what works it out, and
    the same figures in the design's table."""

    title: str
    name: str
    work: Callable[..., Percents]
    given: tuple[object, ...]
    designed: Designed = ()


def against(revision: str) -> dict[str, float]:
    """The table of attacks on a commit and on this tree, one below the other."""
    with tempfile.TemporaryDirectory() as folder:
        extracted(revision, Path(folder))
        found: dict[str, float] = {}
        for name, tree in ((revision, folder), ("this tree", str(ROOT))):
            print(f"Attacks on {name}", file=sys.stderr, flush=True)
            began = time.monotonic()
            subprocess.run(
                [sys.executable, "-P", ROOT / "bench" / "attacks.py"],
                cwd=tree, env=os.environ | {"PYTHONPATH": tree}, check=True, stdout=sys.stderr,
            )  # fmt: skip
            found[f"release.attacks on {name}, s"] = round(time.monotonic() - began, 1)
    return found


def measure(teams: int = TEAMS) -> dict[str, float]:
    """Every table; the figures by name. Lines are worked out on all cores at once."""
    many_sums = teams // 4
    _say("made-up teams a line", f"{teams}, sums {many_sums}")
    for maker in (MANY, FEW):
        _say("generator", ", ".join(f"{f.name} {getattr(maker, f.name)}" for f in fields(maker)))
    lines = _lines(teams, many_sums)
    found: dict[str, float] = {}
    seconds = 0.0
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        waiting = [pool.submit(_timed, line.work, *line.given) for line in lines]
        for line, answer in zip(lines, waiting, strict=True):
            figures, took = answer.result()
            seconds += took
            found |= {f"{line.name}.{name}": value for name, value in figures.items()}
            _say(line.title, _beside(figures, line.designed))
    found["seconds of one core"] = round(seconds, 1)
    return found


def _lines(teams: int, many_sums: int) -> list[_Line]:
    found = []
    for maker in (MANY, FEW):
        gaps = f"{maker.name} gaps"
        for n in SIZES:
            name, key = f"{maker.name}.{n}", (maker.name, n)
            title = f"{gaps}, {n} people"
            found.append(_Line(title, name, _shown, (maker, n, teams), SHOWN.get(key, ())))
        for n in (n for n in SIZES if n >= 11):
            name, key = f"{maker.name}.{n}", (maker.name, n)
            title = f"{gaps}, change, {n} people"
            found.append(_Line(title, name, _change, (maker, n, teams), CHANGE.get(key, ())))
    for n, designed in ((20, 9.5), (40, 24)):
        differ = replace(MANY, sections=DIFFERING)
        title = f"sections differ by {DIFFERING}, {n} people"
        found.append(_Line(title, f"differing.{n}", _low, (differ, n, teams), (designed,)))
    for sizes, shown in SUMS.items():
        name = "-".join(map(str, sizes))
        found.append(_Line(f"sum over {name}", f"sum.{name}", _sums, (sizes, many_sums), shown))
    return found


def _timed(work: Callable[..., Percents], *given: object) -> tuple[Percents, float]:
    began = time.process_time()
    return work(*given), time.process_time() - began


def _say(what: str, figures: str) -> None:
    print(f"  {what}: {figures}", file=sys.stderr, flush=True)


def _beside(shown: Percents, designed: Designed) -> str:
    said = []
    for place, (name, value) in enumerate(shown.items()):
        wanted = designed[place] if place < len(designed) else None
        mark = "" if wanted is None or abs(wanted - value) <= MOST_APART else "!"
        said.append(f"{name} {value}{f' (design {wanted}){mark}' if wanted is not None else ''}")
    return ", ".join(said)


def _percent(count: int, of: int) -> float:
    return round(100 * count / of, 1) if of else 0.0


def _shown(maker: Maker, n: int, many: int) -> Percents:
    counts = dict.fromkeys(("mean", "range", "agreement"), 0)
    of_statements = dict.fromkeys(("bars", *SCORED_BY), 0)
    for _, _, columns in teams(maker, n, many):
        for column in columns.items:
            of_statements[SCORED_BY[min(3, n - column.n)]] += 1
        for section in released(columns)["sections"]:
            counts["mean"] += section["mean"] is not None
            counts["range"] += section["interval"] is not None
            counts["agreement"] += section["agreement"] is not None
            of_statements["bars"] += sum(
                item["distribution"] is not None for item in section["items"]
            )
    sections = many * len(SECTIONS)
    return {
        **{name: _percent(count, sections) for name, count in counts.items()},
        **{name: _percent(count, many * STATEMENTS) for name, count in of_statements.items()},
        "false low": _low(replace(maker, statements=0.0), n, many)["low"],
    }


def _low(maker: Maker, n: int, many: int) -> Percents:
    """Sections that are called low compared with the others."""
    low = sum(
        section["relatively_low"]
        for _, _, columns in teams(maker, n, many)
        for section in released(columns)["sections"]
    )
    return {"low": _percent(low, many * len(SECTIONS))}


def _change(maker: Maker, n: int, many: int) -> Percents:
    """Sections too few to tell, teams with a false "clear", and power at two shifts."""

    def survey(columns: Columns) -> ComparedSurvey:
        return ComparedSurvey(0, "", date(2026, 1, 1), LAYOUT, columns, released(columns))

    false_teams = too_few = 0
    clear = {0.5: 0, 0.9: 0}
    for random, asked, columns in teams(maker, n, many):
        before = survey(columns)
        for shift in (0.0, *clear):
            now = survey(team(random, replace(maker, shift=shift), n, asked))
            change = released_change(earlier=before, later=now, joined=set(LAYOUT.items), rounds=[])
            words = [section["word"] for section in change["sections"]]
            if shift:
                clear[shift] += words.count("clear rise")
            else:
                too_few += words.count("too few answers to tell")
                false_teams += bool({"clear rise", "clear fall"} & set(words))
    sections = many * len(SECTIONS)
    return {
        "too few": _percent(too_few, sections),
        "false clear, teams": _percent(false_teams, many),
        **{f"clear at {shift}": _percent(count, sections) for shift, count in clear.items()},
    }


def _sums(sizes: tuple[int, ...], many: int) -> Percents:
    means = bars = people = 0
    for number in range(many):
        random = Random(f"sum {sizes} {number}")
        units = []
        for key, n in enumerate(sizes, start=1):
            columns = team(random, MANY, n, statements(random, MANY))
            units.append(SummedUnit(key, key, columns, released(columns)))
        summed = release_sum(
            layout=LAYOUT,
            node=SumNode(tuple(units)),
            asked=len(units),
            wording=WORDING,
            remembered={"items": {}, "sections": {}},
            snapshots={unit.snapshot: unit for unit in units},
        )
        assert summed is not None
        for section in summed.payload["sections"]:
            means += section["mean"] is not None
            for item in section["items"]:
                bars += item["distribution"] is not None
                people += item["people"] or 0
    return {
        "mean": _percent(means, many * len(SECTIONS)),
        "bars": _percent(bars, many * STATEMENTS),
        "people behind a bar": _percent(people, bars * sum(sizes)),
    }
