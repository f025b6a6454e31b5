"""Comments on a ward sheet: how long, how they travel in an envelope, when they may be read.

No Django here. A survey asks for none, for one about the whole, or for one about each part.
"""

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

NONE, WHOLE, PARTS = "none", "survey", "section"
# Characters a field takes; a whole sheet must stay under 64 KB, of which a part may have 60.
LONGEST = {WHOLE: 500, PARTS: 240}
# Fewer, and they are deleted with the count: release rule 6.
FEWEST_RESPONDENTS = 10
FEWEST_COMMENTS = 5

# Between answers and comments in an envelope; `cleaned` leaves none in a text.
_BETWEEN = "\x1e"
_LARGEST_CHARACTER = 4  # bytes in UTF-8
FIELD = "_comment"


class TooLong(ValueError):
    """A comment beyond its field."""


def field_names(ask: str, parts: Sequence[str]) -> tuple[str, ...]:
    """The fields of a sheet in their order. No statement's code begins with an underscore."""
    if ask == NONE:
        return ()
    return (FIELD,) if ask == WHOLE else tuple(f"{FIELD}_{part}" for part in parts)


def cleaned(text: str) -> str:
    """One line without control characters or marks that turn the direction of what follows."""
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one
        for one in text
        if not "\u202a" <= one <= "\u202e" and not "\u2066" <= one <= "\u2069"
    )
    return " ".join(kept.split())


def checked(text: str, ask: str) -> str:
    """The cleaned text; `TooLong` beyond what its field takes."""
    text = cleaned(text)
    if len(text) > LONGEST[ask]:
        raise TooLong(f"Your comment must be {LONGEST[ask]} characters or fewer.")
    return text


def content(answers: str, comments: Sequence[str]) -> str:
    """What goes into an envelope."""
    return _BETWEEN.join((answers, *comments))


def parted(opened: str) -> tuple[str, tuple[str, ...]]:
    """The answers and the comments of an opened envelope."""
    answers, *comments = opened.split(_BETWEEN)
    return answers, tuple(comments)


def room(ask: str, *, statements: int, fields: int) -> int:
    """The bytes of the fullest sheet: every sheet of a survey is sealed as large as that."""
    if ask == NONE:
        return statements
    return statements + fields * (1 + LONGEST[ask] * _LARGEST_CHARACTER)


def enough(fields: Iterable[Hashable], *, respondents: int) -> frozenset[Hashable]:
    """The fields of which enough was written; `fields` has one entry for each comment.

    Each field stands for itself: with one comment a sheet, so many comments are so many people.
    """
    if respondents < FEWEST_RESPONDENTS:
        return frozenset()
    written = Counter(fields)
    return frozenset(one for one, number in written.items() if number >= FEWEST_COMMENTS)
