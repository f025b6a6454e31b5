"""A sheet's answers in one string: one character an item, in the version's order. No Django here.

The character is the option's index in base 36, `-` for skipped, `?` for "I can't say".
"""

from collections.abc import Iterable

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SKIPPED = "-"
NOT_SURE = "?"


class BadAnswers(ValueError):
    """A sheet that cannot be of this version; its text is a sentence for the person."""


def check(answers: str, *, items: int, options: int, left_out: Iterable[int] = ()) -> None:
    """Refuses another length, a character beyond the scale, and a sheet with nothing answered.

    `left_out` are the places of statements that the edition does not ask: an answer to one is
    refused with its whole sheet, for our own page cannot have sent it.
    """
    allowed = frozenset(DIGITS[:options] + SKIPPED + NOT_SURE)
    fits = len(answers) == items and allowed.issuperset(answers)
    if not fits or any(answers[place] != SKIPPED for place in left_out):
        raise BadAnswers("These answers do not match this survey. Open the link again.")
    if answers == SKIPPED * items:
        raise BadAnswers("Answer at least one statement before you send")


def from_choices(choices: list[int | str | None]) -> str:
    """The string for option indexes, `NOT_SURE` and None for skipped, in version order."""
    return "".join(
        SKIPPED if choice is None else choice if isinstance(choice, str) else DIGITS[choice]
        for choice in choices
    )
