"""Corrections: asked for with a reason, made once, beside what was released before."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from organisations.models import AuditEntry
from organisations.rules.refusal import Refused
from responses.models.response import Response
from scoring import tasks
from scoring.actions.aggregate import rebuild_aggregate
from scoring.actions.correct import ask_correction, correct_result
from scoring.models import Correction, ReleasedCounts, Snapshot
from scoring.rules.payload import SnapshotPayload
from surveys.models import SurveyUnit
from tests.factories import UserFactory
from tests.scoring.actions.test_publish import counted_unit

pytestmark = pytest.mark.django_db
WHY = "The ward had 30 staff, not 22."


def released_unit(sheets: int = 14) -> SurveyUnit:
    unit = counted_unit(sheets)
    tasks.sweep()
    return unit


def ask(unit: SurveyUnit, **values: Any) -> Correction:
    asked = {"reason": WHY, "headcount": 30, "by": UserFactory.create(), **values}
    snapshot = Snapshot.objects.filter(survey_unit=unit).latest("number")
    return ask_correction(snapshot=snapshot, **asked)


def test_a_wrong_number_of_staff_is_corrected_beside_the_first_release() -> None:
    unit = released_unit()
    first = Snapshot.objects.get()
    ask(unit)
    assert Snapshot.objects.count() == 1, "the worker makes it"
    tasks.sweep()
    second = Snapshot.objects.get(number=2)
    assert (second.replaces, second.reason) == (first, WHY)
    assert (second.payload["headcount"], second.payload["caution"]) == (30, "caution")
    assert second.payload["sections"][0]["mean"] == 3.0
    assert Snapshot.objects.get(number=1).payload == first.payload
    unit.refresh_from_db()
    assert unit.headcount == 22, "what was promised at launch stays"


def test_asking_and_making_twice_corrects_once() -> None:
    unit = released_unit()
    correction = ask(unit)
    assert ask(unit, headcount=31) == correction
    for _ in range(2):
        tasks.correct_result(correction.pk)
        tasks.sweep()
    assert correct_result(correction=correction) is None
    assert Snapshot.objects.count() == 2
    assert Correction.objects.count() == 1
    with pytest.raises(Refused, match="Someone else has corrected"):
        ask_correction(
            snapshot=Snapshot(pk=10**6, survey_unit=unit, payload=correction.snapshot.payload),
            reason=WHY,
            headcount=30,
            by=None,
        )


def test_it_is_in_the_audit_trail_with_ids_only() -> None:
    unit = released_unit()
    correction = ask(unit)
    tasks.sweep()
    entries = AuditEntry.objects.filter(action__in=("correction asked for", "result corrected"))
    assert [entry.actor for entry in entries] == [correction.asked_by] * 2
    assert {entry.object_id for entry in entries} == {str(unit.pk)}
    assert WHY not in str([entry.detail for entry in entries])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "too short"}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"headcount": 13}, "headcount"),
        ({"headcount": 0}, "headcount"),
        ({"headcount": 2001}, "headcount"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(values: dict[str, Any], field: str) -> None:
    unit = released_unit()
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as refusal:
        ask(unit, **values)
    assert refusal.value.field == field
    assert (Correction.objects.count(), AuditEntry.objects.count()) == (0, before)


def test_a_recount_of_the_same_answers_shows_the_same_figures() -> None:
    unit = released_unit()
    ask(unit, headcount=None)
    tasks.sweep()
    first, second = Snapshot.objects.order_by("number")
    assert first.payload == second.payload
    assert not ReleasedCounts.objects.exists(), "nothing is kept while nothing differs"


def test_a_recount_that_changes_few_answers_leaves_the_earlier_figures() -> None:
    unit = released_unit()
    kept = unit.aggregate.counts
    Response.objects.filter(pk=Response.objects.values("pk")[:1]).delete()
    rebuild_aggregate(survey_unit=unit)
    assert ReleasedCounts.objects.get().counts == kept
    ask(unit, headcount=None, reason="One sheet had been counted twice.")
    tasks.sweep()
    first, second = Snapshot.objects.order_by("number")
    assert second.payload == {**first.payload, "kept": "corrected"}
    # And a third does not show what the second kept back.
    ask(unit, headcount=None, reason="We tried it once more.")
    tasks.sweep()
    third = Snapshot.objects.get(number=3)
    assert third.payload == second.payload
    assert third.released_counts.counts == kept, "the figures' own columns lie behind them"


def test_a_chain_of_corrections_is_held_against_every_figure_shown_before() -> None:
    unit = released_unit(14)

    def corrected(sheets: int) -> tuple[int | None, str | None]:
        have = Response.objects.filter(survey_unit=unit)
        gone = have.values_list("pk", flat=True)[sheets:]
        have.filter(pk__in=list(gone)).delete()
        more = range(sheets - have.count())
        Response.objects.bulk_create(
            Response(key=uuid4(), survey_unit=unit, answers="3" * 45) for _ in more
        )
        ask(unit, headcount=None, reason=f"{sheets} sheets were found.")
        tasks.sweep()
        payload = Snapshot.objects.filter(survey_unit=unit).latest("number").payload
        return payload["answered"], payload["kept"]

    assert corrected(25) == (25, None)
    assert corrected(14) == (14, None), "just what was shown before"
    # Eleven more than 14, but one more than the 25 that an earlier release showed.
    assert corrected(26) == (14, "corrected")
    assert corrected(36) == (36, None)
    assert corrected(25) == (25, None)


def test_what_was_kept_never_changes() -> None:
    unit = released_unit()
    correction = ask(unit)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(reason="something else")


def test_the_operators_door() -> None:
    unit = released_unit()
    call_command("correct_result", str(unit.pk), "--reason", "A fault was mended.")
    assert Snapshot.objects.get(number=2).reason == "A fault was mended."
    with pytest.raises(CommandError, match="in a few words"):
        call_command("correct_result", str(unit.pk), "--reason", "x")
    with pytest.raises(CommandError, match="No result"):
        call_command("correct_result", "999999", "--reason", "A fault was mended.")


def test_a_unit_below_k_has_nothing_to_correct() -> None:
    unit = released_unit()
    snapshot = Snapshot.objects.get()
    payload: SnapshotPayload = {
        **snapshot.payload,
        "withheld": "below_k",
        "tier": "too_few",
        "sections": [],
    }
    below = Snapshot(survey_unit=unit, number=1, payload=payload)
    with pytest.raises(Refused, match="no counted result"):
        ask_correction(snapshot=below, reason=WHY, headcount=30, by=None)
