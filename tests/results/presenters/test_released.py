"""Payloads from the real release rules: pages show what is in them and not a figure more."""

import random
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from instruments.models import Edition, ItemMapping, Version
from instruments.queries.item_mappings import mappings_of
from results.access import Result
from results.presenters.cached_fragments import Reader, cached_fragments
from results.presenters.page import page_of
from results.queries.questions import Questions
from scoring.models import Snapshot
from scoring.rules.columns import count_columns
from scoring.rules.joint import release_joint
from scoring.rules.layout import Layout
from scoring.rules.leaders import Leaders
from scoring.rules.payload import SnapshotPayload
from scoring.rules.release import Wording, release
from surveys.models import Survey, SurveyUnit
from tests.instruments.shipped import shipped_document, shipped_ffit

INSTRUMENT = shipped_ffit().instrument
EDITION = shipped_ffit().editions[0]
MAPS = shipped_document()["reading"]
LAYOUT = Layout.of(INSTRUMENT)
WORDING = Wording(
    INSTRUMENT.title,
    INSTRUMENT.version,
    EDITION.name,
    EDITION.label,
    INSTRUMENT.notice,
    tuple(INSTRUMENT.labels),
    EDITION.sections,
)
VERBATIM = {item.code: item.text for section in INSTRUMENT.sections for item in section.items}


def counted_unit() -> SurveyUnit:
    """A unit that is in no database."""
    version = Version()
    ItemMapping(version=version, maps=MAPS)
    survey = Survey(
        title="Fewer falls at night",
        ward_edition_id=1,
        leaders_edition=Edition(pk=2, name="Verbatim"),
        version=version,
        closes_at=timezone.now(),
    )
    return SurveyUnit(
        survey=survey,
        unit_name="Ward 7",
        state=SurveyUnit.State.COUNTED,
        ward_page_code="code",
        headcount=40,
        minimum_group=5,
        closes_at=timezone.now(),
        published_at=timezone.now(),
    )


def sheet(chance: random.Random, cant_say: float) -> str:
    def answer() -> str:
        drawn = chance.random()
        return (
            "?" if drawn < cant_say else "-" if drawn < cant_say + 0.05 else chance.choice("012345")
        )

    return "".join(answer() for _ in LAYOUT.items)


def payloads() -> Iterator[SnapshotPayload]:
    chance = random.Random(7)
    for answered in (5, 6, 7, 8, 10, 11, 12, 14, 22):
        for cant_say, leading in ((0.05, 0), (0.4, 2), (0.7, 5)):
            sheets = [sheet(chance, cant_say) for _ in range(answered)]
            own = [sheet(chance, 0.1) for _ in range(leading)]
            leaders = Leaders(own, VERBATIM) if own else None
            yield release(
                layout=LAYOUT,
                columns=count_columns(LAYOUT, sheets),
                headcount=40,
                k=5,
                wording=WORDING,
                leaders=leaders,
            )
            yield release_joint(
                layout=LAYOUT, sheet=sheets[0], headcount=6, wording=WORDING, leaders=leaders
            )


def decimals_in(value: Any) -> set[str]:
    """Every number of a payload as a page writes it."""
    if isinstance(value, dict):
        return set().union(*(decimals_in(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(decimals_in(one) for one in value))
    return {f"{value:.1f}"} if isinstance(value, float) else set()


def drawn(unit: SurveyUnit, snapshot: Snapshot, with_figures: bool) -> str:
    """The whole result as its page, without the frame."""
    reader = Reader("/sections/", with_figures=with_figures)
    found = cached_fragments(
        snapshot,
        unit.survey,
        partial(mappings_of, unit.survey.version),
        lambda: Questions({}, ()),
        reader,
    )
    shown = {"page": page_of(Result(unit, snapshot), snapshot), "parts": found, "unit": unit}
    page: str = render_to_string("results/result/_result.html", shown)
    assert page.count('class="app-section-row"') == 7
    return page


def test_a_page_shows_no_figure_that_was_not_released() -> None:
    unit = counted_unit()
    tiers = set()
    for payload in payloads():
        tiers.add(payload["tier"])
        snapshot = Snapshot(survey_unit=unit, released_at=timezone.now(), payload=payload)
        for with_figures in (False, True):
            words = unescape(re.sub(r"<[^>]+>", " ", drawn(unit, snapshot, with_figures)))
            decimals = set(re.findall(r"(?<![\d.])\d+\.\d(?!\d)", words))
            assert decimals <= (decimals_in(payload) if with_figures else set())
            assert bool(decimals) is (with_figures and payload["tier"] != "words")
            assert not re.search(r"\b(None|nan|Undefined)\b|\(\)", words)
    assert tiers == {"figures", "small", "words", "joint"}
