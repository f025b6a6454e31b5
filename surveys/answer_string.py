"""A sheet's answers in one string: one character an item, in the version's order. No Django here.

The character is the option's index in base 36, `-` for skipped, `?` for "I can't say".
"""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SKIPPED = "-"
NOT_SURE = "?"


class BadSheet(ValueError):
    """A sheet that cannot be of this version; its text is a sentence for the person."""


def check(answers: str, *, items: int, options: int) -> None:
    """Refuses another length, a character beyond the scale, and a sheet with nothing answered."""
    allowed = frozenset(DIGITS[:options] + SKIPPED + NOT_SURE)
    if len(answers) != items or not allowed.issuperset(answers):
        raise BadSheet("These answers do not fit this survey. Please open the link again.")
    if answers == SKIPPED * items:
        raise BadSheet("Nothing is answered yet. Answer at least one statement, then send.")


def from_choices(choices: list[int | str | None]) -> str:
    """The string for option indexes, `NOT_SURE` and None for skipped, in version order."""
    return "".join(
        SKIPPED if choice is None else choice if isinstance(choice, str) else DIGITS[choice]
        for choice in choices
    )
