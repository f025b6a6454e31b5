"""The parts of a result's page that hang on its snapshot alone, drawn once in each process.

A correction is another snapshot, so what it replaces is never shown again. Whoever may know whose
mark is whose gets the sections drawn for them alone: no name is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from markupsafe import Markup

from instruments.queries.item_mappings import StatementMapping
from results.presenters.begin_here import begin_here
from results.presenters.leaders import lettered
from results.presenters.section_rows import section_rows
from results.presenters.statement_folds import statement_folds
from results.queries.questions import Questions
from scoring.models import Snapshot
from scoring.queries.leaders_forms import LeaderScores
from surveys.models import Survey

# In the links of a kept part; each reader's own address takes its place.
HERE = "//sections//"


@dataclass(frozen=True)
class CachedFragments:
    """What `results/result/_result.html` puts in: sections and statements.

    `has_tasks` says whether our reading ties a statement to a task. That is renewed with the
    product, which starts anew then.
    """

    sections: Markup
    statements: Markup
    has_tasks: bool


@dataclass(frozen=True)
class Reader:
    """Whose page it is: `here` is the address of its sections; with `leaders` for those who may
    know whose mark is whose."""

    here: str
    with_figures: bool = False
    leaders: Sequence[LeaderScores] = ()


def member_sections(slug: str, survey_unit_id: int) -> str:
    """Where a member's pages of single sections begin."""
    return reverse("result_section", args=[slug, survey_unit_id, "x"]).removesuffix("x")


def team_sections(code: str) -> str:
    """Where the team page's pages of single sections begin."""
    return reverse("ward_section", args=[code, "x"]).removesuffix("x")


def cached_fragments(
    snapshot: Snapshot,
    survey: Survey,
    mappings: Callable[[], dict[str, StatementMapping]],
    questions: Callable[[], Questions],
    reader: Reader,
) -> CachedFragments:
    """The parts of this snapshot as this reader gets them.

    `mappings`, what each statement is about, and `questions`, what a debrief asks of it, are asked
    for only where they are not yet known.
    """
    payload, figures = snapshot.payload, reader.with_figures
    if not payload["sections"]:
        return CachedFragments(Markup(), Markup(), has_tasks=False)
    same_wording = survey.ward_edition_id == survey.leaders_edition_id

    def sections() -> Markup:
        rows = section_rows(
            payload,
            leaders=lettered(reader.leaders),
            same_wording=same_wording,
            with_figures=figures,
        )
        return _render("sections", rows)

    def statements() -> Markup:
        folds = statement_folds(payload, with_figures=figures)
        return _render("statements", folds, begin=begin_here(payload, questions()))

    def tasks() -> Markup:
        return Markup("yes") if any(one.tasks for one in mappings().values()) else Markup()

    kind = "-figures" if figures else ""
    drawn = sections() if reader.leaders else _cached(snapshot, f"sections{kind}", sections)
    return CachedFragments(
        _with_address(drawn, reader),
        _with_address(_cached(snapshot, f"statements{kind}", statements), reader),
        has_tasks=bool(_cached(snapshot, "tasks", tasks)),
    )


def _with_address(part: Markup, reader: Reader) -> Markup:
    return Markup(part.replace(HERE, reader.here))  # noqa: S704 (an address of ours)


def _cached(snapshot: Snapshot, part: str, draw: Callable[[], Markup]) -> Markup:
    cache, key = caches["results"], f"{part}-{snapshot.pk}-{snapshot.released_at.timestamp()}"
    found: Markup | None = cache.get(key)
    if found is None:
        found = draw()
        cache.set(key, found)
    return found


def _render(part: str, parts: object, **others: object) -> Markup:
    context = {"parts": parts, "here": HERE, **others}
    html = render_to_string(f"results/result/_{part}_part.html", context)
    return Markup(html)  # noqa: S704 (our own template, which escapes)
