"""A whole version as a spreadsheet. No Django here.

Sheets: Instrument (field, value), Scale (value, label, a label for each further language),
Statements (section, title, stem, section question, asks about, code, statement, help, question; an
empty section goes on with the one above), Editions (edition, language, name, label, why, can't say
and its help) and Wording (edition, language, code, title, text, help, left out, question; the code
is a section's or a statement's).
"""

import re
from dataclasses import replace

from instruments.exchange.faults import Faults, code_from
from instruments.exchange.other_programs import named_sheets
from instruments.exchange.survey_version import version_of
from instruments.exchange.xlsform import is_xlsform, read_xlsform
from instruments.rules.originals import NO_CLAIM, says_verbatim
from instruments.rules.texts import EditionText, InstrumentText, ItemText, SectionText
from instruments.rules.version_text import (
    NOT_SURE,
    VERBATIM,
    Found,
    NotCarried,
    TranslationText,
    VersionText,
)
from organisations.exchange.workbook import Rows, read_tables

SHEETS = ("instrument", "scale", "statements", "editions", "wording")
Words = dict[tuple[str, str, str], tuple[int, dict[str, str]]]


def _of(row: dict[str, str], *names: str) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _fields(rows: Rows) -> dict[str, tuple[int, str]]:
    return {_of(row, "field").strip().lower(): (number, _of(row, "value")) for number, row in rows}


def _scale(rows: Rows, faults: Faults) -> tuple[int, tuple[str, ...], dict[str, tuple[str, ...]]]:
    values, labels = [], []
    further: dict[str, list[str]] = {}
    for number, row in rows:
        where = f"sheet Scale, row {number}"
        value = _of(row, "value", "number").strip()
        if not re.fullmatch(r"-?[0-9]{1,3}", value):
            faults.add(f"{where}, value", "expected a whole number.")
            continue
        values.append(int(value))
        labels.append(faults.text(f"{where}, label", _of(row, "label", "words"), 80))
        for name, text in row.items():
            if name.startswith("label ") and text.strip():
                label = faults.text(f"{where}, {name}", text, 80)
                further.setdefault(name.removeprefix("label ").strip(), []).append(label)
    if not values:
        faults.add("sheet Scale", "expected the columns value and label, a row for each point.")
        return 0, (), {}
    if values != list(range(values[0], values[0] + len(values))):
        faults.add("sheet Scale, value", "expected the numbers in order, lowest first.")
    faults.scale("sheet Scale", values[0], values[-1], len(labels))
    for name, texts in further.items():
        if len(texts) != len(labels):
            faults.add(f"sheet Scale, label {name}", f"expected {len(labels)} labels.")
    return values[0], tuple(labels), {n: tuple(t) for n, t in further.items()}


def _sections(rows: Rows, faults: Faults) -> tuple[SectionText, ...]:
    found: dict[str, SectionText] = {}
    seen: set[str] = set()
    current = ""
    for number, row in rows:
        where = f"sheet Statements, row {number}"
        section = faults.text(
            f"{where}, section", _of(row, "section", "section code"), 20, required=not current
        )
        if section and section != current:
            current = section
            code = faults.code(f"{where}, section", section, {one.lower() for one in found})
            title = faults.text(f"{where}, title", _of(row, "title") or code, 120)
            stem = faults.text(f"{where}, stem", _of(row, "stem"), 400)
            question = _of(row, "section question")
            asked = faults.text(f"{where}, section question", question, 240, required=False)
            found[section] = SectionText(section, title, stem, (), asked)
        item = ItemText(
            faults.code(f"{where}, code", _of(row, "code", "item code", "item"), seen),
            faults.text(f"{where}, statement", _of(row, "statement", "text"), 400),
            faults.text(f"{where}, help", _of(row, "help"), 400, required=False),
            faults.text(f"{where}, question", _of(row, "question"), 240, required=False),
        )
        if current in found:
            found[current] = replace(found[current], items=(*found[current].items, item))
    return tuple(found.values())


def _about_place(rows: Rows, faults: Faults) -> frozenset[str]:
    """The codes of the sections that ask about the place."""
    found: set[str] = set()
    current = ""
    for number, row in rows:
        current = _of(row, "section", "section code").strip() or current
        match _of(row, "asks about").strip().lower():
            case "place":
                found.add(current)
            case "" | "change":
                pass
            case _:
                where = f"sheet Statements, row {number}, asks about"
                faults.add(where, "expected change or place.")
    return frozenset(found)


def _instrument(
    tables: dict[str, Rows], faults: Faults, name: str
) -> tuple[InstrumentText, dict[str, tuple[str, ...]]]:
    fields = _fields(tables.get("instrument", []))

    def text(field: str, longest: int, default: str = "", *, lines: bool = False) -> str:
        number, value = fields.get(field, (0, ""))
        where = f"sheet Instrument, row {number}, {field}"
        return faults.text(where, value or default, longest, required=bool(default), lines=lines)

    minimum, labels, further = _scale(tables.get("scale", []), faults)
    statements = tables.get("statements")
    if statements is None:
        # A workbook of one sheet: the statements.
        others = [rows for title, rows in tables.items() if title not in SHEETS]
        statements = others[0] if others else []
    sections = _sections(statements, faults)
    faults.size(len(sections), sum(len(section.items) for section in sections))
    title = text("title", 120, name.rpartition(".")[0] or name)
    instrument = InstrumentText(
        code=faults.code("sheet Instrument, code", text("code", 30, code_from(title)), set(), 30),
        title=title,
        version=text("version", 20, "1"),
        language=faults.language("sheet Instrument, language", text("language", 12, "en-GB")),
        source=text("source", 2000, lines=True),
        purpose=text("purpose", 4000, lines=True),
        notice=text("notice", 2000, lines=True),
        recommended_respondents=text("recommended respondents", 200),
        section_titles_are=text("section titles are", 200),
        minimum=minimum,
        maximum=minimum + max(len(labels) - 1, 0),
        labels=labels,
        sections=sections,
        about_place=_about_place(statements, faults),
    )
    return instrument, further


def _words(rows: Rows, of: InstrumentText, faults: Faults) -> Words:
    """The rows of Wording by edition, language and code."""
    known = {section.code for section in of.sections}
    known |= {item.code for section in of.sections for item in section.items}
    found: Words = {}
    for number, row in rows:
        where = f"sheet Wording, row {number}"
        code = _of(row, "code").strip()
        language = _of(row, "language").strip() or of.language
        key = (_of(row, "edition").strip() or VERBATIM, language, code)
        if code not in known:
            faults.add(f"{where}, code", f"there is no section or statement {code[:40]}.")
        elif key in found:
            faults.add(f"{where}, code", f"{code} is there twice.")
        found[key] = (number, row)
    return found


def _worded(
    words: Words, edition: str, language: str, of: InstrumentText, faults: Faults
) -> tuple[SectionText, ...]:
    """The sections in an edition and language; what the sheet does not word is empty."""

    def text(code: str, column: str, longest: int) -> str:
        number, row = words.get((edition, language, code), (0, {}))
        where = f"sheet Wording, row {number}, {column}"
        return faults.text(where, row.get(column, ""), longest, required=False)

    return tuple(
        SectionText(
            section.code,
            text(section.code, "title", 120),
            text(section.code, "text", 400),
            tuple(
                ItemText(
                    item.code,
                    text(item.code, "text", 400),
                    text(item.code, "help", 400),
                    text(item.code, "question", 240),
                )
                for item in section.items
            ),
            text(section.code, "question", 240),
        )
        for section in of.sections
    )


def _filled(worded: tuple[SectionText, ...], of: InstrumentText) -> tuple[SectionText, ...]:
    """An edition's sections, with the instrument's own words where it has none."""
    return tuple(
        SectionText(
            own.code,
            own.title or section.title,
            own.stem or section.stem,
            tuple(
                adapted if adapted.text else item
                for adapted, item in zip(own.items, section.items, strict=True)
            ),
            own.question or section.question,
        )
        for own, section in zip(worded, of.sections, strict=True)
    )


def read_xlsx(content: bytes, name: str) -> Found:
    """What a workbook holds, ours or an XLSForm; with errors its version must not be stored."""
    faults = Faults(name)
    tables = read_tables(content, faults)
    if not tables:
        return Found(None, (), faults.sentences)
    if is_xlsform(tables):
        return version_of(read_xlsform(tables, name, faults), name, faults)
    if not tables.keys() & set(SHEETS):
        return Found(None, (), (*faults.sentences, f"{name}: {named_sheets(tables)}"))
    instrument, further = _instrument(tables, faults, name)
    words = _words(tables.get("wording", []), instrument, faults)
    not_sure = (NOT_SURE, "")
    editions: list[EditionText] = []
    translations: list[TranslationText] = []
    seen: set[tuple[str, str]] = set()
    codes = {VERBATIM}
    rows = tables.get("editions", [])
    for number, row in rows:
        where = f"sheet Editions, row {number}"
        code = faults.text(f"{where}, edition", _of(row, "edition") or VERBATIM, 30)
        own = instrument.language
        language = faults.language(f"{where}, language", _of(row, "language") or own)
        label = faults.text(
            f"{where}, can’t say", _of(row, "can't say", "can’t say") or NOT_SURE, 40
        )
        help_ = faults.text(f"{where}, help", _of(row, "help"), 160, required=False)
        if (code, language) in seen:
            faults.add(f"{where}, edition", f"{code} in {language} is there twice.")
            continue
        seen.add((code, language))
        sections = _worded(words, code, language, instrument, faults)
        if language != own:
            if code not in codes:
                faults.add(f"{where}, edition", f"{code} must come in {own} first.")
            translations.append(TranslationText(code, language, label, help_, sections))
        elif code == VERBATIM:
            not_sure = (label, help_)
        else:
            faults.code(f"{where}, edition", code, set(), 30)
            codes.add(code)
            for column in ("name", "label"):
                if says_verbatim(_of(row, column)):
                    faults.add(f"{where}, {column}", NO_CLAIM)
            left_out = frozenset(
                key[2]
                for key, (_, given) in words.items()
                if key[:2] == (code, own) and _of(given, "left out").strip().lower() == "yes"
            )
            editions.append(
                EditionText(
                    name=faults.text(f"{where}, name", _of(row, "name") or code, 80),
                    label=faults.text(
                        f"{where}, label", _of(row, "label") or "adapted wording", 40
                    ),
                    why=faults.text(
                        f"{where}, why", _of(row, "why"), 2000, required=False, lines=True
                    ),
                    not_sure_label=label,
                    not_sure_help=help_,
                    sections=_filled(sections, instrument),
                    code=code,
                    left_out=left_out,
                )
            )
    seen.add((VERBATIM, instrument.language))
    for edition, language in {key[:2] for key in words} - seen:
        faults.add("sheet Wording", f"the sheet Editions has no row for {edition} in {language}.")
    not_carried = tuple(
        NotCarried(f"sheet {title}", title, "The question bank reads no sheet of this name.")
        for title in tables
        if title not in SHEETS and "statements" in tables
    )
    languages = {text.language.lower(): text.language for text in translations}
    labels = {languages.get(name, name): texts for name, texts in further.items()}
    version = VersionText(instrument, *not_sure, tuple(editions), tuple(translations), labels, None)
    return Found(version, not_carried, faults.sentences)
