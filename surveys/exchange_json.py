"""A whole version as JSON, read with every fault named by line and field. No Django here.

`docs/instrument-exchange.schema.json` describes the form.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from surveys.exchange import (
    AS_VERBATIM,
    EditionText,
    InstrumentText,
    ItemText,
    LocatingDecoder,
    ReadingText,
    SectionText,
    WrongFile,
)
from surveys.exchange_faults import Faults, code_from
from surveys.exchange_version import NOT_SURE, Found, NotCarried, TranslationText, VersionText

Row = dict[str, Any]
NO_PLACE = "The question bank has no such field."
TOP = {"instrument", "editions", "translations", "labels", "not_sure", "reading", "$schema"}
INSTRUMENT = {
    "code", "title", "version", "language", "source", "purpose", "notice", "scale", "sections",
    "recommended_respondents", "section_titles_are",
}  # fmt: skip


class _Reader:
    def __init__(self, name: str) -> None:
        self.faults = Faults(name)
        self.not_carried: list[NotCarried] = []
        self.lines: dict[int, int] = {}

    def at(self, row: Row, name: str) -> str:
        return f"line {self.lines.get(id(row), 1)}, {name}"

    def known(self, row: Row, names: set[str]) -> None:
        for name in row:
            if name not in names:
                self.not_carried.append(NotCarried(self.at(row, name[:60]), name[:60], NO_PLACE))

    def text(
        self, row: Row, name: str, longest: int, *, default: str | None = None, lines: bool = False
    ) -> str:
        value = row.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.faults.add(self.at(row, name), "expected some text.")
            return default or ""
        return self.faults.text(
            self.at(row, name), value, longest, required=default is None, lines=lines
        )

    def code(self, row: Row, seen: set[str], longest: int = 20) -> str:
        value = row.get("code")
        if not isinstance(value, str):
            self.faults.add(self.at(row, "code"), "expected some text.")
            return ""
        return self.faults.code(self.at(row, "code"), value, seen, longest)

    def whole(self, row: Row, name: str) -> int:
        value = row.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            self.faults.add(self.at(row, name), "expected a whole number.")
            return 0
        return value

    def object(self, row: Row, name: str) -> Row:
        value = row.get(name)
        if isinstance(value, dict):
            return value
        if value is not None:
            self.faults.add(self.at(row, name), "expected an object in braces.")
        return {}

    def objects(self, row: Row, name: str, *, required: bool = True) -> list[Row]:
        value = row.get(name)
        if value is None and not required:
            return []
        if not isinstance(value, list) or (required and not value):
            self.faults.add(self.at(row, name), "expected a list with at least one entry.")
            return []
        rows = [entry for entry in value if isinstance(entry, dict)]
        if len(rows) < len(value):
            self.faults.add(self.at(row, name), "every entry must be an object in braces.")
        return rows

    def labels(self, row: Row, name: str) -> tuple[str, ...]:
        value = row.get(name)
        where = self.at(row, name)
        if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
            self.faults.add(where, "expected a list of labels.")
            return ()
        return tuple(self.faults.text(where, label, 80) for label in value)

    def not_sure(self, row: Row) -> tuple[str, str]:
        found = self.object(row, "not_sure")
        self.known(found, {"label", "help"})
        return (
            self.text(found, "label", 40, default=NOT_SURE),
            self.text(found, "help", 160, default=""),
        )


def _items(
    reader: _Reader, section: Row, seen: set[str], *, text_default: str | None = None
) -> list[tuple[ItemText, bool]]:
    found = []
    for row in reader.objects(section, "items"):
        reader.known(row, {"code", "text", "help", "left_out"})
        left_out = row.get("left_out", False)
        if not isinstance(left_out, bool):
            reader.faults.add(reader.at(row, "left_out"), "expected true or false.")
        item = ItemText(
            reader.code(row, seen),
            reader.text(row, "text", 400, default=text_default),
            reader.text(row, "help", 400, default=""),
        )
        found.append((item, left_out is True))
    return found


def _instrument(reader: _Reader, top: Row) -> InstrumentText:
    reader.known(top, INSTRUMENT)
    scale = reader.object(top, "scale")
    reader.known(scale, {"min", "max", "labels"})
    minimum, maximum = reader.whole(scale, "min"), reader.whole(scale, "max")
    labels = reader.labels(scale, "labels")
    reader.faults.scale(reader.at(scale, "labels"), minimum, maximum, len(labels))
    sections, codes, seen = [], set[str](), set[str]()
    for row in reader.objects(top, "sections"):
        reader.known(row, {"code", "title", "stem", "items"})
        code = reader.code(row, codes)
        sections.append(
            SectionText(
                code,
                reader.text(row, "title", 120, default=code),
                reader.text(row, "stem", 400),
                tuple(item for item, _ in _items(reader, row, seen)),
            )
        )
    reader.faults.size(len(sections), sum(len(section.items) for section in sections))
    return InstrumentText(
        code=reader.code(top, set(), 30) if "code" in top else code_from(top.get("title")),
        title=reader.text(top, "title", 120),
        version=reader.text(top, "version", 20, default="1"),
        language=reader.faults.language(
            reader.at(top, "language"), reader.text(top, "language", 12, default="en-GB")
        ),
        source=reader.text(top, "source", 2000, default="", lines=True),
        purpose=reader.text(top, "purpose", 4000, default="", lines=True),
        notice=reader.text(top, "notice", 2000, default="", lines=True),
        recommended_respondents=reader.text(top, "recommended_respondents", 200, default=""),
        section_titles_are=reader.text(top, "section_titles_are", 200, default=""),
        minimum=minimum,
        maximum=maximum,
        labels=labels,
        sections=tuple(sections),
    )


def _matched(
    reader: _Reader, top: Row, sections: Sequence[SectionText]
) -> list[tuple[SectionText, Row]]:
    """The rows of an edition or translation, each with the section that it words."""
    by_code = {section.code: section for section in sections}
    found, seen = [], set[str]()
    for row in reader.objects(top, "sections", required=False):
        reader.known(row, {"code", "title", "stem", "items"})
        section = by_code.get(reader.code(row, seen))
        if section is None:
            reader.faults.add(reader.at(row, "code"), "the instrument has no such section.")
        else:
            found.append((section, row))
    return found


def _worded(
    reader: _Reader, section: SectionText, row: Row, *, text_default: str | None
) -> list[tuple[ItemText, bool]]:
    rows = _items(reader, row, set(), text_default=text_default)
    codes = {item.code for item in section.items}
    for item, _ in rows:
        if item.code and item.code not in codes:
            reader.faults.add(reader.at(row, "items"), f"section has no statement {item.code}.")
    return rows


def _edition(reader: _Reader, row: Row, of: InstrumentText, seen: set[str]) -> EditionText:
    reader.known(row, {"code", "name", "label", "why", "not_sure", "sections"})
    not_sure = reader.not_sure(row)
    adapted = {section.code: found for section, found in _matched(reader, row, of.sections)}
    sections, left_out = [], set[str]()
    for section in of.sections:
        own = adapted.get(section.code)
        if own is None:
            sections.append(section)
            continue
        items = {item.code: item for item in section.items}
        if own.get("items") not in (None, AS_VERBATIM):
            for item, is_left_out in _worded(reader, section, own, text_default=""):
                if item.text:
                    items[item.code] = item
                if is_left_out:
                    left_out.add(item.code)
        sections.append(
            SectionText(
                section.code,
                reader.text(own, "title", 120, default=section.title),
                reader.text(own, "stem", 400, default=section.stem) or section.stem,
                tuple(items[item.code] for item in section.items),
            )
        )
    return EditionText(
        name=reader.text(row, "name", 80),
        label=reader.text(row, "label", 40, default="adapted wording"),
        of=f"{of.code} version {of.version}",
        why=reader.text(row, "why", 2000, default="", lines=True),
        not_sure_label=not_sure[0],
        not_sure_help=not_sure[1],
        sections=tuple(sections),
        code=reader.code(row, seen, 30),
        left_out=frozenset(left_out),
    )


def _translation(
    reader: _Reader, row: Row, of: InstrumentText, editions: set[str]
) -> TranslationText:
    reader.known(row, {"edition", "language", "not_sure", "sections"})
    edition = reader.text(row, "edition", 30, default="verbatim")
    if edition not in editions:
        reader.faults.add(reader.at(row, "edition"), f"there is no edition {edition}.")
    not_sure = reader.not_sure(row)
    sections = tuple(
        SectionText(
            section.code,
            reader.text(own, "title", 120, default=""),
            reader.text(own, "stem", 400, default=""),
            tuple(item for item, _ in _worded(reader, section, own, text_default="")),
        )
        for section, own in _matched(reader, row, of.sections)
    )
    language = reader.faults.language(reader.at(row, "language"), reader.text(row, "language", 12))
    return TranslationText(edition, language, not_sure[0], not_sure[1], sections)


def _labels(reader: _Reader, top: Row, of: InstrumentText) -> dict[str, tuple[str, ...]]:
    found = {}
    given = reader.object(top, "labels")
    for name in given:
        language = reader.faults.language(reader.at(given, "labels"), name)
        found[language] = reader.labels(given, name)
        if len(found[language]) != len(of.labels):
            reader.faults.add(reader.at(given, name), f"expected {len(of.labels)} labels.")
    return found


def _reading(reader: _Reader, top: Row, of: InstrumentText) -> ReadingText | None:
    row = reader.object(top, "reading")
    if not row:
        return None
    codes = {item.code for section in of.sections for item in section.items}
    for code in reader.object(row, "items"):
        if code not in codes:
            reader.faults.add(reader.at(row, "items"), f"there is no statement {code[:40]}.")
    maps = {name: value for name, value in row.items() if name != "what"}
    return ReadingText(reader.text(row, "what", 2000, default="", lines=True), maps)


def _whole(reader: _Reader, data: Row) -> VersionText:
    top = data
    if "instrument" in data:
        reader.known(data, TOP)
        top = reader.object(data, "instrument")
    elif "sections" not in data or "edition" in data:
        reader.faults.add("line 1, instrument", "there is no instrument in this file.")
        top = {}
    instrument = _instrument(reader, top)
    not_sure = reader.not_sure(data)
    seen = {"verbatim"}
    editions = tuple(
        _edition(reader, row, instrument, seen)
        for row in reader.objects(data, "editions", required=False)
    )
    known = {"verbatim", *(edition.code for edition in editions)}
    translations = tuple(
        _translation(reader, row, instrument, known)
        for row in reader.objects(data, "translations", required=False)
    )
    pairs = [(text.edition, text.language) for text in translations]
    for pair in {pair for pair in pairs if pairs.count(pair) > 1}:
        reader.faults.add("translations", f"{pair[0]} in {pair[1]} is there twice.")
    if any(language == instrument.language for _, language in pairs):
        reader.faults.add("translations", f"{instrument.language} is the instrument's own.")
    return VersionText(
        instrument, *not_sure, editions, translations,
        _labels(reader, data, instrument), _reading(reader, data, instrument),
    )  # fmt: skip


def _decoded(reader: _Reader, text: str) -> Any:
    decoder = LocatingDecoder()
    try:
        data = decoder.decode(text)
    except json.JSONDecodeError as error:
        reader.faults.add(f"line {error.lineno}", f"this is no JSON: {error.msg}.")
        return None
    except RecursionError:
        reader.faults.add("line 1", "nested too deep.")
        return None
    except ValueError:
        reader.faults.add("line 1", "holds a number that is too long.")
        return None
    reader.lines = decoder.lines
    return data


def read_json(text: str, name: str) -> Found:
    """What a JSON file holds; with errors its version is a try and must not be stored."""
    reader = _Reader(name)
    data = _decoded(reader, text)
    if data is not None and not isinstance(data, dict):
        reader.faults.add("line 1", "expected an object in braces.")
    if not isinstance(data, dict):
        if data is None and not reader.faults.sentences:
            reader.faults.add("line 1", "expected an object in braces.")
        return Found(None, (), reader.faults.sentences)
    return _found(reader, data)


def read_document(data: dict[str, Any]) -> Found:
    """The same from a document that is decoded already."""
    return _found(_Reader("document"), data)


def _found(reader: _Reader, data: Row) -> Found:
    version = _whole(reader, data)
    return Found(version, tuple(reader.not_carried), reader.faults.sentences)


def read_translations(
    path: Path, of: InstrumentText, editions: Sequence[EditionText]
) -> tuple[tuple[TranslationText, ...], dict[str, tuple[str, ...]]]:
    """A file of translations of a shipped instrument, and the scale's labels in their languages.

    Raises WrongFile with the first fault.
    """
    reader = _Reader(path.name)
    data = _decoded(reader, path.read_text("utf-8-sig"))
    found: tuple[TranslationText, ...] = ()
    labels: dict[str, tuple[str, ...]] = {}
    if isinstance(data, dict):
        reader.known(data, {"of", "labels", "translations"})
        if data.get("of") != f"{of.code} version {of.version}":
            reader.faults.add("line 1, of", f"is not {of.code} version {of.version}.")
        known = {"verbatim", *(edition.code or code_of(edition.name) for edition in editions)}
        rows = reader.objects(data, "translations")
        found = tuple(_translation(reader, row, of, known) for row in rows)
        labels = _labels(reader, data, of)
    if reader.faults.sentences:
        raise WrongFile(f"{path.name}, {reader.faults.sentences[0]}")
    return found, labels


def code_of(edition_name: str) -> str:
    """`front-line` for the Front-line edition."""
    return code_from(edition_name).lower().removesuffix("-edition")
