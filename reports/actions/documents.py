"""Asking for a document, making it, keeping it for a few days. Making it is the worker's."""

from django.db import transaction
from django.utils import timezone

from organisations.audit import record
from organisations.models import User
from reports.models import LARGEST, Document
from reports.queries import documents
from scoring.models import Snapshot
from surveys.actions.worker import ask_soon

MAKE = "reports.make_document"


@transaction.atomic
def ask_for_document(*, snapshot: Snapshot, kind: Document.Kind, by: User) -> Document:
    """The document, asked for once: while it waits or is there, asking again changes nothing."""
    now = timezone.now()
    document, is_new = Document.objects.select_for_update().get_or_create(
        snapshot=snapshot, kind=kind, defaults={"asked_by": by, "asked_at": now}
    )
    if not is_new and document.state != Document.State.FAILED:
        return document
    if not is_new:
        document.state, document.asked_by, document.asked_at = Document.State.ASKED, by, now
        document.save(update_fields=["state", "asked_by", "asked_at"])
    record(
        action="document asked for",
        on=document,
        organisation=snapshot.survey_unit.survey.organisation,
        by=by,
        kind=kind,
        snapshot=snapshot.pk,
    )
    ask_soon(MAKE, document.pk)
    return document


def begin_document(*, document_id: int) -> Document | None:
    """The document to be made, with all that it is made of; None if there is nothing to do.

    One worker at a time begins it, so a message that comes twice makes it once.
    """
    now = timezone.now()
    waiting = documents.free(now).filter(pk=document_id)
    if not waiting.update(state=Document.State.MAKING, begun_at=now):
        return None
    return Document.objects.select_related(
        "snapshot__survey_unit__survey__organisation",
        "snapshot__survey_unit__survey__leaders_edition",
    ).get(pk=document_id)


def keep_document(*, document: Document, content: bytes) -> None:
    """Keeps what was made; too large a file counts as failed."""
    state = Document.State.READY if len(content) <= LARGEST else Document.State.FAILED
    Document.objects.filter(pk=document.pk).update(
        state=state,
        content=content if state == Document.State.READY else b"",
        finished_at=timezone.now(),
    )


def fail_document(*, document_id: int) -> None:
    """Says that it could not be made; it can be asked for again."""
    Document.objects.filter(pk=document_id).exclude(state=Document.State.READY).update(
        state=Document.State.FAILED, finished_at=timezone.now()
    )


def tidy_documents() -> None:
    """Asks again for what was lost, gives up what nobody waits for, deletes what is old."""
    now = timezone.now()
    for document in documents.hopeless(now):
        fail_document(document_id=document.pk)
    with transaction.atomic():
        for document in documents.waiting_long(now):
            ask_soon(MAKE, document.pk)
    documents.expired(now).delete()
