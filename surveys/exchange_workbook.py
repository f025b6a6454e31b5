"""A spreadsheet's cells as text, read in bounded memory. No Django here.

A workbook is a zip file: its size, its unpacked size and its number of rows are checked before and
while it is read; openpyxl reads its XML by defusedxml, where that is installed, and it is (a test
tries); a formula is refused and never computed.
"""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from surveys.exchange_faults import Faults

MOST_PARTS = 200
MOST_BYTES_UNPACKED = 12_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 40
Rows = list[tuple[int, dict[str, str]]]
Found = TypeVar("Found")


def _packed_badly(content: bytes) -> str:
    """Why the zip file must not be unpacked, or nothing."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "this is no spreadsheet, or a damaged one."
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        return "unpacks to far more than such a file holds."
    if any(part.flag_bits & 1 for part in parts):
        return "is locked by a password."
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return "this is no spreadsheet of the kind .xlsx."
    return ""


def _cell_text(cell: Any, where: str, faults: Faults) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults.add(where, "holds a formula. Write the text or number itself.")
        return ""
    if cell.data_type == "e":
        faults.add(where, f"holds an error ({value}).")
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _rows(sheet: Any, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # a file may claim any size
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            faults.add(f"sheet {sheet.title}", f"more than {MOST_ROWS} rows.")
            return
        texts = [
            _cell_text(cell, f"sheet {sheet.title}, {get_column_letter(place)}{number}", faults)
            for place, cell in enumerate(cells, start=1)
        ]
        if any(text.strip() for text in texts):
            yield number, texts


def _table(sheet: Any, faults: Faults) -> Rows:
    """The sheet's rows by the names in its first row that is not empty, in lower case."""
    header: list[str] = []
    found: Rows = []
    for number, texts in _rows(sheet, faults):
        if not header:
            header = [" ".join(text.lower().split()) for text in texts]
            continue
        found.append((number, {n: t for n, t in zip(header, texts, strict=False) if n}))
    return found


def read_tables(content: bytes, faults: Faults) -> dict[str, Rows]:
    """Every sheet by its name in lower case; a fault of the file as a whole gives none."""
    return {
        title.lower(): rows
        for title, rows in _read(content, faults, lambda sheet: _table(sheet, faults))
    }


def read_cells(content: bytes, faults: Faults) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that has any, with their numbers; none if the file is faulty."""
    sheets = _read(content, faults, lambda sheet: list(_rows(sheet, faults)))
    return next((rows for _, rows in sheets if rows), [])


def _read(
    content: bytes, faults: Faults, each: Callable[[Any], Found]
) -> Iterator[tuple[str, Found]]:
    """What `each` finds on every sheet, one after the other."""
    reason = _packed_badly(content)
    if reason:
        faults.add("file", reason)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles it does not know are not our concern
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            for sheet in book.worksheets:
                yield sheet.title, each(sheet)
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError,
        AttributeError, OSError, EOFError, SyntaxError, NotImplementedError, OverflowError,
    ) as error:  # fmt: skip
        faults.add("file", f"this is a damaged spreadsheet ({type(error).__name__}).")
