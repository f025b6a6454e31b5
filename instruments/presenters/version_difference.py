"""The rows of the difference between two versions, and what each means for change over audits."""

from dataclasses import dataclass

from instruments.models import Edition
from instruments.presenters.difference import Piece, word_by_word
from instruments.queries.wording_changes import Change, Difference


@dataclass(frozen=True)
class DifferenceRow:
    """One stem or statement: where, as it was, word by word, and whether it is still joined."""

    where: str
    before: str
    pieces: list[Piece]
    verdict: str
    reason: str
    change: Change


def _verdict(change: Change, found: Difference) -> tuple[str, str]:
    if found.scale_differs:
        return "Not compared", "The scale is different"
    if not change.after:
        return "Not compared", f"{change.old_code} ends here"
    if not change.before:
        return "Begins here", "Nothing before it to join"
    if change.new_code:
        if change.kind == "stem":
            return "Not compared", "Its statements have new codes"
        return "Not compared", f"New code {change.code}, old {change.old_code} ends here"
    if change.declared_same:
        return "Still compared", "Marked as measuring the same thing"
    return "Not decided", "Decide if it measures the same thing"


def difference_rows(found: Difference, edition: Edition) -> list[DifferenceRow]:
    """The changes that are seen in one edition."""
    rows = []
    for change in found.of_edition(edition.code):
        where = change.code
        if change.kind == "stem":
            where = f"Stem of {change.place}"
        elif change.old_code != change.code:
            where = f"{change.old_code} → {change.code}"
        verdict, reason = _verdict(change, found)
        rows.append(
            DifferenceRow(
                where,
                change.before,
                word_by_word(change.before, change.after),
                verdict,
                reason,
                change,
            )
        )
    return rows


@dataclass(frozen=True)
class Described:
    """What two versions say of themselves: its name, as it was, word by word."""

    name: str
    before: str
    pieces: list[Piece]


def described_rows(found: Difference) -> list[Described]:
    """Title, purpose, notice and the like, where they differ."""
    return [
        Described(name.capitalize(), was, word_by_word(was, now))
        for name, was, now in found.described
    ]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def lead_sentence(found: Difference, edition: Edition) -> str:
    """`1 stem and 2 of 45 statements differ. The scale and the order are the same.`"""
    changes = found.of_edition(edition.code)
    stems = sum(change.kind == "stem" for change in changes)
    items = len(changes) - stems
    if not changes:
        said = f"No word of this edition differs: {found.statements} statements are the same."
    else:
        parts = [_count(stems, "stem", "stems")] if stems else []
        if items:
            parts.append(f"{items} of {_count(found.statements, 'statement', 'statements')}")
        verb = "differs" if len(changes) == 1 else "differ"
        said = f"{' and '.join(parts)} {verb}."
    scale = "The scale is different." if found.scale_differs else ""
    order = "The order is different." if found.order_differs else ""
    if not scale and not order:
        return f"{said} The scale and the order are the same."
    return " ".join(part for part in (said, scale, order) if part)
