"""A damaged spreadsheet is refused in a sentence, whoever reads it."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from instruments.exchange.read_file import read_content
from organisations.exchange.tables import Unreadable
from organisations.exchange.unit_list import UNIT_LISTS
from surveys.exchange.staff_table import read_upload


def two_sheets() -> bytes:
    book = Workbook()
    book.active.append(["email", "unit", "parent"])
    book.active.append(["ann@x.example", "Ward 7", ""])
    book.create_sheet("More").append(["email"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without(content: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            if one.filename != part:
                new.writestr(one, old.read(one))
    return out.getvalue()


def torn(content: bytes, part: str) -> bytes:
    """The same with a deflate stream that cannot be unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(part).header_offset + 30 + len(part)
    return content[:at] + b"\xff" * 20 + content[at + 20 :]


def no_sheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(two_sheets())) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            is_list = one == "xl/workbook.xml"
            new.writestr(one, f'<workbook xmlns="{SPREADSHEET}"/>' if is_list else old.read(one))
    return out.getvalue()


SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
BROKEN = [
    (no_sheet(), "has no sheet"),
    (torn(two_sheets(), SHEET), "damaged spreadsheet"),
    (torn(two_sheets(), "xl/workbook.xml"), "damaged spreadsheet"),
    (without(two_sheets(), "xl/worksheets/sheet2.xml"), "a sheet is missing"),
    (without(two_sheets(), SHEET), "a sheet is missing"),
    (without(two_sheets(), "xl/styles.xml"), ""),
    (without(two_sheets(), "xl/_rels/workbook.xml.rels"), "damaged spreadsheet"),
    (two_sheets()[:-200], "damaged"),
]


@pytest.mark.parametrize(("content", "sentence"), BROKEN)
def test_staff_lists_and_units_refuse_it(content: bytes, sentence: str) -> None:
    for read in (lambda: read_upload(content, "list.xlsx"), lambda: UNIT_LISTS.file_text(content)):
        try:
            read()
        except Unreadable as refusal:
            assert sentence and sentence in " ".join(refusal.sentences)
        else:
            assert not sentence


@pytest.mark.parametrize(("content", "sentence"), BROKEN)
def test_instruments_refuse_it(content: bytes, sentence: str) -> None:
    assert sentence in " ".join(read_content(content, "instrument.xlsx").errors)
