"""Which file each kind of document is. Imported by the worker alone."""

from collections.abc import Callable

from reports.models import Document
from reports.presenters.csv_table import csv_table
from reports.presenters.drawings import drawings
from reports.presenters.slides import slides
from reports.presenters.source import Source
from reports.presenters.workbook import workbook


def _board(source: Source) -> bytes:
    from reports.presenters.pdf import board_pdf

    return board_pdf(source)


def _staff_room(source: Source) -> bytes:
    from reports.presenters.pdf import staff_room_pdf

    return staff_room_pdf(source)


def _full(source: Source) -> bytes:
    from reports.presenters.pdf import full_pdf

    return full_pdf(source)


# What draws PDF files is imported when one is asked for: without its libraries the import fails,
# and the worker must run all the same.
MAKERS: dict[str, Callable[[Source], bytes]] = {
    Document.Kind.BOARD: _board,
    Document.Kind.WALL: _staff_room,
    Document.Kind.FULL: _full,
    Document.Kind.SLIDES: slides,
    Document.Kind.WORKBOOK: workbook,
    Document.Kind.TABLE: csv_table,
    Document.Kind.DRAWINGS: drawings,
}


def make(kind: str, source: Source) -> bytes:
    """The file; the organisation's time zone must be active."""
    return MAKERS[kind](source)
