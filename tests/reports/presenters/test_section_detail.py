"""A section on its own page: what was released of it, and help only where it stands out."""

import json

import pytest

from reports.presenters.section_detail import SectionDetail, section_detail
from reports.queries.debriefs import Helps
from scoring.payload import SnapshotPayload, Tier
from surveys.management.commands.load_instrument import SHIPPED
from surveys.queries.reading import Spoken
from tests.reports.payloads import change, payload

READ = {
    code: Spoken(tuple(one["sofft_tasks"]), tuple(one["pyramid_sides"]))
    for code, one in json.loads((SHIPPED / "ffit-maps.json").read_text("utf-8"))["items"].items()
}
HELPS = Helps("FFIT", READ, [])


def detail(shown: SnapshotPayload, code: str) -> SectionDetail:
    found = section_detail(shown, code, HELPS)
    assert found is not None
    return found


def test_it_has_its_place_its_score_and_the_next_section() -> None:
    found = detail(payload(), "ENV")
    assert (found.place, found.score) == ("Section 1 of 7", "3.6")
    assert "Agreement on the section: strong." in found.facts
    assert found.beside == ("RES", "Resourcing")
    assert detail(payload(), "CTX").beside is None
    assert section_detail(payload(), "XYZ", HELPS) is None


def test_leaders_scores_stand_only_where_both_sheets_word_a_statement_the_same() -> None:
    assert len(detail(payload(), "ENV").leaders_of_items) == 11
    assert detail(payload(), "PRB").leaders_of_items == {}
    assert detail(payload(leaders=None), "ENV").leaders_of_items == {}


def test_help_is_for_statements_that_stand_out_at_most_three_each_another() -> None:
    shown = payload()
    helps = detail(shown, "RES").helps
    assert 1 <= len(helps) <= 3
    assert helps[0].statement == "staffing levels in the clinical units concerned"
    assert len({one.suggestion.title for one in helps}) == len(helps)
    for item in shown["sections"][1]["items"]:
        change(item, level="high", cant_say_often=False)
    assert detail(shown, "RES").helps == ()


def test_many_who_cannot_say_are_named_with_their_share() -> None:
    assert "“what we learned from past changes here”: 71%" in detail(payload(), "CTX").unsaid
    assert detail(payload(), "ENV").unsaid == ""


@pytest.mark.parametrize("tier", ["small", "words", "joint"])
def test_a_smaller_release_has_no_figures_of_statements(tier: Tier) -> None:
    found = detail(payload(tier), "ENV")
    assert found.parts.spreads is None
    assert bool(found.parts.in_words) is (tier == "small")
    assert bool(found.parts.all_statements) is (tier == "joint")
    assert bool(found.score) is (tier != "words")


def test_a_withheld_section_has_its_reason_and_no_score() -> None:
    shown = payload()
    change(shown["sections"][4], mean=None, word=None, interval=None, withheld="few_answers")
    found = detail(shown, "MSG")
    assert (found.score, found.word, found.facts) == ("", "", ())
    assert found.row.instead is not None and "Fewer than 5 people" in found.row.instead[1]
