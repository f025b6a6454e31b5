"""The words of an instrument as plain values. No Django here."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ItemText:
    """A statement: its code and its words; `question` is what a debrief asks about it."""

    code: str
    text: str
    help: str = ""
    question: str = ""


@dataclass(frozen=True)
class SectionText:
    """A section: code, title, stem and its statements in order."""

    code: str
    title: str
    stem: str
    items: tuple[ItemText, ...]
    question: str = ""


@dataclass(frozen=True)
class InstrumentText:
    """A whole instrument version in one language, with its scale.

    `about_place` are the codes of the sections that ask about the place; the others ask about the
    change.
    """

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
    about_place: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EditionText:
    """Adapted wording of every section; `left_out` are the codes that this edition does not ask."""

    code: str
    name: str
    label: str
    why: str
    not_sure_label: str
    not_sure_help: str
    sections: tuple[SectionText, ...]
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReadingText:
    """Our reading: what each item speaks to, by item code."""

    what: str
    maps: dict[str, Any]
