"""The statistics once more, straight from the formulas and the raw answers; slow and plain.

Only tests use it. Answers are lists of numbers on the scale or None; nothing is shared with the
product but the formulas.
"""

from fractions import Fraction
from statistics import median
from typing import Any

Answers = list[list[int | None]]


def items(answers: Answers, low: int, high: int) -> list[dict[str, Any]]:
    """n, mean, variance, histogram, percent positive, median, AD and rWG of every column."""
    null = Fraction((high - low + 1) ** 2 - 1, 12)
    found = []
    for column in zip(*answers, strict=True):
        given = [value for value in column if value is not None]
        n = len(given)
        variance = _variance(given)
        middle = median(given) if given else None
        found.append(
            {
                "n": n,
                "mean": Fraction(sum(given), n) if n else None,
                "variance": variance,
                "histogram": tuple(given.count(value) for value in range(low, high + 1)),
                "percent_positive": Fraction(100 * sum(v >= high - 1 for v in given), n)
                if n
                else None,
                "median": middle,
                "ad": sum(abs(value - middle) for value in given) / n
                if n > 1 and middle is not None
                else None,
                "rwg": 1 - min(variance, null) / null if variance is not None else None,
            }
        )
    return found


def scores(answers: Answers, spans: list[tuple[int, int]]) -> list[list[Fraction]]:
    """Every section's scores by the half rule, then the totals of those with all of them."""
    by_section: list[list[Fraction]] = [[] for _ in spans]
    totals = []
    for row in answers:
        own = []
        for index, (begins, ends) in enumerate(spans):
            given = [value for value in row[begins:ends] if value is not None]
            if 2 * len(given) >= ends - begins:
                score = Fraction(sum(given), len(given))
                by_section[index].append(score)
                own.append((ends - begins) * score)
        if len(own) == len(spans):
            totals.append(sum(own, start=Fraction(0)) / len(row))
    return [*by_section, totals]


def agreement(answers: Answers, begins: int, ends: int, low: int, high: int) -> dict[str, Any]:
    """r*, rWG(J), AD and alpha over the rows without a hole between `begins` and `ends`."""
    rows = [row[begins:ends] for row in answers]
    full = [[value for value in row if value is not None] for row in rows if None not in row]
    size, n = ends - begins, len(full)
    if n < 2:
        return {"n_listwise": n, "r_star": None, "rwg_j": None, "ad": None, "alpha": None}
    null = Fraction((high - low + 1) ** 2 - 1, 12)
    columns = [list(column) for column in zip(*full, strict=True)]
    variances = [_variance(column) or Fraction(0) for column in columns]
    r_star = 1 - sum(variances, start=Fraction(0)) / size / null
    r = max(r_star, Fraction(0))
    deviations = [
        Fraction(sum(abs(value - Fraction(median(column))) for value in column), n)
        for column in columns
    ]
    of_sums = _variance([sum(row) for row in full])
    alpha = None
    if size > 1 and of_sums:
        alpha = Fraction(size, size - 1) * (1 - sum(variances, start=Fraction(0)) / of_sums)
    return {
        "n_listwise": n,
        "r_star": r_star,
        "rwg_j": size * r / (size * r + 1 - r),
        "ad": sum(deviations, start=Fraction(0)) / size,
        "alpha": alpha,
    }


def icc(groups: list[list[Fraction]]) -> tuple[Fraction | float | None, Fraction | float | None]:
    """ICC(1) and ICC(2) from the groups' scores."""
    groups = [group for group in groups if group]
    n, number = sum(map(len, groups)), len(groups)
    if number < 2 or n == number:
        return None, None
    grand = sum(map(sum, groups), start=Fraction(0)) / n
    means = [sum(group, start=Fraction(0)) / len(group) for group in groups]
    between = sum(
        (len(group) * (mean - grand) ** 2 for group, mean in zip(groups, means, strict=True)),
        start=Fraction(0),
    ) / (number - 1)
    within = sum(
        ((x - mean) ** 2 for group, mean in zip(groups, means, strict=True) for x in group),
        start=Fraction(0),
    ) / (n - number)
    k = Fraction(n, number)
    below = between + (k - 1) * within
    return (
        (between - within) / below if below else None,
        (between - within) / between if between else None,
    )


def _variance(values: list[int]) -> Fraction | None:
    n = len(values)
    if n < 2:
        return None
    mean = Fraction(sum(values), n)
    return sum(((value - mean) ** 2 for value in values), start=Fraction(0)) / (n - 1)
