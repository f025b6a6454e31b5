"""Brings an instrument from files into the question bank and publishes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from organisations.audit import record
from surveys.exchange import EditionText, InstrumentText, ReadingText, SectionText
from surveys.exchange_version import TranslationText
from surveys.models import (
    Edition,
    Instrument,
    Item,
    ItemWording,
    Reading,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)
from surveys.queries.wording import wording_of

VERBATIM = "Verbatim"


class PublishedDiffers(ValueError):
    """The version is published already and the file says something else."""


@transaction.atomic
def load_instrument(
    *,
    instrument: InstrumentText,
    editions: Sequence[EditionText] = (),
    reading: ReadingText | None = None,
    translations: Sequence[TranslationText] = (),
    labels: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Version, bool]:
    """The published version and whether it is new. Loading the same again changes nothing.

    Raises PublishedDiffers where a published version would have to change; nothing is written.
    The reading may be renewed: it lies over the version and is no part of it. Where the version
    is published without these translations, a copy of it with them is published as `1.1`: the
    same codes measure the same, and surveys that are under way keep what they began with.
    """
    existing = Version.objects.filter(
        instrument__organisation=None,
        instrument__code=instrument.code,
        number=instrument.version,
    ).first()
    if existing is None:
        version, is_new = _publish(instrument, editions, translations, labels or {}), True
    else:
        _compare(existing, instrument, editions)
        version, is_new = _translated(existing, instrument, editions, translations, labels or {})
    if reading is not None:
        for read in {existing or version, version}:
            Reading.objects.update_or_create(
                version=read, defaults={"what": reading.what, "maps": reading.maps}
            )
    return version, is_new


def _translated(
    existing: Version,
    instrument: InstrumentText,
    editions: Sequence[EditionText],
    translations: Sequence[TranslationText],
    labels: Mapping[str, Sequence[str]],
) -> tuple[Version, bool]:
    """The first of this version and its copies that has the translations, else a new copy."""
    wanted = {(text.edition, text.language) for text in translations}
    copies = existing.copies.filter(
        instrument=existing.instrument_id, number__startswith=f"{instrument.version}."
    ).exclude(state=Version.State.DRAFT)
    line = [existing, *copies.order_by("published_at", "pk")]
    for version in line:
        has = Translation.objects.filter(edition__version=version)
        if wanted <= set(has.values_list("edition__code", "language")):
            return version, False
    if existing.state != Version.State.PUBLISHED:
        return existing, False
    taken = set(existing.instrument.versions.values_list("number", flat=True))
    number = next(
        name for step in count(1) if (name := f"{instrument.version}.{step}") not in taken
    )
    copy = replace(instrument, version=number)
    return _publish(copy, editions, translations, labels, copied_from=existing), True


def _publish(
    instrument: InstrumentText,
    editions: Sequence[EditionText],
    translations: Sequence[TranslationText],
    labels: Mapping[str, Sequence[str]],
    copied_from: Version | None = None,
) -> Version:
    holder, _ = Instrument.objects.get_or_create(organisation=None, code=instrument.code)
    version = Version.objects.create(
        instrument=holder,
        number=instrument.version,
        copied_from=copied_from,
        title=instrument.title,
        source=instrument.source,
        purpose=instrument.purpose,
        notice=instrument.notice,
        recommended_respondents=instrument.recommended_respondents,
        section_titles_are=instrument.section_titles_are,
        language=instrument.language,
        scale_minimum=instrument.minimum,
        scale_maximum=instrument.maximum,
    )
    ScaleLabel.objects.bulk_create(
        ScaleLabel(
            version=version, language=language, value=instrument.minimum + place, label=label
        )
        for language, words in {instrument.language: instrument.labels, **labels}.items()
        for place, label in enumerate(words)
    )
    sections, items = _structure(version, instrument.sections)
    verbatim = Edition.objects.create(
        version=version, code="verbatim", name=VERBATIM, label="as published", is_verbatim=True
    )
    _word(verbatim, instrument.sections, sections, items, instrument.language)
    not_sure = editions[0] if editions else None
    Translation.objects.create(
        edition=verbatim,
        language=instrument.language,
        **(_not_sure(not_sure) if not_sure else {}),
    )
    for text in editions:
        edition = Edition.objects.create(
            version=version,
            code=slugify(text.name).removesuffix("-edition"),
            name=text.name,
            label=text.label,
            why=text.why,
        )
        _word(edition, text.sections, sections, items, instrument.language)
        Translation.objects.create(edition=edition, language=instrument.language, **_not_sure(text))
    for translation in translations:
        _translate(version, translation, sections, items)
    version.state = Version.State.PUBLISHED
    version.published_at = timezone.now()
    version.save(update_fields=["state", "published_at"])
    record(action="version published", on=version, organisation=None, by=None)
    return version


def _translate(
    version: Version,
    text: TranslationText,
    sections: dict[str, Section],
    items: dict[str, Item],
) -> None:
    edition = version.editions.get(code=text.edition)
    Translation.objects.create(edition=edition, language=text.language, **_not_sure(text))
    _word(edition, text.sections, sections, items, text.language)
    for stem in SectionWording.objects.filter(edition=edition, language=version.language):
        SectionWording.objects.filter(
            edition=edition, language=text.language, section=stem.section_id
        ).update(translated_from=stem.stem)
    for wording in ItemWording.objects.filter(edition=edition, language=version.language):
        ItemWording.objects.filter(
            edition=edition, language=text.language, item=wording.item_id
        ).update(translated_from=wording.text)


def _not_sure(text: EditionText | TranslationText) -> dict[str, str]:
    return {"not_sure_label": text.not_sure_label, "not_sure_help": text.not_sure_help}


def _structure(
    version: Version, texts: Sequence[SectionText]
) -> tuple[dict[str, Section], dict[str, Item]]:
    sections = {
        text.code: Section(version=version, position=place, code=text.code)
        for place, text in enumerate(texts, start=1)
    }
    Section.objects.bulk_create(sections.values())
    items = {
        item.code: Item(
            version=version, section=sections[text.code], position=place, code=item.code
        )
        for text in texts
        for place, item in enumerate(text.items, start=1)
    }
    Item.objects.bulk_create(items.values())
    return sections, items


def _word(
    edition: Edition,
    texts: Sequence[SectionText],
    sections: dict[str, Section],
    items: dict[str, Item],
    language: str,
) -> None:
    SectionWording.objects.bulk_create(
        SectionWording(
            section=sections[text.code],
            edition=edition,
            language=language,
            title=text.title,
            stem=text.stem,
        )
        for text in texts
    )
    ItemWording.objects.bulk_create(
        ItemWording(
            item=items[item.code],
            edition=edition,
            language=language,
            text=item.text,
            help=item.help,
        )
        for text in texts
        for item in text.items
    )


def _compare(version: Version, instrument: InstrumentText, editions: Sequence[EditionText]) -> None:
    named = f"{instrument.code} version {instrument.version}"
    fields = {
        "title": (version.title, instrument.title),
        "source": (version.source, instrument.source),
        "purpose": (version.purpose, instrument.purpose),
        "notice": (version.notice, instrument.notice),
        "scale": (
            (version.scale_minimum, version.scale_maximum),
            (instrument.minimum, instrument.maximum),
        ),
        "labels": (
            tuple(
                version.scale_labels.filter(language=instrument.language).values_list(
                    "label", flat=True
                )
            ),
            instrument.labels,
        ),
    }
    for name, (stored, given) in fields.items():
        if stored != given:
            raise PublishedDiffers(f"{named} is published; its {name} cannot change.")
    by_name = {VERBATIM: instrument.sections} | {text.name: text.sections for text in editions}
    for name, sections in by_name.items():
        edition = version.editions.filter(name=name).first()
        if edition is None:
            raise PublishedDiffers(f"{named} is published; {name} cannot be added to it.")
        stored_sections = wording_of(edition=edition, language=instrument.language)
        for kept, asked in zip(stored_sections, sections, strict=False):
            if kept != asked:
                raise PublishedDiffers(
                    f"{named} is published; section {asked.code} of {name} cannot change."
                )
        if len(stored_sections) != len(sections):
            raise PublishedDiffers(f"{named} is published; its sections cannot change.")
