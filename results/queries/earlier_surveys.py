"""The surveys of one unit: the one before, the one after, and those that change looks back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from instruments.models import Section
from instruments.queries.wording_changes import joined_codes
from scoring.models import Snapshot
from scoring.rules.payload import SectionShown
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Audit:
    """Another survey of the same unit whose result is out."""

    survey_unit_id: int
    ward_page_code: str
    closed_at: datetime


@dataclass(frozen=True)
class Audits:
    """The unit's survey before this one and the one after it.

    `compared` is the one that change looks back to, if there is any.
    """

    before: Audit | None = None
    after: Audit | None = None
    compared: Audit | None = None
    is_same_improvement: bool = False


ALONE = Audits()


def audits_beside(
    survey_unit: SurveyUnit,
    *,
    snapshot: Snapshot | None = None,
    readable: QuerySet[SurveyUnit] | None = None,
) -> Audits:
    """The unit's surveys whose results are out, next to this one on either side. One query.

    `snapshot` says which one change looks back to. `readable` are those that a member may read; the
    team's own page leads to all of them.
    """
    change = snapshot.payload.get("change") if snapshot else None
    out = SurveyUnit.objects.all() if readable is None else readable
    found = out.filter(unit=survey_unit.unit_id, published_at__isnull=False)
    before, after, compared, is_same = None, None, None, False
    for pk, code, closed_at, initiative in found.order_by("closes_at").values_list(
        "pk", "ward_page_code", "closes_at", "survey__initiative"
    ):
        one = Audit(pk, code, closed_at)
        if one.closed_at < survey_unit.closes_at:
            before = one
        elif one.closed_at > survey_unit.closes_at and after is None:
            after = one
        if change is not None and one.survey_unit_id == change["since"]:
            compared, is_same = one, initiative == survey_unit.survey.initiative_id
    return Audits(before, after, compared, is_same)


def compared_with(snapshot: Snapshot) -> Snapshot | None:
    """What stands of the survey that this one's change looks back to. One query at most."""
    change = snapshot.payload.get("change")
    if change is None:
        return None
    return (
        Snapshot.objects.filter(survey_unit=change["since"], replaced_by=None)
        .select_related("survey_unit__survey__ward_edition__version")
        .first()
    )


def about_the_place(
    earlier: Snapshot, later: Snapshot
) -> tuple[tuple[SectionShown, SectionShown], ...]:
    """The sections about the place that both surveys asked in the same words. Up to four queries.

    They may be read side by side although the surveys are about two improvements.
    """
    before, now = earlier.survey_unit.survey, later.survey_unit.survey
    about = set(
        Section.objects.filter(
            version=now.version_id, asks_about=Section.AsksAbout.PLACE
        ).values_list("code", flat=True)
    )
    joined = joined_codes(earlier=before.ward_edition, later=now.ward_edition) if about else ()
    known = {section["code"]: section for section in earlier.payload["sections"]}
    return tuple(
        (known[one["code"]], one)
        for one in later.payload["sections"]
        if one["code"] in about
        and one["code"] in known
        and {item["code"] for item in one["items"]} <= set(joined)
    )


def rounds_before(snapshot: Snapshot) -> Sequence[Snapshot]:
    """What stands of the earlier surveys that ask the same throughout, oldest first. One query."""
    change = snapshot.payload.get("change")
    keys = change["rounds"] if change else []
    if not keys:
        return []
    found = Snapshot.objects.filter(survey_unit__in=keys, replaced_by=None)
    return sorted(
        found.select_related("survey_unit"), key=lambda one: keys.index(one.survey_unit_id)
    )
