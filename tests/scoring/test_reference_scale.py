"""Another scale and other sections, small units, blanks and `dk`: every figure equals R's
(`cases/scale.R`) to nine digits, and what R cannot say is not available."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scoring.worlds import layout_of, scored_file

CASES = Path(__file__).parent / "cases"
ITEM = ("n", "mean", "sd", "variance", "median", "percent_positive", "rwg", "ad")
SCORE = (
    *("n", "n_listwise", "mean", "sd", "percent_of_maximum", "percent_positive", "alpha"),
    *("alpha_ci95", "rwg_j", "r_star", "ad", "interval", "interval_fpc"),
)
SPREAD = ("n", "groups", "icc1", "icc2", "icc1_ci95", "icc2_ci95")
TEST = ("difference", "t", "df", "p", "ci95")
PAIRS = ("alpha_ci95", "interval", "interval_fpc", "icc1_ci95", "icc2_ci95", "ci95")


def values(found: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    """The figures in a line, an interval as two."""
    line: list[Any] = []
    for name in names:
        line += (found[name] or [None, None]) if name in PAIRS else [found[name]]
    return line


def find(rows: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    (found,) = [
        row for row in rows if all(str(row[key] or "") == value for key, value in wanted.items())
    ]
    return found


def ours(scored: dict[str, Any], kind: str, line: list[str]) -> tuple[list[Any], list[str]]:
    """Our figures for a line of R's, and the figures in it."""
    if kind in ("item", "score"):
        unit, role, round_, name, *theirs = line
        cell = find(scored["cells"], unit=unit, role=role, round=round_)
        if kind == "item":
            return values(cell["items"][f"q0{name}"], ITEM), theirs
        part = cell["total"] if name == "total" else cell["sections"][name]
        return [*values(part, SCORE), cell["headcount"]], theirs
    if kind == "icc":
        role, round_, name, *theirs = line
        row = find(scored["icc"], role=role, round=round_, section=name)
        return values(row, SPREAD), theirs
    if kind == "change":
        unit, role, name, *theirs = line
        row = find(scored["changes"], unit=unit, role=role, section=name)
        assert (row["from"], row["to"]) == (1, 2)
        return [*values(row, TEST), row["p_holm"]], theirs
    unit, round_, name, a, b, *theirs = line
    row = find(scored["gaps"], unit=unit, round=round_, section=name, a=a, b=b)
    return values(row, TEST), theirs


def test_every_figure_equals_that_of_r() -> None:
    printed = scored_file(
        CASES / "scale.csv", layout_of([3, 4], 1, 7), roster=CASES / "scale_roster.csv"
    )
    scored = json.loads(json.dumps(printed, allow_nan=False))
    lines = (CASES / "scale.txt").read_text(encoding="utf-8").splitlines()
    compared = missing = 0
    for line in lines:
        kind, *rest = line.split("|")
        for value, theirs in zip(*ours(scored, kind, rest), strict=True):
            if theirs == "NA":
                missing += 1
                assert value is None, line
            else:
                assert value == pytest.approx(float(theirs), rel=1e-9, abs=1e-12), line
            compared += 1
    rows = sum(len(cell["items"]) + 3 for cell in scored["cells"])
    rows += sum(len(scored[part]) for part in ("icc", "changes", "gaps"))
    assert rows == len(lines), "R has a line for each of our rows"
    assert (compared, missing) == (4568, 942)
