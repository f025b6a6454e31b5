"""Comments by the part that they are about, under its title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from responses.queries.comments import Written


@dataclass(frozen=True, slots=True)
class Part:
    """A part's comments; the title is empty where they are about the whole."""

    title: str
    comments: tuple[Written, ...]


def by_part(comments: Iterable[Written], titles: Mapping[str, str]) -> tuple[Part, ...]:
    """In the order in which they come, which is the survey's."""
    found: dict[str, list[Written]] = {}
    for comment in comments:
        found.setdefault(comment.part, []).append(comment)
    return tuple(Part(titles.get(part, ""), tuple(those)) for part, those in found.items())
