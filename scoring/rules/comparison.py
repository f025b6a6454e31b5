"""Between units (ICC) and between two sets of sheets (Welch), from sums alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import lcm, sqrt

from scoring.rules.counts import ScoreSums
from scoring.rules.distributions import f_quantile, t_quantile, t_two_sided
from scoring.rules.statistics import Interval, mean_and_sd


@dataclass(frozen=True)
class UnitSpread:
    """How far units differ: one-way analysis of variance by unit, 95% intervals by F."""

    n: int
    groups: int
    icc1: float | None
    icc2: float | None
    icc1_ci95: Interval | None
    icc2_ci95: Interval | None


def unit_spread(units: Iterable[ScoreSums]) -> UnitSpread:
    """ICC(1) and ICC(2) with the mean group size N/G, of scores kept in any one unit.

    Units without a score do not count as groups. Both may be negative.
    """
    sums = [each for each in units if each.n]
    n, groups = sum(each.n for each in sums), len(sums)
    total, squares = sum(each.total for each in sums), sum(each.squares for each in sums)
    # Over the common denominator of all group sizes nothing is lost before the last division.
    shared = lcm(*(each.n for each in sums))
    of_groups = sum(each.total**2 * (shared // each.n) for each in sums)
    between = (n * of_groups - shared * total**2) * (n - groups)
    within = (squares * shared - of_groups) * n * (groups - 1)
    # Now between : within is MSB : MSW; both carry the same factor.
    low = between * groups + within * (n - groups)  # k - 1 = (N - G) / G
    if not low:  # so for fewer than two groups, one score in each, or no spread at all
        return UnitSpread(n, groups, None, None, None, None)
    icc1 = (between - within) * groups / low
    if not between:
        return UnitSpread(n, groups, icc1, None, (icc1, icc1), None)
    icc2 = (between - within) / between
    # The intervals are the same formulas with MSW / MSB at either end of what F allows.
    ends = (f_quantile(p, groups - 1, n - groups) for p in (0.975, 0.025))
    (most, least), more = (within / between * end for end in ends), n / groups - 1
    return UnitSpread(
        n,
        groups,
        icc1,
        icc2,
        ((1 - most) / (1 + more * most), (1 - least) / (1 + more * least)),
        (1 - most, 1 - least),
    )


@dataclass(frozen=True)
class Difference:
    """One mean less another, with Welch's test; no finite-population correction."""

    difference: float | None
    t: float | None
    df: float | None
    p: float | None
    ci95: Interval | None
    standard_error: float | None

    def as_json(self) -> dict[str, float | Interval | None]:
        """What is printed of it."""
        return {
            "difference": self.difference,
            "t": self.t,
            "df": self.df,
            "p": self.p,
            "ci95": self.ci95,
        }


def welch(of: ScoreSums, less: ScoreSums, unit: int) -> Difference:
    """The mean `of` less the mean `less`, of scores kept in 1/unit.

    The test needs two scores on each side and some spread on at least one.
    """
    if not of.n or not less.n:
        return Difference(None, None, None, None, None, None)
    difference = (of.total * less.n - less.total * of.n) / (of.n * less.n * unit)
    _, sd_of = mean_and_sd(of, unit)
    _, sd_less = mean_and_sd(less, unit)
    if sd_of is None or sd_less is None or (sd_of == 0 and sd_less == 0):
        return Difference(difference, None, None, None, None, None)
    first, second = sd_of**2 / of.n, sd_less**2 / less.n
    error = sqrt(first + second)
    df = (first + second) ** 2 / (first**2 / (of.n - 1) + second**2 / (less.n - 1))
    t = difference / error
    half = t_quantile(0.975, df) * error
    return Difference(
        difference,
        t,
        df,
        t_two_sided(t, df),
        (difference - half, difference + half),
        error,
    )


def holm(probabilities: Sequence[float | None]) -> list[float | None]:
    """Holm's adjustment over the tests that there are; None stays None and does not count."""
    order = sorted((p, index) for index, p in enumerate(probabilities) if p is not None)
    adjusted: list[float | None] = [None] * len(probabilities)
    highest = 0.0
    for rank, (p, index) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        adjusted[index] = highest
    return adjusted
