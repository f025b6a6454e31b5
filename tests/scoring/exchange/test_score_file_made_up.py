"""Made-up files, each hard in its own way, agree in every figure with the plain reference."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.scoring import reference_file
from tests.scoring.reference_file import Instrument
from tests.scoring.worlds import layout_of, scored_file

FFIT = (11, 7, 7, 7, 4, 4, 5)
Cell = Callable[[Random, int, float], str]


def spread(low: int, high: int, holes: float, cant_say: float) -> Cell:
    """Answers around a person's own level, with ties, blanks and `dk`."""

    def cell(random: Random, item: int, level: float) -> str:
        luck = random.random()
        if luck < holes + cant_say:
            return "" if luck < holes else "dk"
        value = round(low + (high - low) * level + random.gauss(0, (high - low) / 5))
        return str(min(high, max(low, value)))

    return cell


def against_each_other(random: Random, item: int, level: float) -> str:
    """Every other statement the other way round: alphas below 0, r* below 0."""
    return str(random.choice((4, 5)) if (item + (level > 0.5)) % 2 else random.choice((0, 1)))


def one_line(random: Random, item: int, level: float) -> str:
    """The same answer to every statement."""
    return str(round(5 * level))


def as_one(random: Random, item: int, level: float) -> str:
    """Everybody gives the same answers."""
    return str(item % 6)


def nothing(random: Random, item: int, level: float) -> str:
    """A blank sheet."""
    return ""


def cannot_say(random: Random, item: int, level: float) -> str:
    """`dk` everywhere."""
    return "dk"


def first_half(random: Random, item: int, level: float) -> str:
    """A person stops half-way."""
    return str(round(5 * level)) if item < 20 + 20 * level else ""


def text_of(
    sizes: tuple[int, ...], cell: Cell, *, seed: int, rounds: int, people: tuple[int, ...]
) -> str:
    """Units U1, U2, … of `people`; small ones lack a role, and some a round."""
    random = Random(seed)
    items = range(sum(sizes))
    lines = ["respondent,round,unit,role," + ",".join(f"q{item + 1:02d}" for item in items)]
    for unit, size in enumerate(people, start=1):
        for round_ in range(1, rounds + 1):
            if unit == 2 and round_ == 2:
                continue
            for person in range(size):
                role = ("frontline", "manager", "agency")[(person % 5 == 0) + (person % 7 == 6)]
                level = random.random()
                cells = (cell(random, item, level) for item in items)
                lines.append(f"p{unit}-{person},{round_},U{unit},{role},{','.join(cells)}")
    return "\n".join(lines) + "\n"


def check(
    folder: Path,
    text: str,
    sizes: tuple[int, ...],
    low: int = 0,
    high: int = 5,
    roster: reference_file.Roster | None = None,
) -> dict[str, Any]:
    """Scores the text both ways and compares every value; returns the product's."""
    (folder / "made.csv").write_text(text, encoding="utf-8")
    if roster is not None:
        lines = [f"{unit},{role},{posts}" for (unit, role), posts in roster.items()]
        (folder / "roster.csv").write_text("\n".join(["unit,role,N", *lines]), encoding="utf-8")
    ours = json.loads(
        json.dumps(
            scored_file(
                folder / "made.csv",
                layout_of(sizes, low, high),
                roster=folder / "roster.csv" if roster is not None else None,
            ),
            allow_nan=False,
        )
    )
    instrument = Instrument({f"S{k + 1}": size for k, size in enumerate(sizes)}, low, high)
    columns = text.splitlines()[0].split(",")[4:]
    theirs = reference_file.scored(list(reference_file.rows_of(text)), columns, instrument, roster)
    keys = {
        "cells": ("unit", "role", "round"),
        "icc": ("round", "role", "section"),
        "changes": ("unit", "role", "from", "to", "section"),
        "gaps": ("unit", "round", "section", "a", "b"),
    }
    assert ours.keys() == keys.keys()
    for row in (*ours["cells"], *ours["changes"]):
        without_columns(row)
    for part, by in keys.items():
        found, expected = (
            {tuple(row[key] for key in by): row for row in rows[part]} for rows in (ours, theirs)
        )
        assert len(found) == len(ours[part]), f"{part}: something is there twice"
        assert found.keys() == expected.keys(), part
        for key in expected:
            compare(found[key], expected[key], f"{part} {key}")
    return ours


def without_columns(row: dict[str, Any]) -> None:
    """Takes out what stands beside the figures of people's scores; that has its own test."""
    for score in row.get("sections", {}).values():
        assert score.pop("by_columns")["n_least"] >= 0
    if "total" in row:
        assert row["total"].pop("note") == "not defined by the authors"
    row.pop("by_columns", None)


def compare(ours: Any, theirs: Any, where: str) -> None:
    """Nine digits, and not available on both sides or on neither."""
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys(), where
        for key, value in theirs.items():
            compare(ours[key], value, f"{where} {key}")
    elif isinstance(theirs, list):
        assert isinstance(ours, list), where
        assert len(ours) == len(theirs), where
        for index, value in enumerate(theirs):
            compare(ours[index], value, f"{where} {index}")
    elif theirs is None or isinstance(theirs, str | int):
        assert ours == theirs, where
    else:
        assert ours is not None, where
        assert ours == pytest.approx(float(theirs), rel=1e-9, abs=1e-12), where


def test_ties_holes_small_units_missing_roles_and_three_rounds(tmp_path: Path) -> None:
    cell = spread(0, 5, holes=0.12, cant_say=0.08)
    text = text_of(FFIT, cell, seed=1, rounds=3, people=(1, 2, 3, 9, 14))
    roster = {("U1", "manager"): 1, ("U2", "manager"): 2, ("U2", "frontline"): 1}
    roster |= {("U3", "frontline"): 2, ("U3", "manager"): 4, ("U4", "frontline"): 30}
    roster |= {("U4", "agency"): 3, ("U4", "manager"): 1, ("U6", "frontline"): 8}
    check(tmp_path, text, FFIT, roster=roster)


@pytest.mark.parametrize(
    ("low", "high", "sizes"),
    [(0, 3, (3, 1, 2)), (1, 7, (5, 4)), (0, 10, (2, 9, 1)), (-2, 2, (6,)), (0, 1, (4, 3))],
)
def test_other_scales_and_section_sizes(
    tmp_path: Path, low: int, high: int, sizes: tuple[int, ...]
) -> None:
    cell = spread(low, high, holes=0.1, cant_say=0.05)
    check(tmp_path, text_of(sizes, cell, seed=5, rounds=2, people=(2, 8, 12)), sizes, low, high)


@pytest.mark.parametrize(
    "cell", [against_each_other, one_line, as_one, nothing, cannot_say, first_half]
)
def test_odd_ways_to_answer(tmp_path: Path, cell: Cell) -> None:
    text = text_of(FFIT, cell, seed=8, rounds=2, people=(1, 6, 8))
    roster = {(f"U{unit}", role): 9 for unit in (1, 2, 3) for role in ("frontline", "manager")}
    ours = check(tmp_path, text, FFIT, roster=roster)
    if cell is against_each_other:
        alphas = [part["alpha"] for part in ours["cells"][0]["sections"].values()]
        assert min(alphas) < 0
        assert min(part["r_star"] for part in ours["cells"][0]["sections"].values()) < 0


def test_everybody_on_the_roster_answered(tmp_path: Path) -> None:
    text = text_of((3, 2), spread(0, 5, 0, 0), seed=3, rounds=1, people=(4,))
    roster = {("U1", "manager"): 1, ("U1", "frontline"): 3}
    ours = check(tmp_path, text, (3, 2), roster=roster)
    section = ours["cells"][0]["sections"]["S1"]
    assert section["interval_fpc"] == [section["mean"]] * 2


def test_units_alike_within_and_alike_between(tmp_path: Path) -> None:
    head = "respondent,round,unit,role,q01,q02\n"
    within = head + "a,1,U,x,1,1\nb,1,U,x,1,1\nc,1,V,x,4,4\nd,1,V,x,4,4\n"
    found = check(tmp_path, within, (2,))["icc"][0]
    assert (found["icc1"], found["icc2"]) == (1, 1)
    assert (found["icc1_ci95"], found["icc2_ci95"]) == ([1, 1], [1, 1])
    between = head + "a,1,U,x,1,1\nb,1,U,x,3,3\nc,1,V,x,0,0\nd,1,V,x,4,4\n"
    found = check(tmp_path, between, (2,))["icc"][0]
    assert (found["icc1"], found["icc1_ci95"]) == (-1, [-1, -1])
    assert (found["icc2"], found["icc2_ci95"]) == (None, None)
