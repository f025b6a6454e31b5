"""Counts merge exactly, and every statistic from counts equals the one from raw answers."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responses.rules.answer_string import DIGITS
from scoring.rules.columns import Columns, count_columns
from scoring.rules.comparison import unit_spread
from scoring.rules.counts import count_answers
from scoring.rules.layout import Layout
from scoring.rules.statistics import item_statistics, score_statistics
from tests.scoring import reference
from tests.scoring.worlds import layout_of


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    sizes = draw(st.lists(st.integers(1, 7), min_size=1, max_size=4))
    low = draw(st.sampled_from([0, 1, -2]))
    return layout_of(sizes, low, low + draw(st.integers(3, 10)))


def sheets_of(layout: Layout, smallest: int = 0) -> st.SearchStrategy[list[str]]:
    """Sheets with every kind of answer, some of straight lines."""
    free = st.text(
        alphabet=DIGITS[: layout.options] + "-?",
        min_size=len(layout.items),
        max_size=len(layout.items),
    )
    straight = st.sampled_from(DIGITS[: layout.options]).map(lambda d: d * len(layout.items))
    return st.lists(st.one_of(free, straight), min_size=smallest, max_size=14)


def raw(layout: Layout, sheets: list[str]) -> reference.Answers:
    return [
        [layout.minimum + DIGITS.index(cell) if cell in DIGITS else None for cell in sheet]
        for sheet in sheets
    ]


def near(value: Any) -> Any:
    return None if value is None else pytest.approx(float(value), rel=1e-11, abs=1e-11)


@given(st.data())
def test_merging_in_any_grouping_and_order_equals_counting_at_once(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    sheets = data.draw(sheets_of(layout))
    random = Random(data.draw(st.integers()))
    mixed = random.sample(sheets, len(sheets))
    cuts = sorted(random.randint(0, len(mixed)) for _ in range(3))
    groups = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    one, two, three, four = (count_answers(layout, group) for group in groups)
    assert (one + (two + three)) + four == count_answers(layout, sheets)
    assert four + three + one + two == count_answers(layout, sheets)


@given(st.data())
def test_columns_survive_their_json_and_are_those_of_the_counts(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    sheets = data.draw(sheets_of(layout))
    columns = count_columns(layout, sheets)
    assert Columns.from_json(layout, columns.to_json()) == columns
    assert count_answers(layout, sheets).columns == columns


def test_columns_of_another_layout_are_refused() -> None:
    kept = count_columns(layout_of([4]), ["1234"]).to_json()
    for other in (layout_of([5]), layout_of([4], 0, 4)):
        with pytest.raises(ValueError, match="version"):
            Columns.from_json(other, kept)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_statistics_equal_the_reference(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    sheets = data.draw(sheets_of(layout))
    counts, answers = count_answers(layout, sheets), raw(layout, sheets)
    low, high = layout.minimum, layout.maximum
    if sheets:
        for index, expected in enumerate(reference.items(answers, low, high)):
            ours = item_statistics(layout, counts, index)._asdict()
            for name, value in expected.items():
                if name == "histogram":
                    assert ours[name] == value
                else:
                    assert ours[name] == near(value), name
    spans = list(layout.spans)
    by_section = reference.scores(answers, spans)
    for scored, values, (begins, ends) in zip(
        score_statistics(layout, counts), by_section, [*spans, (0, len(layout.items))], strict=True
    ):
        n = len(values)
        assert scored.n == n
        assert scored.mean == near(sum(values) / n if n else None)
        mean = sum(values) / n if n else 0
        spread = sum((x - mean) ** 2 for x in values)
        assert scored.sd == near(float(spread / (n - 1)) ** 0.5 if n > 1 else None)
        for name, value in reference.agreement(answers, begins, ends, low, high).items():
            assert getattr(scored, name) == near(value), name


@given(st.data())
def test_differences_between_units_equal_the_reference(data: st.DataObject) -> None:
    layout = data.draw(layouts())
    units = data.draw(st.lists(sheets_of(layout), max_size=4))
    counts = [count_answers(layout, sheets) for sheets in units]
    for index in range(len(layout.sections) + 1):
        groups = [
            reference.scores(raw(layout, sheets), list(layout.spans))[index] for sheets in units
        ]
        found = unit_spread(each.scores[index] for each in counts)
        icc1, icc2 = reference.icc(groups)
        assert found.icc1 == near(icc1)
        assert found.icc2 == near(icc2)


@pytest.mark.parametrize("sheet", ["123", "12345", "123x", "1236", "12 4"])
def test_a_sheet_of_another_layout_is_refused(sheet: str) -> None:
    with pytest.raises(ValueError, match=r"form (needs|has)"):
        count_answers(layout_of([4]), [sheet])
    with pytest.raises(ValueError, match=r"form (needs|has)"):
        count_columns(layout_of([4]), [sheet])


def test_counts_of_different_versions_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="versions"):
        count_answers(layout_of([4]), []) + count_answers(layout_of([3]), [])
