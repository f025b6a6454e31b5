"""Which file each kind of document is. Imported by the worker alone."""

from collections.abc import Callable

from reports.models import Document
from reports.presenters.documents.csv_table import csv_table
from reports.presenters.documents.drawings import drawings
from reports.presenters.documents.pdf import full_pdf, wall_pdf
from reports.presenters.documents.slides import slides
from reports.presenters.documents.source import Source, source_of
from reports.presenters.documents.workbook import workbook

MAKERS: dict[str, Callable[[Source], bytes]] = {
    Document.Kind.WALL: wall_pdf,
    Document.Kind.FULL: full_pdf,
    Document.Kind.SLIDES: slides,
    Document.Kind.WORKBOOK: workbook,
    Document.Kind.TABLE: csv_table,
    Document.Kind.DRAWINGS: drawings,
}


def make(document: Document) -> bytes:
    """The file; the organisation's time zone must be active."""
    return MAKERS[document.kind](source_of(document.snapshot))
