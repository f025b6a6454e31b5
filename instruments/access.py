"""The only way to the question bank: an organisation's own instruments and those shared by all."""

from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Model, Q, QuerySet
from django.http import Http404

from instruments.models import (
    Edition,
    Instrument,
    Item,
    ItemWording,
    Section,
    SectionWording,
    Translation,
    Version,
)
from organisations.models import Organisation

Part = TypeVar("Part", bound=Model)


def versions_for(organisation: Organisation) -> QuerySet[Version]:
    """Every version that an editor of this organisation may read; drafts only their own."""
    own = Q(instrument__organisation=organisation)
    shared = Q(instrument__organisation=None) & ~Q(state=Version.State.DRAFT)
    return Version.objects.filter(own | shared).select_related(
        "instrument", "instrument__organisation", "copied_from", "saved_by"
    )


def version_for(organisation: Organisation, version_id: int) -> Version:
    """One version; another organisation's is 404."""
    version = versions_for(organisation).filter(pk=version_id).first()
    if version is None:
        raise Http404
    return version


def own_version_for(organisation: Organisation, version_id: int) -> Version:
    """One version of the organisation's own; one that is shared by all is 403."""
    version = version_for(organisation, version_id)
    if version.instrument.organisation_id != organisation.pk:
        raise PermissionDenied
    return version


def is_there(version_id: int) -> bool:
    """Whether nobody has discarded the draft meanwhile."""
    return Version.objects.filter(pk=version_id).exists()


def has_section(version_id: int, section_id: int) -> bool:
    """Whether nobody has removed the section meanwhile."""
    return Section.objects.filter(version=version_id, pk=section_id).exists()


def _part(model: type[Part], version: Version, row_id: int) -> Part:
    row = model._default_manager.filter(version=version, pk=row_id).first()
    if row is None:
        raise Http404
    return row


def section_of(version: Version, section_id: int) -> Section:
    """A section of the version, else 404."""
    section: Section = _part(Section, version, section_id)
    section.version = version
    return section


def item_of(version: Version, item_id: int) -> Item:
    """A statement of the version, else 404."""
    item: Item = _part(Item, version, item_id)
    item.version = version
    return item


def edition_of(version: Version, edition_id: int) -> Edition:
    """An edition of the version, else 404."""
    edition: Edition = _part(Edition, version, edition_id)
    edition.version = version
    return edition


def translation_of(version: Version, translation_id: int) -> Translation:
    """A translation of the version, with its edition, else 404."""
    translation = (
        Translation.objects.filter(edition__version=version, pk=translation_id)
        .select_related("edition")
        .first()
    )
    if translation is None:
        raise Http404
    translation.edition.version = version
    return translation


def editions_of(version: Version) -> list[Edition]:
    """The editions, the verbatim one first."""
    found = list(Edition.objects.filter(version=version))
    for edition in found:
        edition.version = version
    return found


def translations_of(version: Version) -> list[Translation]:
    """Every edition in every language, the instrument's own first."""
    found = Translation.objects.filter(edition__version=version).select_related(
        "edition", "reviewed_by"
    )
    return sorted(
        found,
        key=lambda one: (
            not one.edition.is_verbatim,
            one.edition.code,
            one.language != version.language,
            one.language,
        ),
    )


@dataclass(frozen=True)
class Bank:
    """An instrument with its versions, newest first; `answered` counts surveys by version id."""

    instrument: Instrument
    versions: list[Version]
    is_own: bool


def bank_of(organisation: Organisation) -> list[Bank]:
    """Instruments with their versions: the organisation's own, then those shared. One query."""
    versions = versions_for(organisation).annotate(
        surveys_asked=Count("surveys", filter=Q(surveys__organisation=organisation), distinct=True),
        statements=Count("items", distinct=True),
    )
    grouped: dict[int, list[Version]] = {}
    for version in versions.order_by("instrument__code", "-pk"):
        grouped.setdefault(version.instrument_id, []).append(version)
    banks = [
        Bank(rows[0].instrument, rows, rows[0].instrument.organisation_id is not None)
        for rows in grouped.values()
    ]
    return sorted(banks, key=lambda bank: (not bank.is_own, bank.instrument.code))


def asked_in(version: Version, organisation: Organisation) -> int:
    """In how many of the organisation's surveys the version is asked."""
    return version.surveys.filter(organisation=organisation).count()


@dataclass(frozen=True)
class Completeness:
    """How many texts of an edition there are in a language."""

    translation: Translation
    worded: int
    all: int
    to_check: int

    @property
    def missing(self) -> int:
        """Texts that respondents see in English."""
        return self.all - self.worded

    @property
    def percent(self) -> int:
        """Of a hundred, rounded down: 100 only where nothing is missing."""
        return self.worded * 100 // self.all if self.all else 0


def completeness(version: Version) -> list[Completeness]:
    """Each edition in each language: statements and stems worded. Six queries."""
    own = version.language
    everything = Item.objects.filter(version=version).count()
    stems = Section.objects.filter(version=version).count()
    counted: dict[tuple[int, str], int] = {}
    for model, of in ((ItemWording, "item"), (SectionWording, "section")):
        field = "text" if of == "item" else "stem"
        rows = (
            model.objects.filter(**{f"{of}__version": version})
            .exclude(**{field: ""})
            .values("edition_id", "language")
            .annotate(number=Count("pk"))
        )
        for row in rows:
            key = (row["edition_id"], row["language"])
            counted[key] = counted.get(key, 0) + row["number"]
    checks = _to_check(version)
    return [
        Completeness(
            one,
            counted.get((one.edition_id, one.language), 0),
            everything + stems,
            0 if one.language == own else checks.get((one.edition_id, one.language), 0),
        )
        for one in translations_of(version)
    ]


def _to_check(version: Version) -> dict[tuple[int, str], int]:
    """Translations whose English changed after them, by edition and language. Two queries."""
    found: dict[tuple[int, str], int] = {}
    for model, of, field in ((ItemWording, "item", "text"), (SectionWording, "section", "stem")):
        rows = list(
            model.objects.filter(**{f"{of}__version": version})
            .exclude(**{field: ""})
            .values_list("edition_id", f"{of}_id", "language", field, "translated_from")
        )
        own = {(row[0], row[1]): row[3] for row in rows if row[2] == version.language}
        for edition, part, language, _, translated_from in rows:
            if language != version.language and own.get((edition, part)) != translated_from:
                found[edition, language] = found.get((edition, language), 0) + 1
    return found


def missing_texts(translation: Translation) -> list[Item]:
    """Statements that a translation has no words for. One query."""
    worded = ItemWording.objects.filter(
        edition=translation.edition_id, language=translation.language
    ).exclude(text="")
    return list(
        Item.objects.filter(version=translation.edition.version_id)
        .exclude(pk__in=worded.values("item"))
        .select_related("section")
        .order_by("section__position", "position")
    )


@dataclass(frozen=True)
class SectionLink:
    """A section in the list beside the editor."""

    section: Section
    title: str
    statements: int


def section_links(version: Version) -> list[SectionLink]:
    """All sections by their title and number of statements. One query."""
    rows = (
        Section.objects.filter(
            version=version,
            wordings__edition__is_verbatim=True,
            wordings__language=version.language,
        )
        .annotate(title=F("wordings__title"), statements=Count("items", distinct=True))
        .order_by("position")
    )
    return [SectionLink(row, row.title, row.statements) for row in rows]


def found_words(version: Version, words: str) -> list[ItemWording | SectionWording]:
    """Texts in the instrument's own language that hold these words. Two queries."""
    items = ItemWording.objects.filter(
        item__version=version, language=version.language, text__icontains=words
    ).select_related("item", "item__section", "edition")
    stems = SectionWording.objects.filter(
        section__version=version, language=version.language, stem__icontains=words
    ).select_related("section", "edition")
    found: list[ItemWording | SectionWording] = [
        *stems.order_by("edition__code", "section__position")[:50],
        *items.order_by("edition__code", "item__section__position", "item__position")[:50],
    ]
    return found
