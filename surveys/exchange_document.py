"""The JSON document of a version: what `read_json` takes. No Django here."""

from collections.abc import Callable, Sequence
from typing import Any

from surveys.exchange import EditionText, ItemText, SectionText
from surveys.exchange_version import VersionText

Row = dict[str, Any]


def _sections(sections: Sequence[SectionText], item: Callable[[ItemText], Row]) -> list[Row]:
    return [
        {
            "code": section.code,
            "title": section.title,
            "stem": section.stem,
            "items": [item(one) for one in section.items],
        }
        for section in sections
    ]


def _item(item: ItemText) -> Row:
    return {"code": item.code, "text": item.text} | ({"help": item.help} if item.help else {})


def as_json(version: VersionText) -> Row:
    """The version in the form that `read_json` takes."""
    of = version.instrument

    def left(edition: EditionText) -> Callable[[ItemText], Row]:
        return lambda item: (
            _item(item) | ({"left_out": True} if item.code in edition.left_out else {})
        )

    data: Row = {
        "instrument": {
            "code": of.code,
            "title": of.title,
            "version": of.version,
            "language": of.language,
            "source": of.source,
            "purpose": of.purpose,
            "notice": of.notice,
            "recommended_respondents": of.recommended_respondents,
            "section_titles_are": of.section_titles_are,
            "scale": {"min": of.minimum, "max": of.maximum, "labels": list(of.labels)},
            "sections": _sections(of.sections, _item),
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
                "sections": _sections(edition.sections, left(edition)),
            }
            for edition in version.editions
        ],
        "translations": [
            {
                "edition": text.edition,
                "language": text.language,
                "not_sure": {"label": text.not_sure_label, "help": text.not_sure_help},
                "sections": _sections(text.sections, _item),
            }
            for text in version.translations
        ],
    }
    if version.reading:
        data["reading"] = {"what": version.reading.what, **version.reading.maps}
    return data
