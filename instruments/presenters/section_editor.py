"""The table in which a section is read or edited: editions and a language beside each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from instruments.actions.wording import LONGEST, TextKey
from instruments.models import (
    Edition,
    Item,
    ItemWording,
    Section,
    SectionWording,
    Translation,
    Version,
)
from instruments.queries.version_rows import VersionRows
from instruments.queries.wording_changes import Change, Difference
from instruments.words.languages import language_direction, language_name

_NAME = re.compile(r"(stem|title|text|help)-([0-9]{1,18})-([0-9]{1,18})-([A-Za-z0-9-]{2,12})")


@dataclass(frozen=True)
class Column:
    """One edition in one language."""

    edition: Edition
    language: str
    heading: str
    second: str
    editable: bool
    is_translation: bool

    @property
    def direction(self) -> str:
        """The direction of its writing."""
        return language_direction(self.language)


@dataclass(frozen=True)
class Cell:
    """One text. `name` is the field's name, or empty where it is only read."""

    column: Column
    text: str
    name: str
    label: str
    longest: int
    note: str = ""
    note_rest: str = ""
    changed: bool = False
    declare: bool = False
    can_confirm: bool = False
    left_out: bool = False


@dataclass(frozen=True)
class Row:
    """A title, stem or statement through all columns."""

    label: str
    item: Item | None
    cells: list[Cell]
    is_first: bool = False
    is_last: bool = False


def field_name(place: TextKey) -> str:
    """The name of the form field of one text."""
    return f"{place.field}-{place.of_id}-{place.edition_id}-{place.language}"


def place_named(name: str) -> TextKey | None:
    """The text that a form field is for, or None for any other field."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return TextKey(found[1], int(found[2]), int(found[3]), found[4])


def columns(
    version: Version,
    *,
    editions: list[Edition],
    edition: Edition,
    translation: Translation | None,
    editable: bool,
) -> list[Column]:
    """The verbatim words, the chosen edition beside them, then the chosen language of it."""
    verbatim = next(one for one in editions if one.is_verbatim)
    as_published = f"{version.instrument.code}, as published"
    found = [
        Column(
            verbatim,
            version.language,
            as_published if verbatim.label == "as published" else "Wording",
            "locked" if verbatim.is_locked or not editable else verbatim.label,
            editable and not verbatim.is_locked,
            False,
        )
    ]
    if not edition.is_verbatim:
        found.append(
            Column(edition, version.language, edition.name, edition.label, editable, False)
        )
    if translation is not None:
        reviewed = translation.reviewed_on
        found.append(
            Column(
                edition,
                translation.language,
                language_name(translation.language),
                f"reviewed {reviewed.day} {reviewed:%B %Y}" if reviewed else "unreviewed",
                editable,
                True,
            )
        )
    return found


class _Table:
    def __init__(
        self, rows: VersionRows, shown: list[Column], found: Difference, version: Version
    ) -> None:
        self.rows, self.shown, self.version = rows, shown, version
        self.changes: Mapping[tuple[int, str, int], Change] = {
            (change.edition.pk, change.kind, change.row_id): change
            for change in found.changes
            if change.edition is not None
        }

    def _cell(
        self, column: Column, field: str, of_id: int, label: str, *, is_added: bool = False
    ) -> Cell:
        kind = "item" if field in ("text", "help") else "stem"
        wording: ItemWording | SectionWording | None = (
            self.rows.texts.get((column.edition.pk, column.language, of_id))
            if kind == "item"
            else self.rows.stems.get((column.edition.pk, column.language, of_id))
        )
        text = getattr(wording, field) if wording else ""
        place = TextKey(field, of_id, column.edition.pk, column.language)
        editable = column.editable or (is_added and column.edition.is_locked)
        cell = Cell(
            column=column,
            text=text,
            name=field_name(place) if editable else "",
            label=f"{label}, {column.heading}",
            longest=LONGEST[field],
            left_out=isinstance(wording, ItemWording) and wording.left_out,
        )
        if field in ("title", "help"):
            return cell
        if column.is_translation:
            return self._translated(cell, wording, kind, of_id)
        if cell.left_out:
            note = "Added by you." if column.edition.is_locked else "Left out."
            return replace(cell, note=note, note_rest="This edition does not ask it.")
        change = self.changes.get((column.edition.pk, kind, of_id))
        if change is None or not (change.after or change.new_code):
            return cell
        if not change.before:
            return replace(cell, note="New.", changed=True)
        note, rest = "Changed.", "Decide if it measures the same thing."
        if change.new_code:
            note, rest = "New code.", f"Measures something else; {change.old_code} ends here."
            if kind == "stem":
                rest = "Asks something different, so its statements have new codes."
        elif change.declared_same:
            rest = "Asks the same." if kind == "stem" else "Measures the same, keeps its code."
        return replace(cell, note=note, note_rest=rest, changed=True, declare=editable)

    def _translated(
        self, cell: Cell, wording: ItemWording | SectionWording | None, kind: str, of_id: int
    ) -> Cell:
        if not cell.text or wording is None:
            return replace(cell, note="Missing.", note_rest="People answering see English.")
        source: ItemWording | SectionWording | None
        key = (cell.column.edition.pk, self.version.language, of_id)
        source = self.rows.texts.get(key) if kind == "item" else self.rows.stems.get(key)
        says = getattr(source, "text" if kind == "item" else "stem", "")
        if wording.translated_from == says:
            return cell
        rest = "The English has changed since this was translated."
        return replace(cell, note="Check.", note_rest=rest, can_confirm=bool(cell.name))

    def of_section(self, section: Section) -> list[Row]:
        found = [
            Row(
                label, None, [self._cell(column, field, section.pk, label) for column in self.shown]
            )
            for label, field in (("Title", "title"), ("Stem", "stem"))
        ]
        items = self.rows.items.get(section.pk, [])
        for place, item in enumerate(items):
            cells = []
            for column in self.shown:
                key = (column.edition.pk, self.version.language, item.pk)
                own = self.rows.texts.get(key)
                is_added = own is not None and own.left_out and not column.is_translation
                cells.append(self._cell(column, "text", item.pk, item.code, is_added=is_added))
            found.append(Row(item.code, item, cells, place == 0, place == len(items) - 1))
        return found


def section_rows(
    version: Version, section: Section, *, shown: list[Column], found: Difference
) -> list[Row]:
    """Title, stem and statements of a section, with what an editor should know about each."""
    return _Table(VersionRows(version), shown, found, version).of_section(section)
