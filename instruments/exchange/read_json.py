"""The exchange format as a version, every fault of it named by line and field. No Django here."""

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from instruments.exchange.contradictions import Fault, Row, contradictions
from instruments.exchange.document import AdaptedSection, Document, Edition, Translation
from instruments.exchange.faults import NO_TEXT, Faults, code_from, too_long
from instruments.exchange.json_lines import Path, object_lines
from instruments.exchange.other_programs import named_json
from instruments.rules.texts import EditionText, InstrumentText, ItemText, ReadingText, SectionText
from instruments.rules.version_text import Found, NotCarried, TranslationText, VersionText

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Text = TypeVar("Text", bound=DataclassInstance)

NO_PLACE = "The question bank has no such field."
NOT_KNOWN = "extra_forbidden"
SENTENCES = {
    "string_type": NO_TEXT,
    "string_too_short": NO_TEXT,
    "int_type": "expected a whole number.",
    "bool_type": "expected true or false.",
    "list_type": "expected a list with at least one entry.",
    "too_short": "expected a list with at least one entry.",
    "dict_type": "expected an object in braces.",
    "model_type": "expected an object in braces.",
    "greater_than_equal": "expected a number from 1 to 99.",
    "less_than_equal": "expected a number from 1 to 99.",
    "literal_error": "expected change or place.",
}


def read_json(text: str, name: str) -> Found:
    """What a JSON file holds; with errors it must not be stored."""
    faults = Faults(name)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        faults.add(f"line {error.lineno}", f"this is no JSON: {error.msg}.")
    except RecursionError:
        faults.add("line 1", "nested too deep.")
    except ValueError:
        faults.add("line 1", "holds a number that is too long.")
    else:
        if isinstance(data, dict) and (other := named_json(data)):
            faults.add("file", other)
        elif isinstance(data, dict):
            return _found(data, faults, text)
        else:
            faults.add("line 1", "expected an object in braces.")
    return Found(None, (), faults.sentences)


def read_document(data: Row) -> Found:
    """The same from a document that is decoded already."""
    return _found(data, Faults("document"), json.dumps(data))


def _found(data: Row, faults: Faults, text: str) -> Found:
    is_bare = "instrument" not in data
    if is_bare and ("sections" not in data or "edition" in data):
        faults.add("line 1, instrument", "there is no instrument in this file.")
        return Found(None, (), faults.sentences)
    whole = {"instrument": data} if is_bare else data
    wrong = list(contradictions(whole))
    document, misshapen, unknown = _validated(whole)
    wrong += misshapen
    lines = object_lines(text) if wrong or unknown else {}
    if is_bare:
        lines = {("instrument", *path): line for path, line in lines.items()}

    def place(path: Path) -> tuple[int, str]:
        """The line of the object that the path leads into, and the name of the field."""
        ends = range(len(path), -1, -1)
        line = next((lines[path[:end]] for end in ends if path[:end] in lines), 1)
        names = [part for part in path if isinstance(part, str) and part != "[key]"]
        return line, names[-1][:60]

    told = dict.fromkeys((place(path), sentence) for path, sentence in wrong)
    for (line, name), sentence in sorted(told, key=lambda fault: fault[0][0]):
        faults.add(f"line {line}, {name}", sentence)
    not_carried = tuple(
        NotCarried(f"line {line}, {name}", name, NO_PLACE)
        for line, name in sorted(map(place, unknown), key=lambda found: found[0])
    )
    version = _version(document) if document else None
    return Found(version, not_carried, faults.sentences)


def _validated(whole: Row) -> tuple[Document | None, list[Fault], list[Path]]:
    """The document unless its shape is wrong, what is wrong, and the fields it has no place for.

    Those fields are taken out of `whole`.
    """
    unknown: list[Path] = []
    try:
        return Document.model_validate(whole), [], unknown
    except ValidationError as error:
        errors = error.errors(include_url=False)
    wrong = [(one["loc"], _sentence(one)) for one in errors if one["type"] != NOT_KNOWN]
    unknown = [one["loc"] for one in errors if one["type"] == NOT_KNOWN]
    if wrong:
        return None, wrong, unknown
    for path in unknown:
        row: Any = whole
        for part in path[:-1]:
            row = row[part]
        del row[path[-1]]
    return Document.model_validate(whole), [], unknown


def _sentence(error: ErrorDetails) -> str:
    kind, given, limits = error["type"], error["input"], error.get("ctx", {})
    if kind in SENTENCES:
        of_entry = kind == "model_type" and isinstance(error["loc"][-1], int)
        return "every entry must be an object in braces." if of_entry else SENTENCES[kind]
    if kind == "string_too_long":
        return too_long(given, limits["max_length"])
    if kind == "too_long":
        return f"more than {limits['max_length']} {error['loc'][-1]}."
    return error["msg"]


def _text(kind: "type[Text]", row: BaseModel, **more: object) -> "Text":
    """The row as a value of this kind: its fields of the same names, and `more`."""
    same = {field.name for field in fields(kind)} - more.keys()
    return kind(**{name: getattr(row, name) for name in same}, **more)


def _version(document: Document) -> VersionText:
    of = document.instrument
    instrument = _text(
        InstrumentText,
        of,
        code=of.code or code_from(of.title),
        minimum=of.scale.min,
        maximum=of.scale.max,
        labels=tuple(of.scale.labels),
        sections=tuple(
            _text(
                SectionText,
                section,
                title=section.title or section.code,
                items=tuple(_text(ItemText, item) for item in section.items),
            )
            for section in of.sections
        ),
        about_place=frozenset(one.code for one in of.sections if one.asks_about == "place"),
    )
    reading = document.reading
    return VersionText(
        instrument,
        document.not_sure.label,
        document.not_sure.help,
        tuple(_edition(edition, instrument) for edition in document.editions),
        tuple(_translation(text, instrument) for text in document.translations),
        {language: tuple(labels) for language, labels in document.labels.items()},
        ReadingText(reading.what, reading.model_dump(exclude={"what"}, exclude_unset=True))
        if reading and reading.model_fields_set
        else None,
    )


def _edition(edition: Edition, of: InstrumentText) -> EditionText:
    adapted = {section.code: section for section in edition.sections}
    return _text(
        EditionText,
        edition,
        not_sure_label=edition.not_sure.label,
        not_sure_help=edition.not_sure.help,
        sections=tuple(
            _adapted(section, adapted[section.code]) if section.code in adapted else section
            for section in of.sections
        ),
        left_out=frozenset(
            item.code for section in edition.sections for item in section.items if item.left_out
        ),
    )


def _adapted(section: SectionText, own: AdaptedSection) -> SectionText:
    """The section in the edition's own words; what they leave empty is as in the instrument."""
    items = {item.code: _text(ItemText, item) for item in own.items if item.text}
    words = _text(SectionText, own, items=tuple(items.get(i.code, i) for i in section.items))
    return replace(section, **{name: value for name, value in vars(words).items() if value})


def _translation(translation: Translation, of: InstrumentText) -> TranslationText:
    known = {section.code for section in of.sections}
    return _text(
        TranslationText,
        translation,
        not_sure_label=translation.not_sure.label,
        not_sure_help=translation.not_sure.help,
        sections=tuple(
            _text(SectionText, row, items=tuple(_text(ItemText, item) for item in row.items))
            for row in translation.sections
            if row.code in known
        ),
    )
