"""All rows of a version at once, so that no page asks for them one by one."""

from collections.abc import Iterable

from instruments.models import (
    Edition,
    Item,
    ItemWording,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)
from instruments.rules.texts import ItemText, SectionText


class VersionRows:
    """All rows of a version: seven queries, whatever the size."""

    def __init__(self, version: Version) -> None:
        self.sections = list(Section.objects.filter(version=version).order_by("position"))
        self.items: dict[int, list[Item]] = {}
        for item in Item.objects.filter(version=version).order_by("position"):
            self.items.setdefault(item.section_id, []).append(item)
        self.editions = list(Edition.objects.filter(version=version))
        self.translations: dict[int, dict[str, Translation]] = {}
        for translation in Translation.objects.filter(edition__version=version).order_by("pk"):
            self.translations.setdefault(translation.edition_id, {})[translation.language] = (
                translation
            )
        self.stems = {
            (w.edition_id, w.language, w.section_id): w
            for w in SectionWording.objects.filter(section__version=version)
        }
        self.texts = {
            (w.edition_id, w.language, w.item_id): w
            for w in ItemWording.objects.filter(item__version=version)
        }
        self.labels: dict[str, list[str]] = {}
        for label in ScaleLabel.objects.filter(version=version).order_by("value"):
            self.labels.setdefault(label.language, []).append(label.label)

    def worded(self, edition: Edition, language: str) -> tuple[SectionText, ...]:
        """The sections with what is worded in this edition and language; the rest is empty."""
        found = []
        for section in self.sections:
            stem = self.stems.get((edition.pk, language, section.pk))
            items = []
            for item in self.items.get(section.pk, ()):
                text = self.texts.get((edition.pk, language, item.pk))
                items.append(
                    ItemText(item.code, text.text, text.help, text.question)
                    if text
                    else ItemText(item.code, "")
                )
            found.append(
                SectionText(
                    section.code,
                    stem.title if stem else "",
                    stem.stem if stem else "",
                    tuple(items),
                    stem.question if stem else "",
                )
            )
        return tuple(found)

    def left_out(self, edition: Edition, language: str) -> Iterable[str]:
        """Codes that the edition does not ask."""
        return [
            item.code
            for items in self.items.values()
            for item in items
            if (text := self.texts.get((edition.pk, language, item.pk))) and text.left_out
        ]
