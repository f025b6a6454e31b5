"""What scoring knows of an instrument: its sections, its scale, and what turns sums into scores."""

from fractions import Fraction

import pytest

from scoring.rules.layout import Layout, SectionLayout
from tests.scoring.worlds import layout_of


@pytest.mark.parametrize(
    ("minimum", "maximum", "fits"),
    [(0, 0, False), (0, 1, True), (0, 35, True), (0, 36, False), (3, 2, False), (-2, -1, True)],
)
def test_a_scale_has_two_options_and_a_character_for_each(
    minimum: int, maximum: int, fits: bool
) -> None:
    if fits:
        assert layout_of([1], minimum, maximum).options == maximum - minimum + 1
    else:
        with pytest.raises(ValueError, match="two options"):
            layout_of([1], minimum, maximum)


@pytest.mark.parametrize(
    "sections",
    [(), (SectionLayout("A", ()),), (SectionLayout("A", ("A1",)), SectionLayout("B", ()))],
)
def test_every_section_needs_an_item(sections: tuple[SectionLayout, ...]) -> None:
    with pytest.raises(ValueError, match="needs an item"):
        Layout(sections, 0, 5)


@pytest.mark.parametrize(("size", "least"), [(1, 1), (2, 1), (3, 2), (4, 2), (11, 6)])
def test_half_of_a_section_must_be_answered(size: int, least: int) -> None:
    layout = layout_of([size])
    assert layout.sections[0].least_answered == least
    rates = layout.rates(size)
    assert len(rates) == size + 1
    for answered, rate in enumerate(rates):
        assert rate == (layout.unit_of_score / answered if answered >= least else 0)


@pytest.mark.parametrize(
    ("sizes", "unit"), [([1], 1), ([3], 6), ([4], 12), ([5], 60), ([2, 5], 60), ([7], 420)]
)
def test_a_score_in_units_is_whole_whatever_was_skipped(sizes: list[int], unit: int) -> None:
    assert layout_of(sizes).unit_of_score == unit


def test_items_spans_and_the_spread_of_chance() -> None:
    layout = layout_of([2, 1, 3], 0, 4)
    assert layout.items == ("A1", "A2", "B1", "C1", "C2", "C3")
    assert layout.spans == ((0, 2), (2, 3), (3, 6))
    # 0, 1, 2, 3, 4 equally often: mean 2, variance 10 / 5.
    assert layout.null_variance == 2
    assert layout_of([1], 0, 1).null_variance == Fraction(1, 4)
