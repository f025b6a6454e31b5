"""Asking for a document: made once, by the worker, kept for a while, never lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.models import AuditEntry, Role
from reports import tasks
from reports.actions import documents
from reports.actions.documents import ask_for_document
from reports.models import LARGEST, Document
from reports.presenters.source import Source
from scoring.models import Snapshot
from tests.published_house import House

States = Document.State


@pytest.fixture
def asked(house: House) -> Document:
    snapshot = Snapshot.objects.get()
    by = house.member(Role.LEAD)
    return ask_for_document(snapshot=snapshot, kind=Document.Kind.TABLE, by=by, now_says="")


def test_asking_twice_asks_once(asked: Document) -> None:
    again = ask_for_document(
        snapshot=asked.snapshot, kind=Document.Kind.TABLE, by=asked.asked_by, now_says=""
    )
    assert again == asked
    assert AuditEntry.objects.filter(action="document asked for").count() == 1


def test_the_task_makes_it_and_making_it_twice_changes_nothing(asked: Document) -> None:
    tasks.make_document(asked.pk)
    asked.refresh_from_db()
    assert asked.state == States.READY
    first, finished = bytes(asked.content), asked.finished_at
    assert first.startswith(b"\xef\xbb\xbfunit,")
    tasks.make_document(asked.pk)
    asked.refresh_from_db()
    assert (bytes(asked.content), asked.finished_at) == (first, finished)


def test_while_a_worker_is_at_it_no_other_begins(asked: Document) -> None:
    assert documents.begin_document(document_id=asked.pk)
    assert documents.begin_document(document_id=asked.pk) is None
    tasks.make_document(asked.pk)  # the message comes again
    asked.refresh_from_db()
    assert asked.state == States.MAKING


def test_after_a_worker_that_died_halfway_another_begins_within_a_minute(
    asked: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(
        documents, "enqueue_on_commit", lambda task, *ids: sent.append((task, *ids))
    )
    assert documents.begin_document(document_id=asked.pk)
    Document.objects.update(asked_at=timezone.now() - timedelta(seconds=40))
    tasks.sweep()
    assert sent == []
    Document.objects.update(begun_at=timezone.now() - timedelta(seconds=31))
    tasks.sweep()
    assert sent == [(documents.MAKE, asked.pk)]
    tasks.make_document(asked.pk)
    asked.refresh_from_db()
    assert asked.state == States.READY


def test_what_cannot_be_made_is_said_and_can_be_asked_for_again(
    asked: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(kind: str, source: Source) -> bytes:
        raise ValueError("no ink")

    monkeypatch.setattr(tasks, "make", broken)
    tasks.make_document(asked.pk)
    asked.refresh_from_db()
    assert asked.state == States.FAILED
    assert "no ink" in caplog.text
    ask_for_document(
        snapshot=asked.snapshot, kind=Document.Kind.TABLE, by=asked.asked_by, now_says=""
    )
    asked.refresh_from_db()
    assert asked.state == States.ASKED


def test_too_large_a_file_is_not_kept(asked: Document) -> None:
    documents.keep_file(file=asked, content=b"x" * (LARGEST + 1))
    asked.refresh_from_db()
    assert (asked.state, bytes(asked.content)) == (States.FAILED, b"")


def test_the_sweep_asks_again_gives_up_and_deletes(
    asked: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(
        documents, "enqueue_on_commit", lambda task, *ids: sent.append((task, *ids))
    )

    def pass_time(**ago: int) -> None:
        Document.objects.update(asked_at=timezone.now() - timedelta(**ago))
        tasks.sweep()

    pass_time(seconds=5)
    assert sent == []
    pass_time(minutes=1)
    assert sent == [(documents.MAKE, asked.pk)]
    pass_time(minutes=11)
    asked.refresh_from_db()
    assert asked.state == States.FAILED
    pass_time(days=6)
    assert Document.objects.exists()
    pass_time(days=8)
    assert not Document.objects.exists()
