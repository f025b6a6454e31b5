"""Counting a unit's responses, and comparing that with what its aggregate keeps."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from responses.models.response import Response
from scoring.models import Aggregate
from scoring.queries.version_layout import sheet_layout
from scoring.rules.columns import Columns, count_columns
from surveys.models import Survey, SurveyUnit

# Rows of answers that come from the database at a time.
ROWS = 2000
# Units looked at together: enough that statements cost little, few enough for any memory.
AT_ONCE = 100


def recounts(units: Mapping[int, int]) -> Iterator[tuple[int, Columns]]:
    """The counts of these survey units' responses as they are now.

    `units` gives each survey unit's key its survey's. Two queries for any number of units, two more
    for an edition not met before; only the answers of one unit are held at a time.
    """
    surveys = Survey.objects.select_related("version", "ward_edition").in_bulk(set(units.values()))
    sheets = {key: sheet_layout(one.version, one.ward_edition) for key, one in surveys.items()}
    empty = dict(units)
    with closing(_answers(units)) as rows:
        for key, of_unit in groupby(rows, key=itemgetter(0)):
            sheet = sheets[empty.pop(key)]
            yield key, count_columns(sheet.layout, sheet.asked(answers for _, answers in of_unit))
    for key, survey in empty.items():
        yield key, count_columns(sheets[survey].layout, ())


def _answers(units: Iterable[int]) -> Generator[tuple[int, str]]:
    """The answers by unit. Close it: a cursor left open would outlive a transaction that fails."""
    yield from (
        Response.objects.filter(survey_unit__in=units)
        .order_by("survey_unit")
        .values_list("survey_unit_id", "answers")
        .iterator(chunk_size=ROWS)
    )


def aggregate_differences(*, survey: Survey) -> list[str]:
    """A sentence for each unit whose aggregate is not the recount; empty if all is well."""
    wards = survey.survey_units.filter(mode=SurveyUnit.Mode.SEALED)
    keys = list(wards.values_list("pk", flat=True))
    found: list[str] = []
    for begins in range(0, len(keys), AT_ONCE):
        found += _differences(wards.filter(pk__in=keys[begins : begins + AT_ONCE]))
    return found


def _differences(units: QuerySet[SurveyUnit]) -> Iterator[str]:
    kept = Aggregate.objects.in_bulk([unit.pk for unit in units])
    counted = {unit.pk: unit.survey_id for unit in units if unit.state == SurveyUnit.State.COUNTED}
    expected = dict(recounts(counted))
    for unit in units:
        name = f"{unit.unit_name} (unit {unit.pk}, {unit.state})"
        aggregate, now = kept.get(unit.pk), expected.get(unit.pk)
        if aggregate is None or now is None:
            if now is not None:
                yield f"{name}: no aggregate is kept."
            elif aggregate is not None:
                yield f"{name}: an aggregate is kept, none expected."
            continue
        wrong = _differing(aggregate.counts, now.to_json())
        if aggregate.respondents != now.respondents:
            wrong.insert(0, "respondents of the row")
        if wrong:
            yield f"{name}: the aggregate differs from the recount in {', '.join(wrong)}."


def _differing(kept: Mapping[str, object], expected: Mapping[str, object]) -> list[str]:
    return [name for name in expected if kept.get(name) != expected[name]]
