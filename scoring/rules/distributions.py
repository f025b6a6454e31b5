"""Student's t, F and their quantiles, from the incomplete beta function.

The continued fraction is the one of the Digital Library of Mathematical Functions, 8.17.22,
evaluated by Lentz's method; the factor before it is written with Stirling's remainder, so that it
keeps its digits for large degrees of freedom. Normal quantiles: `statistics.NormalDist`.
"""

from collections.abc import Callable
from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, pi, sqrt

_HALF_LOG_2_PI = 0.5 * log(2 * pi)
_TINY = 1e-300


def t_two_sided(t: float, df: float) -> float:
    """The probability of a value at least as far from 0 as t."""
    if t == 0:
        return 1.0
    square = t * t
    if square == inf:
        return 0.0
    return _incomplete_beta(df / (df + square), square / (df + square), df / 2, 0.5)


@lru_cache(maxsize=20_000)
def t_quantile(p: float, df: float) -> float:
    """The value below which lies the probability p, for 0 < p < 1 and df > 0."""
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -t_quantile(1 - p, df)

    def off(t: float) -> float:
        return 2 * (1 - p) - t_two_sided(t, df)

    def slope(t: float) -> float:
        square = t * t
        x, y = df / (df + square), square / (df + square)
        return 2 * _beta_factor(x, y, df / 2, 0.5) / t

    return _root(off, slope, 2.0)


def f_cdf(f: float, df1: float, df2: float) -> float:
    """The probability of a value up to f."""
    if f <= 0:
        return 0.0
    return _incomplete_beta(*_shares(f, df1, df2), df1 / 2, df2 / 2)


@lru_cache(maxsize=20_000)
def f_quantile(p: float, df1: float, df2: float) -> float:
    """The value below which lies the probability p, for 0 < p < 1 and positive df."""

    def off(f: float) -> float:
        if p <= 0.5:
            return f_cdf(f, df1, df2) - p
        x, y = _shares(f, df1, df2)
        return (1 - p) - _incomplete_beta(y, x, df2 / 2, df1 / 2)

    def slope(f: float) -> float:
        return _beta_factor(*_shares(f, df1, df2), df1 / 2, df2 / 2) / f

    return _root(off, slope, 1.0)


def _shares(f: float, df1: float, df2: float) -> tuple[float, float]:
    whole = df1 * f + df2
    return df1 * f / whole, df2 / whole


def _root(off: Callable[[float], float], slope: Callable[[float], float], guess: float) -> float:
    """Where the rising function `off` of a positive number is 0: Newton, kept in a bracket."""
    low, high = 0.0, guess
    while off(high) < 0:
        low, high = high, high * 4
    value = (low + high) / 2
    for _ in range(200):
        miss = off(value)
        if miss == 0:
            return value
        if miss < 0:
            low = value
        else:
            high = value
        rise = slope(value)
        step = value - miss / rise if rise > 0 else -1.0
        following = step if low < step < high else (low + high) / 2
        if abs(following - value) <= 1e-15 * value:
            return following
        value = following
    return value


def _incomplete_beta(x: float, y: float, a: float, b: float) -> float:
    """I_x(a, b), with y = 1 - x given apart because the caller knows it without rounding."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_factor(y, x, b, a) * _fraction(y, b, a) / b
    return _beta_factor(x, y, a, b) * _fraction(x, a, b) / a


def _beta_factor(x: float, y: float, a: float, b: float) -> float:
    """x^a y^b / B(a, b)."""
    middle, rest = a / (a + b), b / (a + b)
    # The difference is taken where the numbers are small: near 1 it would lose a's digits.
    over = x - middle if x < y else rest - y
    powers = a * _log_ratio(x, middle, over) + b * _log_ratio(y, rest, -over)
    remainder = _stirling(a + b) - _stirling(a) - _stirling(b)
    return sqrt(a * rest / (2 * pi)) * exp(powers + remainder)


def _log_ratio(x: float, to: float, over: float) -> float:
    """The logarithm of x / to, where `over` is x - to without rounding."""
    return log1p(over / to) if 0.5 < x / to < 2 else log(x / to)


def _stirling(z: float) -> float:
    """The logarithm of what Stirling's formula leaves out of the gamma function."""
    if z < 16:
        return lgamma(z) - (z - 0.5) * log(z) + z - _HALF_LOG_2_PI
    r = 1 / (z * z)
    return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 + term * d
            d = 1 / (d if abs(d) > _TINY else _TINY)
            c = 1 + term / c
            c = c if abs(c) > _TINY else _TINY
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value
