"""Columns: what one unit answered to each statement, and no more."""

from fractions import Fraction

import pytest

from scoring.rules.columns import Column, Columns, count_columns, tabulate
from tests.scoring.worlds import layout_of

LAYOUT = layout_of([2, 1], 0, 3)


def test_answers_are_counted_statement_by_statement() -> None:
    columns = count_columns(LAYOUT, ["03?", "13-", "1??", "-3?"])
    assert columns == Columns(
        4, (Column((1, 2, 0, 0), 0, 1), Column((0, 0, 0, 3), 1, 0), Column((0, 0, 0, 0), 3, 1))
    )
    assert columns.section(LAYOUT, 0) == columns.items[:2]
    assert columns.section(LAYOUT, 1) == columns.items[2:]
    assert columns.items[0].cells == (1, 2, 0, 0, 0, 1)
    assert count_columns(LAYOUT, []).respondents == 0


@pytest.mark.parametrize(
    ("histogram", "n", "total", "mean", "variance"),
    [((1, 0, 0, 1), 2, 3, 1.5, 4.5), ((1, 1, 1, 0), 3, 3, 1, 1), ((0, 0, 4, 0), 4, 8, 2, 0)],
)
def test_a_column_has_its_sum_mean_and_variance(
    histogram: tuple[int, ...], n: int, total: int, mean: float, variance: float
) -> None:
    column = Column(histogram, 5, 7)
    assert (column.n, column.total) == (n, total)
    assert [column.mean, column.variance] == [Fraction(mean), Fraction(variance)]


def test_adding_columns_is_counting_both_at_once() -> None:
    one, other = ["03?", "13-", "--?"], ["1??", "-3?", "?0-", "22-"]
    both = count_columns(LAYOUT, one) + count_columns(LAYOUT, other)
    assert both == count_columns(LAYOUT, one + other)


def test_kept_columns_come_back_and_those_of_another_version_do_not() -> None:
    columns = count_columns(LAYOUT, ["03?", "13-"])
    kept = columns.to_json()
    assert kept["items"][0] == [1, 1, 0, 0, 0, 0]
    assert Columns.from_json(LAYOUT, kept) == columns
    for other in (layout_of([2, 1], 0, 4), layout_of([2, 1], 0, 2), layout_of([2])):
        with pytest.raises(ValueError, match="another version"):
            Columns.from_json(other, kept)


@pytest.mark.parametrize(
    ("sheets", "said"),
    [(["03"], "3 characters"), (["03??"], "3 characters"), (["034"], "not of the scale"),
     (["03 "], "not of the scale"), (["03?", "0"], "3 characters")],
)  # fmt: skip
def test_a_sheet_of_another_layout_is_refused(sheets: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        tabulate(LAYOUT, [sheet.encode() for sheet in sheets])
