"""Reads what a debrief asks about each statement and each section of a survey."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Q

from instruments.models import ItemMapping, ItemWording, SectionWording
from results.rules.talking_points import EvidenceCopy
from surveys.models import Survey

FALLBACK = "Think of a time when you noticed this here. What happened?"


@dataclass(frozen=True)
class AskedSection:
    """A section as a debrief without figures shows it."""

    code: str
    title: str
    question: str


@dataclass(frozen=True)
class Questions:
    """The questions by code, and the sections in the survey's order."""

    items: dict[str, str]
    sections: tuple[AskedSection, ...]

    def of_item(self, code: str, section: str) -> str:
        """The statement's own question, else its section's."""
        return self.items.get(code) or self.of_section(section)

    def of_section(self, code: str) -> str:
        """The section's question, else one that fits everywhere."""
        return next((one.question for one in self.sections if one.code == code), FALLBACK)

    def evidence(self, code: str) -> EvidenceCopy | None:
        """What a priority keeps of a section where nothing was released of it."""
        for one in self.sections:
            if one.code == code:
                return EvidenceCopy(code, f"{one.title}: {one.question}", "", None)
        return None


def questions_of(survey: Survey) -> Questions:
    """In the instrument's own language, of the edition that was asked or else the verbatim one.

    A version that was asked is locked: two queries, none once known.
    """
    cache, key = caches["documents"], f"questions:{survey.version_id}:{survey.ward_edition_id}"
    found: Questions | None = cache.get(key)
    if found is None:
        found = _read(survey)
        cache.set(key, found)
    return found


def _read(survey: Survey) -> Questions:
    language = survey.version.language
    items = dict(
        ItemWording.objects.filter(item__version=survey.version_id, language=language)
        .filter(_asked_in(survey))
        .exclude(question="")
        .order_by("-edition__is_verbatim")
        .values_list("item__code", "question")
    )
    sections: dict[str, AskedSection] = {}
    for code, title, question in (
        SectionWording.objects.filter(section__version=survey.version_id, language=language)
        .filter(_asked_in(survey))
        .order_by("-edition__is_verbatim", "section__position")
        .values_list("section__code", "title", "question")
    ):
        before = sections.get(code)
        asked = question or (before.question if before else FALLBACK)
        sections[code] = AskedSection(code, title or (before.title if before else code), asked)
    return Questions(items, tuple(sections.values()))


def _asked_in(survey: Survey) -> Q:
    return Q(edition=survey.ward_edition_id) | Q(edition__is_verbatim=True)


def tasks_of(survey: Survey) -> dict[str, list[str]]:
    """The codes of the tasks that each statement is about, by its code. One query."""
    found = ItemMapping.objects.filter(version=survey.version_id).first()
    items = found.maps.get("items", {}) if found else {}
    return {code: list(one.get("sofft_tasks", ())) for code, one in items.items()}
