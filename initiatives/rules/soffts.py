"""The SOFFTs and the improvement pyramid: six sets of tasks, and what was seen of each.

They stand in `soffts.json`: titles as the authors print them, all else in our own words, each with
the section that it was drawn from. Codes are plain strings: this floor knows no instrument.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "data" / "soffts.json"


@dataclass(frozen=True)
class Task:
    """One task: its title, the same in plain words, what it achieved, what was seen of it."""

    code: str
    title: str
    plain: str
    achieved: str
    seen: str
    section: str


@dataclass(frozen=True)
class TaskSet:
    """One of the six sets."""

    title: str
    plain: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Layer:
    """A side of the pyramid, or the organisation under it."""

    side: str
    title: str
    what: str
    section: str


@dataclass(frozen=True)
class Soffts:
    """The whole file. `document` is a key of the catalogue's documents."""

    document: str
    sets: tuple[TaskSet, ...]
    pyramid: tuple[Layer, ...]

    @property
    def tasks(self) -> dict[str, Task]:
        """The 20 tasks by code."""
        return {task.code: task for one in self.sets for task in one.tasks}


@cache
def soffts() -> Soffts:
    """The file, read once."""
    read = json.loads(FILE.read_text("utf-8"))
    return Soffts(
        document=read["document"],
        sets=tuple(
            TaskSet(one["title"], one["plain"], tuple(Task(**task) for task in one["tasks"]))
            for one in read["sets"]
        ),
        pyramid=tuple(Layer(**one) for one in read["pyramid"]),
    )
