"""Documents are made by the worker: it alone loads what draws pages and slides."""

import logging
from collections.abc import Iterator

from celery import shared_task
from django.utils import timezone

from reports.actions import documents as actions
from reports.models import Export
from reports.presenters.all_units import EXPORTERS
from reports.presenters.brief import fingerprint
from reports.presenters.making import make
from reports.presenters.source import Source, source_of
from reports.queries.beside import Beside, beside
from reports.queries.documents import snapshots_in

SAY_EVERY = 20
log = logging.getLogger(__name__)


@shared_task(name=actions.MAKE)
def make_document(document_id: int) -> None:
    """Makes one document, unless a worker is at it; it holds what there is at that moment."""
    document = actions.begin_document(document_id=document_id)
    if document is None:
        return
    try:
        survey_unit = document.snapshot.survey_unit
        with timezone.override(survey_unit.survey.organisation.zone):
            source = source_of(document.snapshot, beside(survey_unit))
            content = make(document.kind, source)
            says = fingerprint(source.brief, source.notes)
    except Exception:
        log.exception("A document could not be made")
        actions.fail_file(file=document)
    else:
        actions.keep_document(document=document, content=content, says=says)


@shared_task(name=actions.MAKE_EXPORT)
def make_export(export_id: int) -> None:
    """Makes one file of many results. Safe to run twice: what is released never changes."""
    export = actions.begin_export(export_id=export_id)
    if export is None:
        return
    try:
        with timezone.override(export.organisation.zone):
            content = EXPORTERS[export.kind](_told(export))
    except Exception:
        log.exception("An export could not be made")
        actions.fail_file(file=export)
    else:
        actions.keep_file(file=export, content=content)


def _told(export: Export) -> Iterator[Source]:
    """The results of an export; says now and then how many are written."""
    for number, snapshot in enumerate(snapshots_in(export), 1):
        yield source_of(snapshot, Beside())
        if number % SAY_EVERY == 0:
            actions.record_progress(export=export, done=number)


@shared_task(name="reports.sweep")
def sweep() -> None:
    """Repairs what was lost and deletes what is old."""
    actions.tidy_files()
