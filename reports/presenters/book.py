"""A workbook whose sheets are rows under a head. Texts stay texts."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter import worksheet
from xlsxwriter.format import Format

Row = Sequence[object]


class Worksheet:
    """One sheet; its first row is its head."""

    def __init__(self, page: worksheet.Worksheet, head: Format, cell: Format) -> None:
        self._page, self._looks = page, (head, cell)
        self._rows = 0

    def add(self, row: Row) -> None:
        """The next row. Numbers are written as numbers, all else as text, None as nothing."""
        look = self._looks[self._rows > 0]
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                self._page.write_number(self._rows, column, value, look)
            elif value is not None:
                self._page.write_string(self._rows, column, str(value), look)
        self._rows += 1


class Book:
    """The file, kept in memory."""

    def __init__(self) -> None:
        self._kept = io.BytesIO()
        # Strings are written as strings: nothing in a text can become a formula or a link.
        self._book = xlsxwriter.Workbook(
            self._kept,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._cell = self._book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, rows: Iterable[Row], widths: Sequence[int]) -> Worksheet:
        """A sheet with these rows to begin with."""
        page = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        made = Worksheet(page, self._head, self._cell)
        for row in rows:
            made.add(row)
        return made

    def content(self, title: str, *, author: str, created: datetime) -> bytes:
        """The whole file; nothing can be added any more."""
        self._book.set_properties(
            {
                "title": title,
                "author": author,
                "company": author,
                "created": created.astimezone(UTC).replace(tzinfo=None),
                "comments": "Not validated: see About",
            }
        )
        self._book.close()
        return self._kept.getvalue()
