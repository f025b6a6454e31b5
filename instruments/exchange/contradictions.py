"""What no row of an exchange document can tell by itself: codes used twice or unknown, sizes.

It takes the document as it was decoded, so that a file's every fault is named at once: where a row
has the wrong shape, `document.py` says so and it is passed over here. No Django here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from instruments.exchange.faults import one_line, scale_fault, size_faults
from instruments.exchange.json_lines import Path
from instruments.rules.version_text import VERBATIM

Row = dict[str, Any]
Fault = tuple[Path, str]


def _row(of: Row, name: str) -> Row:
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def _rows(of: Row, name: str, at: Path) -> list[tuple[Path, Row]]:
    value = of.get(name)
    entries = value if isinstance(value, list) else []
    return [((*at, name, n), row) for n, row in enumerate(entries) if isinstance(row, dict)]


def _text(row: Row, name: str, default: str = "") -> str:
    value = row.get(name)
    return one_line(value) if isinstance(value, str) else default


def _used_twice(rows: Iterable[tuple[Path, Row]], taken: Iterable[str] = ()) -> Iterator[Fault]:
    seen = set(taken)
    for at, row in rows:
        code = _text(row, "code")
        if code and code.lower() in seen:
            yield (*at, "code"), f"{code} is used twice."
        seen.add(code.lower())


def contradictions(document: Row) -> Iterator[Fault]:
    """Each with the path to its field, in no order."""
    instrument = _row(document, "instrument")
    sections = _rows(instrument, "sections", ("instrument",))
    items = [found for at, section in sections for found in _rows(section, "items", at)]
    yield from _used_twice(sections)
    yield from _used_twice(items)
    for name, sentence in size_faults(len(sections), len(items)):
        yield ("instrument", name), sentence
    yield from _of_scale(document, _row(instrument, "scale"))
    codes = {
        _text(section, "code"): {_text(item, "code") for _, item in _rows(section, "items", at)}
        for at, section in sections
    }
    editions = _rows(document, "editions", ())
    translations = _rows(document, "translations", ())
    yield from _used_twice(editions, taken=[VERBATIM])
    for at, row in [*editions, *translations]:
        yield from _of_wording(row, at, codes)
    known = {VERBATIM, *(_text(edition, "code") for _, edition in editions)}
    yield from _of_translations(translations, known, _text(instrument, "language", "en-GB"))
    statements = set().union(*codes.values())
    for code in _row(_row(document, "reading"), "items"):
        if code not in statements:
            yield ("reading", "items"), f"there is no statement {code[:40]}."
    for edition, marked in _row(_row(document, "reading"), "same_meaning").items():
        at = ("reading", "same_meaning")
        if edition not in known - {VERBATIM}:
            yield at, f"there is no adapted edition {edition[:40]}."
        for code in marked if isinstance(marked, list) else ():
            if isinstance(code, str) and code not in statements:
                yield at, f"there is no statement {code[:40]}."


def _of_scale(document: Row, scale: Row) -> Iterator[Fault]:
    minimum, maximum, labels = scale.get("min"), scale.get("max"), scale.get("labels")
    if not (isinstance(minimum, int) and isinstance(maximum, int) and isinstance(labels, list)):
        return
    if sentence := scale_fault(minimum, maximum, len(labels)):
        yield ("instrument", "scale", "labels"), sentence
    for language, further in _row(document, "labels").items():
        if isinstance(further, list) and len(further) != len(labels):
            yield ("labels", language), f"expected {len(labels)} labels."


def _of_wording(row: Row, at: Path, codes: dict[str, set[str]]) -> Iterator[Fault]:
    sections = _rows(row, "sections", at)
    yield from _used_twice(sections)
    for section_at, section in sections:
        items = _rows(section, "items", section_at)
        yield from _used_twice(items)
        statements = codes.get(_text(section, "code"))
        if statements is None:
            if _text(section, "code"):
                yield (*section_at, "code"), "the instrument has no such section."
            continue
        for _, item in items:
            code = _text(item, "code")
            if code and code not in statements:
                yield (*section_at, "items"), f"section has no statement {code[:40]}."


def _of_translations(
    translations: list[tuple[Path, Row]], editions: set[str], own: str
) -> Iterator[Fault]:
    seen = set[tuple[str, str]]()
    for at, row in translations:
        edition, language = _text(row, "edition", VERBATIM), _text(row, "language")
        if edition not in editions:
            yield (*at, "edition"), f"there is no edition {edition[:40]}."
        if language == own:
            yield (*at, "language"), f"{own} is the instrument's own."
        if (edition, language) in seen:
            yield (*at, "language"), f"{edition} in {language} is there twice."
        seen.add((edition, language))
