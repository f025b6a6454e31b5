"""Aggregates equal a recount, whatever happened before."""

import uuid

import pytest

from responses.models.response import Response
from responses.queries.verify import box_differences
from scoring import tasks
from scoring.actions.aggregate import rebuild_aggregate, rebuild_aggregates
from scoring.models import Aggregate
from scoring.queries import recount
from scoring.queries.recount import aggregate_differences
from scoring.queries.version_layout import sheet_layout
from surveys.models import Survey, SurveyUnit
from tests.factories import published_ffit
from tests.responses.ballots import open_unit
from tests.scoring.actions.test_publish import counted_unit

pytestmark = pytest.mark.django_db


def test_it_may_be_rebuilt_as_often_as_one_likes() -> None:
    unit = counted_unit(9)
    first = rebuild_aggregate(survey_unit=unit)
    again = rebuild_aggregate(survey_unit=unit)
    assert first is not None
    assert again is not None
    assert (first.respondents, first.counts) == (again.respondents, again.counts)
    assert Aggregate.objects.count() == 1
    assert aggregate_differences(survey=unit.survey) == []


def test_a_missing_aggregate_is_found_by_the_sweep() -> None:
    unit = counted_unit(9)
    rebuild_aggregate(survey_unit=unit)
    Aggregate.objects.all().delete()
    assert aggregate_differences(survey=unit.survey)
    tasks.sweep()
    assert aggregate_differences(survey=unit.survey) == []


def test_many_units_are_rebuilt_with_as_few_statements_as_one(django_assert_num_queries) -> None:
    first = counted_unit(9)
    with django_assert_num_queries(9):  # two of them read the version's layout, once
        rebuild_aggregate(survey_unit=first)
    units = [first, *(counted_unit_of(first.survey, 7 + number) for number in range(4))]
    keys = [unit.pk for unit in units]
    with django_assert_num_queries(7):
        assert list(rebuild_aggregates(keys)) == keys
    assert [one.respondents for one in Aggregate.objects.order_by("pk")] == [9, 7, 8, 9, 10]
    with django_assert_num_queries(6):  # nothing to write
        rebuild_aggregates(keys)


def test_slices_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = counted_unit(9)
    rebuild_aggregates([unit.pk, *(counted_unit_of(unit.survey, each).pk for each in (7, 8))])
    monkeypatch.setattr(recount, "AT_ONCE", 2)
    assert aggregate_differences(survey=unit.survey) == []
    Aggregate.objects.filter(survey_unit__gt=unit.pk).update(respondents=1)
    assert len(aggregate_differences(survey=unit.survey)) == 2


def counted_unit_of(survey: Survey, sheets: int) -> SurveyUnit:
    unit = open_unit(survey=survey, state=SurveyUnit.State.COUNTED)
    Response.objects.bulk_create(
        Response(key=uuid.uuid4(), survey_unit=unit, answers=str(sheets % 6) * 45)
        for _ in range(sheets)
    )
    return unit


def test_an_uncounted_unit_has_none() -> None:
    unit = counted_unit(9)
    rebuild_aggregate(survey_unit=unit)
    SurveyUnit.objects.update(state=SurveyUnit.State.CANCELLED)
    assert aggregate_differences(survey=unit.survey)
    assert rebuild_aggregate(survey_unit=unit) is None
    assert not Aggregate.objects.exists()


def test_the_layout_is_in_the_versions_order_and_read_once(django_assert_num_queries) -> None:
    version = published_ffit()
    edition = version.editions.get(is_verbatim=False)
    with django_assert_num_queries(2):
        sheet = sheet_layout(version, edition)
        assert sheet_layout(version, edition) == sheet
    layout = sheet.layout
    assert [len(section.items) for section in layout.sections] == [11, 7, 7, 7, 4, 4, 5]
    assert layout.items[:2] == ("ENV01", "ENV02")
    assert layout.items[-1] == "CTX05"
    assert (layout.minimum, layout.maximum) == (0, 5)


def test_all_adds_up_after_the_whole_way() -> None:
    unit = counted_unit(12)
    tasks.sweep()
    survey = Survey.objects.get(pk=unit.survey_id)
    assert box_differences(survey=survey) == aggregate_differences(survey=survey) == []
