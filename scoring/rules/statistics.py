"""Every statistic of one set of sheets, from its counts: exact until the last division.

Formulas and their sources are in `docs/statistics.md`. What is undefined is None, never 0 or NaN.
The spread between units and over audits is in `comparison`.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from scoring.rules.counts import CompleteSums, Counts, ScoreSums
from scoring.rules.distributions import f_quantile, t_quantile
from scoring.rules.layout import Layout

Interval = tuple[float, float]


class ItemStatistics(NamedTuple):
    """One item's figures, on the version's own scale; `percent_positive` counts the top two."""

    n: int
    mean: float | None
    sd: float | None
    variance: float | None
    histogram: tuple[int, ...]
    percent_positive: float | None
    median: float | None
    ad: float | None
    rwg: float | None
    not_sure: int
    skipped: int


class ScoreStatistics(NamedTuple):
    """A section's figures, or the total's.

    `n`, `mean`, `sd` and the intervals are of people's scores (half rule); `rwg_j`, `r_star`, `ad`
    and `alpha` of the `n_listwise` who scored every item. `interval` has no finite-population
    correction, `interval_fpc` has it and needs a headcount of at least n. All at 95%.
    """

    n: int
    mean: float | None
    sd: float | None
    percent_of_maximum: float | None
    percent_positive: float | None
    n_listwise: int
    rwg_j: float | None
    r_star: float | None
    ad: float | None
    alpha: float | None
    alpha_ci95: Interval | None
    interval: Interval | None
    interval_fpc: Interval | None


def item_statistics(layout: Layout, counts: Counts, item: int) -> ItemStatistics:
    """The figures of the item with this index."""
    row = counts.items[item]
    histogram = row[:-2]
    n, total, scatter, twice_median, twice_deviations = moments(histogram)
    if not n:
        return ItemStatistics(
            0, None, None, None, histogram, None, None, None, None, row[-2], row[-1]
        )
    median = layout.minimum + twice_median / 2
    mean, percent = layout.minimum + total / n, 100 * (histogram[-1] + histogram[-2]) / n
    if n == 1:
        return ItemStatistics(
            1, mean, None, None, histogram, percent, median, None, None, row[-2], row[-1]
        )
    variance = scatter / (n * (n - 1))
    return ItemStatistics(
        n=n,
        mean=mean,
        sd=sqrt(variance),
        variance=variance,
        histogram=histogram,
        percent_positive=percent,
        median=median,
        ad=twice_deviations / (2 * n),
        rwg=max(0.0, _agreement(layout, scatter, n * (n - 1))),
        not_sure=row[-2],
        skipped=row[-1],
    )


def score_statistics(
    layout: Layout, counts: Counts, headcount: int | None = None
) -> list[ScoreStatistics]:
    """The figures of every section in order, then of the total."""
    spans = [*layout.spans, (0, len(layout.items))]
    units = [layout.unit_of_score] * len(layout.sections)
    units.append(layout.unit_of_score * len(layout.items))
    histograms = [counts.histogram(item) for item in range(len(layout.items))]
    positive = [
        100 * sum(histogram[-2:]) / n if (n := sum(histogram)) else None for histogram in histograms
    ]
    return [
        _one(layout, sums, unit, complete, positive[begins:ends], headcount)
        for sums, unit, complete, (begins, ends) in zip(
            counts.scores, units, counts.complete, spans, strict=True
        )
    ]


def _one(
    layout: Layout,
    sums: ScoreSums,
    unit: int,
    complete: CompleteSums,
    positive: Sequence[float | None],
    headcount: int | None,
) -> ScoreStatistics:
    mean, sd = mean_and_sd(sums, unit)
    shown = [percent for percent in positive if percent is not None]
    of_items = [moments(histogram) for histogram in complete.histograms]
    scatter = sum([each.scatter for each in of_items])
    deviations = sum([each.twice_deviations for each in of_items])
    size, full = len(of_items), complete.n
    alpha = _alpha(complete, scatter)
    r_star = _agreement(layout, scatter, full * (full - 1) * size) if full > 1 else None
    centre = None if mean is None else layout.minimum + mean
    return ScoreStatistics(
        n=sums.n,
        mean=centre,
        sd=sd,
        percent_of_maximum=None if mean is None else 100 * mean / (layout.options - 1),
        percent_positive=sum(shown) / len(shown) if len(shown) == len(positive) else None,
        n_listwise=full,
        rwg_j=None if r_star is None else _rwg_j(max(0.0, r_star), size),
        r_star=r_star,
        ad=deviations / (2 * full * size) if full > 1 else None,
        alpha=alpha,
        alpha_ci95=feldt_interval(alpha, full, size),
        interval=mean_interval(centre, sd, sums.n),
        interval_fpc=None if headcount is None else mean_interval(centre, sd, sums.n, headcount),
    )


def mean_and_sd(sums: ScoreSums, unit: int) -> tuple[float | None, float | None]:
    """Mean, counted from the scale's lowest option, and SD (n - 1) of scores kept in 1/unit."""
    n = sums.n
    if not n:
        return None, None
    mean = sums.total / (n * unit)
    if n == 1:
        return mean, None
    return mean, sqrt((n * sums.squares - sums.total**2) / (n * (n - 1) * unit * unit))


def mean_interval(
    mean: float | None, sd: float | None, n: int, headcount: int | None = None
) -> Interval | None:
    """The 95% interval of a mean; with a headcount it is about that team only (finite-population
    correction), and there is none where more answered than it counts."""
    if mean is None or sd is None or n < 2:
        return None
    left = 1.0
    if headcount is not None:
        if headcount < n:
            return None
        left = sqrt((headcount - n) / headcount)
    half = t_quantile(0.975, n - 1) * sd / sqrt(n) * left
    return mean - half, mean + half


def r_star(layout: Layout, histograms: Sequence[tuple[int, ...]]) -> float | None:
    """Lindell's r*: 1 less the mean variance of items over the null variance; may be negative.

    The histograms are of the same people, or it is a single item; None for fewer than two people.
    """
    n = sum(histograms[0])
    if n < 2:
        return None
    scatter = sum([moments(histogram).scatter for histogram in histograms])
    return _agreement(layout, scatter, n * (n - 1) * len(histograms))


def feldt_interval(alpha: float | None, n: int, items: int) -> Interval | None:
    """Feldt's 95% interval for alpha from n complete sheets."""
    if alpha is None:
        return None
    df1, df2 = n - 1, (n - 1) * (items - 1)
    return (
        1 - (1 - alpha) * f_quantile(0.975, df1, df2),
        1 - (1 - alpha) * f_quantile(0.025, df1, df2),
    )


class Moments(NamedTuple):
    """Of a histogram, options counted from 0: how many, the sum, n times the sum of squares less
    the squared sum (n(n - 1) variances), twice the median, and twice the sum of the absolute
    differences from it."""

    n: int
    total: int
    scatter: int
    twice_median: int
    twice_deviations: int


# One unit's histograms: items and complete sheets have most of them in common. More would only be
# rubbish to collect.
@lru_cache(maxsize=500)
def moments(histogram: tuple[int, ...]) -> Moments:
    """The moments of a histogram; all 0 for an empty one."""
    n = sum(histogram)
    lower, upper = (n - 1) // 2, n // 2
    seen = total = squares = middle = 0
    for option, count in enumerate(histogram):
        if count:
            step = option * count
            total += step
            squares += option * step
            after = seen + count
            if seen <= lower < after:
                middle += option
            if seen <= upper < after:
                middle += option
            seen = after
    deviations, distance = 0, -middle
    for count in histogram:
        deviations += count * abs(distance)
        distance += 2
    return Moments(n, total, n * squares - total * total, middle, deviations)


def _agreement(layout: Layout, scatter: int, parts: int) -> float:
    """1 - (scatter / parts) / null variance, with one division."""
    over = parts * layout.null_variance.numerator
    return (over - scatter * layout.null_variance.denominator) / over


def _rwg_j(r: float, items: int) -> float:
    return items * r / (items * r + 1 - r)


def _alpha(complete: CompleteSums, of_items: int) -> float | None:
    """Cronbach's alpha over complete sheets; may be negative; None for one item or no spread."""
    items, n = len(complete.histograms), complete.n
    spread = n * complete.squares - complete.total**2
    if items < 2 or n < 2 or spread == 0:
        return None
    return items * (spread - of_items) / ((items - 1) * spread)
