"""Entries of the audit trail in people's words."""

from dataclasses import dataclass
from datetime import datetime

from organisations.models import AuditEntry, Role
from organisations.queries.audit import is_unit, names_of

OBJECT_WORDS = {
    "surveyunit": "survey in a unit",
    "user": "person",
    "namedsheet": "sheet",
    "auditentry": "entry",
}


@dataclass(frozen=True)
class AuditRow:
    """One line: when, who, what, which."""

    at: datetime
    who: str
    what: str
    which: str
    detail: str


def audit_rows(entries: list[AuditEntry]) -> list[AuditRow]:
    """Rows for one page of the trail; a handful of queries however long it is."""
    names = names_of(entries)
    return [
        AuditRow(
            at=entry.at,
            who=str(entry.actor) if entry.actor else "The system",
            what=action_words(entry.action),
            which=_which(entry, names),
            detail=_detail(entry.detail, names),
        )
        for entry in entries
    ]


def action_words(action: str) -> str:
    """`unit added` -> `Unit added`."""
    return action.replace("_", " ").capitalize()


def _which(entry: AuditEntry, names: dict[tuple[str, str], str]) -> str:
    name = names.get((entry.object_type, entry.object_id))
    if name is not None:
        return name
    return (
        f"{OBJECT_WORDS.get(entry.object_type, entry.object_type)} {entry.object_id}".capitalize()
    )


def _place_in_sentence(pair: tuple[str, object]) -> tuple[int, str]:
    """PostgreSQL keeps no order of keys; people say from before to, and was before now."""
    key = pair[0]
    first = ("role", "from_unit", "was")
    last = ("to_unit", "now")
    return (0 if key in first else 2 if key in last else 1), key


def _detail(detail: dict[str, object], names: dict[tuple[str, str], str]) -> str:
    parts = []
    for key, value in sorted(detail.items(), key=_place_in_sentence):
        if value in (None, "", []):
            continue
        word = key.replace("_", " ")
        if key == "role" and value in Role.values:
            parts.append(str(Role(str(value)).label))
        elif is_unit(key):
            word = key.removesuffix("unit").replace("_", " ")
            parts.append(word + names.get(("unit", str(value)), f"unit {value}"))
        elif isinstance(value, list):
            several = ", ".join(str(one).replace("_", " ") for one in value[:5])
            more = f" and {len(value) - 5} more" if len(value) > 5 else ""
            parts.append(f"{word} {several}{more}")
        else:
            parts.append(f"{word} {value}")
    return ", ".join(parts)
