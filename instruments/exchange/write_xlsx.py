"""Writes a version as a spreadsheet that `read_xlsx` takes. Every cell is text. No Django here."""

import io
from collections.abc import Iterable, Iterator

from xlsxwriter import Workbook

from instruments.exchange.faults import on_lines
from instruments.rules.texts import SectionText
from instruments.rules.version_text import VERBATIM, VersionText

WIDTHS = {
    **{"text": 70, "statement": 70, "stem": 50, "value": 90, "why": 60, "help": 50, "title": 34},
    **{"question": 50, "section question": 50},
}
Line = Iterable[str]


def _wording(
    edition: str, language: str, sections: Iterable[SectionText], left: set[str]
) -> Iterator[Line]:
    for section in sections:
        yield edition, language, section.code, section.title, section.stem, "", "", section.question
        for item in section.items:
            out = "yes" if item.code in left else ""
            yield edition, language, item.code, "", item.text, item.help, out, item.question


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
        [
            *("section", "title", "stem", "section question", "asks about"),
            *("code", "statement", "help", "question"),
        ],
        [
            (
                *(section.code, section.title, section.stem, section.question),
                "place" if section.code in of.about_place else "",
                *(item.code, item.text, item.help, item.question),
            )
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
    columns = ["edition", "language", "code", "title", "text", "help", "left out", "question"]
    yield "Wording", columns, wording


def as_xlsx(version: VersionText) -> bytes:
    """The workbook's bytes. Our reading is not in it: that is exchanged as JSON."""
    kept = io.BytesIO()
    book = Workbook(kept, {"in_memory": True})
    top = {"text_wrap": True, "valign": "top"}
    head, cell = book.add_format({**top, "bold": True}), book.add_format(top)
    for title, header, lines in _sheets(version):
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.set_column(column, column, WIDTHS.get(name, 16))
        for number, line in enumerate([header, *lines]):
            for column, text in enumerate(line):
                if text:  # written as a string also where it begins with =
                    look = cell if number else head
                    sheet.write_string(number, column, on_lines(text), look)
    book.close()
    return kept.getvalue()
