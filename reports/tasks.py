"""Documents are made by the worker: it alone loads what draws pages and slides."""

import logging

from celery import shared_task
from django.utils import timezone

from reports.actions import documents as actions
from reports.presenters.documents.making import make

log = logging.getLogger(__name__)


@shared_task(name=actions.MAKE)
def make_document(document_id: int) -> None:
    """Makes one document, unless a worker is at it: a released result never changes."""
    document = actions.begin_document(document_id=document_id)
    if document is None:
        return
    try:
        with timezone.override(document.snapshot.survey_unit.survey.organisation.zone):
            content = make(document)
    except Exception:
        log.exception("A document could not be made")
        actions.fail_document(document_id=document_id)
    else:
        actions.keep_document(document=document, content=content)


@shared_task(name="reports.sweep")
def sweep() -> None:
    """Repairs what was lost and deletes what is old."""
    actions.tidy_documents()
