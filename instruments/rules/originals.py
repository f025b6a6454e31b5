"""What a copy of somebody's instrument owes it: its notice, its purpose, its name for its words.

No Django here.
"""

import re
from collections.abc import Iterable

from instruments.rules.texts import InstrumentText, SectionText

_SAYS_VERBATIM = re.compile(
    r"verbatim|as published|word[ -]for[ -]word|original wording|authors?[’']s? (?:own )?words",
    re.IGNORECASE,
)


NO_CLAIM = "Adapted words cannot be called verbatim or as published."


def plain_words(text: str) -> str:
    """A text as it is compared: one space between words, one case, plain apostrophes."""
    return " ".join(text.replace("’", "'").replace("…", "").split()).casefold()


def is_copy(statements: Iterable[str], of: Iterable[str]) -> bool:
    """Whether half of the statements or more stand in the original."""
    own = [plain_words(text) for text in statements]
    known = {plain_words(text) for text in of}
    return bool(own) and 2 * sum(text in known for text in own) >= len(own)


def keeps(text: str, owed: str) -> bool:
    """Whether a text holds the original's, word for word; it may say more."""
    return plain_words(owed) in plain_words(text)


def says_verbatim(text: str) -> bool:
    """Whether a name or label claims that the words are the authors'."""
    return _SAYS_VERBATIM.search(text) is not None


def same_words(one: InstrumentText, other: InstrumentText) -> bool:
    """Whether both ask the same stems and statements, in order, on the same scale.

    Section titles and help are not the authors': they may differ.
    """
    scale = (one.minimum, one.maximum, one.labels)
    return scale == (other.minimum, other.maximum, other.labels) and _asked(one.sections) == _asked(
        other.sections
    )


def _asked(sections: Iterable[SectionText]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (section.stem, tuple(item.text for item in section.items))
        for section in sections
        if section.items
    ]
