"""Suggestions as pages show them: what to do, what it achieves, where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from initiatives.models import Suggestion
from initiatives.suggestions import Shipped, catalogue


@dataclass(frozen=True)
class SuggestionShown:
    """`document` and `section` cite a source of ours; `source` is said by the organisation."""

    title: str
    what: str
    achieves: str
    document: str
    section: str
    source: str
    tasks: tuple[str, ...]
    local_id: int | None = None

    @property
    def is_local(self) -> bool:
        """Whether this organisation added it."""
        return self.local_id is not None


@dataclass(frozen=True)
class TaskGroup:
    """A set of SOFFTs with the suggestions that serve it."""

    title: str
    suggestions: tuple[SuggestionShown, ...]


def shown(suggestion: Suggestion | Shipped) -> SuggestionShown:
    """One suggestion, local or ours."""
    titles = catalogue().tasks
    tasks = tuple(titles[code] for code in suggestion.tasks if code in titles)
    if isinstance(suggestion, Shipped):
        return SuggestionShown(
            suggestion.title,
            suggestion.what,
            suggestion.achieves,
            catalogue().documents[suggestion.document].short,
            suggestion.section,
            "",
            tasks,
        )
    return SuggestionShown(
        suggestion.title,
        suggestion.what,
        suggestion.achieves,
        "",
        "",
        suggestion.source,
        tasks,
        suggestion.pk,
    )


def by_task_set(suggestions: Iterable[Shipped]) -> list[TaskGroup]:
    """Ours under the first set each one serves; those that serve no task come last."""
    rows: dict[str, list[SuggestionShown]] = {title: [] for title, _ in catalogue().task_sets}
    last = "Clinical skills"
    for one in suggestions:
        title = next(
            (title for title, tasks in catalogue().task_sets if set(one.tasks) & tasks.keys()), last
        )
        rows.setdefault(title, []).append(shown(one))
    return [TaskGroup(title, tuple(found)) for title, found in rows.items() if found]
