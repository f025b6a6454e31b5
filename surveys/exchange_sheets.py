"""Writes a version as a spreadsheet that `read_xlsx` takes. Every cell is text. No Django here."""

import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from surveys.exchange import SectionText
from surveys.exchange_version import VERBATIM, VersionText

WIDTHS = {"text": 70, "statement": 70, "stem": 50, "value": 90, "why": 60, "help": 50, "title": 34}
Line = Iterable[str]


def _wording(
    edition: str, language: str, sections: Iterable[SectionText], left: set[str]
) -> Iterator[Line]:
    for section in sections:
        yield edition, language, section.code, section.title, section.stem, "", ""
        for item in section.items:
            out = "yes" if item.code in left else ""
            yield edition, language, item.code, "", item.text, item.help, out


def _sheets(version: VersionText) -> Iterator[tuple[str, list[str], list[Line]]]:
    of = version.instrument
    yield "Instrument", ["field", "value"], [
        ("code", of.code), ("title", of.title), ("version", of.version),
        ("language", of.language), ("source", of.source), ("purpose", of.purpose),
        ("notice", of.notice), ("recommended respondents", of.recommended_respondents),
        ("section titles are", of.section_titles_are),
    ]  # fmt: skip
    further = list(version.labels)
    yield (
        "Scale",
        ["value", "label", *(f"label {language}" for language in further)],
        [
            (str(of.minimum + place), label, *(version.labels[lang][place] for lang in further))
            for place, label in enumerate(of.labels)
        ],
    )
    yield (
        "Statements",
        ["section", "title", "stem", "code", "statement", "help"],
        [
            (section.code, section.title, section.stem, item.code, item.text, item.help)
            for section in of.sections
            for item in section.items
        ],
    )
    own = of.language
    yield (
        "Editions",
        ["edition", "language", "name", "label", "why", "can't say", "help"],
        [
            (VERBATIM, own, "", "", "", version.not_sure_label, version.not_sure_help),
            *(
                (e.code, own, e.name, e.label, e.why, e.not_sure_label, e.not_sure_help)
                for e in version.editions
            ),
            *(
                (t.edition, t.language, "", "", "", t.not_sure_label, t.not_sure_help)
                for t in version.translations
            ),
        ],
    )
    wording: list[Line] = []
    for edition in version.editions:
        wording += _wording(edition.code, own, edition.sections, set(edition.left_out))
    for text in version.translations:
        wording += _wording(text.edition, text.language, text.sections, set())
    columns = ["edition", "language", "code", "title", "text", "help", "left out"]
    yield "Wording", columns, wording


def as_xlsx(version: VersionText) -> bytes:
    """The workbook's bytes. Our reading is not in it: that is exchanged as JSON."""
    book = Workbook(write_only=True)
    for title, header, lines in _sheets(version):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, name in enumerate(header):
            sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place % 26]].width = WIDTHS.get(
                name, 16
            )
        for number, line in enumerate([header, *lines]):
            cells = []
            for text in line:
                cell = WriteOnlyCell(sheet, value=text or None)
                if text:
                    cell.data_type = "s"  # also where it begins with =
                cell.font = Font(bold=number == 0)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cells.append(cell)
            sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
