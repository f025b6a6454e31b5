"""Payloads from the real release rules: pages show what is in them and not a figure more."""

import json
import random
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from reports.access import Result
from reports.presenters.kept_parts import kept_parts
from reports.presenters.result import result_page
from scoring.counts import count_answers
from scoring.joint import release_joint
from scoring.layout import Layout
from scoring.leaders import Leaders
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from scoring.release import Wording, release
from surveys.exchange import read_edition, read_instrument
from surveys.management.commands.load_instrument import SHIPPED
from surveys.models import Edition, Reading, Survey, SurveyUnit, Version

INSTRUMENT = read_instrument(SHIPPED / "ffit.json")
EDITION = read_edition(SHIPPED / "ffit-front-line.json", INSTRUMENT)
MAPS = json.loads((SHIPPED / "ffit-maps.json").read_text("utf-8"))
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
    Reading(version=version, maps=MAPS)
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
                counts=count_answers(LAYOUT, sheets),
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


def test_a_page_shows_no_figure_that_was_not_released() -> None:
    unit = counted_unit()
    tiers = set()
    for payload in payloads():
        tiers.add(payload["tier"])
        snapshot = Snapshot(survey_unit=unit, released_at=timezone.now(), payload=payload)
        shown = {
            "result": result_page(Result(unit, snapshot), snapshot),
            "parts": kept_parts(snapshot, unit.survey),
        }
        page = render_to_string("reports/result/_result.html", {**shown, "unit": unit})
        words = unescape(re.sub(r"<[^>]+>", " ", page))
        assert set(re.findall(r"(?<![\d.])\d+\.\d(?!\d)", words)) <= decimals_in(payload)
        assert not re.search(r"\b(None|nan|Undefined)\b|\(\)", words)
        assert page.count("<div><dt>") == 6, "what a change takes, set by set"
        assert page.count("app-score__label") == (0 if payload["tier"] == "words" else 7)
    assert tiers == {"figures", "small", "words", "joint"}
