"""Rebuilding aggregates from responses: as often as one likes, the latest wins."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from scoring.models import Aggregate, ReleasedCounts, Snapshot
from scoring.queries.recount import recounts
from scoring.queries.released import shows_figures
from surveys.models import SurveyUnit


def rebuild_aggregate(*, survey_unit: SurveyUnit) -> Aggregate | None:
    """Counts a unit's responses anew; None, and no aggregate, where it was not counted."""
    return rebuild_aggregates([survey_unit.pk]).get(survey_unit.pk)


@transaction.atomic
def rebuild_aggregates(keys: Sequence[int]) -> dict[int, Aggregate]:
    """The aggregates of these units, written where they differ from what was kept.

    Two rebuilds at once wait for each other at the units' rows, taken in the order of their keys,
    so the later count is what stays.
    """
    units = SurveyUnit.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    counted = {
        pk: survey
        for pk, survey, state, mode in units.values_list("pk", "survey_id", "state", "mode")
        if state == SurveyUnit.State.COUNTED and mode == SurveyUnit.Mode.SEALED
    }
    kept = Aggregate.objects.in_bulk(keys)
    rebuilt, changed, replaced = {}, [], {}
    for pk, counts in recounts(counted):
        now = Aggregate(pk=pk, respondents=counts.respondents, counts=counts.to_json())
        before = kept.pop(pk, None)
        if before is None or (before.respondents, before.counts) != (now.respondents, now.counts):
            changed.append(now)
        if before is not None and before.counts != now.counts:
            replaced[pk] = before
        rebuilt[pk] = now
    _keep_what_was_released({**replaced, **kept})
    if kept:
        Aggregate.objects.filter(pk__in=kept).delete()
    Aggregate.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["survey_unit"],
        update_fields=["respondents", "counts"],
    )
    return rebuilt


def _keep_what_was_released(replaced: Mapping[int, Aggregate]) -> None:
    """Keeps the counts that released figures came from, before others take their place."""
    if not replaced:
        return
    snapshots = Snapshot.objects.filter(survey_unit__in=replaced, released_counts=None)
    ReleasedCounts.objects.bulk_create(
        ReleasedCounts(snapshot=one, counts=replaced[one.survey_unit_id].counts)
        for one in snapshots
        if shows_figures(one)
    )
