"""What is compiled once finds what its queryset would, as values and as objects."""

from datetime import timedelta

import pytest
from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q, QuerySet
from pytest_django import DjangoAssertNumQueries

from organisations.queries.prepared import Given, GivenKeys, Prepared, PreparedRows
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.factories import UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> list[SurveyUnit]:
    wards = UnitFactory.create_batch(2)
    return [
        publish(organisation=one.organisation, unit=one, payload=payload(), unit_name=one.name)
        for one in wards
    ]


def snapshots() -> "QuerySet[Snapshot]":
    """With what lies behind two relations, and something worked out beside it."""
    replaced = Snapshot.objects.filter(survey_unit=OuterRef("survey_unit"), number=2)
    return (
        Snapshot.objects.filter(survey_unit__published_at__isnull=False)
        .select_related("survey_unit__survey__organisation", "survey_unit__unit")
        .annotate(is_corrected=Exists(replaced))
        .order_by("-number")
    )


def parts_of(one: Snapshot) -> list[object]:
    """What was read of it and of what it belongs to, each with its model."""
    found = (one, one.survey_unit, one.survey_unit.survey, one.survey_unit.unit)
    told = [
        {name: value for name, value in vars(part).items() if name != "_state"} for part in found
    ]
    return [
        (type(part), part._state.adding, of_it) for part, of_it in zip(found, told, strict=True)
    ]


def test_an_object_is_as_the_queryset_makes_it(
    units: list[SurveyUnit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prepared = Prepared(snapshots, column="survey_unit__ward_page_code")
    first = Snapshot.objects.get(survey_unit=units[0])
    Snapshot.objects.create(
        survey_unit=units[0], released_at=first.released_at, payload=payload(), number=2
    )
    for unit, number in ((units[0], 2), (units[1], 1)):
        usual = snapshots().filter(survey_unit=unit).first()
        with django_assert_num_queries(1):
            found = prepared.first(unit.ward_page_code)
            assert found is not None
            assert usual is not None
            assert parts_of(found) == parts_of(usual)
        assert found.number == number
        assert found.survey_unit.survey.organisation == unit.unit.organisation


def test_all_objects_are_as_the_queryset_makes_them(
    units: list[SurveyUnit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given = GivenKeys("units")
    prepared = PreparedRows(lambda: snapshots().filter(survey_unit__in=given).order_by("pk"))
    usual = list(snapshots().order_by("pk"))
    with django_assert_num_queries(1):
        found = prepared.all(units=[unit.pk for unit in units])
        assert [parts_of(one) for one in found] == [parts_of(one) for one in usual]
    assert len(found) == 2
    assert prepared.all(units=[]) == []


def test_a_key_finds_as_a_code_does(units: list[SurveyUnit]) -> None:
    prepared = Prepared(snapshots, column="survey_unit__id")
    assert [one.survey_unit for key in (units[1].pk, units[0].pk) if (one := prepared.first(key))]
    assert prepared.first(units[1].pk) == Snapshot.objects.get(survey_unit=units[1])
    assert prepared.first(0) is None
    assert prepared.first(10**30) is None


def test_it_is_compiled_once(units: list[SurveyUnit]) -> None:
    made = []

    def names() -> "QuerySet[SurveyUnit, tuple[object, ...]]":
        made.append(1)
        return SurveyUnit.objects.values_list("unit_name", "survey__title")

    prepared = Prepared(names, column="ward_page_code")
    assert not made
    for unit in [*units, *units]:
        assert prepared.first(unit.ward_page_code) == (unit.unit_name, unit.survey.title)
    assert made == [1]
    assert prepared.first("nowhere") is None


def test_rows_are_found_by_each_value_that_is_given(
    units: list[SurveyUnit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Any number of keys, moments and texts; the same value in two places."""
    made = []

    def codes() -> "QuerySet[SurveyUnit, tuple[object, ...]]":
        made.append(1)
        until = Given("until", DateTimeField())
        later = Exists(Snapshot.objects.filter(survey_unit=OuterRef("pk"), released_at__gt=until))
        return (
            SurveyUnit.objects.filter(
                Q(pk__in=GivenKeys("keys")) | Q(unit_name=Given("name", CharField())),
                published_at__lte=until,
            )
            .order_by("pk")
            .values_list("pk", "published_at", later)
        )

    prepared = PreparedRows(codes)
    first, second = sorted(units, key=lambda unit: unit.pk)
    assert first.published_at and second.published_at
    late = max(first.published_at, second.published_at) + timedelta(days=1)
    rows = [(one.pk, one.published_at, False) for one in (first, second)]
    for keys, name, found in (
        ([first.pk, second.pk], "", rows),
        ({second.pk: "a dict's keys"}, "", rows[1:]),
        (set[int](), first.unit_name, rows[:1]),
        ((), "", []),
        (range(10**6, 10**6 + 3000), "nowhere", []),
    ):
        with django_assert_num_queries(1):
            assert prepared.all(keys=keys, name=name, until=late) == found
    assert prepared.all(keys=[first.pk], name="", until=late - timedelta(days=9)) == []
    assert made == [1]
