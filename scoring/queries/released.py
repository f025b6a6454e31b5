"""What was released of a unit, and the columns that lie behind it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from scoring.models import Aggregate, ReleasedCounts, Snapshot
from scoring.rules.columns import Columns
from scoring.rules.layout import Layout
from surveys.models import Survey, SurveyUnit


def snapshots_of(survey_unit: SurveyUnit) -> QuerySet[Snapshot]:
    """Everything ever released of the unit, the latest first."""
    return Snapshot.objects.filter(survey_unit=survey_unit).order_by("-number")


def latest_snapshot(survey_unit: SurveyUnit) -> Snapshot | None:
    """What stands today."""
    return snapshots_of(survey_unit).first()


def survey_snapshots(survey: Survey) -> list[Snapshot]:
    """Everything ever released of a survey's units, each unit's latest last."""
    return list(Snapshot.objects.filter(survey_unit__survey=survey).order_by("number"))


def columns_behind_all(
    survey: Survey, snapshots: Iterable[Snapshot], layout: Layout
) -> dict[int, Columns]:
    """By the snapshot's key, the columns that its figures came from. Two queries."""
    aggregates = Aggregate.objects.filter(survey_unit__survey=survey).values_list("pk", "counts")
    now = dict(aggregates)
    kept = dict(
        ReleasedCounts.objects.filter(snapshot__survey_unit__survey=survey).values_list(
            "pk", "counts"
        )
    )
    return {
        one.pk: Columns.from_json(layout, kept.get(one.pk) or now[one.survey_unit_id])
        for one in snapshots
        if shows_figures(one) and (one.pk in kept or one.survey_unit_id in now)
    }


def shows_figures(snapshot: Snapshot) -> bool:
    """False where nothing but a reason was released."""
    return bool(snapshot.payload["sections"])


def released_before(survey_unit: SurveyUnit, layout: Layout) -> list[Columns]:
    """What lies behind each snapshot of the unit that showed something."""
    snapshots = list(snapshots_of(survey_unit))
    if not snapshots:
        return []
    return list(columns_behind_all(survey_unit.survey, snapshots, layout).values())
