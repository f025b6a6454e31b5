"""The parts of a result's page that hang on its snapshot alone, drawn once in each process.

A correction is another snapshot, so what it replaces is never shown again. Whoever may know whose
mark is whose gets the sections drawn for them alone: no name is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.template.loader import render_to_string
from markupsafe import Markup

from reports.presenters.result import SectionParts, StatementParts, section_parts, statement_parts
from reports.presenters.soffts import Takes, what_it_takes
from scoring.models import Snapshot
from scoring.payload import SnapshotPayload
from scoring.queries.leaders_sheets import LeaderScores
from surveys.models import Survey
from surveys.queries.reading import spoken_of


@dataclass(frozen=True)
class KeptParts:
    """What `reports/result/_result.html` puts in: sections, statements, what a change takes.

    The last hangs on our reading too. That is renewed with the product, which starts anew then.
    """

    sections: Markup
    statements: Markup
    takes: Markup


def kept_parts(
    snapshot: Snapshot, survey: Survey, leaders: Sequence[LeaderScores] = ()
) -> KeptParts:
    """The parts of this snapshot; `leaders` for those who may know whose mark is whose."""
    payload = cast(SnapshotPayload, snapshot.payload)
    if not payload["sections"]:
        return KeptParts(Markup(), Markup(), Markup())

    def sections() -> Markup:
        return _drawn("sections", section_parts(payload, survey, leaders))

    def statements() -> Markup:
        return _drawn("statements", statement_parts(payload))

    def takes() -> Markup:
        found = what_it_takes(payload, spoken_of(survey.version))
        return _drawn("takes", found) if found else Markup()

    return KeptParts(
        sections() if leaders else _kept(snapshot, "sections", sections),
        _kept(snapshot, "statements", statements),
        _kept(snapshot, "takes", takes),
    )


def _kept(snapshot: Snapshot, part: str, draw: Callable[[], Markup]) -> Markup:
    cache, key = caches["results"], f"{part}-{snapshot.pk}-{snapshot.released_at.timestamp()}"
    found: Markup | None = cache.get(key)
    if found is None:
        found = draw()
        cache.set(key, found)
    return found


def _drawn(part: str, parts: SectionParts | StatementParts | Takes) -> Markup:
    html = render_to_string(f"reports/result/_{part}_part.html", {"parts": parts})
    return Markup(html)  # noqa: S704 (our own template, which escapes)
