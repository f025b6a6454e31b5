"""The words of an edition in one language, in the version's order."""

from surveys.exchange import ItemText, SectionText
from surveys.models import Edition, Item, ItemWording, SectionWording


def wording_of(*, edition: Edition, language: str) -> tuple[SectionText, ...]:
    """Sections with the statements that the edition asks. Two queries, whatever the size.

    A text that is missing in the language is there in the instrument's own, one by one.
    """
    own = edition.version.language
    items: dict[int, dict[str, ItemWording]] = {}
    sections: dict[int, list[int]] = {}
    for wording in (
        ItemWording.objects.filter(edition=edition, language__in={language, own})
        .select_related("item")
        .order_by("item__position")
    ):
        known = items.setdefault(wording.item_id, {})
        if not known:
            sections.setdefault(wording.item.section_id, []).append(wording.item_id)
        known[wording.language] = wording
    stems: dict[int, dict[str, SectionWording]] = {}
    for stem in (
        SectionWording.objects.filter(edition=edition, language__in={language, own})
        .select_related("section")
        .order_by("section__position")
    ):
        stems.setdefault(stem.section_id, {})[stem.language] = stem
    found = []
    for section_id, worded in stems.items():
        asked = [items[item_id] for item_id in sections.get(section_id, ())]
        texts = tuple(
            _item(by_language, language, own)
            for by_language in asked
            if own in by_language and not by_language[own].left_out
        )
        if texts and own in worded:
            found.append(_section(worded, language, own, texts))
    return tuple(found)


def _item(worded: dict[str, ItemWording], language: str, own: str) -> ItemText:
    source = worded[own]
    chosen = worded.get(language, source)
    return ItemText(source.item.code, chosen.text or source.text, chosen.help or source.help)


def _section(
    worded: dict[str, SectionWording], language: str, own: str, items: tuple[ItemText, ...]
) -> SectionText:
    source = worded[own]
    chosen = worded.get(language, source)
    return SectionText(
        source.section.code, chosen.title or source.title, chosen.stem or source.stem, items
    )


def version_codes(version_id: int) -> tuple[str, ...]:
    """Every statement's code in the version's order: the order of an answer string. One query."""
    return tuple(
        Item.objects.filter(version=version_id)
        .order_by("section__position", "position")
        .values_list("code", flat=True)
    )
