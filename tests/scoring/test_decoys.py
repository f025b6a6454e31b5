"""Figures that stay away by chance: the same each time, seldom, and only where it can matter."""

from scoring.decoys import ONE_IN, draw
from scoring.payload import SectionShown
from tests.scoring.test_release import LAYOUT, ward, without
from tests.scoring.worlds import released

KEY = b"a key of this test"


def test_they_hang_on_the_key_and_on_whose_result_it_is() -> None:
    codes = [f"S{number}" for number in range(6400)]
    first = draw(KEY, "unit 1", codes)
    assert first == draw(KEY, "unit 1", codes)
    assert first != draw(KEY, "unit 2", codes)
    assert first != draw(b"another key", "unit 1", codes)
    assert 60 < len(first) < 150, f"about one in {ONE_IN}"
    assert len(set(first.values())) == 6


def shown(sheets: list[str], *figures: str) -> SectionShown:
    away = {"A": frozenset(figures)}
    return released(LAYOUT, sheets, decoys=away)["sections"][0]  # type: ignore[arg-type]


def test_a_decoy_looks_like_a_figure_that_would_tell() -> None:
    sheets = without(ward(14), 0, 13)
    assert shown(sheets)["mean"] is not None
    found = shown(sheets, "mean")
    assert (found["mean"], found["why"]["mean"]) == (None, "subtraction")
    assert found["word"] is not None
    assert shown(sheets, "mean", "word", "agreement")["withheld"] == "subtraction"
    assert shown(sheets, "agreement")["why"]["agreement"] == "subtraction"
    assert shown(sheets, "interval")["why"]["interval"] == "subtraction"


def test_where_nothing_can_be_hidden_nothing_stays_away() -> None:
    assert shown(ward(14), "mean", "word", "agreement") == shown(ward(14))
