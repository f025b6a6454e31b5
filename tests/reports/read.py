"""What a document says, read back: words, cells, the data of charts."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from pptx import Presentation
from pypdf import PdfReader

NUMBER = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def cells_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """A workbook's sheets by name."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def words_of(content: bytes) -> str:
    """A PDF's words."""
    pages = PdfReader(io.BytesIO(content)).pages
    words = " ".join(" ".join(page.extract_text().split()) for page in pages)
    return words.replace("- ", "-")  # a line may end after “Front-”


def shapes_of(content: bytes) -> Iterator[tuple[int, Any]]:
    """Each shape of a deck, with the number of its slide."""
    for number, slide in enumerate(Presentation(io.BytesIO(content)).slides, 1):
        for shape in slide.shapes:
            yield number, shape


def slides_of(content: bytes) -> list[str]:
    """The words of each slide, with its tables and what charts say to people who listen."""
    said: dict[int, list[str]] = {}
    for number, shape in shapes_of(content):
        words = said.setdefault(number, [])
        if shape.has_text_frame:
            words.append(shape.text_frame.text)
        if shape.has_table:
            words += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            words.append(shape._element.nvGraphicFramePr.cNvPr.get("descr", ""))
    return [" ".join(words) for _, words in sorted(said.items())]


def title_of(content: bytes, number: int) -> str:
    """A slide's title."""
    title: str = Presentation(io.BytesIO(content)).slides[number - 1].shapes.title.text_frame.text
    return title


def charts_of(content: bytes) -> list[tuple[str, list[float]]]:
    """Each series of the charts with its values: on a scale those across, else the columns'."""
    found = []
    for _, shape in shapes_of(content):
        if not shape.has_chart:
            continue
        for series in shape.chart.plots[0].series:
            name = "xVal" if series._element.find(f"{NUMBER}xVal") is not None else "val"
            points = series._element.find(f"{NUMBER}{name}").iter(f"{NUMBER}v")
            found.append((series.name, [float(point.text) for point in points]))
    return found


def data_sheets_of(content: bytes) -> Iterator[str]:
    """The data sheet behind each chart of a deck: all cells, without the height of its lanes."""
    for _, shape in shapes_of(content):
        if shape.has_chart:
            blob = shape.chart.part.chart_workbook.xlsx_part.blob
            is_scale = shape.chart.plots[0]._element.tag.endswith("scatterChart")
            for sheet in openpyxl.load_workbook(io.BytesIO(blob)):
                for row in sheet.iter_rows(values_only=True):
                    cells = row[:1] if is_scale else row
                    yield " ".join(str(cell) for cell in cells if cell is not None)
