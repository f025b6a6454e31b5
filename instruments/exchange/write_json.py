"""The exchange document of a version: what `read_json` takes. No Django here."""

from typing import TYPE_CHECKING, Any

from instruments.rules.texts import ItemText, SectionText
from instruments.rules.version_text import VersionText

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = dict[str, Any]
ALWAYS = ("code", "title", "stem", "text")


def _words(row: "DataclassInstance") -> Row:
    """The row's texts by their names; those that a reader can do without only if there are any."""
    return {
        name: value
        for name, value in vars(row).items()
        if isinstance(value, str) and (value or name in ALWAYS)
    }


def _section(section: SectionText, left_out: frozenset[str]) -> Row:
    return {**_words(section), "items": [_item(item, left_out) for item in section.items]}


def _item(item: ItemText, left_out: frozenset[str]) -> Row:
    return _words(item) | ({"left_out": True} if item.code in left_out else {})


def _sections(
    sections: tuple[SectionText, ...], left_out: frozenset[str] = frozenset()
) -> list[Row]:
    return [_section(section, left_out) for section in sections]


def as_json(version: VersionText) -> Row:
    """The version in the form that `read_json` takes."""
    of = version.instrument
    data: Row = {
        "instrument": {
            **{name: value for name, value in vars(of).items() if isinstance(value, str)},
            "scale": {"min": of.minimum, "max": of.maximum, "labels": list(of.labels)},
            "sections": [
                row | ({"asks_about": "place"} if row["code"] in of.about_place else {})
                for row in _sections(of.sections)
            ],
        },
        "not_sure": {"label": version.not_sure_label, "help": version.not_sure_help},
        "labels": {language: list(labels) for language, labels in version.labels.items()},
        "editions": [
            {
                "code": edition.code,
                "name": edition.name,
                "label": edition.label,
                "why": edition.why,
                "not_sure": {"label": edition.not_sure_label, "help": edition.not_sure_help},
                "sections": _sections(edition.sections, edition.left_out),
            }
            for edition in version.editions
        ],
        "translations": [
            {
                "edition": text.edition,
                "language": text.language,
                "not_sure": {"label": text.not_sure_label, "help": text.not_sure_help},
                "sections": _sections(text.sections),
            }
            for text in version.translations
        ],
    }
    if version.reading:
        data["reading"] = {"what": version.reading.what, **version.reading.maps}
    return data
