"""t and F against exact values: closed forms, binomial sums, and published tables."""

from fractions import Fraction
from math import comb, pi, sqrt, tan

import pytest

from scoring.rules.distributions import f_cdf, f_quantile, t_quantile, t_two_sided

PROBABILITIES = [0.005, 0.025, 0.05, 0.3, 0.505, 0.6, 0.95, 0.975, 0.99, 0.9995]


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-10, abs=1e-10)


@pytest.mark.parametrize("p", PROBABILITIES)
def test_t_with_one_and_two_degrees_has_closed_forms(p: float) -> None:
    assert t_quantile(p, 1) == close(tan(pi * (p - 0.5)))
    assert t_quantile(p, 2) == close((2 * p - 1) / sqrt(2 * p * (1 - p)))


@pytest.mark.parametrize(
    ("df", "table"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, probability 0.975
    [(3, 3.182), (5, 2.571), (10, 2.228), (13, 2.160), (30, 2.042), (60, 2.000), (100, 1.984)],
)
def test_t_agrees_with_the_published_table(df: int, table: float) -> None:
    assert round(t_quantile(0.975, df), 3) == table


@pytest.mark.parametrize("df", [1, 2, 3.7, 13, 47.62043013666, 164, 10_000, 1e6])
@pytest.mark.parametrize("p", PROBABILITIES)
def test_t_quantile_undoes_its_distribution(p: float, df: float) -> None:
    t = t_quantile(p, df)
    tail = t_two_sided(t, df) / 2
    assert (tail if t < 0 else 1 - tail) == close(p)


@pytest.mark.parametrize(
    ("a", "b"),
    # From 16 on Stirling's remainder is summed up, below it is taken from the gamma function.
    [
        (1, 1),
        (2, 5),
        (7, 3),
        (15, 16),
        (16, 17),
        (18, 18),
        (20, 11),
        (60, 40),
        (3, 200),
        (150, 150),
    ],
)
@pytest.mark.parametrize("x", [Fraction(1, 50), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)])
def test_f_equals_a_sum_of_binomial_probabilities(a: int, b: int, x: Fraction) -> None:
    n = a + b - 1
    exact = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    ratio = x / (1 - x) * Fraction(b, a)
    assert f_cdf(float(ratio), 2 * a, 2 * b) == pytest.approx(float(exact), rel=3e-14, abs=0)


@pytest.mark.parametrize("df2", [1, 2, 9, 156, 5000])
@pytest.mark.parametrize("p", PROBABILITIES)
def test_f_with_two_degrees_above_has_a_closed_form(p: float, df2: float) -> None:
    assert f_quantile(p, 2, df2) == close(df2 / 2 * ((1 - p) ** (-2 / df2) - 1))


@pytest.mark.parametrize("p", PROBABILITIES)
def test_f_with_one_degree_is_t_squared(p: float) -> None:
    assert f_quantile(p, 1, 17) == close(t_quantile(0.5 + p / 2, 17) ** 2)


@pytest.mark.parametrize("p", PROBABILITIES)
def test_f_turned_round_is_its_inverse(p: float) -> None:
    assert f_quantile(p, 9, 156) == close(1 / f_quantile(1 - p, 156, 9))


def test_small_probabilities_keep_their_digits() -> None:
    # 1 - 2 atan(t) / pi with one degree of freedom
    assert t_two_sided(1e8, 1) == pytest.approx(2 / pi / 1e8, rel=1e-12)
    assert t_two_sided(0, 5) == 1
    assert t_two_sided(float("inf"), 5) == 0
    assert t_two_sided(1e-200, 5) == 1


def test_what_lies_in_the_middle_or_below_all_is_exact() -> None:
    assert t_quantile(0.5, 7) == 0
    assert [f_cdf(f, 3, 4) for f in (-1.0, 0.0)] == [0, 0]
