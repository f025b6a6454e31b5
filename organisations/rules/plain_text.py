"""What is left of a text when nothing in it is hidden. The one rule for names, typed or brought.

A name with U+202E in it turns the line around on which it is shown; a zero-width space makes two
names of one. Both come unseen with what is copied from a mail program or a web page.
"""

import re
import unicodedata

# Letters and marks by their category, but drawn as nothing.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# What mail programs turn into a link: with its scheme, or a bare name of a usual ending or a path.
_LINKS = re.compile(
    r"[a-z]{3,}://|https?:|mailto:|www\."
    r"|(?<![@\w.-])(?:[\w-]+\.)+(?:(?:com|org|net|info|biz|uk|eu|gov|io|ly|app|site|link)\b"
    r"|[a-z]{2,}/\S)",
    re.IGNORECASE,
)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """One line with single spaces and without invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_seen, text)).split())


def without_turns(text: str) -> str:
    """The text without the signs that turn its direction; its lines and joined letters stay.

    For texts of several lines or of any language, where a joiner may be part of a word.
    """
    return _TURNS.sub("", text)


def as_sentence(text: str) -> str:
    """The text with a full stop where it ends without a mark, for what is said behind it."""
    return text if text.rstrip("”’\"')").endswith((".", "!", "?", "…")) else f"{text}."


def link_in(text: str) -> str:
    """The first word of which a mail program would make a link, once what is hidden is gone; else
    nothing. A full stop without a space behind it may have made it one ("rota.Day/night")."""
    line = one_line(text)
    found = _LINKS.search(line)
    if found is None:
        return ""
    begin, end = line.rfind(" ", 0, found.start()) + 1, line.find(" ", found.start())
    return line[begin:] if end < 0 else line[begin:end]


def word_set(words: str) -> frozenset[str]:
    """The words of a text, to look others up in."""
    return frozenset(words.split())


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Cs", "Cn", "Co"} or character in _BLANK:
        return ""
    # Selectors of how the letter before is drawn.
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return " " if category[0] in "CZ" else character
