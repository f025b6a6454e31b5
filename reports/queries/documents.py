"""Which documents and exports there are, and which wait too long."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404

from organisations.models import Organisation, User
from reports.models import KEPT_FOR, Document, Export, File
from scoring.models import Snapshot

# Longer than a document takes; then its message or its worker was lost.
LOST_AFTER = timedelta(seconds=30)
HOPELESS_AFTER = timedelta(minutes=10)
AT_ONCE = 50
# How far back the slowest file is looked for.
LATELY = timedelta(hours=1)


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


def exports_of(organisation: Organisation, reader: User) -> dict[str, Export]:
    """This reader's exports by kind, with their `size` and without their content. One query."""
    found = Export.objects.filter(organisation=organisation, asked_by=reader).defer("content")
    return {export.kind: export for export in found.annotate(size=Length("content"))}


def ready_export(organisation: Organisation, reader: User, kind: str) -> Export:
    """This reader's export with its content, or 404."""
    found = Export.objects.filter(
        organisation=organisation, asked_by=reader, kind=kind, state=File.State.READY
    )
    export = found.first()
    if export is None:
        raise Http404
    return export


def snapshots_in(export: Export) -> Iterator[Snapshot]:
    """The results of an export in their order, some at a time, with what a document needs."""
    for start in range(0, len(export.snapshots), AT_ONCE):
        keys = export.snapshots[start : start + AT_ONCE]
        found = Snapshot.objects.select_related(
            "survey_unit__survey__organisation", "survey_unit__survey__leaders_edition"
        ).in_bulk(keys)
        yield from (found[key] for key in keys)


AnyFile = TypeVar("AnyFile", bound=File)


def free(files: QuerySet[AnyFile], now: datetime) -> QuerySet[AnyFile]:
    """Asked for, and no worker is at it: none began, or the one that did was lost."""
    lost = Q(begun_at=None) | Q(begun_at__lt=now - LOST_AFTER)
    return files.filter(Q(state=File.State.ASKED) | (Q(state=File.State.MAKING) & lost)).defer(
        "content"
    )


def waiting_long(files: QuerySet[AnyFile], now: datetime) -> QuerySet[AnyFile]:
    """Free for so long that its message must have been lost, or its worker."""
    return free(files, now).filter(asked_at__lt=now - LOST_AFTER)


def slowest_files(now: datetime) -> dict[str, float]:
    """By kind, in how many seconds the slowest file of the last hour was ready. Two queries."""
    found = dict.fromkeys(Document.Kind.values, 0.0)
    found |= {f"export {kind}": 0.0 for kind in Export.Kind.values}
    for files, named in ((Document.objects, "{}"), (Export.objects, "export {}")):
        ready = files.filter(state=File.State.READY, finished_at__gt=now - LATELY)
        took = ready.values("kind").annotate(most=Max(F("finished_at") - F("asked_at")))
        for kind, most in took.values_list("kind", "most"):
            found[named.format(kind)] = most.total_seconds()
    return found


def hopeless(files: QuerySet[AnyFile], now: datetime) -> QuerySet[AnyFile]:
    """Begun or asked for so long ago that nobody waits any more."""
    return files.filter(
        state__in=(File.State.ASKED, File.State.MAKING), asked_at__lt=now - HOPELESS_AFTER
    ).defer("content")


def expired(files: QuerySet[AnyFile], now: datetime) -> QuerySet[AnyFile]:
    """Older than files are kept."""
    return files.filter(asked_at__lt=now - KEPT_FOR)
