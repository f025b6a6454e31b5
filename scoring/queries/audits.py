"""A unit's audits: what was released of the same unit before, and what of it may be compared."""

from django.db.models import QuerySet
from django.utils import timezone

from instruments.queries.wording_changes import joined_codes
from scoring.models import Snapshot
from scoring.queries.released import columns_behind_all
from scoring.queries.version_layout import sheet_layout
from scoring.rules.columns import Columns
from scoring.rules.layout import Layout
from scoring.rules.payload import ChangeShown, SnapshotPayload
from scoring.rules.released_change import ComparedSurvey, released_change
from surveys.models import SurveyUnit


def earlier_results(survey_unit: SurveyUnit) -> list[Snapshot]:
    """What stands of each earlier audit of the unit that showed something, the latest first."""
    before = _standing(survey_unit).filter(survey_unit__closes_at__lt=survey_unit.closes_at)
    return [
        one for one in before.order_by("-survey_unit__closes_at", "-pk") if one.payload["sections"]
    ]


def later_results(survey_unit: SurveyUnit) -> list[Snapshot]:
    """What stands of each later audit of the unit that showed something, the earliest first,
    without those whose correction was asked for and is not made."""
    after = _standing(survey_unit).filter(survey_unit__closes_at__gt=survey_unit.closes_at)
    return [
        one
        for one in after.filter(correction=None).order_by("survey_unit__closes_at", "pk")
        if one.payload["sections"]
    ]


def _standing(survey_unit: SurveyUnit) -> QuerySet[Snapshot]:
    """The latest snapshot of each of the unit's audits. Ward sheets only."""
    return Snapshot.objects.filter(
        survey_unit__unit=survey_unit.unit_id,
        survey_unit__mode=SurveyUnit.Mode.SEALED,
        replaced_by=None,
    ).select_related(
        "survey_unit__survey__organisation",
        "survey_unit__survey__version",
        "survey_unit__survey__ward_edition__version",
    )


def change_since(
    *, survey_unit: SurveyUnit, layout: Layout, columns: Columns, payload: SnapshotPayload
) -> ChangeShown | None:
    """What this audit's snapshot shows of change since the one before; None if it is the first.

    It is compared with the nearest one about the same improvement. Where there is none the nearest
    of all stands beside it, and nothing is compared.
    """
    earlier = earlier_results(survey_unit)
    if not earlier:
        return None
    joined = [_joined(one.survey_unit, survey_unit) for one in earlier]
    initiative = survey_unit.survey.initiative_id
    same = (one.survey_unit.survey.initiative_id == initiative for one in earlier)
    place = next((place for place, is_same in enumerate(same) if is_same), 0)
    before = _compared(earlier[place])
    if before is None:
        return None
    later = ComparedSurvey(survey_unit.pk, "", before.closed_on, layout, columns, payload)
    asked = set(layout.items)
    rounds = [
        one.survey_unit_id
        for one, codes in zip(earlier, joined, strict=True)
        if codes == asked and _codes(one) == asked
    ]
    return released_change(earlier=before, later=later, joined=joined[place], rounds=rounds[::-1])


def _joined(earlier: SurveyUnit, later: SurveyUnit) -> frozenset[str]:
    """The statements that measure the same in both; none in surveys about two improvements."""
    if earlier.survey.initiative_id != later.survey.initiative_id:
        return frozenset()
    return joined_codes(earlier=earlier.survey.ward_edition, later=later.survey.ward_edition)


def _codes(snapshot: Snapshot) -> set[str]:
    sections = snapshot.payload["sections"]
    return {item["code"] for section in sections for item in section["items"]}


def _compared(snapshot: Snapshot) -> ComparedSurvey | None:
    unit = snapshot.survey_unit
    survey = unit.survey
    layout = sheet_layout(survey.version, survey.ward_edition).layout
    columns = columns_behind_all(survey, [snapshot], layout).get(snapshot.pk)
    if columns is None:
        return None
    closed = timezone.localtime(unit.closes_at, survey.organisation.zone).date()
    return ComparedSurvey(unit.pk, survey.title, closed, layout, columns, snapshot.payload)
