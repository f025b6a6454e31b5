"""Asking for a file, making it, keeping it for a few days. Making it is the worker's."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused
from reports.carriers.drawing import draws_pdf
from reports.models import LARGEST, Document, Export, File
from reports.queries import documents
from scoring.models import Snapshot

F = TypeVar("F", bound=File)
MAKE = "reports.make_document"
MAKE_EXPORT = "reports.make_export"
NO_PDF = (
    "PDF files cannot be created here: this server lacks the libraries that draw them. "
    "The other files are not affected."
)


@transaction.atomic
def ask_for_document(
    *, snapshot: Snapshot, kind: Document.Kind, by: User, now_says: str
) -> Document:
    """The document, asked for once: while it waits or is there, asking again changes nothing.

    One that no longer says what `now_says` is the fingerprint of is made again. Refused where this
    machine cannot make it.
    """
    if kind in Document.PDF and not draws_pdf():
        raise Refused(NO_PDF)
    now = timezone.now()
    document, is_new = Document.objects.select_for_update().get_or_create(
        snapshot=snapshot, kind=kind, defaults={"asked_by": by, "asked_at": now}
    )
    is_old = document.state == Document.State.READY and document.says != now_says
    if not is_new and document.state != Document.State.FAILED and not is_old:
        return document
    if not is_new:
        document.state, document.asked_by, document.asked_at = Document.State.ASKED, by, now
        document.begun_at = document.finished_at = None
        document.content = b""
        document.save()
    record(
        action="document asked for",
        on=document,
        organisation=snapshot.survey_unit.survey.organisation,
        by=by,
        kind=kind,
        snapshot=snapshot.pk,
    )
    enqueue_on_commit(MAKE, document.pk)
    return document


@transaction.atomic
def ask_for_export(
    *, organisation: Organisation, kind: Export.Kind, snapshots: Sequence[int], by: User
) -> Export:
    """The figures of these results in one file; while it waits, asking again changes nothing.

    Asked again once it is there, it is made anew: other results may be out by then.
    """
    if not snapshots:
        raise Refused("There are no results yet, so there is nothing to download.")
    now = timezone.now()
    export, is_new = Export.objects.select_for_update().get_or_create(
        organisation=organisation,
        asked_by=by,
        kind=kind,
        defaults={"asked_at": now, "snapshots": list(snapshots)},
    )
    if not is_new and export.state in (File.State.ASKED, File.State.MAKING):
        return export
    export.state, export.asked_at = File.State.ASKED, now
    export.begun_at = export.finished_at = None
    export.snapshots, export.done, export.content = list(snapshots), 0, b""
    export.save()
    record(
        action="export asked for",
        on=export,
        organisation=organisation,
        by=by,
        kind=kind,
        results=len(snapshots),
    )
    enqueue_on_commit(MAKE_EXPORT, export.pk)
    return export


def begin_export(*, export_id: int) -> Export | None:
    """The export to be made; None if there is nothing to do, or while a worker is at it."""
    now = timezone.now()
    waiting = documents.free(Export.objects.all(), now).filter(pk=export_id)
    if not waiting.update(state=File.State.MAKING, begun_at=now, done=0):
        return None
    return Export.objects.select_related("organisation").get(pk=export_id)


def record_progress(*, export: Export, done: int) -> None:
    """How many results are written by now; its worker is at it still."""
    being_made = Export.objects.filter(pk=export.pk, state=File.State.MAKING)
    being_made.update(done=done, begun_at=timezone.now())


def begin_document(*, document_id: int) -> Document | None:
    """The document to be made, with all that it is made of; None if there is nothing to do.

    One worker at a time begins it, so a message that comes twice makes it once.
    """
    now = timezone.now()
    waiting = documents.free(Document.objects.all(), now).filter(pk=document_id)
    if not waiting.update(state=Document.State.MAKING, begun_at=now):
        return None
    return Document.objects.select_related(
        "snapshot__survey_unit__survey__organisation",
        "snapshot__survey_unit__survey__leaders_edition",
    ).get(pk=document_id)


def keep_file(*, file: File, content: bytes) -> None:
    """Keeps what was made of what was asked for then; too large a file counts as failed."""
    state = File.State.READY if len(content) <= LARGEST else File.State.FAILED
    type(file)._default_manager.filter(pk=file.pk, asked_at=file.asked_at).update(
        state=state,
        content=content if state == File.State.READY else b"",
        finished_at=timezone.now(),
    )


def keep_document(*, document: Document, content: bytes, says: str) -> None:
    """Keeps a document with the fingerprint of what it says."""
    Document.objects.filter(pk=document.pk, asked_at=document.asked_at).update(says=says)
    keep_file(file=document, content=content)


def fail_file(*, file: File) -> None:
    """Says that it could not be made; it can be asked for again."""
    found = type(file)._default_manager.filter(pk=file.pk).exclude(state=File.State.READY)
    found.update(state=File.State.FAILED, finished_at=timezone.now())


def tidy_files() -> None:
    """Asks again for what was lost, gives up what nobody waits for, deletes what is old."""
    _tidy(Document.objects.all(), MAKE)
    _tidy(Export.objects.all(), MAKE_EXPORT)


def _tidy(files: QuerySet[F], task: str) -> None:
    now = timezone.now()
    for file in documents.hopeless(files, now):
        fail_file(file=file)
    with transaction.atomic():
        for file in documents.waiting_long(files, now):
            enqueue_on_commit(task, file.pk)
    documents.expired(files, now).delete()


def when_context_notes_changed(*, unit_id: int, **_: object) -> None:
    """The news of a note: the unit’s documents would miss it or still have it."""
    Document.objects.filter(snapshot__survey_unit__unit=unit_id).delete()
