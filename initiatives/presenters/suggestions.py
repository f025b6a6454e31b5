"""Suggestions as pages show them: what to do, what it achieves, where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from initiatives.models import Suggestion
from initiatives.rules.soffts import soffts
from initiatives.rules.suggestions import Shipped, catalogue


@dataclass(frozen=True)
class SuggestionView:
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
    """A SOFFT task with the suggestions that serve it first of all."""

    code: str
    title: str
    suggestions: tuple[SuggestionView, ...]


@dataclass(frozen=True)
class TaskSet:
    """A set of SOFFTs with its tasks."""

    title: str
    tasks: tuple[TaskGroup, ...]


def shown(suggestion: Suggestion | Shipped) -> SuggestionView:
    """One suggestion, local or ours."""
    known = soffts().tasks
    tasks = tuple(known[code].title for code in suggestion.tasks if code in known)
    if isinstance(suggestion, Shipped):
        return SuggestionView(
            suggestion.title,
            suggestion.what,
            suggestion.achieves,
            catalogue().documents[suggestion.document].short,
            suggestion.section,
            "",
            tasks,
        )
    return SuggestionView(
        suggestion.title,
        suggestion.what,
        suggestion.achieves,
        "",
        "",
        suggestion.source,
        tasks,
        suggestion.pk,
    )


def by_task(suggestions: Iterable[Shipped]) -> list[TaskSet]:
    """Ours under the first task each one serves; those that serve none come last."""
    rows: dict[str, list[SuggestionView]] = {}
    for one in suggestions:
        rows.setdefault(one.tasks[0] if one.tasks else "", []).append(shown(one))
    sets = [(one.title, {task.code: task.title for task in one.tasks}) for one in soffts().sets]
    return [
        TaskSet(
            title,
            tuple(
                TaskGroup(code, name, tuple(rows[code]))
                for code, name in tasks.items()
                if code in rows
            ),
        )
        for title, tasks in [*sets, ("Other", {"": "Learning clinical skills"})]
    ]
