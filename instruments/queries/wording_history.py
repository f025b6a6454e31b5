"""Who changed which words of a version, when: read from the history that each row keeps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from instruments.models import Item, ItemWording, ScaleLabel, Section, SectionWording, Version
from organisations.models import User

MOST = 300


@dataclass(frozen=True)
class HistoryLine:
    """One text as it was and as it became; `who` is None where the change came with a file."""

    at: datetime
    who: User | None
    where: str
    was: str
    became: str


def wording_history(version: Version) -> list[HistoryLine]:
    """The newest changes first, 300 at most. Seven queries."""
    codes = dict(Item.objects.filter(version=version).values_list("pk", "code"))
    sections = dict(Section.objects.filter(version=version).values_list("pk", "code"))
    editions = dict(version.editions.values_list("pk", "name"))
    lines = [
        *_lines(
            ItemWording, version, "edition__version", "text",
            lambda row: f"{codes.get(row.item_id, 'A removed statement')}, "
            f"{editions.get(row.edition_id, '')}, {row.language}",
        ),
        *_lines(
            SectionWording, version, "edition__version", "stem",
            lambda row: f"Stem of {sections.get(row.section_id, 'a removed section')}, "
            f"{editions.get(row.edition_id, '')}, {row.language}",
        ),
        *_lines(
            ScaleLabel, version, "version", "label",
            lambda row: f"Label of {row.value}, {row.language}",
        ),
        *_lines(Item, version, "version", "code", lambda row: "Code of a statement"),
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _lines(model: Any, version: Version, path: str, field: str, where: Any) -> list[HistoryLine]:
    rows = (
        model.history.filter(**{path: version})
        .select_related("history_user")
        .order_by("history_date", "history_id")
    )
    last: dict[int, str] = {}
    found = []
    for row in rows:
        was = last.get(row.id, "")
        became = "" if row.history_type == "-" else getattr(row, field)
        if not was and row.history_type == "~":
            was = "…"  # it came with the copy, before anybody edited it
        last[row.id] = became
        if was != became:
            found.append(HistoryLine(row.history_date, row.history_user, where(row), was, became))
    return found[-MOST:]
