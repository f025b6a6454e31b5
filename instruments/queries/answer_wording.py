"""All words of a sheet in one language, as the answer document needs them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches

from instruments.models import Edition, Item, ItemWording, ScaleLabel, Translation, Version
from instruments.queries.wording import wording_of
from instruments.rules.texts import SectionText


@dataclass(frozen=True)
class FormWording:
    """An edition in one language; `languages` are all that it is published in.

    `unreviewed`: a translation that nobody has reviewed, which respondents are told.
    `untranslated`: codes of statements that stand there in the instrument's `own_language`.
    `label` is empty in a translation of what was published: translated words are not it.
    `minimum` is the lowest number of the scale. `without` are languages that only other wordings
    of the same version have. `notice` stands wherever the statements do.
    """

    title: str
    language: str
    own_language: str
    untranslated: frozenset[str]
    languages: tuple[str, ...]
    without: tuple[str, ...]
    verbatim: bool
    label: str
    not_sure_label: str
    not_sure_help: str
    unreviewed: bool
    notice: str
    minimum: int
    scale: tuple[str, ...]
    sections: tuple[SectionText, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the statements that the edition asks, in the version's order."""
        return tuple(item.code for section in self.sections for item in section.items)


def form_wording(*, edition_id: int, language: str = "") -> FormWording:
    """The wording in `language`, or in the instrument's own where the edition has no such.

    Seven queries; the caller keeps the result, for a published wording never changes.
    """
    edition = Edition.objects.select_related("version").get(pk=edition_id)
    version = edition.version
    translations = {
        translation.language: translation
        for translation in Translation.objects.filter(edition=edition).order_by("id")
    }
    language = language if language in translations else version.language
    own = translations[language]
    return FormWording(
        title=version.title,
        language=language,
        own_language=version.language,
        untranslated=_untranslated(edition, language),
        languages=_own_first(translations, version.language),
        without=_without(version, translations),
        verbatim=edition.is_verbatim,
        label="" if edition.is_verbatim and language != version.language else edition.label,
        not_sure_label=own.not_sure_label,
        not_sure_help=own.not_sure_help or translations[version.language].not_sure_help,
        unreviewed=language != version.language and own.reviewed_on is None,
        notice=version.notice,
        minimum=version.scale_minimum,
        scale=_labels(version, language),
        sections=wording_of(edition=edition, language=language),
    )


def _without(version: Version, translations: Iterable[str]) -> tuple[str, ...]:
    """Languages of other editions of this version."""
    others = Translation.objects.filter(edition__version=version).exclude(language__in=translations)
    return tuple(others.order_by("language").values_list("language", flat=True).distinct())


def _labels(version: Version, language: str) -> tuple[str, ...]:
    """The scale's labels, each in the instrument's own language where it is missing."""
    found: dict[int, str] = {}
    labels = ScaleLabel.objects.filter(version=version, language__in={version.language, language})
    for label in sorted(labels, key=lambda one: one.language == language):
        found[label.value] = label.label
    return tuple(found[value] for value in sorted(found))


def _own_first(languages: Iterable[str], own: str) -> tuple[str, ...]:
    return tuple(sorted(languages, key=lambda language: language != own))


def edition_languages(edition_id: int) -> tuple[str, ...]:
    """The languages that an edition has, the instrument's own first. One query."""
    found = Translation.objects.filter(edition=edition_id).order_by("id")
    rows = list(found.values_list("language", "edition__version__language"))
    return _own_first((language for language, _ in rows), rows[0][1])


def languages_by_edition(editions: Iterable[int]) -> dict[int, list[str]]:
    """The languages of several editions. One query."""
    found: dict[int, list[str]] = {}
    rows = Translation.objects.filter(edition__in=editions).order_by("id")
    for edition, language in rows.values_list("edition", "language"):
        found.setdefault(edition, []).append(language)
    return found


def published_languages(edition_id: int) -> tuple[str, ...]:
    """The same of a published edition, which has them for good: no query once known."""
    key = f"languages:{edition_id}"
    languages: tuple[str, ...] | None = caches["documents"].get(key)
    if languages is None:
        languages = edition_languages(edition_id)
        caches["documents"].set(key, languages)
    return languages


def _untranslated(edition: Edition, language: str) -> frozenset[str]:
    """Statements without words in this language."""
    worded = ItemWording.objects.filter(edition=edition, language=language).exclude(text="")
    missing = Item.objects.filter(version=edition.version_id).exclude(pk__in=worded.values("item"))
    return frozenset(missing.values_list("code", flat=True))
