"""A staff list by the worker: all or nothing, once, forgotten afterwards, and repaired."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fieldwork.actions.life import cancel_survey
from organisations.models import AuditEntry
from surveys import tasks
from surveys.actions import distribution
from surveys.actions.staff_import import (
    ASK_AGAIN_AFTER,
    GIVEN_UP_AFTER,
    KEPT_FOR,
    add_uploaded,
    repair_imports,
    upload_staff,
)
from surveys.carriers import import_progress
from surveys.exchange.addresses import Address
from surveys.exchange.staff_problem import Person
from surveys.models import Contact, Invitation, Message, StaffImport, Survey, SurveyUnit
from surveys.queries.staff_imports import people_done
from tests import servers
from tests.fieldwork.launching import Trust, a_trust
from tests.responses.killed import killed_at

NUMBER = 450
ADD = "from surveys.actions.staff_import import add_uploaded\nadd_uploaded(import_id={key})"


@pytest.fixture
def trust(db: None) -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust) -> Survey:
    return trust.open()


def bring(trust: Trust, survey: Survey, number: int = 3, key: str = "one") -> StaffImport:
    people = [
        Person(line, Address(f"person{line}@m.example", name="Ann"), "Ward 7")
        for line in range(2, number + 2)
    ]
    units = list(survey.survey_units.all())
    return upload_staff(survey=survey, units=units, people=people, by=trust.manager, key=key)


def test_it_is_added_once_and_the_rows_are_forgotten(trust: Trust, survey: Survey) -> None:
    upload = bring(trust, survey)
    assert bring(trust, survey).pk == upload.pk
    assert not Contact.objects.exists()
    for _ in range(2):
        add_uploaded(import_id=upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.added, upload.known, bytes(upload.people)) == (
        "done", 3, 0, b"",
    )  # fmt: skip
    assert Contact.objects.count() == Invitation.objects.count() == 3
    again = bring(trust, survey, key="two")
    add_uploaded(import_id=again.pk)
    again.refresh_from_db()
    assert (again.state, again.added, again.known) == ("done", 0, 3)
    assert Contact.objects.count() == 3
    actions = AuditEntry.objects.filter(action__startswith="staff").order_by("pk")
    assert list(actions.values_list("action", "detail")) == [
        ("staff list uploaded", {"survey": survey.pk, "number": 3}),
        ("staff invited", {"number": 3}),
        ("staff list uploaded", {"survey": survey.pk, "number": 3}),
    ]


def test_a_unit_that_closed_meanwhile_takes_nobody_and_it_says_why(
    trust: Trust, survey: Survey
) -> None:
    upload = bring(trust, survey)
    SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
    add_uploaded(import_id=upload.pk)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.people)) == ("failed", b"")
    assert "You cannot invite more staff" in upload.failure
    assert not Contact.objects.exists()


def test_a_unit_renamed_meanwhile_is_still_meant(trust: Trust, survey: Survey) -> None:
    upload = bring(trust, survey)
    SurveyUnit.objects.update(unit_name="Ward 7 – frailty")
    add_uploaded(import_id=upload.pk)
    assert Contact.objects.count() == 3


def test_cancelling_forgets_a_list_that_waits(trust: Trust, survey: Survey) -> None:
    upload = bring(trust, survey)
    cancel_survey(survey=survey, by=trust.manager)
    add_uploaded(import_id=upload.pk)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.people)) == ("failed", b"")
    assert not Contact.objects.exists()


def test_it_says_how_far_it_is(
    trust: Trust, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = bring(trust, survey, NUMBER)
    told: list[int] = []
    set_progress = import_progress.set_progress

    def listen(import_id: int, number: int) -> None:
        set_progress(import_id, number)
        told.append(people_done(upload))

    monkeypatch.setattr(import_progress, "set_progress", listen)
    add_uploaded(import_id=upload.pk)
    assert told == [distribution.AT_ONCE, 2 * distribution.AT_ONCE, NUMBER]


def test_what_was_lost_is_asked_for_again_and_what_is_old_is_given_up(
    trust: Trust, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        "surveys.actions.staff_import.enqueue_on_commit",
        lambda task, *ids: asked.append((task, ids)),
    )
    upload = bring(trust, survey)
    asked.clear()
    now = upload.asked_at
    repair_imports(now=now + ASK_AGAIN_AFTER / 2)
    assert asked == []
    repair_imports(now=now + ASK_AGAIN_AFTER * 2)
    assert asked == [("surveys.add_staff_list", (upload.pk,))]
    repair_imports(now=now + GIVEN_UP_AFTER + ASK_AGAIN_AFTER)
    upload.refresh_from_db()
    assert (upload.state, bytes(upload.people)) == ("failed", b"")
    repair_imports(now=timezone.now() + KEPT_FOR + timedelta(minutes=1))
    assert not StaffImport.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "point", ["surveys.carriers.import_progress.set_progress", "surveys.models.StaffImport.save"]
)
def test_killed_midway_nobody_is_in_and_the_next_worker_adds_all(point: str) -> None:
    """After the first 200 rows, and after the last row but before the commit."""
    trust = a_trust()
    survey = trust.open()
    upload = bring(trust, survey, NUMBER)
    killed_at(point, ADD.format(key=upload.pk))
    assert not Contact.objects.exists()
    assert not Invitation.objects.exists()
    assert not Message.objects.filter(invitation__isnull=False).exists()
    upload.refresh_from_db()
    assert (upload.state, bool(upload.people)) == ("waiting", True)
    add_uploaded(import_id=upload.pk)
    assert Contact.objects.count() == Invitation.objects.count() == NUMBER


@pytest.mark.worker
def test_two_words_of_it_and_a_killed_worker_add_it_once(worker: servers.Server) -> None:
    """A real worker gets SIGKILL in the midst; the sweep's word brings the next one to it."""
    trust = a_trust()
    survey = trust.open()
    upload = bring(trust, survey, 2000)
    servers.wait_until(lambda: import_progress.get_progress(upload.pk) > 0, what="it has begun")
    worker.kill()
    assert Contact.objects.count() in (0, 2000), "all or nothing"
    worker.start()
    repair_imports(now=timezone.now() + ASK_AGAIN_AFTER)
    repair_imports(now=timezone.now() + ASK_AGAIN_AFTER)
    servers.wait_until(lambda: StaffImport.objects.get().state == "done", what="it is added")
    assert Contact.objects.count() == Invitation.objects.count() == 2000
    assert AuditEntry.objects.filter(action="staff invited").count() == 1


def test_the_sweep_repairs(trust: Trust, survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = bring(trust, survey)
    StaffImport.objects.update(asked_at=timezone.now() - GIVEN_UP_AFTER * 2)
    tasks.sweep()
    upload.refresh_from_db()
    assert upload.state == "failed"
