"""A stored version as the exchange format: for exports, and to compare with what is imported."""

from surveys.exchange import EditionText, InstrumentText, ReadingText
from surveys.exchange_version import VERBATIM, TranslationText, VersionText
from surveys.models import Reading, Version
from surveys.queries.version_rows import VersionRows


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
    )
    editions, translations = [], []
    for edition in rows.editions:
        spoken = rows.translations.get(edition.pk, {})
        if not edition.is_verbatim:
            editions.append(
                EditionText(
                    name=edition.name,
                    label=edition.label,
                    of=f"{instrument.code} version {instrument.version}",
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
    reading = Reading.objects.filter(version=version).first()
    return VersionText(
        instrument,
        rows.translations[verbatim.pk][own].not_sure_label,
        rows.translations[verbatim.pk][own].not_sure_help,
        tuple(editions),
        tuple(translations),
        {language: tuple(labels) for language, labels in rows.labels.items() if language != own},
        ReadingText(reading.what, reading.maps) if reading else None,
    )
