"""The suggestions that come with the product, and which of them serve a statement.

They stand in `suggestions.json`, in our own words, each with the section of the document it was
drawn from. Codes are plain strings: this floor knows no instrument.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

FILE = Path(__file__).resolve().parents[1] / "data" / "suggestions.json"
MOST = 3


class Serves(Protocol):
    """Anything that says which SOFFT tasks it serves."""

    @property
    def tasks(self) -> Collection[str]:
        """Codes such as 1.5."""


Local = TypeVar("Local", bound=Serves)


@dataclass(frozen=True)
class Document:
    """A source document, as it is cited."""

    short: str
    title: str
    authors: str
    year: int | None
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Shipped:
    """One suggestion of ours: what to try, what it achieves, what it was drawn from."""

    code: str
    title: str
    what: str
    achieves: str
    items: tuple[str, ...]
    tasks: tuple[str, ...]
    challenges: tuple[int, ...]
    document: str
    section: str


@dataclass(frozen=True)
class Catalogue:
    """The whole file."""

    instrument: str
    documents: dict[str, Document]
    challenges: dict[int, str]
    suggestions: tuple[Shipped, ...]


@cache
def catalogue() -> Catalogue:
    """The file, read once."""
    read = json.loads(FILE.read_text("utf-8"))
    return Catalogue(
        instrument=read["instrument"],
        documents={
            key: Document(**{**one, "sections": tuple(one["sections"])})
            for key, one in read["documents"].items()
        },
        challenges={int(number): title for number, title in read["challenges"].items()},
        suggestions=tuple(
            Shipped(
                code=one["code"],
                title=one["title"],
                what=one["what"],
                achieves=one["achieves"],
                items=tuple(one["items"]),
                tasks=tuple(one["tasks"]),
                challenges=tuple(one["challenges"]),
                **one["source"],
            )
            for one in read["suggestions"]
        ),
    )


def what_could_help(
    *, instrument: str, item: str, tasks: Collection[str], local: Iterable[Local]
) -> list[Local | Shipped]:
    """At most three: the organisation's own for these tasks, then ours for the statement itself,
    those that name fewest statements first, then ours for its tasks.

    A statement's code means something only within its instrument; the tasks are everybody's.
    """
    known = catalogue()
    found: list[Local | Shipped] = [one for one in local if set(one.tasks).intersection(tasks)]
    of_instrument = instrument == known.instrument
    named = [one for one in known.suggestions if of_instrument and item in one.items]
    named.sort(key=lambda one: (len(one.items), one.code))
    for_tasks = [one for one in known.suggestions if set(one.tasks).intersection(tasks)]
    found += named
    found += [one for one in for_tasks if one not in named]
    return found[:MOST]
