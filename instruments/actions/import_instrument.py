"""Brings a version that was read from a file into the question bank, as a draft."""

import re
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from instruments.actions.authorship import signed
from instruments.actions.mark_verbatim import AS_PUBLISHED, VERBATIM_NAME, mark_verbatim
from instruments.models import (
    Edition,
    Instrument,
    Item,
    ItemMapping,
    ItemWording,
    ScaleLabel,
    Section,
    SectionWording,
    Translation,
    Version,
)
from instruments.queries.stored_version import stored_version
from instruments.rules.texts import SectionText
from instruments.rules.version_text import VERBATIM, VersionText
from organisations.actions.audit_log import record
from organisations.models import Organisation, User


def next_number(instrument: Instrument) -> str:
    """The number that the instrument's next version gets: one above the highest there is."""
    numbers = Version.objects.filter(instrument=instrument).values_list("number", flat=True)
    highest = [int(found[0]) for number in numbers if (found := re.findall(r"^\d+", number))]
    return str(max(highest, default=0) + 1)


def newest_version(*, organisation: Organisation | None, code: str) -> Version | None:
    """The version that an import of this instrument is compared with."""
    return (
        Version.objects.filter(instrument__organisation=organisation, instrument__code=code)
        .select_related("instrument")
        .order_by("-pk")
        .first()
    )


def same_wording(one: VersionText, other: VersionText) -> bool:
    """Whether two versions say the same; their numbers may differ."""

    def without_number(text: VersionText) -> VersionText:
        return replace(text, instrument=replace(text.instrument, version=""))

    return without_number(one) == without_number(other)


@transaction.atomic
def import_instrument(
    *, text: VersionText, organisation: Organisation | None, by: User | None
) -> tuple[Version, bool]:
    """A draft of what was read, and whether it is new: the same again changes nothing.

    The draft stands beside all earlier versions of the instrument and follows the newest, so that
    an editor must say of each changed wording whether it measures the same before publishing.
    """
    before = newest_version(organisation=organisation, code=text.instrument.code)
    if before is not None and same_wording(stored_version(before), text):
        return before, False
    holder, _ = Instrument.objects.get_or_create(
        organisation=organisation, code=text.instrument.code
    )
    version = store_draft(text=text, instrument=holder, copied_from=before, by=by)
    record(action="version imported", on=version, organisation=organisation, by=by)
    return version, True


def store_draft(
    *, text: VersionText, instrument: Instrument, copied_from: Version | None, by: User | None
) -> Version:
    """Writes every row of a draft; call it inside the transaction of the action that audits it."""
    of = text.instrument
    taken = Version.objects.filter(instrument=instrument, number=of.version).exists()
    version = Version(
        instrument=instrument,
        number=next_number(instrument) if taken else of.version,
        title=of.title,
        source=of.source,
        purpose=of.purpose,
        notice=of.notice,
        recommended_respondents=of.recommended_respondents,
        section_titles_are=of.section_titles_are,
        language=of.language,
        scale_minimum=of.minimum,
        scale_maximum=of.maximum,
        copied_from=copied_from,
        saved_at=timezone.now(),
        saved_by=by,
    )
    signed(version, by).save()
    ScaleLabel.objects.bulk_create(
        ScaleLabel(version=version, language=language, value=of.minimum + place, label=label)
        for language, labels in {of.language: of.labels, **text.labels}.items()
        for place, label in enumerate(labels)
        if label
    )
    sections = {
        one.code: Section(
            version=version,
            position=place,
            code=one.code,
            asks_about=Section.AsksAbout.PLACE
            if one.code in of.about_place
            else Section.AsksAbout.CHANGE,
        )
        for place, one in enumerate(of.sections, start=1)
    }
    Section.objects.bulk_create(sections.values())
    items = {
        one.code: Item(
            version=version, section=sections[section.code], position=place, code=one.code
        )
        for section in of.sections
        for place, one in enumerate(section.items, start=1)
    }
    Item.objects.bulk_create(items.values())
    _store_editions(version, text, sections, items)
    if text.reading:
        ItemMapping.objects.create(version=version, what=text.reading.what, maps=text.reading.maps)
    mark_verbatim(version, by)
    return version


def _store_editions(
    version: Version, text: VersionText, sections: dict[str, Section], items: dict[str, Item]
) -> None:
    own = version.language
    editions = {
        VERBATIM: Edition.objects.create(
            version=version,
            code=VERBATIM,
            name=VERBATIM_NAME,
            label=AS_PUBLISHED if version.source else "own wording",
            is_verbatim=True,
        )
    }
    worded: list[tuple[Edition, str, tuple[SectionText, ...], frozenset[str]]] = [
        (editions[VERBATIM], own, text.instrument.sections, frozenset())
    ]
    spoken = [(VERBATIM, own, text.not_sure_label, text.not_sure_help)]
    for adapted in text.editions:
        edition = editions[adapted.code] = Edition.objects.create(
            version=version,
            code=adapted.code,
            name=adapted.name,
            label=adapted.label,
            why=adapted.why,
        )
        worded.append((edition, own, adapted.sections, adapted.left_out))
        spoken.append((adapted.code, own, adapted.not_sure_label, adapted.not_sure_help))
    sources = {edition.pk: texts for edition, _, texts, _ in worded}
    for further in text.translations:
        edition = editions[further.edition]
        worded.append((edition, further.language, further.sections, frozenset()))
        spoken.append(
            (further.edition, further.language, further.not_sure_label, further.not_sure_help)
        )
    Translation.objects.bulk_create(
        Translation(
            edition=editions[code], language=language, not_sure_label=label, not_sure_help=help_
        )
        for code, language, label, help_ in spoken
    )
    stems, texts = [], []
    for edition, language, its, left_out in worded:
        source = {} if language == own else _by_code(sources[edition.pk])
        for section in its:
            if section.stem or section.title or section.question:
                stems.append(
                    SectionWording(
                        section=sections[section.code],
                        edition=edition,
                        language=language,
                        title=section.title,
                        stem=section.stem,
                        question=section.question,
                        translated_from=source.get(section.code, ""),
                    )
                )
            texts += [
                ItemWording(
                    item=items[item.code],
                    edition=edition,
                    language=language,
                    text=item.text,
                    help=item.help,
                    question=item.question,
                    left_out=item.code in left_out,
                    translated_from=source.get(item.code, ""),
                )
                for item in section.items
                if item.text or item.help or item.question
            ]
    SectionWording.objects.bulk_create(stems)
    ItemWording.objects.bulk_create(texts)


def _by_code(sections: tuple[SectionText, ...]) -> dict[str, str]:
    found = {section.code: section.stem for section in sections}
    return found | {item.code: item.text for section in sections for item in section.items}
