"""The organisational base: what was released, unit by unit, of the statements that speak of it.

Which those are is our own mapping (`ItemMapping`), not its authors’. Nothing is worked out of
answers here: a level that a unit's own page does not show is not in its digest either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F

from instruments.models import ItemMapping, ItemWording, SectionWording
from overview.queries.overview import LatestResult
from overview.queries.summaries import ResultSummary, summaries_of
from scoring.rules.payload import Level

SIDE = "base"


@dataclass(frozen=True, slots=True)
class SupportStatement:
    """A statement of the base in the wording that these units answered."""

    code: str
    text: str
    stem: str


@dataclass(frozen=True, slots=True)
class SupportItem:
    """Units that answered one wording, and the levels released of each statement, by unit."""

    statements: tuple[SupportStatement, ...]
    levels: dict[int, dict[str, Level]]
    notice: str


def bases_of(latest: Mapping[int, LatestResult]) -> list[SupportItem]:
    """One for each wording in use, the most used first. Five queries at most."""
    counted = {unit: one for unit, one in latest.items() if one.is_counted}
    digests = summaries_of([one.survey_unit for one in counted.values()])
    statements = _statements({one.edition for one in counted.values()})
    found: dict[int, SupportItem] = {}
    for unit, one in counted.items():
        digest: ResultSummary | None = digests.get(one.survey_unit)
        asked = statements.get(one.edition)
        if digest is None or not asked:
            continue
        base = found.setdefault(one.edition, SupportItem(asked, {}, digest.notice))
        base.levels[unit] = digest.levels
    return sorted(found.values(), key=lambda base: -len(base.levels))


def _statements(editions: Collection[int]) -> dict[int, tuple[SupportStatement, ...]]:
    """By edition, its statements of the base in their order. Three queries."""
    codes = {
        version: {
            code
            for code, read in maps.get("items", {}).items()
            if SIDE in read.get("pyramid_sides", ())
        }
        for version, maps in ItemMapping.objects.filter(version__editions__in=editions)
        .distinct()
        .values_list("version", "maps")
    }
    own_language = {"edition__in": editions, "language": F("edition__version__language")}
    stems = {
        (edition, section): stem
        for edition, section, stem in SectionWording.objects.filter(**own_language).values_list(
            "edition", "section", "stem"
        )
    }
    found: dict[int, list[SupportStatement]] = {}
    for edition, version, section, code, text in (
        ItemWording.objects.filter(**own_language, left_out=False)
        .order_by("item__section__position", "item__position")
        .values_list("edition", "edition__version", "item__section", "item__code", "text")
    ):
        if code in codes.get(version, ()):
            stem = stems.get((edition, section), "")
            found.setdefault(edition, []).append(SupportStatement(code, text, stem))
    return {edition: tuple(rows) for edition, rows in found.items()}
