"""Results of one unit, one after the other, and what changed between them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from scoring.rules.payload import ChangeShown, SectionChange, SnapshotPayload
from surveys.models import Survey, SurveyUnit
from tests.factories import SurveyFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def section_change(code: str, **values: Any) -> SectionChange:
    found: dict[str, Any] = {
        "code": code,
        "before": 1.5,
        "before_interval": [1.2, 1.8],
        "now": 1.8,
        "now_interval": [1.5, 2.1],
        "statements": [7, 7],
        "difference": 0.3,
        "interval": [-0.3, 0.9],
        "word": "no clear change",
        "why": None,
        "withheld": None,
        **values,
    }
    return found  # type: ignore[return-value]


def with_change(since: SurveyUnit, *rounds: SurveyUnit, **of_sections: Any) -> SnapshotPayload:
    """A payload with a change; `of_sections` changes what is said of a section by its code."""
    made = payload()
    change: ChangeShown = {
        "since": since.pk,
        "closed_on": "2026-05-02",
        "improvement": since.survey.title,
        "answered": 15,
        "headcount": 21,
        "version": "1",
        "edition": made["edition"],
        "detectable": 0.9,
        "sections": [
            section_change(section["code"], **of_sections.get(section["code"], {}))
            for section in made["sections"]
        ],
        "rounds": [one.pk for one in rounds],
    }
    made["change"] = change
    return made


def audit(
    house: House, made: SnapshotPayload, *, days_ago: float, code: str, **about: Any
) -> SurveyUnit:
    survey = SurveyFactory.create(
        organisation=house.organisation,
        state=Survey.State.PUBLISHED,
        opens_at=timezone.now() - timedelta(days=days_ago + 20),
        version=house.result.survey.version,
        **({"initiative": house.result.survey.initiative} | about),
    )
    return publish(
        organisation=house.organisation, unit=house.ward_7, payload=made, survey=survey,
        days_ago=days_ago, ward_page_code=code,
        closes_at=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


def another(
    house: House, title: str = "Shared pain plan", code: str = "second", **of_sections: Any
) -> SurveyUnit:
    """A survey about another improvement than the one before; their codes are `first`, `second`."""
    first = audit(house, payload(), days_ago=200, code=f"first{code.removeprefix('second')}")
    made = with_change(first, **of_sections)
    assert made["change"] is not None
    about = SurveyFactory.create(organisation=house.organisation).initiative
    return audit(house, made, days_ago=20, code=code, title=title, initiative=about)
