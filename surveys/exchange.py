"""The exchange format: an instrument, an edition or a reading as JSON, checked field by field.

No Django here. The shipped files in `surveys/instruments` are in this format.
"""

import json
from dataclasses import dataclass, field
from json.decoder import JSONDecoder, JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

AS_VERBATIM = "as in the FFIT"
LARGEST_FILE = 1_000_000


class WrongFile(ValueError):
    """A file that cannot be taken; the message names file, line and field."""


@dataclass(frozen=True)
class ItemText:
    """A statement: its code and its words."""

    code: str
    text: str
    help: str = ""


@dataclass(frozen=True)
class SectionText:
    """A section: code, title, stem and its statements in order."""

    code: str
    title: str
    stem: str
    items: tuple[ItemText, ...]


@dataclass(frozen=True)
class InstrumentText:
    """A whole instrument version in one language, with its scale."""

    code: str
    title: str
    version: str
    language: str
    source: str
    purpose: str
    notice: str
    recommended_respondents: str
    section_titles_are: str
    minimum: int
    maximum: int
    labels: tuple[str, ...]
    sections: tuple[SectionText, ...]


@dataclass(frozen=True)
class EditionText:
    """Adapted wording of every section of one version; `of` is `CODE version NUMBER`.

    `left_out` are the codes that this edition does not ask; an empty `code` is made from the name.
    """

    name: str
    label: str
    of: str
    why: str
    not_sure_label: str
    not_sure_help: str
    sections: tuple[SectionText, ...]
    code: str = ""
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadingText:
    """Our reading: what each item speaks to, by item code."""

    what: str
    maps: dict[str, Any] = field(hash=False)


class LocatingDecoder(JSONDecoder):
    """Remembers the line on which each object begins."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[int, int] = {}
        self._kept: list[Any] = []
        self.parse_object = self._locate
        self.scan_once = py_make_scanner(self)

    def _locate(self, begins: tuple[str, int], *rest: Any) -> tuple[Any, int]:
        text, index = begins
        value, end = JSONObject(begins, *rest)
        self.lines[id(value)] = text.count("\n", 0, index) + 1
        self._kept.append(value)
        return value, end


class _Reader:
    """Takes fields out of one file and complains with file, line and field."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise WrongFile(f"{self.name}: larger than 1 MB, so it is no instrument.")
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise WrongFile(f"{self.name}: cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise WrongFile(f"{self.name}: not in UTF-8 (byte {error.start + 1}).") from error
        decoder = LocatingDecoder()
        try:
            self.data: Any = decoder.decode(text)
        except json.JSONDecodeError as error:
            raise WrongFile(f"{self.name}, line {error.lineno}: {error.msg}.") from error
        except RecursionError as error:
            raise WrongFile(f"{self.name}: nested too deep.") from error
        self._lines = decoder.lines
        if not isinstance(self.data, dict):
            raise WrongFile(f"{self.name}, line 1: expected an object in braces.")

    def wrong(self, where: dict[str, Any], name: str, reason: str) -> WrongFile:
        return WrongFile(f"{self.name}, line {self._lines.get(id(where), 1)}, {name}: {reason}")

    def text(self, where: dict[str, Any], name: str, longest: int, *, required: bool = True) -> str:
        value = where.get(name, None if required else "")
        if not isinstance(value, str) or (required and not value.strip()):
            raise self.wrong(where, name, "expected some text.")
        if len(value) > longest:
            raise self.wrong(where, name, f"longer than {longest} characters.")
        if "\x00" in value:
            raise self.wrong(where, name, "contains a zero byte.")
        return value.strip()

    def whole(self, where: dict[str, Any], name: str) -> int:
        value = where.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(where, name, "expected a whole number.")
        return value

    def object(self, where: dict[str, Any], name: str) -> dict[str, Any]:
        value = where.get(name)
        if not isinstance(value, dict):
            raise self.wrong(where, name, "expected an object in braces.")
        return value

    def objects(self, where: dict[str, Any], name: str) -> list[dict[str, Any]]:
        value = where.get(name)
        if not isinstance(value, list) or not value:
            raise self.wrong(where, name, "expected a list with at least one entry.")
        for entry in value:
            if not isinstance(entry, dict):
                raise self.wrong(where, name, "every entry must be an object in braces.")
        return value

    def unique(self, rows: list[dict[str, Any]], seen: set[str]) -> None:
        for row in rows:
            code = self.text(row, "code", 20)
            if code in seen:
                raise self.wrong(row, "code", f"{code} is used twice.")
            seen.add(code)

    def items(self, section: dict[str, Any], seen: set[str]) -> tuple[ItemText, ...]:
        rows = self.objects(section, "items")
        self.unique(rows, seen)
        return tuple(
            ItemText(
                self.text(row, "code", 20),
                self.text(row, "text", 400),
                self.text(row, "help", 400, required=False),
            )
            for row in rows
        )


def read_instrument(path: Path) -> InstrumentText:
    """An instrument file, whole and checked; raises WrongFile."""
    reader = _Reader(path)
    top = reader.object(reader.data, "instrument")
    scale = reader.object(top, "scale")
    minimum, maximum = reader.whole(scale, "min"), reader.whole(scale, "max")
    labels = scale.get("labels")
    if not 1 <= maximum - minimum <= 10:
        raise reader.wrong(scale, "max", "a scale has from 2 to 11 points.")
    if not isinstance(labels, list) or len(labels) != maximum - minimum + 1:
        raise reader.wrong(scale, "labels", f"expected {maximum - minimum + 1} labels.")
    if not all(isinstance(label, str) and 0 < len(label) <= 80 for label in labels):
        raise reader.wrong(scale, "labels", "each label is text of 1 to 80 characters.")
    rows = reader.objects(top, "sections")
    reader.unique(rows, set())
    seen: set[str] = set()
    sections = tuple(
        SectionText(
            reader.text(row, "code", 20),
            reader.text(row, "title", 120),
            reader.text(row, "stem", 400),
            reader.items(row, seen),
        )
        for row in rows
    )
    return InstrumentText(
        code=reader.text(top, "code", 30),
        title=reader.text(top, "title", 120),
        version=reader.text(top, "version", 20),
        language=reader.text(top, "language", 12),
        source=reader.text(top, "source", 2000, required=False),
        purpose=reader.text(top, "purpose", 4000, required=False),
        notice=reader.text(top, "notice", 2000, required=False),
        recommended_respondents=reader.text(top, "recommended_respondents", 200, required=False),
        section_titles_are=reader.text(top, "section_titles_are", 200, required=False),
        minimum=minimum,
        maximum=maximum,
        labels=tuple(labels),
        sections=sections,
    )


def read_edition(path: Path, of: InstrumentText) -> EditionText:
    """An edition of `of`: every section with a stem, its items adapted or as in the verbatim."""
    reader = _Reader(path)
    top = reader.data
    not_sure = reader.object(top, "not_sure")
    belongs_to = reader.text(top, "of", 120)
    if belongs_to != f"{of.code} version {of.version}":
        raise reader.wrong(top, "of", f"is not {of.code} version {of.version}.")
    rows = {reader.text(row, "code", 20): row for row in reader.objects(top, "sections")}
    missing = [section.code for section in of.sections if section.code not in rows]
    unknown = sorted(rows.keys() - {section.code for section in of.sections})
    if missing or unknown:
        raise reader.wrong(top, "sections", f"missing {missing}, unknown {unknown}.")
    sections = []
    for verbatim in of.sections:
        row = rows[verbatim.code]
        items = verbatim.items
        if row.get("items") != AS_VERBATIM:
            items = reader.items(row, set())
            if [item.code for item in items] != [item.code for item in verbatim.items]:
                raise reader.wrong(row, "items", "expected the same codes in the same order.")
        stem = reader.text(row, "stem", 400)
        sections.append(SectionText(verbatim.code, verbatim.title, stem, items))
    return EditionText(
        name=reader.text(top, "edition", 80),
        label=reader.text(top, "label", 40),
        of=belongs_to,
        why=reader.text(top, "why", 2000, required=False),
        not_sure_label=reader.text(not_sure, "label", 40),
        not_sure_help=reader.text(not_sure, "help", 160, required=False),
        sections=tuple(sections),
    )


def read_reading(path: Path, of: InstrumentText) -> ReadingText:
    """Our reading of `of`: every item has an entry and no other code has one."""
    reader = _Reader(path)
    items = reader.object(reader.data, "items")
    codes = {item.code for section in of.sections for item in section.items}
    if items.keys() != codes:
        odd = sorted(items.keys() ^ codes)
        raise reader.wrong(reader.data, "items", f"missing or unknown codes: {', '.join(odd)}.")
    maps = {name: value for name, value in reader.data.items() if name != "what"}
    return ReadingText(reader.text(reader.data, "what", 2000), maps)
