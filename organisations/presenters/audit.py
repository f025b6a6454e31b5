"""Entries of the audit trail in people's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from organisations.models import AuditEntry, Role
from organisations.rules.audit_detail import kind_of

OBJECT_WORDS = {
    "surveyunit": "survey in a unit",
    "user": "person",
    "namedresponse": "form in a person’s name",
    "auditentry": "entry",
    "snapshot": "result",
    "closedideabox": "ideas of a unit",
    "contextnote": "note on a unit",
    "earlyplan": "plan opened early",
    "commitment": "staff hours",
    "contact": "person on a staff list",
    "staffimport": "staff list",
    "invitation": "personal link",
    "accesstoken": "API token",
    "screening": "check of comments",
    "itemmapping": "task of a statement",
    "optout": "wish for no messages",
}


@dataclass(frozen=True)
class AuditRow:
    """One line: when, who, what, which."""

    at: datetime
    who: str
    what: str
    which: str
    detail: str


def audit_rows(entries: list[AuditEntry], names: Mapping[tuple[str, str], str]) -> list[AuditRow]:
    """Rows for one page of the trail; `names` says what its objects are called today."""
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


def _which(entry: AuditEntry, names: Mapping[tuple[str, str], str]) -> str:
    name = names.get((entry.object_type, entry.object_id))
    if name is not None:
        return name
    if entry.object_type == "idea":
        # Its drawn key says nothing, and its words are for those who answer it.
        return "An idea"
    return f"{_kind(entry.object_type)} {entry.object_id}".capitalize()


def _kind(object_type: str) -> str:
    """What people call this kind of thing: our word, else the model's own name with its spaces."""
    if object_type in OBJECT_WORDS:
        return OBJECT_WORDS[object_type]
    models = (one._meta for one in apps.get_models())
    return next((str(m.verbose_name) for m in models if m.model_name == object_type), object_type)


def _place_in_sentence(pair: tuple[str, object]) -> tuple[int, str]:
    """PostgreSQL keeps no order of keys; people say from before to, and was before now."""
    key = pair[0]
    first = ("role", "from_unit", "was")
    last = ("to_unit", "now")
    return (0 if key in first else 2 if key in last else 1), key


def _detail(detail: dict[str, object], names: Mapping[tuple[str, str], str]) -> str:
    parts = []
    for key, value in sorted(detail.items(), key=_place_in_sentence):
        if value in (None, "", []):
            continue
        word = key.replace("_", " ")
        if key == "role" and value in Role.values:
            parts.append(str(Role(str(value)).label))
        elif kind := kind_of(key):
            ids = value if isinstance(value, list) else [value]
            called = [names.get((kind, str(one)), f"{_kind(kind)} {one}") for one in ids[:5]]
            more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
            before = key.removesuffix("unit").replace("_", " ") if key.endswith("_unit") else ""
            parts.append(f"{before}{', '.join(called)}{more}")
        elif key == "kind":
            parts.append(_words(value))
        elif isinstance(value, list):
            several = ", ".join(_words(one) for one in value[:5])
            more = f" and {len(value) - 5} more" if len(value) > 5 else ""
            parts.append(f"{word} {several}{more}")
        else:
            parts.append(f"{word} {_words(value)}")
    return ", ".join(parts)


def _words(value: object) -> str:
    """A value as people say it: `go ahead` for a stored `go_ahead`; a file's name stays."""
    said = str(value)
    return said.replace("_", " ") if re.fullmatch("[a-z_]+", said) else said
