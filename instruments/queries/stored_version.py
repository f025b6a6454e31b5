"""A stored version as the exchange format: for exports, and to compare with what is imported."""

from instruments.exchange.contradictions import Row
from instruments.models import ItemMapping, Section, Version
from instruments.queries.version_rows import VersionRows
from instruments.rules.texts import EditionText, InstrumentText, ReadingText
from instruments.rules.version_text import VERBATIM, TranslationText, VersionText


def stored_version(version: Version) -> VersionText:
    """The whole version with every edition, translation and our reading. Nine queries."""
    rows = VersionRows(version)
    own = version.language
    verbatim = next(edition for edition in rows.editions if edition.is_verbatim)
    instrument = InstrumentText(
        code=version.instrument.code,
        title=version.title,
        version=version.number,
        language=own,
        source=version.source,
        purpose=version.purpose,
        notice=version.notice,
        recommended_respondents=version.recommended_respondents,
        section_titles_are=version.section_titles_are,
        minimum=version.scale_minimum,
        maximum=version.scale_maximum,
        labels=tuple(rows.labels.get(own, ())),
        sections=rows.worded(verbatim, own),
        about_place=frozenset(
            one.code for one in rows.sections if one.asks_about == Section.AsksAbout.PLACE
        ),
    )
    editions, translations = [], []
    for edition in rows.editions:
        spoken = rows.translations.get(edition.pk, {})
        if not edition.is_verbatim:
            editions.append(
                EditionText(
                    name=edition.name,
                    label=edition.label,
                    why=edition.why,
                    not_sure_label=spoken[own].not_sure_label,
                    not_sure_help=spoken[own].not_sure_help,
                    sections=rows.worded(edition, own),
                    code=edition.code,
                    left_out=frozenset(rows.left_out(edition, own)),
                )
            )
        translations += [
            TranslationText(
                VERBATIM if edition.is_verbatim else edition.code,
                language,
                translation.not_sure_label,
                translation.not_sure_help,
                rows.worded(edition, language),
            )
            for language, translation in spoken.items()
            if language != own
        ]
    reading = ItemMapping.objects.filter(version=version).first()
    return VersionText(
        instrument,
        rows.translations[verbatim.pk][own].not_sure_label,
        rows.translations[verbatim.pk][own].not_sure_help,
        tuple(editions),
        tuple(translations),
        {language: tuple(labels) for language, labels in rows.labels.items() if language != own},
        ReadingText(reading.what, _present(reading.maps, instrument, editions))
        if reading
        else None,
    )


def _present(maps: Row, instrument: InstrumentText, editions: list[EditionText]) -> Row:
    """A reading without what it says of statements and editions that have been removed."""
    codes = {item.code for section in instrument.sections for item in section.items}
    names = {edition.code for edition in editions}
    kept = dict(maps)
    if "items" in maps:
        kept["items"] = {code: one for code, one in maps["items"].items() if code in codes}
    if "same_meaning" in maps:
        kept["same_meaning"] = {
            name: [code for code in marked if code in codes]
            for name, marked in maps["same_meaning"].items()
            if name in names
        }
    return kept
