"""Brings an instrument that is shared by all into the question bank and publishes it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from django.db import transaction

from instruments.actions.import_instrument import same_wording, store_draft
from instruments.actions.publish_version import publish_version
from instruments.models import Instrument, ItemMapping, Translation, Version
from instruments.queries.stored_version import stored_version
from instruments.rules.version_text import VersionText
from organisations.rules.refusal import Refused


@transaction.atomic
def load_instrument(*, text: VersionText) -> tuple[Version, bool]:
    """The published version and whether it is new. Loading the same again changes nothing.

    Refused where a published version would have to change; nothing is written. The reading may be
    renewed: it lies over the version and is no part of it. Where the version is published without
    these editions or translations, a copy of it with them is published as `1.1`: the same codes
    measure the same, and surveys that are under way keep what they began with.
    """
    _require_whole_reading(text)
    existing = Version.objects.filter(
        instrument__organisation=None,
        instrument__code=text.instrument.code,
        number=text.instrument.version,
    ).first()
    if existing is None:
        return _publish(text), True
    named = f"{text.instrument.code} version {text.instrument.version}"
    if existing.state == Version.State.DRAFT:
        if not same_wording(stored_version(existing), text):
            raise Refused(f"{named} is a draft that says something else than this file.")
        return publish_version(version=existing, by=None), True
    for difference in _differences(stored_version(existing), text):
        raise Refused(f"{named} is published; {difference}.")
    version, is_new = _with_all(existing, text)
    if text.reading is not None:
        for read in {existing, version}:
            ItemMapping.objects.update_or_create(
                version=read, defaults={"what": text.reading.what, "maps": text.reading.maps}
            )
    return version, is_new


def _require_whole_reading(text: VersionText) -> None:
    if text.reading is None:
        return
    read = text.reading.maps.get("items", {})
    codes = [item.code for section in text.instrument.sections for item in section.items]
    if forgotten := [code for code in codes if code not in read]:
        raise Refused(f"The reading says nothing of {', '.join(forgotten)}.")


def _publish(text: VersionText, copied_from: Version | None = None) -> Version:
    instrument, _ = Instrument.objects.get_or_create(organisation=None, code=text.instrument.code)
    draft = store_draft(text=text, instrument=instrument, copied_from=copied_from, by=None)
    return publish_version(version=draft, by=None)


def _with_all(existing: Version, text: VersionText) -> tuple[Version, bool]:
    """The first of this version and its copies that has every edition and translation, else a new
    copy."""
    number = text.instrument.version
    wanted = {(one.edition, one.language) for one in text.translations}
    wanted |= {(one.code, text.instrument.language) for one in text.editions}
    copies = existing.copies.filter(
        instrument=existing.instrument_id, number__startswith=f"{number}."
    ).exclude(state=Version.State.DRAFT)
    for version in [existing, *copies.order_by("published_at", "pk")]:
        has = Translation.objects.filter(edition__version=version)
        if wanted <= set(has.values_list("edition__code", "language")):
            return version, False
    if existing.state != Version.State.PUBLISHED:
        return existing, False
    taken = set(existing.instrument.versions.values_list("number", flat=True))
    free = next(name for step in count(1) if (name := f"{number}.{step}") not in taken)
    copy = replace(text, instrument=replace(text.instrument, version=free))
    return _publish(copy, copied_from=existing), True


def _differences(stored: VersionText, given: VersionText) -> Iterator[str]:
    """What the file says otherwise than the version does; editions and languages may be added."""
    for name, kept in vars(stored.instrument).items():
        if name != "sections" and kept != getattr(given.instrument, name):
            yield f"its {name.replace('_', ' ')} cannot change"
    said = (stored.not_sure_label, stored.not_sure_help)
    if said != (given.not_sure_label, given.not_sure_help):
        yield f"its words for “{stored.not_sure_label}” cannot change"
    editions = {edition.code: edition for edition in stored.editions}
    pairs = [("Verbatim", stored.instrument.sections, given.instrument.sections)]
    for edition in given.editions:
        known = editions.get(edition.code)
        if known is None:
            continue
        pairs.append((edition.name, known.sections, edition.sections))
        if replace(known, sections=()) != replace(edition, sections=()):
            yield f"{edition.name} cannot change"
    for name, old, new in pairs:
        for before, after in zip(old, new, strict=False):
            if before != after:
                yield f"section {after.code} of {name} cannot change"
        if len(old) != len(new):
            yield "its sections cannot change"
