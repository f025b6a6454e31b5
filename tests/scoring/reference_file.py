"""A whole file scored once more, row by row from the formulas; only tests use it.

Every cell goes back to the raw rows. Quantiles come from integrating the density and halving an
interval, which is slow and shares nothing with the product's own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import asin, cos, cosh, exp, lgamma, pi, sin, sinh, sqrt, tanh
from typing import Any

from tests.scoring import reference

Row = tuple[str, int, str, str, list[str]]  # respondent, round, unit, role, cells
Roster = dict[tuple[str, str], int]
Interval = list[float] | None


@dataclass(frozen=True)
class Instrument:
    """Section names with their sizes, and the scale."""

    sizes: dict[str, int]
    low: int
    high: int

    @property
    def spans(self) -> list[tuple[int, int]]:
        ends = [sum(list(self.sizes.values())[: k + 1]) for k in range(len(self.sizes))]
        return list(zip([0, *ends[:-1]], ends, strict=True))


def scored(
    rows: Sequence[Row], columns: Sequence[str], instrument: Instrument, roster: Roster | None
) -> dict[str, Any]:
    """What `score_file` must print, the lists' order apart."""
    rounds = sorted({row[1] for row in rows})
    units = list(dict.fromkeys(row[2] for row in rows))
    roles = list(dict.fromkeys(row[3] for row in rows))

    def of(unit: str | None, role: str | None, round_: int | None) -> list[Row]:
        return [
            row
            for row in rows
            if unit in (None, row[2]) and role in (None, row[3]) and round_ in (None, row[1])
        ]

    names = [*instrument.sizes, "total"]
    result: dict[str, Any] = {"cells": [], "icc": [], "changes": [], "gaps": []}
    for unit in [None, *units]:
        for role in [None, *roles]:
            for round_ in [None, *rounds]:
                found = of(unit, role, round_)
                if found:
                    posts = _posts(found, unit, role, roster)
                    result["cells"].append(
                        {"unit": unit, "role": role, "round": round_}
                        | _cell(found, columns, instrument, posts)
                    )
            for before, after in combinations(rounds, 2):
                earlier, later = of(unit, role, before), of(unit, role, after)
                if earlier and later:
                    for name, change in _changes(later, earlier, instrument).items():
                        keys = {"unit": unit, "role": role, "from": before, "to": after}
                        result["changes"].append({**keys, "section": name, **change})
        for round_ in [None, *rounds]:
            for a, b in combinations(roles, 2):
                first, second = of(unit, a, round_), of(unit, b, round_)
                if first and second:
                    for name in names:
                        test = _welch(*(_scores(r, instrument)[name] for r in (first, second)))
                        keys = {"unit": unit, "round": round_, "section": name, "a": a, "b": b}
                        result["gaps"].append(keys | test)
    for round_ in [None, *rounds]:
        for role in [None, *roles]:
            groups = [_scores(of(unit, role, round_), instrument) for unit in units]
            for name in names:
                keys = {"round": round_, "role": role, "section": name}
                result["icc"].append(keys | _icc([group[name] for group in groups]))
    return result


def _posts(
    found: Sequence[Row], unit: str | None, role: str | None, roster: Roster | None
) -> int | None:
    if roster is None or any((row[2], row[3]) not in roster for row in found):
        return None
    return sum(posts for (u, r), posts in roster.items() if unit in (None, u) and role in (None, r))


def _answers(rows: Sequence[Row]) -> reference.Answers:
    return [[int(cell) if cell not in ("", "dk") else None for cell in row[4]] for row in rows]


def _scores(rows: Sequence[Row], instrument: Instrument) -> dict[str, list[Any]]:
    found = reference.scores(_answers(rows), instrument.spans)
    return dict(zip([*instrument.sizes, "total"], found, strict=True))


def _cell(
    rows: Sequence[Row], columns: Sequence[str], instrument: Instrument, posts: int | None
) -> dict[str, Any]:
    answers, low, high = _answers(rows), instrument.low, instrument.high
    items = reference.items(answers, low, high)
    for index, item in enumerate(items):
        item["sd"] = None if item["variance"] is None else sqrt(item["variance"])
        item["not_sure"] = [row[4][index] for row in rows].count("dk")
        item["skipped"] = [row[4][index] for row in rows].count("")
        item["histogram"] = list(item["histogram"])
    parts = {}
    whole = (0, len(columns))
    for (name, scores), (begins, ends) in zip(
        _scores(rows, instrument).items(), [*instrument.spans, whole], strict=True
    ):
        n = len(scores)
        mean = sum(scores) / n if n else None
        spread = _spread(scores)
        sd = None if spread is None else sqrt(spread)
        positive = [item["percent_positive"] for item in items[begins:ends]]
        figures = reference.agreement(answers, begins, ends, low, high)
        half = None if sd is None else t_quantile(0.975, n - 1) * sd / sqrt(n)
        left = None
        if posts is not None and n <= posts:
            left = sqrt(1 - n / posts)
        parts[name] = {
            "n": n,
            "mean": mean,
            "sd": sd,
            "percent_of_maximum": None if mean is None else 100 * (mean - low) / (high - low),
            "percent_positive": None if None in positive else sum(positive) / len(positive),
            **figures,
            "alpha_ci95": _feldt(figures["alpha"], figures["n_listwise"], ends - begins),
            "interval": _around(mean, half),
            "interval_fpc": None if left is None else _around(mean, half, left),
        }
    total = parts.pop("total")
    return {
        "respondents": len(rows),
        "headcount": posts,
        "items": dict(zip(columns, items, strict=True)),
        "sections": parts,
        "total": total,
    }


def _around(mean: float | None, half: float | None, left: float = 1.0) -> Interval:
    if mean is None or half is None:
        return None
    return [mean - half * left, mean + half * left]


def _spread(values: Sequence[Any]) -> Any:
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _feldt(alpha: Any, n: int, items: int) -> Interval:
    if alpha is None:
        return None
    degrees = (n - 1, (n - 1) * (items - 1))
    return [float(1 - (1 - alpha) * f_quantile(p, *degrees)) for p in (0.975, 0.025)]


def _icc(groups: list[list[Any]]) -> dict[str, Any]:
    groups = [group for group in groups if group]
    n, number = sum(map(len, groups)), len(groups)
    icc1, icc2 = reference.icc(groups)
    of_icc1: Interval = None
    of_icc2: Interval = None
    if number > 1 and n > number:
        grand, size = sum(map(sum, groups)) / n, n / number
        means = [sum(group) / len(group) for group in groups]
        pairs = list(zip(groups, means, strict=True))
        between = sum(len(group) * (mean - grand) ** 2 for group, mean in pairs) / (number - 1)
        within = sum((x - mean) ** 2 for group, mean in pairs for x in group) / (n - number)
        if between or within:
            # Both ICCs once more with MSW at either end of what F allows.
            ends = [within * f_quantile(p, number - 1, n - number) for p in (0.975, 0.025)]
            of_icc1 = [float((between - w) / (between + (size - 1) * w)) for w in ends]
            of_icc2 = [float(1 - w / between) for w in ends] if between else None
    keys = ("n", "groups", "icc1", "icc2", "icc1_ci95", "icc2_ci95")
    return dict(zip(keys, (n, number, icc1, icc2, of_icc1, of_icc2), strict=True))


def _welch(of: Sequence[Any], less: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(("difference", "t", "df", "p", "ci95"))
    if of and less:
        found["difference"] = sum(of) / len(of) - sum(less) / len(less)
    if len(of) > 1 and len(less) > 1 and (_spread(of) or _spread(less)):
        one, two = _spread(of) / len(of), _spread(less) / len(less)
        error = sqrt(one + two)
        found["df"] = float((one + two) ** 2 / (one**2 / (len(of) - 1) + two**2 / (len(less) - 1)))
        found["t"] = float(found["difference"]) / error
        found["p"] = two_sided(found["t"], found["df"])
        half = t_quantile(0.975, found["df"]) * error
        found["ci95"] = _around(found["difference"], half)
    return found


def _changes(
    later: Sequence[Row], earlier: Sequence[Row], instrument: Instrument
) -> dict[str, dict[str, Any]]:
    after, before = _scores(later, instrument), _scores(earlier, instrument)
    found = {name: _welch(after[name], before[name]) for name in after}
    sections = [name for name in instrument.sizes if found[name]["p"] is not None]
    for name, change in found.items():
        family = sections if name != "total" else ["total"]
        change["p_holm"] = None
        if change["p"] is not None:
            # Holm: the greatest of the probabilities up to this one, each times what is left.
            order = sorted(found[one]["p"] for one in family)
            change["p_holm"] = max(
                min(1.0, (len(order) - rank) * p)
                for rank, p in enumerate(order)
                if p <= change["p"]
            )
        change["word"] = _word(change, len(family))
    return found


def _word(change: dict[str, Any], family: int) -> str:
    if change["p"] is None:
        return "too few answers to tell"
    if change["p_holm"] < 0.05 and abs(change["difference"]) * 10 >= 3:
        return "clear rise" if change["difference"] > 0 else "clear fall"
    error = (change["ci95"][1] - change["difference"]) / t_quantile(0.975, change["df"])
    seen_from = t_quantile(1 - 0.025 / family, change["df"]) * error
    return "too few answers to tell" if seen_from > 1 else "no clear change"


# Quantiles: x^a y^b-densities integrated over an angle, x = sin^2, by the double exponential rule.


def _share(angle: float, a: float, b: float) -> float:
    """The incomplete beta function at sin^2 of the angle."""
    step, total = 1 / 16, 0.0
    for k in range(-62, 63):
        u = k * step
        weight = 0.5 * pi * cosh(u) / cosh(0.5 * pi * sinh(u)) ** 2
        where = angle * (1 + tanh(0.5 * pi * sinh(u))) / 2
        if 0 < where < pi / 2 and weight > 1e-300:
            total += weight * sin(where) ** (2 * a - 1) * cos(where) ** (2 * b - 1)
    return total * step * angle * exp(lgamma(a + b) - lgamma(a) - lgamma(b))


def two_sided(t: float, df: float) -> float:
    return _share(asin(sqrt(df / (df + t * t))), df / 2, 0.5)


@cache
def t_quantile(p: float, df: float) -> float:
    angle = _halved(lambda angle: _share(angle, df / 2, 0.5), 2 * (1 - p))
    return sqrt(df) * cos(angle) / sin(angle)


@cache
def f_quantile(p: float, df1: int, df2: int) -> float:
    angle = _halved(lambda angle: _share(angle, df1 / 2, df2 / 2), p)
    return df2 / df1 * (sin(angle) / cos(angle)) ** 2


def _halved(rising: Callable[[float], float], wanted: float) -> float:
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def rows_of(text: str) -> Iterator[Row]:
    """The rows of a plain comma-separated text, its columns in the usual order."""
    for line in text.splitlines()[1:]:
        respondent, round_, unit, role, *cells = line.split(",")
        yield respondent, int(round_), unit, role, cells
