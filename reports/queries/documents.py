"""Which documents of a result there are, and which wait too long."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404

from reports.models import KEPT_FOR, Document
from scoring.models import Snapshot

# Longer than a document takes; then its message or its worker was lost.
LOST_AFTER = timedelta(seconds=30)
HOPELESS_AFTER = timedelta(minutes=10)


def documents_of(snapshot: Snapshot) -> dict[str, Document]:
    """Documents by kind, with their `size` in bytes and without their content. One query."""
    found = Document.objects.filter(snapshot=snapshot).defer("content")
    return {document.kind: document for document in found.annotate(size=Length("content"))}


def ready_document(snapshot: Snapshot, kind: str) -> Document:
    """A document with its content, or 404."""
    found = Document.objects.filter(snapshot=snapshot, kind=kind, state=Document.State.READY)
    document = found.first()
    if document is None:
        raise Http404
    return document


def free(now: datetime) -> QuerySet[Document]:
    """Asked for, and no worker is at it: none began, or the one that did was lost."""
    lost = Q(begun_at=None) | Q(begun_at__lt=now - LOST_AFTER)
    return Document.objects.filter(
        Q(state=Document.State.ASKED) | (Q(state=Document.State.MAKING) & lost)
    ).defer("content")


def waiting_long(now: datetime) -> QuerySet[Document]:
    """Free for so long that its message must have been lost, or its worker."""
    return free(now).filter(asked_at__lt=now - LOST_AFTER)


def hopeless(now: datetime) -> QuerySet[Document]:
    """Begun or asked for so long ago that nobody waits any more."""
    return Document.objects.filter(
        state__in=(Document.State.ASKED, Document.State.MAKING),
        asked_at__lt=now - HOPELESS_AFTER,
    ).defer("content")


def expired(now: datetime) -> QuerySet[Document]:
    """Older than documents are kept."""
    return Document.objects.filter(asked_at__lt=now - KEPT_FOR)
