"""Correcting an audit compares the later ones again: at once, once, and nothing else of them."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from fieldwork import counting
from organisations.models import AuditEntry, Unit
from responses.models.response import Response
from scoring import tasks
from scoring.actions.aggregate import rebuild_aggregate
from scoring.actions.correct import ask_correction, correct_result
from scoring.actions.publish import lock_releases, publish_result
from scoring.models import Correction, ParentSnapshot, ReleasedCounts, Snapshot
from scoring.queries import due
from surveys.models import SurveyUnit
from tests.factories import SurveyFactory, UnitFactory, UserFactory
from tests.responses.ballots import answer, open_unit
from tests.responses.killed import killed_at
from tests.scoring.actions.test_audits import audit, change_of
from tests.scoring.actions.test_publish import close

pytestmark = pytest.mark.django_db


def two_audits(**fields: Any) -> tuple[SurveyUnit, SurveyUnit]:
    first = audit(lean=1)
    return first, audit(first, lean=3, version=first.survey.version, **fields)


def latest(unit: SurveyUnit) -> Snapshot:
    return Snapshot.objects.filter(survey_unit=unit).latest("number")


def ask(unit: SurveyUnit, *, headcount: int | None = 30) -> Correction:
    return ask_correction(
        snapshot=latest(unit),
        reason="The ward had 30 staff, not 22.",
        headcount=headcount,
        by=UserFactory.create(),
    )


def test_the_later_audit_is_compared_with_what_stands_now() -> None:
    first, second = two_audits()
    before = latest(second)
    correction = ask(first)
    tasks.correct_result(correction.pk)
    after = latest(second)
    assert (after.number, after.replaces) == (2, before)
    day = timezone.localtime(SurveyUnit.objects.get(pk=first.pk).closes_at)
    assert after.reason.startswith(
        f"the survey that closed on {day.day} {day:%B %Y} was corrected. Only the comparison"
    )
    compared = before.payload["change"]
    assert compared is not None
    assert (compared["headcount"], change_of(second)["headcount"]) == (22, 30)
    assert (
        change_of(second)["sections"][0]["before_interval"]
        == (latest(first).payload["sections"][0]["interval"])
    )
    assert {**before.payload, "change": None} == {**after.payload, "change": None}
    assert Snapshot.objects.get(pk=before.pk).payload == before.payload
    entry = AuditEntry.objects.get(action="surveys compared again")
    assert entry.actor == correction.asked_by
    assert entry.detail == {"snapshot": after.pk, "replaces": before.pk, "because": first.pk}


def test_it_is_made_once_however_often_the_tasks_run() -> None:
    first, second = two_audits()
    correction = ask(first)
    for _ in range(2):
        tasks.correct_result(correction.pk)
        tasks.sweep()
    assert latest(second).number == 2


def test_a_correction_that_changes_nothing_to_be_said_makes_nothing() -> None:
    first, second = two_audits()
    ask(first, headcount=None)
    tasks.sweep()
    assert (latest(first).number, latest(second).number) == (2, 1)


def test_a_correction_that_changes_too_few_leaves_what_is_compared_with_it() -> None:
    first, second = two_audits()
    third = audit(second, lean=2, version=first.survey.version)
    assert change_of(third)["rounds"] == [first.pk, second.pk]
    keys = Response.objects.filter(survey_unit=first).values("pk")[:1]
    Response.objects.filter(pk__in=list(keys.values_list("pk", flat=True))).delete()
    rebuild_aggregate(survey_unit=first)
    ask(first, headcount=None)
    tasks.sweep()
    assert latest(first).payload["kept"] == "corrected"
    for later in (second, third):
        assert Snapshot.objects.get(survey_unit=later).payload["change"] == change_of(later)


def test_what_lies_behind_the_later_audit_stays_behind_it() -> None:
    first, second = two_audits()
    released = second.aggregate.counts
    keys = Response.objects.filter(survey_unit=second).values_list("pk", flat=True)[:1]
    Response.objects.filter(pk__in=list(keys)).delete()
    rebuild_aggregate(survey_unit=second)
    ask(first)
    tasks.sweep()
    after = latest(second)
    assert after.payload["answered"] == 14, "its own figures are not counted anew"
    assert ReleasedCounts.objects.get(snapshot=after).counts == released


def test_a_later_audit_that_waits_for_its_own_correction_still_gets_it() -> None:
    first, second = two_audits()
    own = ask(second, headcount=40)
    tasks.correct_result(ask(first).pk)
    assert latest(second).number == 1
    tasks.correct_result(own.pk)
    after = latest(second)
    assert (after.number, after.payload["headcount"]) == (2, 40)
    assert change_of(second)["headcount"] == 30
    assert not due.to_correct().exists()


def one_more(first: SurveyUnit, *others: Unit) -> SurveyUnit:
    """A counted audit of the unit and of others, not released yet."""
    organisation, version = first.survey.organisation, first.survey.version
    survey = SurveyFactory.create(
        organisation=organisation, version=version, initiative=first.survey.initiative
    )
    units = [open_unit(survey=survey, unit=unit) for unit in (first.unit, *others)]
    for unit in units:
        answer(unit, times=12)
        close(unit)
    counting.sweep()
    return units[0]


def test_an_audit_that_comes_out_after_a_later_one_is_compared_with_it() -> None:
    first, second = two_audits()
    unit = one_more(first)
    SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=timezone.now() - timedelta(days=15))
    assert change_of(second)["since"] == first.pk
    tasks.sweep()
    assert change_of(second)["since"] == unit.pk
    assert "was released" in latest(second).reason


def test_sums_are_not_summed_up_again() -> None:
    first = audit(lean=1)
    SurveyUnit.objects.filter(pk=first.pk).update(closes_at=timezone.now() - timedelta(days=30))
    second = one_more(first, UnitFactory.create(organisation=first.survey.organisation))
    tasks.sweep()
    sums = ParentSnapshot.objects.filter(survey=second.survey).count()
    assert sums
    ask(first)
    tasks.sweep()
    tasks.sweep()
    assert latest(second).number == 2
    assert ParentSnapshot.objects.filter(survey=second.survey).count() == sums


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["release", "ask", "correct"])
def test_what_is_compared_waits_while_an_audit_is_being_replaced(what: str) -> None:
    first, second = two_audits()
    correction = ask(first)
    third = one_more(first)
    run: dict[str, Callable[[], object]] = {
        "release": lambda: publish_result(survey_unit=third),
        "ask": lambda: ask(second),
        "correct": lambda: correct_result(correction=correction),
    }
    held, done = threading.Event(), threading.Event()

    def other_worker() -> None:
        with transaction.atomic():
            lock_releases(first.survey.organisation)
            held.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=other_worker)
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            connection.cursor().execute("SET LOCAL lock_timeout = '300ms'")
            run[what]()
    finally:
        done.set()
        other.join()
    assert run[what]() is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "point", ["scoring.actions.later_audits.change_since", "scoring.actions.later_audits.record"]
)
def test_killed_midway_nothing_is_corrected_and_then_all_is(point: str) -> None:
    first, second = two_audits()
    correction = ask(first)
    killed_at(point, f"from scoring import tasks\ntasks.correct_result({correction.pk})")
    assert [one.number for one in (latest(first), latest(second))] == [1, 1]
    tasks.sweep()
    assert [one.number for one in (latest(first), latest(second))] == [2, 2]
    assert AuditEntry.objects.filter(action="surveys compared again").count() == 1
