"""The words of an edition in one language, in the version's order, and what it asks at all."""

from django.core.cache import caches
from django.db.models import Exists, OuterRef

from instruments.models import Edition, Item, ItemWording, Section, SectionWording
from instruments.rules.texts import ItemText, SectionText


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


def left_out_places(edition_id: int) -> tuple[int, ...]:
    """Where the statements that this edition leaves out stand in an answer string."""
    return tuple(place for place, is_left_out in enumerate(_left_out(edition_id)) if is_left_out)


def statement_count(edition_id: int) -> int:
    """How many statements this edition asks."""
    return _left_out(edition_id).count(False)


def _left_out(edition_id: int) -> tuple[bool, ...]:
    """For each statement in the version's order whether a published edition leaves it out.

    Its wording is locked: one query, none once known.
    """
    key = f"left-out:{edition_id}"
    flags: tuple[bool, ...] | None = caches["documents"].get(key)
    if flags is None:
        edition = Edition.objects.filter(pk=edition_id)
        left_out = ItemWording.objects.filter(
            item=OuterRef("pk"),
            edition=edition_id,
            language=OuterRef("version__language"),
            left_out=True,
        )
        flags = tuple(
            Item.objects.filter(version__in=edition.values("version"))
            .order_by("section__position", "position")
            .values_list(Exists(left_out), flat=True)
        )
        caches["documents"].set(key, flags)
    return flags


def version_codes(version_id: int) -> tuple[str, ...]:
    """Every statement's code in the version's order: the order of an answer string. One query."""
    return tuple(
        Item.objects.filter(version=version_id)
        .order_by("section__position", "position")
        .values_list("code", flat=True)
    )


def published_codes(version_id: int) -> tuple[str, ...]:
    """The same of a published version, which is locked: no query once known.

    Codes that an edition leaves out are among them: they must stay skipped.
    """
    key = f"codes:{version_id}"
    codes: tuple[str, ...] | None = caches["documents"].get(key)
    if codes is None:
        codes = version_codes(version_id)
        caches["documents"].set(key, codes)
    return codes


def version_parts(version_id: int) -> tuple[str, ...]:
    """Every section's code in a published version's order: one query, none once known."""
    key = f"parts:{version_id}"
    codes: tuple[str, ...] | None = caches["documents"].get(key)
    if codes is None:
        sections = Section.objects.filter(version=version_id).order_by("position")
        codes = tuple(sections.values_list("code", flat=True))
        caches["documents"].set(key, codes)
    return codes
