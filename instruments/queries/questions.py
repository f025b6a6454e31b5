"""Reads what a debrief asks about a section and its statements, for the editor."""

from dataclasses import dataclass

from instruments.models import ItemWording, Section, SectionWording


@dataclass(frozen=True)
class ItemQuestion:
    """A statement and its question."""

    item: int
    code: str
    text: str
    question: str


@dataclass(frozen=True)
class SectionQuestions:
    """A section's question and those of its statements, in order."""

    title: str
    question: str
    asks_about: Section.AsksAbout
    items: tuple[ItemQuestion, ...]


def section_questions(section: Section) -> SectionQuestions:
    """As the verbatim edition has them. Two queries."""
    language = section.version.language
    own = {"language": language, "edition__is_verbatim": True}
    stem = SectionWording.objects.filter(section=section, **own).first()
    rows = ItemWording.objects.filter(item__section=section, **own)
    return SectionQuestions(
        stem.title if stem else section.code,
        stem.question if stem else "",
        Section.AsksAbout(section.asks_about),
        tuple(
            ItemQuestion(row.item_id, row.item.code, row.text, row.question)
            for row in rows.select_related("item").order_by("item__position")
        ),
    )
